"""Which reserves: one after the other, then exchanges until none helps.

The list is judged by its mean loss over sampled scenarios. First the reserve that lowers it most
joins, until the list is full; then each in turn leaves, and the best one takes the place.
"""

import numpy as np
from numpy.typing import NDArray

from selection.engine.progress import Progress, silent
from selection.engine.replacing.recourse import NOTHING, Recourse
from selection.engine.types.grouping import Types

Floats = NDArray[np.float64]
ROUNDS = 4
TRIES = 60
MOST = 4


class Supply:
    """How many more people of each type can be put on the list, each household once."""

    def __init__(self, types: Types) -> None:
        self.left = types.sizes.astype(np.int64)
        self._together: dict[int, NDArray[np.int64]] = {}
        for household in types.classes:
            members = np.unique(household.slots)
            self.left[members] = len(household.people)
            self._together |= dict.fromkeys(members.tolist(), members)

    def take(self, kind: int, people: int = 1) -> None:
        """Put people of the type on the list; a negative number takes them off."""
        self.left[self._together.get(kind, np.array([kind]))] -= people


class Alternates:
    """A reserve list in the making; ``kinds`` are the types of its people."""

    def __init__(
        self, recourse: Recourse, types: Types, marks: Floats, *, rng: np.random.Generator
    ) -> None:
        self.recourse = recourse.copy()
        self.kinds: list[int] = []
        self._supply, self._rng = Supply(types), rng
        self._looks, place = np.unique(marks, axis=0, return_inverse=True)
        self._look = np.reshape(place, -1)

    def fill(self, count: int) -> None:
        """Let the best join until there are ``count``, or as many as the pool has."""
        while len(self.kinds) < count:
            kind = self._best()
            if kind is None:
                return
            self._join(kind)

    def exchange(self, progress: Progress = silent) -> None:
        """Exchange one reserve, then several chosen by lot, as long as that lowers the loss."""
        work = ROUNDS + TRIES
        for done in range(ROUNDS):
            progress("reserves", done / work)
            if not any([self._exchange([place]) for place in range(len(self.kinds))]):
                break
        for done in range(ROUNDS, work):
            if len(self.kinds) < 2 or self.loss < NOTHING:
                return
            progress("reserves", done / work)
            several = self._rng.permutation(len(self.kinds))[: int(self._rng.integers(2, MOST + 1))]
            self._exchange(several.tolist())

    @property
    def loss(self) -> float:
        return float(self.recourse.losses.mean())

    def _exchange(self, places: list[int]) -> bool:
        """Let others take these places; false, and all is as before, when that is no better."""
        before, count = self.loss, len(self.kinds)
        kept = self.recourse.copy(), list(self.kinds), self._supply.left.copy()
        for place in sorted(places, reverse=True):
            self._supply.take(self.kinds.pop(place), -1)
            self.recourse.remove(place)
        self.fill(count)
        if self.loss < before - NOTHING:
            return True
        self.recourse, self.kinds, self._supply.left = kept
        return False

    def _join(self, kind: int) -> None:
        self._supply.take(kind)
        self.kinds.append(kind)
        self.recourse.add(self._looks[self._look[kind]])

    def _best(self) -> int | None:
        """The type that lowers the loss most; among equals everybody has the same lot."""
        free = np.flatnonzero(self._supply.left > 0)
        if not len(free):
            return None
        change = np.minimum(self.recourse.steps(self._looks).change, 0.0).mean(axis=0)
        lots = self._rng.random(len(free)) ** (1.0 / self._supply.left[free])
        return int(free[np.lexsort((-lots, np.round(change[self._look[free]], 9)))[0]])


def in_order(start: Recourse, marks: Floats) -> list[int]:
    """The positions of the reserves (m, V) in the order in which each helps most after the last."""
    order: list[int] = []
    recourse = start.copy()
    while len(order) < len(marks):
        waiting = np.setdiff1d(np.arange(len(marks)), order)
        change = np.minimum(recourse.steps(marks[waiting]).change, 0.0).mean(axis=0)
        order.append(int(waiting[np.argmin(np.round(change, 9))]))
        recourse.add(marks[order[-1]])
    return order
