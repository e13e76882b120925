"""What reserves are worth: in each scenario the best of them take the seats that fall empty.

All scenarios are looked at together. A scenario's loss is the sum over the quota values of the
people too few or too many, so what one person more, less or instead of another changes is a sum
over the values they have. Reserves are put to use by the best single step, calling one up or
sending one in place of another, until no step helps.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NOTHING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """(V,) least and most people of each value, and the price of one too few or too many."""

    least: Floats
    most: Floats
    price: Floats

    def loss(self, held: Floats) -> Floats:
        """(S,) the loss of scenarios with ``held`` (S, V) people of each value."""
        off = np.maximum(self.least - held, 0.0) + np.maximum(held - self.most, 0.0)
        return np.asarray(off @ self.price)

    def coming(self, held: Floats) -> Floats:
        """(S, V) what the loss changes when one person more has the value."""
        return np.asarray(self.price * ((held >= self.most) * 1.0 - (held < self.least)))

    def leaving(self, held: Floats) -> Floats:
        """(S, V) what the loss changes when one person less has the value."""
        return np.asarray(self.price * ((held <= self.least) * 1.0 - (held > self.most)))


class Step(NamedTuple):
    """For each scenario and candidate the best step: its change, and who goes home (-1: nobody)."""

    change: Floats
    instead: NDArray[np.int64]


class Recourse:
    """Scenarios with the reserves put to use.

    Attributes
    ----------
    held : (S, V) people of each value who sit.
    room : (S,) seats that are empty.
    reserves : (m, V) 1 where the reserve has the value.
    used : (S, m) which reserves sit.
    """

    def __init__(self, limits: Limits, held: Floats, room: NDArray[np.int64]) -> None:
        self.limits = limits
        self.held, self.room = held.copy(), room.copy()
        self.reserves: Floats = np.zeros((0, held.shape[1]))
        self.used = np.zeros((len(held), 0), dtype=bool)

    @property
    def losses(self) -> Floats:
        return self.limits.loss(self.held)

    def copy(self) -> "Recourse":
        other = Recourse(self.limits, self.held, self.room)
        other.reserves, other.used = self.reserves, self.used.copy()
        return other

    def steps(self, candidates: Floats, scenarios: NDArray[np.int64] | None = None) -> Step:
        """The best step in which each candidate (t, V) takes a seat; (S, t)."""
        which = np.arange(len(self.held)) if scenarios is None else scenarios
        held, used = self.held[which], self.used[which]
        coming, leaving = self.limits.coming(held), self.limits.leaving(held)
        into = coming @ candidates.T
        alone = np.where(self.room[which] > 0, 0.0, np.inf)[:, None] + np.zeros_like(into)
        if not len(self.reserves):
            return Step(into + alone, np.full(into.shape, -1))
        common = ((coming + leaving)[:, None, :] * self.reserves) @ candidates.T
        out = (leaving @ self.reserves.T)[:, :, None] - common
        out[~used] = np.inf
        best = out.argmin(axis=1)
        swap = np.take_along_axis(out, best[:, None, :], axis=1)[:, 0, :]
        return Step(into + np.minimum(alone, swap), np.where(alone <= swap, -1, best))

    def add(self, reserve: Floats) -> None:
        """One more reserve, put to use where that helps."""
        self.reserves = np.vstack([self.reserves, reserve])
        self.used = np.column_stack([self.used, np.zeros(len(self.held), dtype=bool)])
        self.settle()

    def remove(self, place: int) -> None:
        """One reserve less; the others take over where they can."""
        sat = self.used[:, place]
        self.held[sat] -= self.reserves[place]
        self.room[sat] += 1
        self.reserves = np.delete(self.reserves, place, axis=0)
        self.used = np.delete(self.used, place, axis=1)
        self.settle()

    def settle(self) -> None:
        """Take steps until none helps in any scenario."""
        moving = np.arange(len(self.held))
        while len(moving) and len(self.reserves):
            step = self.steps(self.reserves, moving)
            change = np.where(self.used[moving], np.inf, step.change)
            best = change.argmin(axis=1)
            rows = np.arange(len(moving))
            helps = change[rows, best] < -NOTHING
            moving, best = moving[helps], best[helps]
            self._take(moving, best, step.instead[rows[helps], best])

    def _take(
        self, which: NDArray[np.int64], coming: NDArray[np.int64], instead: NDArray[np.int64]
    ) -> None:
        self.held[which] += self.reserves[coming]
        self.used[which, coming] = True
        swaps = instead >= 0
        self.held[which[swaps]] -= self.reserves[instead[swaps]]
        self.used[which[swaps], instead[swaps]] = False
        self.room[which[~swaps]] -= 1
