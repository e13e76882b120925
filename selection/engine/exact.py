"""Leximin and maximin over real panels, with proof, when the relaxation is not tight.

Column generation on types after Flanigan, Gölz, Gupta, Hennig, Procaccia, Nature 596 (2021),
doi 10.1038/s41586-021-03788-6: a linear program over the panels known so far gives the best level
and a weight for each type; an integer program looks for a panel heavier than those known; when
there is none the level is proven, and the types with weight are fixed at it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.errors import SolverFailure
from selection.engine.grouping import Counts
from selection.engine.lottery import Mixture
from selection.engine.master import Master
from selection.engine.pricing import Pricer
from selection.engine.progress import Progress
from selection.engine.solver import Solution

Floats = NDArray[np.float64]
HEAVIER = 1e-8
POSITIVE = 1e-7
TRIES = 6


@dataclass(frozen=True, slots=True, eq=False)
class Proven:
    """A lottery and its proof.

    Attributes
    ----------
    mixture : the lottery.
    smallest : what no lottery's smallest chance exceeds.
    gap : the most that a type's chance falls short of the level proven for it.
    """

    mixture: Mixture
    smallest: float
    gap: float


def prove(
    pricer: Pricer,
    sizes: Counts,
    panels: list[Counts],
    *,
    seatable: NDArray[np.bool_],
    first_only: bool,
    progress: Progress,
) -> Proven:
    """The best lottery for the seatable types, each of which is on one of the panels."""
    master = Master(sizes, panels, floor=np.where(seatable, 0.0, -np.inf))
    waiting, levels = seatable.copy(), np.zeros(len(sizes))
    gap, smallest = 0.0, 1.0
    while True:
        share = 1 - float(waiting.sum() / seatable.sum())
        best, weights, doubt = _level(master, pricer, progress, share)
        gap, smallest = max(gap, doubt), min(smallest, best.value + doubt)
        fixed = waiting & (weights >= min(POSITIVE, float(weights[waiting].max())))
        levels[waiting if first_only else fixed] = best.value
        waiting &= ~fixed
        if first_only or not waiting.any():
            mixture = master.mixture(best)
            short = float((levels - mixture.chances(sizes)).max(initial=0.0))
            return Proven(mixture, smallest, gap + max(0.0, short))
        master.fix(fixed, best.value)


def _level(
    master: Master, pricer: Pricer, progress: Progress, share: float
) -> tuple[Solution, Floats, float]:
    """The best level over all panels, the types' weights, and how far it may be from the best."""
    while True:
        progress("exact", share)
        best, weights, price = master.solve()
        each = weights / master.sizes
        found = list(pricer.heavy(each, above=price + HEAVIER, tries=TRIES))
        if found and master.add(found):
            continue
        heaviest = pricer.best(each)
        if heaviest is None:
            raise SolverFailure("panels vanished")
        panel, bound = heaviest
        if float(each @ panel) <= price + HEAVIER or not master.add([panel]):
            return best, weights, max(0.0, bound - price)
