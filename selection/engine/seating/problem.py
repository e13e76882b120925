"""Who is to be seated, at how many tables, in how many rounds, and what must hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class Balance(StrEnum):
    """What counts for more: meeting new people, or tables that are mixed."""

    NEW_PEOPLE = "new"
    EVEN = "even"
    MIXED = "mixed"

    @property
    def weight(self) -> int:
        """What one person too many or too few of a value costs, in tenths of a repeat."""
        return {Balance.NEW_PEOPLE: 3, Balance.EVEN: 10, Balance.MIXED: 30}[self]


@dataclass(frozen=True, slots=True, eq=False)
class Facilitators:
    """Those who lead tables, positions 0..count-1; they fill no seat and count in no mix.

    Each leads a table in every round. The tables have equally many facilitators, or one less
    where they do not come out even.

    Attributes
    ----------
    count : how many there are.
    allowed : (count, tables) bool, the tables each may lead; None when everybody may lead all.
    held : (h, count) the table of each in the held rounds, -1 when absent; None without history.
    """

    count: int
    allowed: NDArray[np.bool_] | None = None
    held: NDArray[np.int32] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SeatingProblem:
    """People are positions 0..n-1, tables 0..tables-1.

    Tables are of sizes that differ by at most one, unless so few people may sit at one of them,
    or its capacity is so small, that the others must be larger.

    Attributes
    ----------
    traits : (n, c) each person's value within each criterion, as a small number.
    tables, rounds : how many of each; the rounds are those still to come.
    held : (h, n) the table of each person in the rounds that have been held, -1 when absent;
        None when there are none. Their tables may be others than those to come.
    apart : pairs who never share a table.
    fixed : (person, table) for people who sit at one table in every round.
    pins : (round, person, table) for people who sit at this table in this round.
    allowed : (n, tables) bool, where each person may sit; None when everybody may sit anywhere.
        Language tables are told so: a person may sit at the tables whose language they speak.
    capacity : the most people at each table, None where the table takes its even share.
    facilitators : those who lead the tables, or None.
    balance : what counts for more.
    """

    traits: NDArray[np.int32]
    tables: int
    rounds: int
    held: NDArray[np.int32] | None = None
    apart: tuple[tuple[int, int], ...] = ()
    fixed: tuple[tuple[int, int], ...] = ()
    pins: tuple[tuple[int, int, int], ...] = ()
    allowed: NDArray[np.bool_] | None = None
    capacity: tuple[int | None, ...] | None = None
    facilitators: Facilitators | None = None
    balance: Balance = Balance.MIXED

    def __post_init__(self) -> None:
        if self.traits.ndim != 2 or (self.traits.size and int(self.traits.min()) < 0):
            raise ValueError("traits must have a row for each person, without negative numbers")
        if self.tables < 1 or self.rounds < 1:
            raise ValueError("there must be at least one table and one round")
        if self.capacity is not None and len(self.capacity) != self.tables:
            raise ValueError("capacity must have an entry for each table")
        self._require_known_people()
        _require_shape(self.allowed, (len(self), self.tables))
        _require_shape(self.held, (self.held_rounds, len(self)))
        if self.facilitators is not None:
            _require_shape(self.facilitators.allowed, (self.facilitators.count, self.tables))
            _require_shape(self.facilitators.held, (self.held_rounds, self.facilitators.count))

    def __len__(self) -> int:
        return len(self.traits)

    @property
    def held_rounds(self) -> int:
        """How many rounds are history."""
        return 0 if self.held is None else len(self.held)

    def open_tables(self, turn: int) -> NDArray[np.bool_]:
        """(n, tables) bool: where each person may sit in this round, everything considered."""
        everywhere = np.ones((len(self), self.tables), dtype=bool)
        open_to = everywhere if self.allowed is None else self.allowed.copy()
        now = [(person, table) for at, person, table in self.pins if at == turn]
        for person, table in (*self.fixed, *now):
            open_to[person] &= np.arange(self.tables) == table
        return open_to

    def _require_known_people(self) -> None:
        people, tables, turns = range(len(self)), range(self.tables), range(self.rounds)
        if any(person not in people for pair in self.apart for person in pair):
            raise ValueError("apart names nobody")
        if any(person not in people or table not in tables for person, table in self.fixed):
            raise ValueError("fixed names nobody, or no table")
        if any(
            turn not in turns or person not in people or table not in tables
            for turn, person, table in self.pins
        ):
            raise ValueError("pins name nobody, no table, or no round")
        _require_once(person for person, _ in self.fixed)
        _require_once((turn, person) for turn, person, _ in self.pins)


def _require_shape(array: NDArray[np.generic] | None, shape: tuple[int, int]) -> None:
    if array is not None and array.shape != shape:
        raise ValueError(f"an array has the shape {array.shape} instead of {shape}")


def _require_once(people: Iterable[object]) -> None:
    named = list(people)
    if len(set(named)) < len(named):
        raise ValueError("nobody is fixed at two tables")
