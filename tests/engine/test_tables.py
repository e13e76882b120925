"""Seating: rules always hold, tiny cases get the best plan there is, large ones beat chance."""

from collections.abc import Iterator
from itertools import combinations, product
from math import comb

import numpy as np
import pytest

from selection.engine.seating.tables import (
    Obstacle,
    SeatingImpossible,
    SeatingPlan,
    SeatingProblem,
    fewest_repeats,
    seat,
)

WEIGHT = 3


def panel(people: int, *, seed: int = 0) -> np.ndarray:
    """Five criteria with shares as in a Finnish panel."""
    rng = np.random.default_rng(seed)
    shares = [
        (0.49, 0.49, 0.02),
        (0.12, 0.2, 0.24, 0.22, 0.22),
        (0.25, 0.45, 0.3),
        (0.4, 0.3, 0.2, 0.1),
        (0.85, 0.08, 0.07),
    ]
    columns = [rng.choice(len(share), size=people, p=share) for share in shares]
    return np.stack(columns, axis=1).astype(np.int32)


def seated(problem: SeatingProblem, *, seed: int = 1, steps: int = 20_000) -> SeatingPlan:
    return seat(problem, rng=np.random.default_rng(seed), steps=steps)


def meetings(rows: np.ndarray) -> np.ndarray:
    together = (rows[:, :, None] == rows[:, None, :]).sum(axis=0)
    np.fill_diagonal(together, 0)
    return together


def repeats_of(rows: np.ndarray, met: np.ndarray | None = None) -> int:
    """Each meeting counts the earlier ones of the pair, added up one by one."""
    new = meetings(rows)
    old = np.zeros_like(new) if met is None else met
    total = 0
    for one, other in combinations(range(len(new)), 2):
        total += sum(int(old[one, other]) + number for number in range(int(new[one, other])))
    return total


def imbalance_of(traits: np.ndarray, rows: np.ndarray) -> int:
    people = len(traits)
    off = 0
    for row, table, column in product(rows, range(int(rows.max()) + 1), traits.T):
        at_table = row == table
        for value in np.unique(column):
            count = int((column[at_table] == value).sum())
            share = int((column == value).sum()) * int(at_table.sum())
            off += max(share // people - count, count + (-share // people), 0)
    return off


def every_round(people: int, sizes: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    for row in product(range(len(sizes)), repeat=people):
        if all(row.count(table) == size for table, size in enumerate(sizes)):
            yield row


def least_cost(problem: SeatingProblem, sizes: tuple[int, ...]) -> int:
    turns = list(every_round(len(problem), sizes))
    plans = product(turns[:1] if problem.met is None else turns, *[turns] * (problem.rounds - 1))
    best = 10**9
    for plan in plans:
        rows = np.array(plan)
        cost = repeats_of(rows, problem.met) + WEIGHT * imbalance_of(problem.traits, rows)
        best = min(best, cost)
    return best


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    ("people", "sizes"), [(4, (2, 2)), (5, (3, 2)), (6, (3, 3)), (6, (2, 2, 2))]
)
def test_tiny_panels_are_seated_as_well_as_can_be(people, sizes, seed) -> None:
    traits = np.zeros((people, 0), dtype=np.int32)
    problem = SeatingProblem(traits, tables=len(sizes), rounds=2)

    plan = seated(problem, seed=seed)

    assert plan.repeats == least_cost(problem, sizes)


@pytest.mark.parametrize("seed", range(4))
def test_tiny_panels_are_mixed_as_well_as_can_be(seed) -> None:
    traits = np.random.default_rng(seed).integers(2, size=(5, 2), dtype=np.int32)
    problem = SeatingProblem(traits, tables=2, rounds=1, met=np.zeros((5, 5), dtype=np.int32))

    plan = seated(problem)

    assert plan.repeats + WEIGHT * plan.imbalance == least_cost(problem, (3, 2))


@pytest.mark.parametrize("seed", range(4))
def test_earlier_meetings_count(seed) -> None:
    rng = np.random.default_rng(seed)
    upper = np.triu(rng.integers(3, size=(6, 6), dtype=np.int32), k=1)
    traits = rng.integers(2, size=(6, 1), dtype=np.int32)
    problem = SeatingProblem(traits, tables=2, rounds=1, met=upper + upper.T)

    plan = seated(problem)

    assert plan.repeats + WEIGHT * plan.imbalance == least_cost(problem, (3, 3))


@pytest.mark.parametrize(
    ("people", "tables", "rounds"), [(24, 4, 5), (30, 5, 3), (33, 5, 4), (40, 8, 5)]
)
def test_a_real_panel_is_seated_far_better_than_by_chance(people, tables, rounds) -> None:
    traits = panel(people)
    rng = np.random.default_rng(0)
    chance = np.array([rng.permutation(np.arange(people) % tables) for _ in range(rounds)])

    plan = seated(SeatingProblem(traits, tables=tables, rounds=rounds), steps=60_000)

    assert plan.imbalance <= imbalance_of(traits, chance) / 5
    assert plan.repeats < repeats_of(chance)
    assert plan.distinct_pairs > (meetings(chance) > 0).sum() / 2


def test_the_figures_of_a_plan_are_those_of_its_tables() -> None:
    traits = panel(23)
    upper = np.triu(np.random.default_rng(3).integers(2, size=(23, 23), dtype=np.int32), k=1)
    met = upper + upper.T

    plan = seated(SeatingProblem(traits, tables=4, rounds=3, met=met), steps=5_000)

    assert plan.repeats == repeats_of(plan.tables, met)
    assert plan.imbalance == imbalance_of(traits, plan.tables)
    assert plan.distinct_pairs == (meetings(plan.tables) > 0).sum() / 2


@pytest.mark.parametrize(("people", "tables"), [(10, 3), (24, 4), (7, 7), (9, 1), (32, 5)])
def test_everybody_sits_once_a_round_at_tables_of_nearly_one_size(people, tables) -> None:
    plan = seated(SeatingProblem(panel(people), tables=tables, rounds=3), steps=2_000)

    for turn in range(3):
        sizes = [len(guests) for guests in plan.seated(turn)]
        assert sum(sizes) == people
        assert len(sizes) == tables
        assert max(sizes) - min(sizes) <= 1


def test_the_same_generator_gives_the_same_plan() -> None:
    problem = SeatingProblem(panel(24), tables=4, rounds=3)

    one, same, other = (seated(problem, seed=seed, steps=3_000) for seed in (5, 5, 6))

    assert np.array_equal(one.tables, same.tables)
    assert not np.array_equal(one.tables, other.tables)


def test_a_problem_is_not_changed_by_solving_it() -> None:
    met = np.ones((12, 12), dtype=np.int32)
    problem = SeatingProblem(panel(12), tables=3, rounds=2, met=met)

    seated(problem, steps=1_000)

    assert (met == 1).all()


def test_people_kept_apart_never_share_a_table() -> None:
    apart = ((0, 1), (2, 3), (0, 2), (5, 6), (7, 7))
    problem = SeatingProblem(panel(18), tables=3, rounds=4, apart=apart)

    plan = seated(problem)

    for one, other in apart[:-1]:
        assert (plan.tables[:, one] != plan.tables[:, other]).all()


def test_people_with_a_fixed_table_always_sit_there() -> None:
    fixed = ((0, 2), (1, 2), (2, 2), (3, 2), (4, 0))
    problem = SeatingProblem(panel(17), tables=5, rounds=4, fixed=fixed, apart=((4, 5),))

    plan = seated(problem)

    for person, table in fixed:
        assert (plan.tables[:, person] == table).all()


def test_a_hard_knot_of_people_kept_apart_is_untied() -> None:
    quarrels = tuple(combinations(range(6), 2)) + tuple((person, person + 6) for person in range(6))
    problem = SeatingProblem(panel(12), tables=6, rounds=2, apart=quarrels)

    plan = seated(problem, steps=1_000)

    assert len(set(plan.tables[0, :6].tolist())) == 6


@pytest.mark.parametrize(
    ("limits", "obstacle"),
    [
        ({"tables": 9}, Obstacle.MORE_TABLES_THAN_PEOPLE),
        ({"tables": 4, "fixed": ((0, 1), (1, 1), (2, 1))}, Obstacle.TABLE_OVERFULL),
        (
            {"tables": 2, "fixed": ((0, 1), (1, 1)), "apart": ((1, 0),)},
            Obstacle.APART_BUT_FIXED_TOGETHER,
        ),
        ({"tables": 2, "apart": ((0, 1), (1, 2), (0, 2))}, Obstacle.APART_TOO_TIGHT),
    ],
)
def test_rules_that_cannot_hold_are_refused_with_their_reason(limits, obstacle) -> None:
    problem = SeatingProblem(panel(8), rounds=2, **limits)

    with pytest.raises(SeatingImpossible) as caught:
        seated(problem)

    assert caught.value.obstacle == obstacle


@pytest.mark.parametrize(
    "wrong",
    [
        {"tables": 0, "rounds": 1},
        {"tables": 1, "rounds": 0},
        {"tables": 2, "rounds": 1, "met": np.zeros((3, 3), dtype=np.int32)},
        {"tables": 2, "rounds": 1, "apart": ((0, 8),)},
        {"tables": 2, "rounds": 1, "fixed": ((0, 2),)},
        {"tables": 2, "rounds": 1, "fixed": ((0, 0), (0, 1))},
    ],
)
def test_a_problem_that_makes_no_sense_is_no_problem(wrong) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        SeatingProblem(panel(8), **wrong)


@pytest.mark.parametrize(
    ("sizes", "rounds", "bound"),
    [
        ((5,) * 3, 5, 60),
        ((6,) * 4, 5, 80),
        ((5,) * 8, 5, 0),
        ((7, 7, 7, 6, 6), 5, 80),
        ((4,), 3, 18),
    ],
)
def test_the_bound_is_the_published_one(sizes, rounds, bound) -> None:
    assert fewest_repeats(sizes, rounds) == bound


@pytest.mark.parametrize(("people", "tables"), [(6, 2), (7, 3), (9, 3), (15, 3), (12, 5)])
def test_no_plan_goes_below_the_bound_and_without_criteria_it_is_often_met(people, tables) -> None:
    problem = SeatingProblem(np.zeros((people, 0), dtype=np.int32), tables=tables, rounds=3)

    plan = seated(problem)

    assert plan.repeats_bound <= plan.repeats
    assert plan.repeats - plan.repeats_bound <= comb(people // tables, 2)


def test_nobody_moves_when_everybody_is_fixed() -> None:
    fixed = tuple((person, person % 2) for person in range(6))

    plan = seated(SeatingProblem(panel(6), tables=2, rounds=2, fixed=fixed))

    assert plan.tables.tolist() == [[0, 1, 0, 1, 0, 1]] * 2
