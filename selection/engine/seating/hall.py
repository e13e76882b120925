"""All rounds at all tables as they stand, and what a swap of two people would change.

Plain lists: a step of the search reads a dozen numbers, which costs less than one array call.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from selection.engine.seating.arrangement import enemies_of

type Seats = list[list[int]]


class Hall:
    """``seats[turn][person]`` is a table.

    ``repeats`` and ``imbalance`` are kept up to date by ``swap``. A pair that has met m times
    adds m repeats by meeting once more.
    """

    def __init__(
        self,
        traits: NDArray[np.int32],
        sizes: Sequence[int],
        seats: Seats,
        met: NDArray[np.int32] | None,
        apart: Iterable[tuple[int, int]],
    ) -> None:
        people = len(traits)
        self.seats = seats
        self.repeats = 0
        self._enemies = enemies_of(people, apart)
        self._sizes = list(sizes)
        self._met: list[list[int]] = (
            [[0] * people for _ in range(people)] if met is None else np.asarray(met).tolist()
        )
        for person in range(people):
            self._met[person][person] = 0
        self._guests = [
            [[who for who, at in enumerate(row) if at == table] for table in range(len(sizes))]
            for row in seats
        ]
        self._values, totals = _numbered_values(traits)
        self._off = [_distances(totals, size, people) for size in sizes]
        self._counts = [
            [self._count(guests, len(totals)) for guests in tables] for tables in self._guests
        ]
        self._meet_everybody()
        self.imbalance = sum(
            self._off[table][value][count]
            for tables in self._counts
            for table, counts in enumerate(tables)
            for value, count in enumerate(counts)
        )

    def _count(self, guests: Sequence[int], values: int) -> list[int]:
        counts = [0] * values
        for guest in guests:
            for value in self._values[guest]:
                counts[value] += 1
        return counts

    def _meet_everybody(self) -> None:
        for tables in self._guests:
            for guests in tables:
                for one, other in combinations(guests, 2):
                    self.repeats += self._met[one][other]
                    self._met[one][other] += 1
                    self._met[other][one] += 1

    def may_swap(self, turn: int, one: int, other: int) -> bool:
        """The two sit at different tables, and neither would join somebody to be kept apart."""
        row = self.seats[turn]
        here, there = row[one], row[other]
        if here == there:
            return False
        for person, guest, table in ((one, other, there), (other, one, here)):
            for enemy in self._enemies[person]:
                if row[enemy] == table and enemy != guest:
                    return False
        return True

    def change_by_swap(self, turn: int, one: int, other: int) -> tuple[int, int]:
        """How repeats and imbalance would change."""
        row = self.seats[turn]
        here, there = row[one], row[other]
        met_one, met_other = self._met[one].__getitem__, self._met[other].__getitem__
        at_here, at_there = self._guests[turn][here], self._guests[turn][there]
        repeats = (
            sum(map(met_one, at_there))
            + sum(map(met_other, at_here))
            - 2 * met_one(other)
            - sum(map(met_one, at_here))
            - sum(map(met_other, at_there))
            + self._sizes[here]
            + self._sizes[there]
            - 2
        )
        return repeats, self._imbalance_change(turn, one, other)

    def _imbalance_change(self, turn: int, one: int, other: int) -> int:
        here, there = self.seats[turn][one], self.seats[turn][other]
        off_here, off_there = self._off[here], self._off[there]
        counts_here, counts_there = self._counts[turn][here], self._counts[turn][there]
        change = 0
        for mine, yours in zip(self._values[one], self._values[other], strict=True):
            if mine == yours:
                continue
            off, count = off_here[mine], counts_here[mine]
            change += off[count - 1] - off[count]
            off, count = off_there[mine], counts_there[mine]
            change += off[count + 1] - off[count]
            off, count = off_here[yours], counts_here[yours]
            change += off[count + 1] - off[count]
            off, count = off_there[yours], counts_there[yours]
            change += off[count - 1] - off[count]
        return change

    def swap(self, turn: int, one: int, other: int) -> None:
        """Let the two change places."""
        repeats, imbalance = self.change_by_swap(turn, one, other)
        self.repeats += repeats
        self.imbalance += imbalance
        here, there = self.seats[turn][one], self.seats[turn][other]
        self._leave(turn, one, here)
        self._leave(turn, other, there)
        self._join(turn, one, there)
        self._join(turn, other, here)

    def _leave(self, turn: int, person: int, table: int) -> None:
        guests = self._guests[turn][table]
        guests.remove(person)
        for guest in guests:
            self._met[person][guest] -= 1
            self._met[guest][person] -= 1
        for value in self._values[person]:
            self._counts[turn][table][value] -= 1

    def _join(self, turn: int, person: int, table: int) -> None:
        guests = self._guests[turn][table]
        for guest in guests:
            self._met[person][guest] += 1
            self._met[guest][person] += 1
        guests.append(person)
        for value in self._values[person]:
            self._counts[turn][table][value] += 1
        self.seats[turn][person] = table


def _numbered_values(traits: NDArray[np.int32]) -> tuple[list[list[int]], list[int]]:
    """Each person's values numbered through all criteria, and how many people have each."""
    columns: list[NDArray[np.int64]] = []
    totals: list[int] = []
    for column in traits.T:
        _, numbers, counts = np.unique(column, return_inverse=True, return_counts=True)
        columns.append(numbers + len(totals))
        totals += counts.tolist()
    return np.array(columns, dtype=int).reshape(-1, len(traits)).T.tolist(), totals


def _distances(totals: Sequence[int], size: int, people: int) -> list[list[int]]:
    """For each value, how far each count at a table of this size is from its rounded share."""
    rows = []
    for total in totals:
        least, most = total * size // people, -(-total * size // people)
        rows.append([max(least - count, count - most, 0) for count in range(size + 2)])
    return rows
