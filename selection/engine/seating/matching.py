"""People at tables where they may sit, loads as even as that lets them be.

N. J. A. Harvey, R. E. Ladner, L. Lovász, T. Tamir: Semi-matchings for bipartite graphs and load
balancing, Journal of Algorithms 59 (2006). Each person is let in by the chain of moves that ends
at the least loaded table within reach; the loads are then as even as loads can be.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

type Steps = dict[int, tuple[int, int]]
"""For each table within reach, who moves there and from which table; -1 is outside."""


class Stuck(Exception):
    """``people`` may sit only at ``tables``, which have fewer seats than that."""

    def __init__(self, people: Sequence[int], tables: Sequence[int]) -> None:
        self.people = people
        self.tables = tables
        super().__init__(people, tables)


class Matching:
    """``at[person]`` is a table, -1 before the person is let in; no table is above its limit."""

    def __init__(self, open_tables: NDArray[np.bool_], limits: Sequence[int]) -> None:
        self._open = [np.flatnonzero(row).tolist() for row in open_tables]
        self._limits = limits
        self.loads = [0] * len(limits)
        self.at = [-1] * len(open_tables)
        self.settled: set[int] = set()

    def let_in(self, person: int) -> None:
        """Afterwards the person sits somewhere, and nobody stands; or ``Stuck``."""
        steps: Steps = {table: (person, -1) for table in self._open[person]}
        if not self._let_in(steps):
            bound = [who for who, tables in enumerate(self._open) if steps.keys() >= set(tables)]
            raise Stuck(bound, sorted(steps))

    def settle(self, person: int, table: int) -> bool:
        """Seat the person there for good and others around them, or change nothing: false."""
        left = self.at[person]
        self.settled.add(person)
        if left == table:
            return True
        self.loads[left] -= 1
        if self._let_in({table: (person, -1)}):
            return True
        self.loads[left] += 1
        self.settled.discard(person)
        return False

    def even_out(self) -> None:
        """Move people who are not settled until loads are as even as they can make them."""
        while any(self._relieve(table) for table in range(len(self.loads))):
            pass

    def _relieve(self, table: int) -> bool:
        """Have one person fewer there and one more at a table with at least two fewer people."""
        steps: Steps = {table: (-1, -1)}
        self._reach(steps)
        last = self._least_loaded(steps)
        if last is None or self.loads[last] + 1 >= self.loads[table]:
            return False
        self.loads[table] -= 1
        self.loads[last] += 1
        self._move(steps, last)
        return True

    def snapshot(self) -> tuple[list[int], list[int]]:
        """What ``restore`` needs; who is settled is not in it."""
        return self.at[:], self.loads[:]

    def restore(self, snapshot: tuple[list[int], list[int]]) -> None:
        """Everybody sits again where they sat."""
        self.at[:], self.loads[:] = snapshot

    def _let_in(self, steps: Steps) -> bool:
        """Move along the chain to the least loaded table in reach; false when all are full."""
        self._reach(steps)
        last = self._least_loaded(steps)
        if last is None:
            return False
        self.loads[last] += 1
        self._move(steps, last)
        return True

    def _least_loaded(self, steps: Steps) -> int | None:
        """The table in reach with fewest people that is not full."""
        free = [table for table in steps if self.loads[table] < self._limits[table]]
        return min(free, key=lambda table: (self.loads[table], table), default=None)

    def _reach(self, steps: Steps) -> None:
        """Add every table that a chain of moves can lead to, nobody settled moving."""
        waiting = list(steps)
        for here in waiting:
            if len(steps) == len(self._limits):
                return
            for person, table in enumerate(self.at):
                if table != here or person in self.settled:
                    continue
                for there in self._open[person]:
                    if there not in steps:
                        steps[there] = (person, here)
                        waiting.append(there)

    def _move(self, steps: Steps, last: int) -> None:
        """Everybody on the chain that ends at ``last`` moves one table on."""
        table = last
        while table >= 0:
            person, before = steps[table]
            if person >= 0:
                self.at[person] = table
            table = before


def match(open_tables: NDArray[np.bool_], limits: Sequence[int], order: Iterable[int]) -> Matching:
    """Everybody seated, let in in this order; or ``Stuck``."""
    matching = Matching(open_tables, limits)
    for person in order:
        matching.let_in(person)
    return matching
