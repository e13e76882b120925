"""Reach the relaxation's chances by a lottery over real panels.

Column generation: the master mixes the panels known so far so that nobody falls short of the target
by more than eps; panels heavy by its duals are added until eps is nothing. When it is, the lottery
is as good as the relaxation, which bounds every lottery, and no integer program had to prove it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.grouping import Counts
from selection.engine.lottery import Mixture
from selection.engine.master import Master
from selection.engine.pricing import Pricer
from selection.engine.progress import Progress

Floats = NDArray[np.float64]
REACHED = 2e-7
HEAVIER = 1e-8
TRIES = 12


@dataclass(frozen=True, slots=True, eq=False)
class Decomposed:
    """A lottery near the target.

    Attributes
    ----------
    mixture : the lottery.
    panels : all panels found on the way.
    short : the most that a type's chance falls short of the target.
    """

    mixture: Mixture
    panels: list[Counts]
    short: float


def decompose(
    pricer: Pricer, sizes: Counts, panels: list[Counts], target: Floats, *, progress: Progress
) -> Decomposed:
    """The lottery nearest to the target that could be found."""
    panels = list(panels)
    master = Master(sizes, panels, floor=np.where(target > 0, target, -np.inf), most=0.0)
    while True:
        best, weights, price = master.solve()
        short = -best.value
        progress("decomposition", _share(short))
        each = weights / sizes
        found: list[Counts] = []
        if short > REACHED:
            found = list(pricer.heavy(each, above=price + HEAVIER, tries=TRIES))
            if not found:
                heaviest = pricer.best(each)
                if heaviest is not None and float(each @ heaviest[0]) > price + HEAVIER:
                    found = [heaviest[0]]
        if not master.add(found):
            return Decomposed(master.mixture(best), panels, short)
        panels.extend(found)


def _share(short: float) -> float:
    """On a logarithmic scale from a chance of 1 to the goal."""
    return float(np.clip(np.log(max(short, REACHED)) / np.log(REACHED), 0.0, 1.0))
