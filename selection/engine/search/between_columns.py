"""The furthest floor and ceiling over real panels in a direction, by column generation."""

from functools import partial

import numpy as np
from numpy.typing import NDArray

from selection.engine.progress import Progress
from selection.engine.search.between import Known
from selection.engine.search.pricing import Pricer
from selection.engine.search.tradeoff import Pair
from selection.engine.types.grouping import Counts
from selection.engine.types.mixture import Mixture

Floats = NDArray[np.float64]
HEAVIER = 1e-9
ROUNDS = 3000
GIVE = 1e-9


class Columns:
    """The oracle over real panels; it keeps the panels it found.

    Every type that counts is on one of the panels it starts with.
    """

    def __init__(
        self,
        pricer: Pricer,
        sizes: Counts,
        panels: list[Counts],
        *,
        seatable: NDArray[np.bool_],
        progress: Progress,
    ) -> None:
        self._master = Known(panels, sizes, open_=seatable)
        self._pricer, self._progress = pricer, progress
        self._rounds = 0

    def furthest(self, slope: float) -> Pair:
        """The pair furthest in this direction over all panels, unless the rounds allowed have run
        out."""
        while self._rounds < ROUNDS:
            self._progress("exact", self._rounds / ROUNDS)
            self._rounds += 1
            each, price = self._master.weights(slope)
            if not self._better(each, price + HEAVIER):
                break
        return self._master.furthest(slope)

    def weights(self, slope: float) -> Floats:
        """(T,) of each person, positive who hold up the floor, negative who hold down the
        ceiling."""
        return self._master.weights(slope)[0]

    def mixture(self, slope: float, floor: float) -> Mixture:
        """A lottery over the panels found with this floor and the lowest ceiling."""
        return self._master.mixture(slope, max(0.0, floor - GIVE), floor)

    def _better(self, each: Floats, enough: float) -> bool:
        take = partial(self._take, each=each, enough=enough)
        return (
            self._pricer.several(each, take)
            or take(self._pricer.heavier(each))
            or take(self._pricer.heaviest(each))
        )

    def _take(self, panel: Counts | None, each: Floats, enough: float) -> bool:
        if panel is None or float(each @ panel) <= enough:
            return False
        return self._master.add(panel)
