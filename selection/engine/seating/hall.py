"""All rounds at all tables, and what the cost would change by if two people changed places.

The changes of a whole round come at once, as matrices: for a person the cost of joining a table is
how often they have met its guests plus what they do to its mix; for two people who change places
the two costs add up, but for what they have in common. Costs are whole numbers small enough to be
exact in single precision, so the order in which a machine adds them up does not matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Matrix = NDArray[np.float32]

# One repeat; weights of imbalance are given in tenths of it.
REPEAT = 10
# The cost of sitting where one must not: no search accepts it, and sixteen of them are exact.
BARRED = np.float32(2**20)


@dataclass(frozen=True, slots=True, eq=False)
class House:
    """What stays as it is whoever sits where; n people, then f facilitators.

    Attributes
    ----------
    has : (n + f, v) 1 where a person has a value.
    least, most : (rounds, tables, v) how many with the value a mixed table has.
    met : (n + f, n + f) cost of meeting once more, before the first round.
    barred : (rounds, tables, n + f) ``BARRED`` where a person must not sit.
    present : (n + f,) False for facilitators who do not exist and meet nobody.
    people : n.
    weight : (v,) cost of one person too many or too few, in tenths of a repeat.
    """

    has: Matrix
    least: Matrix
    most: Matrix
    met: Matrix
    barred: Matrix
    present: NDArray[np.bool_]
    people: int
    weight: Matrix

    def blocks(self) -> tuple[slice, ...]:
        """Those who can change places with each other: people, and facilitators."""
        people, everybody = slice(0, self.people), len(self.has)
        if everybody == self.people:
            return (people,)
        return people, slice(self.people, everybody)


class Hall:
    """``rows`` is the (rounds, n + f) table of everybody."""

    def __init__(self, house: House, rows: NDArray[np.int64]) -> None:
        self.rows = rows.copy()
        self._house = house
        self._tables = np.eye(house.least.shape[1], dtype=np.float32)
        self._seated = [self._tables[row] for row in rows]
        self._together = [self._meetings(turn) for turn in range(len(rows))]
        self._met = house.met + sum(self._together)
        # Nobody meets themselves: the diagonal holds just what leaving out a round takes away.
        np.fill_diagonal(self._met, REPEAT * house.present)

    def _meetings(self, turn: int) -> Matrix:
        """(n + f, n + f) ``REPEAT`` where two share a table, or somebody is themselves."""
        there = self._seated[turn] * self._house.present[:, None]
        together: Matrix = REPEAT * (there @ there.T)
        return together

    def cost(self) -> int:
        """Repeats and imbalance of all rounds, in tenths of a repeat."""
        house = self._house
        met = house.met.copy()
        cost = 0.0
        for turn, together in enumerate(self._together):
            cost += float(np.triu(met * together, k=1).sum(dtype=np.float64)) / REPEAT
            met += together
            counts = self._seated[turn].T @ house.has
            below, above = house.least[turn] - counts, counts - house.most[turn]
            cost += float(np.maximum(np.maximum(below, above), 0).sum(axis=0) @ house.weight)
        return round(cost)

    def changes(self, turn: int, block: slice) -> Matrix:
        """(b, b) what the cost changes by if one of the block changes places with another.

        Between people of one table it is ``BARRED`` or more.
        """
        row, has = self.rows[turn, block], self._house.has[block]
        others = self._met[block] - self._together[turn][block]
        leaving, joining = self._mixes(turn)
        shared = (leaving + joining)[row] * has
        # A row for each table, since gathering rows is much faster than gathering columns.
        moved = (
            self._seated[turn].T @ others.T + joining @ has.T + self._house.barred[turn, :, block]
        )
        own = row, np.arange(len(row))
        moved -= moved[own] - shared.sum(axis=1)
        moved[own] = BARRED
        change: Matrix = moved[row]
        change -= others[:, block]
        change -= shared @ has.T
        return change + change.T

    def _mixes(self, turn: int) -> tuple[Matrix, Matrix]:
        """(tables, v) what one person fewer, and one more, of a value costs."""
        house = self._house
        counts = self._seated[turn].T @ house.has
        least, most = house.least[turn], house.most[turn]
        leaving = (counts <= least).astype(np.float32) - (counts > most)
        joining = (counts >= most).astype(np.float32) - (counts < least)
        return house.weight * leaving, house.weight * joining

    def swap(self, turn: int, ones: Sequence[int], others: Sequence[int]) -> None:
        """Let each of the ones change places with its other; no two pairs share a table."""
        row, before, after = self.rows[turn], [*ones, *others], [*others, *ones]
        row[before] = row[after]
        self._seated[turn] = self._tables[row]
        self._met -= self._together[turn]
        self._together[turn] = self._meetings(turn)
        self._met += self._together[turn]
