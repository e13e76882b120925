"""Seating: every rule holds in every round, and rules that cannot hold are refused."""

from itertools import combinations, product

import numpy as np
import pytest

from selection.engine.seating.tables import (
    Facilitators,
    Obstacle,
    SeatingImpossible,
    SeatingProblem,
)
from tests.engine.panels import panel, seated


def language_tables(people: int, tables: int, only: dict[int, set[int]]) -> np.ndarray:
    """Everybody may sit everywhere but at table 0, which is for those named and some others."""
    allowed = np.ones((people, tables), dtype=bool)
    for person, where in only.items():
        allowed[person] = [table in where for table in range(tables)]
    return allowed


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


def test_a_pin_holds_in_its_round_and_not_beyond() -> None:
    pins = tuple((1, person, 0) for person in range(4))
    problem = SeatingProblem(panel(12), tables=3, rounds=3, pins=pins)

    plan = seated(problem)

    assert plan.tables[1, :4].tolist() == [0] * 4
    assert plan.repeats <= 12


def test_nobody_moves_when_everybody_is_fixed() -> None:
    fixed = tuple((person, person % 2) for person in range(6))

    plan = seated(SeatingProblem(panel(6), tables=2, rounds=2, fixed=fixed))

    assert plan.tables.tolist() == [[0, 1, 0, 1, 0, 1]] * 2


def test_a_hard_knot_of_people_kept_apart_is_untied() -> None:
    quarrels = tuple(combinations(range(6), 2)) + tuple((person, person + 6) for person in range(6))
    problem = SeatingProblem(panel(12), tables=6, rounds=2, apart=quarrels)

    plan = seated(problem, steps=50)

    assert len(set(plan.tables[0, :6].tolist())) == 6


def test_who_speaks_one_language_sits_where_it_is_spoken() -> None:
    only = {0: {0}, 1: {0}, 2: {0}} | {person: {1, 2, 3, 4} for person in range(3, 20)}
    allowed = language_tables(30, 5, only)
    problem = SeatingProblem(panel(30), tables=5, rounds=4, allowed=allowed)

    plan = seated(problem)

    assert allowed[np.arange(30), plan.tables].all()
    assert len({plan.seated(turn)[0] for turn in range(4)}) > 1
    assert {len(guests) for turn in range(4) for guests in plan.seated(turn)} == {6}


def test_a_language_table_is_as_small_as_its_speakers_are_few() -> None:
    only = {person: {1, 2, 3} for person in range(3, 23)}
    problem = SeatingProblem(panel(23), tables=4, rounds=3, allowed=language_tables(23, 4, only))

    plan = seated(problem)

    for turn in range(3):
        assert sorted(map(len, plan.seated(turn))) == [3, 6, 7, 7]


def test_a_small_table_takes_no_more_than_it_has_seats() -> None:
    problem = SeatingProblem(panel(20), tables=3, rounds=3, capacity=(None, 4, None))

    plan = seated(problem)

    for turn in range(3):
        assert [len(guests) for guests in plan.seated(turn)] == [8, 4, 8]


@pytest.mark.parametrize("seed", range(30))
def test_random_rules_hold_or_are_refused_for_good_reason(seed) -> None:
    """Brute force over all rounds of a tiny panel says whether an arrangement exists."""
    rng = np.random.default_rng(seed)
    people, tables = 6, 3
    allowed = rng.random((people, tables)) < 0.6
    pairs = list(combinations(range(people), 2))
    apart = tuple(pairs[at] for at in rng.permutation(len(pairs))[: int(rng.integers(6))])
    problem = SeatingProblem(
        panel(people), tables=tables, rounds=2, allowed=allowed, apart=apart, capacity=(2, 2, 2)
    )
    exists = any(
        all(row.count(table) == 2 for table in range(tables))
        and allowed[np.arange(people), list(row)].all()
        and all(row[one] != row[other] for one, other in apart)
        for row in product(range(tables), repeat=people)
    )

    try:
        plan = seated(problem, steps=20)
    except SeatingImpossible:
        assert not exists
    else:
        assert exists
        assert allowed[np.arange(people), plan.tables].all()
        for one, other in apart:
            assert (plan.tables[:, one] != plan.tables[:, other]).all()


@pytest.mark.parametrize("seed", range(15))
def test_tables_are_uneven_rather_than_people_not_kept_apart(seed) -> None:
    """All who may sit at table 0 are as many as its even share, and some are to be kept apart."""
    rng = np.random.default_rng(seed)
    only = {person: {1, 2} for person in range(4, 12)}
    allowed = language_tables(12, 3, only)
    one, other = rng.permutation(4)[:2].tolist()
    problem = SeatingProblem(
        panel(12), tables=3, rounds=2, allowed=allowed, apart=((one, other), (5, 6))
    )

    plan = seated(problem, steps=50)

    assert (plan.tables[:, one] != plan.tables[:, other]).all()
    assert allowed[np.arange(12), plan.tables].all()
    for turn in range(2):
        assert sorted(map(len, plan.seated(turn))) == [3, 4, 5]


# --- facilitators --------------------------------------------------------------------------------


@pytest.mark.parametrize(("people", "tables", "count"), [(20, 4, 4), (20, 5, 3), (18, 3, 7)])
def test_facilitators_spread_over_the_tables_in_every_round(people, tables, count) -> None:
    problem = SeatingProblem(
        panel(people), tables=tables, rounds=4, facilitators=Facilitators(count)
    )

    plan = seated(problem)

    for row in plan.facilitators:
        led = np.bincount(row, minlength=tables)
        assert led.sum() == count
        assert led.max() - led.min() <= 1


def test_people_rarely_have_a_facilitator_twice() -> None:
    problem = SeatingProblem(panel(40), tables=8, rounds=5, facilitators=Facilitators(8))

    plan = seated(problem, steps=2_000)

    again = 0
    for person in range(40):
        leaders = [
            leading.tolist().index(row[person])
            for leading, row in zip(plan.facilitators, plan.tables, strict=True)
        ]
        again += len(leaders) - len(set(leaders))
    assert plan.facilitator_repeats == again
    assert again <= 20


def test_a_facilitator_leads_only_tables_whose_language_they_speak() -> None:
    allowed = np.ones((4, 4), dtype=bool)
    allowed[1:3, 0] = False
    problem = SeatingProblem(
        panel(24), tables=4, rounds=5, facilitators=Facilitators(4, allowed=allowed)
    )

    plan = seated(problem)

    assert allowed[np.arange(4), plan.facilitators].all()
    assert set(np.flatnonzero(plan.facilitators == 0) % 4) <= {0, 3}


def test_a_facilitator_of_held_rounds_comes_to_others() -> None:
    held = np.repeat([0, 1], 6)[None].astype(np.int32)
    problem = SeatingProblem(
        np.zeros((12, 0), dtype=np.int32),
        tables=2,
        rounds=1,
        held=held,
        facilitators=Facilitators(2, held=np.array([[0, 1]], dtype=np.int32)),
        fixed=tuple((person, int(held[0, person])) for person in range(12)),
    )

    plan = seated(problem)

    assert plan.facilitators.tolist() == [[1, 0]]
    assert plan.facilitator_repeats == 0


# --- refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "obstacle", "people", "tables"),
    [
        ({"tables": 9}, Obstacle.MORE_TABLES_THAN_PEOPLE, (), ()),
        (
            {"tables": 4, "fixed": ((0, 1), (1, 1), (2, 1))},
            Obstacle.TABLE_OVERFULL,
            (0, 1, 2),
            (1,),
        ),
        (
            {"tables": 2, "fixed": ((0, 1), (1, 1)), "apart": ((1, 0),)},
            Obstacle.APART_BUT_FIXED_TOGETHER,
            (0, 1),
            (1,),
        ),
        (
            {"tables": 2, "apart": ((0, 1), (1, 2), (0, 2))},
            Obstacle.APART_TOO_TIGHT,
            (0, 1, 2),
            (),
        ),
        ({"tables": 2, "capacity": (3, 4)}, Obstacle.TOO_FEW_SEATS, (), ()),
        (
            {"tables": 2, "fixed": ((3, 0),), "pins": ((1, 3, 1),)},
            Obstacle.NO_TABLE_OPEN,
            (3,),
            (),
        ),
        (
            {"tables": 3, "allowed": language_tables(8, 3, {p: {0} for p in range(5)})},
            Obstacle.TABLE_OVERFULL,
            (0, 1, 2, 3, 4),
            (0,),
        ),
        (
            {"tables": 2, "allowed": language_tables(8, 2, {p: {0} for p in range(8)})},
            Obstacle.TABLE_DESERTED,
            (),
            (1,),
        ),
        (
            {
                "tables": 2,
                "facilitators": Facilitators(2, allowed=np.array([[True, False]] * 2)),
            },
            Obstacle.FACILITATORS_WITHOUT_TABLE,
            (0, 1),
            (0,),
        ),
    ],
)
def test_rules_that_cannot_hold_are_refused_with_their_reason(
    limits, obstacle, people, tables
) -> None:
    problem = SeatingProblem(panel(8), rounds=2, **limits)

    with pytest.raises(SeatingImpossible) as caught:
        seated(problem)

    assert caught.value.obstacle == obstacle
    assert caught.value.people == people
    assert caught.value.tables == tables


@pytest.mark.parametrize(
    "wrong",
    [
        {"tables": 0, "rounds": 1},
        {"tables": 1, "rounds": 0},
        {"tables": 2, "rounds": 1, "held": np.zeros((3, 3), dtype=np.int32)},
        {"tables": 2, "rounds": 1, "allowed": np.ones((8, 3), dtype=bool)},
        {"tables": 2, "rounds": 1, "capacity": (8,)},
        {"tables": 2, "rounds": 1, "apart": ((0, 8),)},
        {"tables": 2, "rounds": 1, "fixed": ((0, 2),)},
        {"tables": 2, "rounds": 1, "fixed": ((0, 0), (0, 1))},
        {"tables": 2, "rounds": 1, "pins": ((1, 0, 0),)},
        {"tables": 2, "rounds": 1, "pins": ((0, 0, 0), (0, 0, 1))},
        {"tables": 2, "rounds": 1, "facilitators": Facilitators(1, allowed=np.ones((2, 2), bool))},
    ],
)
def test_a_problem_that_makes_no_sense_is_no_problem(wrong) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        SeatingProblem(panel(8), **wrong)
