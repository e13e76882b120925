"""Seating: tiny cases get the best plan there is, large ones beat chance, figures are honest."""

from collections.abc import Iterator
from itertools import product
from math import comb

import numpy as np
import pytest

from selection.engine.errors import Cancelled
from selection.engine.seating.bound import fewest_repeats, most_pairs
from selection.engine.seating.hall import Hall
from selection.engine.seating.opening import first_seats, house_for
from selection.engine.seating.tables import Balance, Facilitators, SeatingProblem, seat
from tests.engine.panels import imbalance_of, meetings, panel, repeats_of, seated

WEIGHT = 3


def every_round(people: int, sizes: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    for row in product(range(len(sizes)), repeat=people):
        if all(row.count(table) == size for table, size in enumerate(sizes)):
            yield row


def least_cost(problem: SeatingProblem, sizes: tuple[int, ...]) -> int:
    turns = list(every_round(len(problem), sizes))
    alike = problem.held is None and not problem.traits.size
    best = 10**9
    for plan in product(turns[:1] if alike else turns, *[turns] * (problem.rounds - 1)):
        rows = np.array(plan)
        cost = repeats_of(rows, problem.held) + WEIGHT * imbalance_of(problem.traits, rows)
        best = min(best, cost)
    return best


def some_held(people: int, rounds: int, *, seed: int) -> np.ndarray:
    """Rounds at two or three tables, where somebody was absent now and then."""
    rng = np.random.default_rng(seed)
    return rng.integers(-1, 3, size=(rounds, people), dtype=np.int32)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    ("people", "sizes"), [(4, (2, 2)), (5, (3, 2)), (6, (3, 3)), (6, (2, 2, 2))]
)
def test_tiny_panels_are_seated_as_well_as_can_be(people, sizes, seed) -> None:
    traits = np.zeros((people, 0), dtype=np.int32)
    problem = SeatingProblem(traits, tables=len(sizes), rounds=2)

    plan = seated(problem, seed=seed)

    assert plan.repeats == least_cost(problem, sizes)


@pytest.mark.parametrize("seed", range(6))
def test_tiny_panels_are_mixed_as_well_as_can_be(seed) -> None:
    traits = np.random.default_rng(seed).integers(2, size=(5, 2), dtype=np.int32)
    problem = SeatingProblem(traits, tables=2, rounds=2)

    plan = seated(problem)

    assert plan.repeats + WEIGHT * plan.imbalance == least_cost(problem, (3, 2))


@pytest.mark.parametrize("seed", range(6))
def test_held_rounds_count(seed) -> None:
    traits = np.random.default_rng(seed).integers(2, size=(6, 1), dtype=np.int32)
    problem = SeatingProblem(traits, tables=2, rounds=1, held=some_held(6, 4, seed=seed))

    plan = seated(problem)

    assert plan.repeats + WEIGHT * plan.imbalance == least_cost(problem, (3, 3))


@pytest.mark.parametrize(
    ("people", "tables", "rounds"), [(24, 4, 5), (30, 5, 3), (33, 5, 4), (40, 8, 5)]
)
def test_a_real_panel_is_seated_far_better_than_by_chance(people, tables, rounds) -> None:
    traits = panel(people)
    rng = np.random.default_rng(0)
    chance = np.array([rng.permutation(np.arange(people) % tables) for _ in range(rounds)])

    plan = seated(SeatingProblem(traits, tables=tables, rounds=rounds), steps=1_000)

    assert plan.imbalance <= imbalance_of(traits, chance) / 5
    assert plan.repeats < repeats_of(chance)
    assert plan.distinct_pairs > (meetings(chance) > 0).sum() / 2


def test_the_figures_of_a_plan_are_those_of_its_tables() -> None:
    traits = panel(23)
    held = some_held(23, 3, seed=3)

    plan = seated(SeatingProblem(traits, tables=4, rounds=3, held=held), steps=100)

    assert plan.repeats == repeats_of(plan.tables, held)
    assert plan.imbalance == imbalance_of(traits, plan.tables)
    assert plan.distinct_pairs == (meetings(plan.tables) > 0).sum() / 2


def test_the_uneven_tables_are_told_with_the_values_that_are_off() -> None:
    traits = np.array([[0], [0], [0], [0], [1], [1], [1], [1]], dtype=np.int32)
    sides = tuple((person, int(person > 2)) for person in range(8) if person not in (3, 7))
    problem = SeatingProblem(traits, tables=2, rounds=1, fixed=sides)

    plan = seated(problem, steps=20)

    assert plan.tables.tolist() == [[0, 0, 0, 1, 1, 1, 1, 0]]
    assert [(table.table, table.off) for table in plan.uneven] == [(0, 2), (1, 2)]
    more, fewer = plan.uneven[0].surpluses
    assert (more.value, more.count, more.least, more.most) == (0, 3, 2, 2)
    assert (fewer.value, fewer.count, fewer.least, fewer.most) == (1, 1, 2, 2)


def test_the_worst_table_comes_first() -> None:
    problem = SeatingProblem(panel(31), tables=5, rounds=3, balance=Balance.NEW_PEOPLE)

    plan = seated(problem, steps=5)

    offs = [table.off for table in plan.uneven]

    assert offs == sorted(offs, reverse=True)
    assert sum(offs) == plan.imbalance > 0


def test_the_balance_is_between_new_people_and_mixed_tables() -> None:
    def figures(balance: Balance) -> tuple[int, int]:
        problem = SeatingProblem(panel(30), tables=6, rounds=5, balance=balance)
        plan = seated(problem, steps=1_500)
        return plan.repeats, plan.imbalance

    new, even, mixed = map(figures, Balance)

    assert new[0] < even[0] < mixed[0]
    assert new[1] > even[1] > mixed[1]


@pytest.mark.parametrize(("people", "tables"), [(10, 3), (24, 4), (7, 7), (9, 1), (32, 5)])
def test_everybody_sits_once_a_round_at_tables_of_nearly_one_size(people, tables) -> None:
    plan = seated(SeatingProblem(panel(people), tables=tables, rounds=3), steps=50)

    for turn in range(3):
        sizes = [len(guests) for guests in plan.seated(turn)]
        assert sum(sizes) == people
        assert len(sizes) == tables
        assert max(sizes) - min(sizes) <= 1


def test_the_same_generator_gives_the_same_plan() -> None:
    problem = SeatingProblem(panel(24), tables=4, rounds=3)

    one, same, other = (seated(problem, seed=seed, steps=100) for seed in (5, 5, 6))

    assert np.array_equal(one.tables, same.tables)
    assert not np.array_equal(one.tables, other.tables)


def test_a_problem_is_not_changed_by_solving_it() -> None:
    held = np.ones((2, 12), dtype=np.int32)
    allowed = np.ones((12, 3), dtype=bool)
    problem = SeatingProblem(
        panel(12), tables=3, rounds=2, held=held, allowed=allowed, fixed=((0, 1),)
    )

    seated(problem, steps=50)

    assert (held == 1).all()
    assert allowed.all()


def test_who_watches_the_search_may_stop_it() -> None:
    told: list[tuple[str, float]] = []

    def stop(phase: str, share: float) -> None:
        told.append((phase, share))
        if share >= 0.5:
            raise Cancelled

    problem = SeatingProblem(panel(20), tables=4, rounds=3)
    with pytest.raises(Cancelled):
        seat(problem, rng=np.random.default_rng(0), steps=400, progress=stop)

    assert {phase for phase, _ in told} == {"seating"}
    assert [share for _, share in told] == sorted(share for _, share in told)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("balance", Balance)
def test_the_changes_foretold_are_the_changes_made(seed, balance) -> None:
    """The matrix of all swaps against the cost counted anew after each of them."""
    problem = SeatingProblem(
        panel(11, seed=seed),
        tables=3,
        rounds=2,
        held=some_held(11, 2, seed=seed),
        facilitators=Facilitators(2, held=some_held(2, 2, seed=seed)),
        balance=balance,
    )
    rows = first_seats(problem, rng=np.random.default_rng(seed))
    house = house_for(problem, rows)
    hall = Hall(house, rows)

    for turn, block in product(range(2), house.blocks()):
        changes = hall.changes(turn, block)
        for one, other in np.argwhere(np.triu(changes < 1000, k=1)).tolist():
            swapped = Hall(house, hall.rows)
            swapped.swap(turn, [block.start + one], [block.start + other])
            assert swapped.cost() - hall.cost() == changes[one, other]
            assert Hall(house, swapped.rows).cost() == swapped.cost()


@pytest.mark.parametrize(
    ("sizes", "rounds", "bound"),
    [
        ((5,) * 3, 5, 60),
        ((6,) * 4, 5, 80),
        ((5,) * 8, 5, 0),
        ((7, 7, 7, 6, 6), 5, 80),
        ((7, 7, 7, 7, 6, 6), 5, 40),
        ((4,), 3, 18),
    ],
)
def test_the_bound_is_the_published_one(sizes, rounds, bound) -> None:
    assert fewest_repeats([sizes] * rounds) == bound


@pytest.mark.parametrize("sizes", [(4, 1), (3, 2), (3, 1, 1), (4, 2), (2, 2, 2), (4, 1, 1)])
@pytest.mark.parametrize("seed", range(4))
def test_no_plan_goes_below_the_bound(sizes, seed) -> None:
    people = sum(sizes)
    held = some_held(people, 2, seed=seed)
    bound = fewest_repeats([sizes], held)

    plans = (np.array([row]) for row in every_round(people, sizes))

    assert bound <= min(repeats_of(plan, held) for plan in plans)


def test_the_bound_knows_that_a_small_table_takes_few() -> None:
    assert fewest_repeats([(4, 1), (4, 1)]) == 3
    assert fewest_repeats([(4,)], np.array([[0, 0, 0, -1]])) == 3


@pytest.mark.parametrize(("people", "tables"), [(6, 2), (7, 3), (9, 3), (15, 3), (12, 5)])
def test_without_criteria_the_bound_is_often_met(people, tables) -> None:
    problem = SeatingProblem(np.zeros((people, 0), dtype=np.int32), tables=tables, rounds=3)

    plan = seated(problem)

    assert plan.repeats_bound <= plan.repeats
    assert plan.repeats - plan.repeats_bound <= comb(people // tables, 2)


@pytest.mark.parametrize(
    ("sizes", "rounds", "pairs"),
    [((5,) * 3, 5, 105), ((5,) * 8, 5, 400), ((7, 7, 7, 6, 6), 4, 372)],
)
def test_so_many_pairs_can_meet_and_no_more(sizes, rounds, pairs) -> None:
    assert most_pairs([sizes] * rounds) == pairs
