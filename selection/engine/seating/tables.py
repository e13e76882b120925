"""Seat a panel at tables over several rounds: every table mixed, and few people meet twice.

Simulated annealing over swaps of two people within a round. Keep-apart pairs and fixed seats
hold from the first arrangement on, since no swap that would break them is ever made.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import comb, exp

import numpy as np
from numpy.typing import NDArray

from selection.engine.pool import frozen
from selection.engine.seating.arrangement import Obstacle, SeatingImpossible, arrange, table_sizes
from selection.engine.seating.hall import Hall, Seats

__all__ = ["Obstacle", "SeatingImpossible", "SeatingPlan", "SeatingProblem", "seat"]

# One unit of imbalance weighs as much as three repeats: tables come out mixed, and the price in
# repeats is small.
IMBALANCE_WEIGHT = 3.0
STEPS = 500_000

_HOT, _COLD = 1.5, 0.3
_BATCH = 5_000


@dataclass(frozen=True, slots=True, eq=False)
class SeatingProblem:
    """People are positions 0..n-1, tables 0..tables-1 of sizes that differ by at most one.

    Attributes
    ----------
    traits : (n, c) each person's value within each criterion, as a small number.
    tables, rounds : how many of each.
    met : (n, n) how often each pair has met in earlier rounds; None when they are strangers.
    apart : pairs who never share a table.
    fixed : (person, table) for people who sit at one table in every round.
    """

    traits: NDArray[np.int32]
    tables: int
    rounds: int
    met: NDArray[np.int32] | None = None
    apart: tuple[tuple[int, int], ...] = ()
    fixed: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        n = len(self.traits)
        if self.traits.ndim != 2 or (self.traits.size and int(self.traits.min()) < 0):
            raise ValueError("traits must have a row for each person, without negative numbers")
        if self.tables < 1 or self.rounds < 1:
            raise ValueError("there must be at least one table and one round")
        if self.met is not None and self.met.shape != (n, n):
            raise ValueError("met must have a row and a column for each person")
        if any(not 0 <= person < n for pair in self.apart for person in pair):
            raise ValueError("apart names nobody")
        if any(not (0 <= who < n and 0 <= table < self.tables) for who, table in self.fixed):
            raise ValueError("fixed names nobody, or no table")
        if len({person for person, _ in self.fixed}) < len(self.fixed):
            raise ValueError("nobody is fixed at two tables")

    def __len__(self) -> int:
        return len(self.traits)


@dataclass(frozen=True, slots=True, eq=False)
class SeatingPlan:
    """Who sits where, and how good that is.

    Attributes
    ----------
    tables : (rounds, n) the table of each person in each round.
    table_count : how many tables there are.
    distinct_pairs : pairs who meet in these rounds at least once.
    repeats : how often a pair meets that has met before, each earlier meeting counted.
    repeats_bound : no plan for this many people, tables and rounds has fewer repeats.
    imbalance : how far, in people, the tables are from the mix that rounding allows, over all
        rounds, tables and values.
    """

    tables: NDArray[np.int32]
    table_count: int
    distinct_pairs: int
    repeats: int
    repeats_bound: int
    imbalance: int

    def seated(self, turn: int) -> tuple[tuple[int, ...], ...]:
        """The people at each table in one round, ascending."""
        row = self.tables[turn]
        return tuple(
            tuple(np.flatnonzero(row == table).tolist()) for table in range(self.table_count)
        )


def seat(
    problem: SeatingProblem,
    *,
    rng: np.random.Generator,
    steps: int = STEPS,
    imbalance_weight: float = IMBALANCE_WEIGHT,
) -> SeatingPlan:
    """A plan that keeps every rule of the problem, or ``SeatingImpossible``.

    The same problem, generator state and ``steps`` give the same plan: the search is bounded
    by its steps, which are tried swaps, and never by the clock.
    """
    sizes = table_sizes(len(problem), problem.tables, problem.fixed)
    rows = [arrange(sizes, problem.apart, problem.fixed, rng=rng) for _ in range(problem.rounds)]
    pinned = {person for person, _ in problem.fixed}
    best = _anneal(
        Hall(problem.traits, sizes, rows, problem.met, problem.apart),
        [person for person in range(len(problem)) if person not in pinned],
        rng=rng,
        steps=steps,
        weight=imbalance_weight,
        bound=fewest_repeats(sizes, problem.rounds),
    )
    found = Hall(problem.traits, sizes, best, problem.met, problem.apart)
    return SeatingPlan(
        tables=frozen(best, np.int32),
        table_count=problem.tables,
        distinct_pairs=_distinct_pairs(best),
        repeats=found.repeats,
        repeats_bound=fewest_repeats(sizes, problem.rounds),
        imbalance=found.imbalance,
    )


def fewest_repeats(sizes: Sequence[int], rounds: int) -> int:
    """Repeats that cannot be avoided: a full table spreads over the tables of a later round.

    People of one table who are more than the later round has tables must share again; evenly
    spread they do so least.
    """
    tables = len(sizes)
    each = sum(
        (size % tables) * comb(size // tables + 1, 2)
        + (tables - size % tables) * comb(size // tables, 2)
        for size in sizes
    )
    return comb(rounds, 2) * each


def _anneal(
    hall: Hall,
    movable: Sequence[int],
    *,
    rng: np.random.Generator,
    steps: int,
    weight: float,
    bound: int,
) -> Seats:
    """The best seats met on the way from hot to cold."""
    best, best_cost = _copy(hall.seats), hall.repeats + weight * hall.imbalance
    cost, heat = best_cost, _HOT
    cooling = (_COLD / _HOT) ** (1 / max(steps, 1))
    for turn, one, other, luck in _tries(rng, len(hall.seats), movable, steps):
        if best_cost <= bound:
            break
        heat *= cooling
        if not hall.may_swap(turn, one, other):
            continue
        repeats, imbalance = hall.change_by_swap(turn, one, other)
        change = repeats + weight * imbalance
        if change <= 0 or luck < exp(-change / heat):
            hall.swap(turn, one, other)
            cost += change
            if cost < best_cost - 1e-9:
                best, best_cost = _copy(hall.seats), cost
    return best


def _copy(seats: Seats) -> Seats:
    return [row[:] for row in seats]


def _tries(
    rng: np.random.Generator, rounds: int, movable: Sequence[int], steps: int
) -> Iterator[tuple[int, int, int, float]]:
    """Random rounds, pairs and luck, drawn many at a time because one at a time is slow."""
    people = np.asarray(movable)
    for start in range(0, steps if len(people) > 1 else 0, _BATCH):
        count = min(_BATCH, steps - start)
        yield from zip(
            rng.integers(rounds, size=count).tolist(),
            people[rng.integers(len(people), size=count)].tolist(),
            people[rng.integers(len(people), size=count)].tolist(),
            rng.random(count).tolist(),
            strict=True,
        )


def _distinct_pairs(seats: Seats) -> int:
    rows = np.array(seats)
    together = (rows[:, :, None] == rows[:, None, :]).any(axis=0)
    return int(np.triu(together, k=1).sum())
