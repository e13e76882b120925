"""Leximin and maximin over real panels by column generation, with proof.

On types, after Flanigan, Gölz, Gupta, Hennig, Procaccia, Nature 596 (2021),
doi 10.1038/s41586-021-03788-6: a linear program over the panels known so far gives the best level
and a weight for each type; an oracle looks for a panel heavier than those known; when an integer
program finds none the level is proven, and the types with weight are fixed at it.

Maximin needs the first level only, and no proof where the level reaches the relaxation's. Leximin
goes this way when the relaxation is not tight.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.errors import SolverFailure
from selection.engine.progress import Progress
from selection.engine.search.master import Master
from selection.engine.search.pricing import Pricer
from selection.engine.solver import Solution
from selection.engine.types.grouping import Counts
from selection.engine.types.mixture import Mixture

Floats = NDArray[np.float64]
HEAVIER = 1e-8
POSITIVE = 1e-7
REACHED = 1e-7
TRIES = 8
SEATED = 0.6
WORK = 400_000


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


def best_smallest(
    pricer: Pricer,
    sizes: Counts,
    panels: list[Counts],
    *,
    seatable: NDArray[np.bool_],
    bound: float,
    progress: Progress,
) -> Proven:
    """A lottery whose smallest chance among the seatable types is as large as possible.

    ``bound`` is the relaxation's; every seatable type is on one of the panels.
    """
    search = _Levels(pricer, sizes, panels, seatable, progress, most=bound)
    best, _, doubt = search.level("decomposition", enough=bound - REACHED)
    smallest = min(bound, best.value + doubt)
    mixture = search.master.mixture(best)
    chances = mixture.chances(sizes)[seatable]
    return Proven(mixture, smallest, max(0.0, smallest - float(chances.min(initial=1.0))))


def prove(
    pricer: Pricer,
    sizes: Counts,
    panels: list[Counts],
    *,
    seatable: NDArray[np.bool_],
    progress: Progress,
) -> Proven | None:
    """The leximin lottery for the seatable types, each of which is on one of the panels.

    None when the work that is allowed has run out.
    """
    search = _Levels(pricer, sizes, panels, seatable, progress)
    levels = np.zeros(len(sizes))
    gap, smallest = 0.0, 1.0
    while True:
        best, weights, doubt = search.level("exact")
        if search.work > WORK:
            return None
        gap, smallest = max(gap, doubt), min(smallest, best.value + doubt)
        fixed = search.fix(best, weights)
        levels[fixed] = best.value
        if not search.waiting.any():
            mixture = search.master.mixture(best)
            short = float((levels - mixture.chances(sizes)).max(initial=0.0))
            return Proven(mixture, smallest, gap + max(0.0, short))


class _Levels:
    """One level after the other; ``waiting`` types are not fixed yet."""

    def __init__(
        self,
        pricer: Pricer,
        sizes: Counts,
        panels: list[Counts],
        seatable: NDArray[np.bool_],
        progress: Progress,
        *,
        most: float = np.inf,
    ) -> None:
        self.master = Master(sizes, panels, floor=np.where(seatable, 0.0, -np.inf), most=most)
        self.waiting = seatable.copy()
        self.work = 0
        self._pricer = pricer
        self._sizes = sizes
        self._progress = progress

    def level(self, phase: str, *, enough: float = np.inf) -> tuple[Solution, Floats, float]:
        """The best level, the types' weights, and how far the level may be from the best.

        Over all panels, unless it is ``enough`` or the work has run out.
        """
        while True:
            self._progress(phase, self._share)
            best, weights, price = self.master.solve()
            self.work += len(self._sizes)
            if best.value >= enough or self.work > WORK:
                return best, weights, np.inf
            each = weights / self._sizes
            above = price + HEAVIER
            if self._dive(each, above) or self._take(self._pricer.heavier(each), each, above):
                continue
            self._progress(phase, self._share)
            panel = self._pricer.heaviest(each)
            if panel is None:
                raise SolverFailure("panels vanished")
            if not self._take(panel, each, above):
                return best, weights, max(0.0, float(each @ panel) - price)

    @property
    def _share(self) -> float:
        return 1 - float(self.waiting.sum()) / max(1, len(self.waiting))

    def fix(self, best: Solution, weights: Floats) -> NDArray[np.bool_]:
        """Fix the types with weight: in every best lottery they are at the level."""
        heaviest = float(weights[self.waiting].max())
        fixed = self.waiting & (weights >= min(POSITIVE, heaviest))
        self.master.fix(fixed, best.value)
        self.waiting &= ~fixed
        return fixed

    def _dive(self, each: Floats, above: float) -> bool:
        """Take up several heavy panels: whoever was seated weighs less for the next one."""
        now, new = each, False
        for _ in range(TRIES):
            panel = self._pricer.heavy(now)
            if panel is None or not self._take(panel, each, above):
                break
            new = True
            now = np.where(panel > 0, now * SEATED, now)
        return new

    def _take(self, panel: Counts | None, each: Floats, above: float) -> bool:
        if panel is None or float(each @ panel) <= above:
            return False
        return self.master.add([panel])
