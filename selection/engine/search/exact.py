"""Leximin and maximin over real panels by column generation, with proof.

On types, after Flanigan, Gölz, Gupta, Hennig, Procaccia, Nature 596 (2021),
doi 10.1038/s41586-021-03788-6: a linear program over the panels known so far gives the best level
and a weight for each type; an oracle looks for a panel heavier than those known; when an integer
program finds none the level is proven, and the types with weight are fixed at it. That program
weighs with whole numbers, so that what it proves can be said without rounding.

Maximin needs the first level only, and no proof where the level reaches the relaxation's. Leximin
goes this way when the relaxation is not tight.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from selection.engine.errors import SolverFailure
from selection.engine.progress import Progress
from selection.engine.search.master import Master
from selection.engine.search.pricing import Pricer
from selection.engine.search.proof import NO_POINTS, Weighing, whole_scale, whole_weights
from selection.engine.solver import Solution
from selection.engine.types.grouping import Counts
from selection.engine.types.mixture import Mixture

Floats = NDArray[np.float64]
HEAVIER = 1e-8
POSITIVE = 1e-7
REACHED = 1e-7
SAME = 1e-9
WORK = 400_000


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """A lottery and what is proven about it.

    Attributes
    ----------
    mixture : the lottery.
    weighings : one for each level that was proven, lowest first.
    complete : every seatable type is held by a weighing; false when the work allowed ran out.
    """

    mixture: Mixture
    weighings: list[Weighing]
    complete: bool


def best_smallest(
    pricer: Pricer,
    sizes: Counts,
    panels: list[Counts],
    *,
    seatable: NDArray[np.bool_],
    bound: float,
    progress: Progress,
) -> tuple[Mixture, Weighing | None]:
    """A lottery whose smallest chance among the seatable types is as large as possible.

    ``bound`` is the relaxation's; every seatable type is on one of the panels. Without a weighing
    the bound was reached, or the work allowed has run out.
    """
    search = _Levels(pricer, sizes, panels, seatable, progress, most=bound)
    best, weighing = search.level("decomposition", enough=bound - REACHED)
    return search.master.mixture(best), weighing


def prove(
    pricer: Pricer,
    sizes: Counts,
    panels: list[Counts],
    *,
    seatable: NDArray[np.bool_],
    progress: Progress,
) -> Proof:
    """The leximin lottery for the seatable types, each of which is on one of the panels."""
    search = _Levels(pricer, sizes, panels, seatable, progress)
    weighings: list[Weighing] = []
    while True:
        best, weighing = search.level("exact")
        if weighing is None:
            return Proof(search.master.mixture(best), weighings, complete=False)
        weighings.append(weighing)
        search.fix(weighing.kinds, best.value)
        if not search.waiting.any():
            return Proof(search.master.mixture(best), weighings, complete=True)


def fairer(one: Mixture, other: Mixture, sizes: Counts, *, seatable: NDArray[np.bool_]) -> Mixture:
    """The lottery that leximin prefers: people's sorted chances decide where they first differ."""
    people = sizes[seatable]
    first, second = (
        np.sort(np.repeat(mixture.chances(sizes)[seatable], people)) for mixture in (one, other)
    )
    differ = np.flatnonzero(np.abs(first - second) > SAME)
    return other if len(differ) and second[differ[0]] > first[differ[0]] else one


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
        self._seatable = seatable
        self._work = 0
        self._pricer = pricer
        self._sizes = sizes
        self._progress = progress

    def level(self, phase: str, *, enough: float = np.inf) -> tuple[Solution, Weighing | None]:
        """The best level over all panels, with its proof.

        Without a proof it is ``enough`` or the work has run out.
        """
        while True:
            self._progress(phase, self._share)
            best, weights, price = self.master.solve()
            self._work += len(self._sizes)
            if best.value >= enough or self._work > WORK:
                return best, None
            each = weights / self._sizes
            above = price + HEAVIER
            take = partial(self._take, each=each, above=above)
            if self._pricer.several(each, take) or take(self._pricer.heavier(each)):
                continue
            self._progress(phase, self._share)
            panel, weighing = self._weigh(each, self._held(weights))
            if not take(panel):
                return best, weighing

    @property
    def _share(self) -> float:
        return 1 - float(self.waiting.sum()) / max(1, len(self.waiting))

    def _held(self, weights: Floats) -> Counts:
        """The types with weight: in every best lottery they are at the level."""
        heaviest = float(weights[self.waiting].max())
        return np.flatnonzero(self.waiting & (weights >= min(POSITIVE, heaviest)))

    def _weigh(self, each: Floats, kinds: Counts) -> tuple[Counts, Weighing]:
        """The heaviest panel by whole weights."""
        before = self._seatable & ~self.waiting
        weights = whole_weights(each, kinds, may=before, scale=whole_scale(each))
        panel = self._pricer.heaviest(weights.astype(np.float64))
        if panel is None:
            raise SolverFailure("panels vanished")
        return panel, Weighing(kinds, weights, int(weights @ panel), NO_POINTS)

    def fix(self, kinds: Counts, chance: float) -> None:
        """These types have this chance from now on."""
        self.master.fix(kinds, chance)
        self.waiting[kinds] = False

    def _take(self, panel: Counts | None, each: Floats, above: float) -> bool:
        if panel is None or float(each @ panel) <= above:
            return False
        return self.master.add([panel])
