"""Whole numbers of copies of panels that seat every type nearly as often as the lottery does.

Rounding at random so that the number of copies is kept is followed by steps that lower what the
people lose and gain together: a copy of one panel for a copy of another, or two seats exchanged on
one copy. Seats count, not panels: whoever sits by turns with people alike is never more than one
ticket off when the type's seats lie between its people's due rounded down and rounded up.
"""

import numpy as np
from numpy.typing import NDArray

from selection.engine.lotteries.exchanges import Exchanges
from selection.engine.lotteries.losses import Loss
from selection.engine.types.grouping import Counts, Types
from selection.engine.types.mixture import Mixture

Floats = NDArray[np.float64]
PANELS = 100
"""Panels on each side of which swaps are weighed exactly."""
PARTNERS = 200
"""Types with which one type may exchange seats."""
TRIES = 60
"""Exchanges for which a panel is looked for, and ten times as many as swaps."""
NEAR = 0.5
"""Nobody is moved for a miss of at most half a ticket."""
FAR = 0.75
"""Nobody is moved whose miss is at most this share of the largest."""
WORTH = 2000
"""A swap must gain at least one in so many of what there is to gain."""


class Copies:
    """Panels and how many tickets each is on.

    Attributes
    ----------
    panels : (T, room) one panel each column; ``found`` of them are in use.
    copies : (room,) tickets of each panel.
    seats : (T,) seats each type has on all tickets together.
    """

    def __init__(self, panels: Counts, copies: Counts) -> None:
        self.panels = np.ascontiguousarray(panels.T, dtype=np.int32)
        self.copies = copies.astype(np.int64)
        self.seats: Counts = np.asarray(copies @ panels, dtype=np.int64)
        self.found = len(copies)
        self._known = {panel.tobytes(): place for place, panel in enumerate(self.panels.T)}

    def replace(self, place: int, panel: NDArray[np.int32]) -> None:
        """One copy of the panel at ``place`` becomes a copy of ``panel``."""
        other = self._place(panel)
        self.seats = self.seats + panel - self.panels[:, place]
        self.copies[place] -= 1
        self.copies[other] += 1

    def _place(self, panel: NDArray[np.int32]) -> int:
        place = self._known.setdefault(panel.tobytes(), self.found)
        if place == self.found:
            if self.found == len(self.copies):
                self.panels = np.concatenate([self.panels, np.zeros_like(self.panels)], axis=1)
                self.copies = np.concatenate([self.copies, np.zeros_like(self.copies)])
            self.panels[:, place] = panel
            self.found += 1
        return place


def at_random(mixture: Mixture, count: int, rng: np.random.Generator) -> Copies:
    """``count`` copies, each panel's number its due rounded down or up."""
    due = mixture.probabilities * count
    order = rng.permutation(len(due))
    reach = np.cumsum(due[order])
    steps = np.floor(reach * (count / reach[-1]) + rng.random())
    steps[-1] = count
    copies = np.zeros(len(due), dtype=np.int64)
    copies[order] = np.diff(steps, prepend=0.0).astype(np.int64)
    return Copies(mixture.counts, copies)


class Polish:
    """Steps from copies to better copies by one loss."""

    def __init__(self, copies: Copies, types: Types, exchanges: Exchanges, loss: Loss) -> None:
        self._copies = copies
        self._exchanges = exchanges
        self._loss = loss
        self._cap = types.caps
        self._class = {
            kind: household for household in types.classes for kind in household.slots.tolist()
        }

    def run(self, most: int) -> int:
        """Steps until none helps or there were ``most`` of them; how many."""
        done = 0
        while done < most:
            before = done
            while done < most and self._swap():
                done += 1
            done += self._exchange_all(most - done)
            if done == before:
                break
        return done

    def _swap(self) -> bool:
        """One copy of a panel instead of one of another, if that helps."""
        copies, loss = self._copies, self._loss
        least = int(loss.each(copies.seats).sum()) // WORTH
        # Whole numbers in floating point: their sums are exact whatever the order of adding.
        panels = copies.panels[:, : copies.found].astype(np.float64)
        more, fewer = loss.more(copies.seats), loss.fewer(copies.seats)
        used = np.flatnonzero(copies.copies)
        out = used[_smallest(fewer @ panels[:, used], PANELS)]
        into = _smallest(more @ panels, PANELS)
        leaving, coming = panels[:, out].T, panels[:, into]
        alone = (fewer @ panels[:, out])[:, None] + (more @ panels[:, into])[None, :]
        change = alone - (leaving * (more + fewer)) @ coming
        for best in _smallest(change.ravel(), TRIES // 10):
            place, other = int(out[best // len(into)]), int(into[best % len(into)])
            if self._try(place, copies.panels[:, other], least):
                return True
        return False

    def _try(self, place: int, panel: NDArray[np.int32], least: int = 0) -> bool:
        """Take the step if it lowers the loss by more than ``least``."""
        copies = self._copies
        change = panel - copies.panels[:, place]
        kinds = np.flatnonzero(change)
        gain = self._loss.each(copies.seats, kinds) - self._loss.each(copies.seats + change, kinds)
        if int(gain.sum()) <= least:
            return False
        copies.replace(place, panel.copy())
        return True

    def _exchange_all(self, most: int) -> int:
        """Exchanges for the types furthest from their due first, one after the other."""
        misses = self._loss.misses(self._copies.seats)
        done = 0
        for kind in np.argsort(-misses, kind="stable").tolist():
            if misses[kind] <= max(NEAR, FAR * misses.max()):
                break
            while done < most and self._exchange(kind):
                done += 1
        return done

    def _exchange(self, kind: int) -> bool:
        """Two seats of one copy to two others, one of them this type's, if that helps."""
        seats = self._copies.seats
        more, fewer = self._loss.more(seats), self._loss.fewer(seats)
        over = bool(fewer[kind] < 0)
        mine, theirs = (fewer, more) if over else (more, fewer)
        if mine[kind] >= 0:
            return False
        partners = _smallest(mine, PARTNERS)
        best = self._exchanges.best(theirs)
        partner, one, two = self._exchanges.around(kind, partners).T
        one, two = best[one], best[two]
        change = mine[kind] + mine[partner] + theirs[one] + theirs[two]
        steps = _smallest(change, TRIES)
        steps = steps[change[steps] < 0]
        here = np.stack([np.full(len(steps), kind), partner[steps]])
        there = np.stack([one[steps], two[steps]])
        return self._seat(here, there) if over else self._seat(there, here)

    def _seat(self, leaving: Counts, coming: Counts) -> bool:
        """Make the first exchange that some copy allows, if there is one; (2, s) types each."""
        copies = self._copies
        panels = copies.panels[:, : copies.found]
        fine = np.broadcast_to(copies.copies[: copies.found] > 0, (leaving.shape[1], copies.found))
        for kinds in leaving:
            fine = fine & (panels[kinds] > (leaving[0] == leaving[1])[:, None])
        for kinds in coming:
            room = self._cap[kinds] - (coming[0] == coming[1])
            fine &= panels[kinds] < room[:, None]
        for step in np.flatnonzero(fine.any(axis=1)):
            for place in np.flatnonzero(fine[step]):
                panel = panels[:, place].copy()
                np.add.at(panel, leaving[:, step], -1)
                np.add.at(panel, coming[:, step], 1)
                if all(self._housed(panel, kind) for kind in coming[:, step].tolist()):
                    # The gain is the same on every copy: no need to try another.
                    if self._try(int(place), panel):
                        return True
                    break
        return False

    def _housed(self, panel: NDArray[np.int32], kind: int) -> bool:
        """There are households enough for the seats of this type and of those it lives with."""
        household = self._class.get(kind)
        if household is None:
            return True
        return int(panel[np.unique(household.slots)].sum()) <= len(household.people)


def _smallest(values: NDArray[np.generic], count: int) -> NDArray[np.intp]:
    """Where the smallest values are, the smallest first."""
    return np.argsort(values, kind="stable")[:count]
