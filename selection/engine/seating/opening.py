"""The house before the search: first seats that keep every rule, and what they will cost."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from selection.engine.seating.arrangement import arrange
from selection.engine.seating.hall import BARRED, REPEAT, House, Matrix
from selection.engine.seating.matching import Stuck
from selection.engine.seating.obstacles import Obstacle, SeatingImpossible
from selection.engine.seating.plan import meetings
from selection.engine.seating.problem import Facilitators, SeatingProblem
from selection.engine.seating.shares import shares_at
from selection.engine.seating.sizes import table_sizes

# A second empty place of facilitators at one table costs as much as this many tenths of a repeat:
# more than any plan saves by it, and small enough to be exact.
_EMPTY_AGAIN = 2**14


def first_seats(problem: SeatingProblem, *, rng: np.random.Generator) -> NDArray[np.int64]:
    """(rounds, n + f) a table for everybody, rules kept; or ``SeatingImpossible``.

    Places of facilitators that stay empty are filled by some who do not exist, up to the same
    number at each table.
    """
    return np.array([_one_round(problem, turn, rng) for turn in range(problem.rounds)])


def house_for(problem: SeatingProblem, rows: NDArray[np.int64]) -> House:
    """The costs of the problem for seats of the sizes that these rows have."""
    n, everybody = len(problem), rows.shape[1]
    team = problem.facilitators or Facilitators(0)
    has, totals = _values(problem.traits, everybody)
    has[n + team.count :, -1] = 1
    weight = np.full(has.shape[1], problem.balance.weight, dtype=np.float32)
    weight[-1] = _EMPTY_AGAIN
    least, most = _mixed(rows[:, :n], totals, problem.tables)
    return House(
        has=has,
        least=least,
        most=most,
        met=_met(problem, team, everybody),
        barred=_barred(problem, team, everybody),
        present=np.arange(everybody) < n + team.count,
        people=n,
        weight=weight,
    )


def _one_round(problem: SeatingProblem, turn: int, rng: np.random.Generator) -> list[int]:
    open_tables = problem.open_tables(turn)
    try:
        sizes = table_sizes(open_tables, problem.capacity)
        people = _kept_apart(problem, open_tables, sizes, rng)
    except SeatingImpossible as error:
        error.turn = turn
        raise
    team = problem.facilitators
    return people + (_leaders(team, problem.tables, rng) if team and team.count else [])


def _kept_apart(
    problem: SeatingProblem,
    open_tables: NDArray[np.bool_],
    sizes: Sequence[int],
    rng: np.random.Generator,
) -> list[int]:
    """At tables of these sizes; where that keeps nobody apart, some tables are one larger."""
    try:
        return arrange(sizes, open_tables, problem.apart, rng=rng)
    except SeatingImpossible as error:
        if error.obstacle != Obstacle.APART_TOO_TIGHT:
            raise
    capacity = problem.capacity or (None,) * problem.tables
    looser = [
        size + 1 if most is None else most for size, most in zip(sizes, capacity, strict=True)
    ]
    return arrange(looser, open_tables, problem.apart, rng=rng)


def _leaders(team: Facilitators, tables: int, rng: np.random.Generator) -> list[int]:
    each = -(-team.count // tables)
    nobody = range(team.count, each * tables)
    open_tables = np.ones((each * tables, tables), dtype=bool)
    if team.allowed is not None:
        open_tables[: team.count] = team.allowed
    try:
        return arrange([each] * tables, open_tables, combinations(nobody, 2), rng=rng)
    except Stuck as stuck:
        raise SeatingImpossible(
            Obstacle.FACILITATORS_WITHOUT_TABLE,
            people=[person for person in stuck.people if person < team.count],
            tables=stuck.tables,
            seats=each * len(stuck.tables),
        ) from None


def _values(traits: NDArray[np.int32], everybody: int) -> tuple[Matrix, NDArray[np.int64]]:
    """(n + f, v + 1) who has which value of any criterion, and how many have each.

    The last value is to be nobody.
    """
    columns = [column == value for column in traits.T for value in np.unique(column)]
    has = np.zeros((everybody, len(columns) + 1), dtype=np.float32)
    for at, column in enumerate(columns):
        has[: len(traits), at] = column
    return has, np.array([column.sum() for column in columns], dtype=np.int64)


def _mixed(
    rows: NDArray[np.int64], totals: NDArray[np.int64], tables: int
) -> tuple[Matrix, Matrix]:
    """(rounds, tables, v + 1) how many of each value a mixed table has; nobody, at most once."""
    least = np.zeros((len(rows), tables, len(totals) + 1), dtype=np.float32)
    most = np.ones_like(least)
    for turn, row in enumerate(rows):
        for table, size in enumerate(np.bincount(row, minlength=tables).tolist()):
            fewest, largest = shares_at(totals, size, rows.shape[1])
            least[turn, table, :-1], most[turn, table, :-1] = fewest, largest
    return least, most


def _met(problem: SeatingProblem, team: Facilitators, everybody: int) -> Matrix:
    """(n + f, n + f) what one more meeting costs before the first round."""
    met = np.zeros((everybody, everybody), dtype=np.float32)
    if problem.held is not None:
        strangers = np.full((problem.held_rounds, team.count), -1)
        held = np.hstack((problem.held, strangers if team.held is None else team.held))
        known = held.shape[1]
        met[:known, :known] = REPEAT * meetings(held, held)
    for one, other in problem.apart:
        met[one, other] = met[other, one] = BARRED
    return met


def _barred(problem: SeatingProblem, team: Facilitators, everybody: int) -> Matrix:
    n = len(problem)
    barred = np.zeros((problem.rounds, everybody, problem.tables), dtype=np.float32)
    for turn in range(problem.rounds):
        barred[turn, :n][~problem.open_tables(turn)] = BARRED
    if team.allowed is not None:
        barred[:, n : n + team.count][:, ~team.allowed] = BARRED
    return barred.transpose(0, 2, 1).copy()
