"""Who sits where, and how good that is."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.pool import frozen
from selection.engine.seating.bound import fewest_repeats, most_pairs
from selection.engine.seating.problem import SeatingProblem
from selection.engine.seating.shares import shares_at


@dataclass(frozen=True, slots=True)
class Surplus:
    """A value that a table has more or fewer people of than a mixed one: ``least`` to ``most``.

    ``criterion`` is a column of the traits, ``value`` a number in it.
    """

    criterion: int
    value: int
    count: int
    least: int
    most: int

    @property
    def off(self) -> int:
        """How many people too many or too few."""
        return max(self.least - self.count, self.count - self.most)


@dataclass(frozen=True, slots=True)
class UnevenTable:
    """A table of one round (both from 0) that could be better mixed, and in what."""

    turn: int
    table: int
    surpluses: tuple[Surplus, ...]

    @property
    def off(self) -> int:
        """How far the table is from the mix that rounding allows, in people."""
        return sum(surplus.off for surplus in self.surpluses)


@dataclass(frozen=True, slots=True, eq=False)
class SeatingPlan:
    """Who sits where, and how good that is.

    Attributes
    ----------
    tables : (rounds, n) the table of each person in each round.
    table_count : how many tables there are.
    facilitators : (rounds, f) the table of each facilitator in each round.
    distinct_pairs : pairs who meet in these rounds at least once.
    most_pairs : no plan for these tables and rounds has more of them.
    repeats : how often a pair meets that has met before, each earlier meeting counted.
    repeats_bound : no plan for this many people, tables and rounds has fewer repeats.
    imbalance : how far, in people, the tables are from the mix that rounding allows, over all
        rounds, tables and values.
    uneven : the tables that are not mixed as well as rounding allows, the worst first.
    facilitator_repeats : how many of the n · rounds sittings are with a facilitator whom the
        person has had before.
    """

    tables: NDArray[np.int32]
    table_count: int
    facilitators: NDArray[np.int32]
    distinct_pairs: int
    most_pairs: int
    repeats: int
    repeats_bound: int
    imbalance: int
    uneven: tuple[UnevenTable, ...]
    facilitator_repeats: int

    def seated(self, turn: int) -> tuple[tuple[int, ...], ...]:
        """The people at each table in one round, ascending."""
        row = self.tables[turn]
        return tuple(
            tuple(np.flatnonzero(row == table).tolist()) for table in range(self.table_count)
        )


def judged(
    problem: SeatingProblem, tables: NDArray[np.int64], facilitators: NDArray[np.int64]
) -> SeatingPlan:
    """The plan with its figures, each counted from the seats alone."""
    held = problem.held
    met = meetings(tables, tables)
    before = np.zeros_like(met) if held is None else meetings(held, held)
    pairs = np.triu_indices(len(problem), k=1)
    now, then = met[pairs], before[pairs]
    sizes = [np.bincount(row, minlength=problem.tables).tolist() for row in tables]
    uneven = sorted(_uneven(problem, tables), key=lambda table: -table.off)
    return SeatingPlan(
        tables=frozen(tables, np.int32),
        table_count=problem.tables,
        facilitators=frozen(facilitators, np.int32),
        distinct_pairs=int((now > 0).sum()),
        most_pairs=most_pairs(sizes),
        repeats=int((now * then + now * (now - 1) // 2).sum()),
        repeats_bound=fewest_repeats(sizes, held),
        imbalance=sum(table.off for table in uneven),
        uneven=tuple(uneven),
        facilitator_repeats=_facilitator_repeats(problem, tables, facilitators),
    )


def meetings(ones: NDArray[np.integer], others: NDArray[np.integer]) -> NDArray[np.int64]:
    """(n, m) in how many rounds each of the ones has shared a table with each of the others."""
    shared = (ones[:, :, None] == others[:, None, :]) & (ones[:, :, None] >= 0)
    times: NDArray[np.int64] = shared.sum(axis=0)
    return times


def _facilitator_repeats(
    problem: SeatingProblem, tables: NDArray[np.int64], facilitators: NDArray[np.int64]
) -> int:
    now = meetings(tables, facilitators)
    team = problem.facilitators
    if problem.held is None or team is None or team.held is None:
        return int(np.maximum(now - 1, 0).sum())
    known = meetings(problem.held, team.held) > 0
    return int(np.where(known, now, np.maximum(now - 1, 0)).sum())


def _uneven(problem: SeatingProblem, tables: NDArray[np.int64]) -> Iterator[UnevenTable]:
    for turn, row in enumerate(tables):
        for table in range(problem.tables):
            surpluses = tuple(_surpluses(problem.traits, row == table))
            if surpluses:
                yield UnevenTable(turn, table, surpluses)


def _surpluses(traits: NDArray[np.int32], here: NDArray[np.bool_]) -> Iterator[Surplus]:
    for criterion, column in enumerate(traits.T):
        values, totals = np.unique(column, return_counts=True)
        least, most = shares_at(totals, int(here.sum()), len(traits))
        counts = np.array([np.count_nonzero(column[here] == value) for value in values])
        for at in np.flatnonzero((counts < least) | (counts > most)).tolist():
            yield Surplus(
                criterion, int(values[at]), int(counts[at]), int(least[at]), int(most[at])
            )
