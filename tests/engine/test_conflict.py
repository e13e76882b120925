"""Why there is no panel, and what would make one possible, against brute force."""

from itertools import product

import numpy as np
import pytest

from selection.engine import (
    Change,
    Conflict,
    NoFeasiblePanel,
    Pool,
    Quotas,
    find_conflict,
    find_panel,
)
from tests.engine import brute
from tests.engine.bounds import Place, moved, only, place
from tests.engine.pools import random_task

type Moves = dict[Place, int]
"""Where bounds are moved to."""


def cost(quotas: Quotas, moves: Moves) -> float:
    price = 0.0
    for (criterion, value, kind), limit in moves.items():
        if kind == "minimum":
            before = int(quotas.minimum[criterion][value])
            price += (before - limit) * (1 + 2 / max(before, 1))
        else:
            price += limit - int(quotas.maximum[criterion][value])
    return price


def every_change(pool: Pool, quotas: Quotas) -> list[Moves]:
    """For each choice of people the moves after which they are a panel."""
    return [_needed(pool, quotas, people) for people in brute.panels(pool, only(quotas, ()))]


def _needed(pool: Pool, quotas: Quotas, people: tuple[int, ...]) -> Moves:
    moves = {}
    for criterion, (least, most) in enumerate(zip(quotas.minimum, quotas.maximum, strict=True)):
        held = np.bincount(pool.traits[list(people), criterion], minlength=len(least))
        for value, count in enumerate(held.tolist()):
            if count < least[value]:
                moves[criterion, value, "minimum"] = count
            if count > most[value]:
                moves[criterion, value, "maximum"] = count
    return moves


def with_some_flex(quotas: Quotas, seed: int) -> Quotas:
    """The same quotas with flexible bounds up to two people away."""
    rng = np.random.default_rng(seed)
    down = [np.maximum(0, bounds - rng.integers(0, 3, len(bounds))) for bounds in quotas.minimum]
    up = [bounds + rng.integers(0, 3, len(bounds)) for bounds in quotas.maximum]
    return Quotas.of(
        quotas.size, quotas.minimum, quotas.maximum, minimum_flex=down, maximum_flex=up
    )


def stays_flexible(quotas: Quotas, moves: Moves) -> bool:
    return all(
        limit >= quotas.minimum_flex[criterion][value]
        if kind == "minimum"
        else limit <= quotas.maximum_flex[criterion][value]
        for (criterion, value, kind), limit in moves.items()
    )


def moves_of(changes: tuple[Change, ...]) -> Moves:
    return {place(change): change.to for change in changes}


def infeasible_tasks(count: int) -> list[tuple[Pool, Quotas]]:
    tasks = (random_task(seed) for seed in range(1000, 3000))
    return [
        task
        for task, _ in zip((t for t in tasks if not brute.panels(*t)), range(count), strict=False)
    ]


def test_conflicts_are_irreducible_and_changes_cheapest():
    blamed = 0
    for pool, quotas in infeasible_tasks(40):
        conflict = find_conflict(pool, quotas)
        if not conflict.bounds:
            assert not brute.panels(pool, only(quotas, set()))
            assert conflict.relaxation == ()
            continue

        blamed += 1
        kept = {place(bound) for bound in conflict.bounds}
        assert not brute.panels(pool, only(quotas, kept))
        for bound in kept:
            assert brute.panels(pool, only(quotas, kept - {bound}))
        moves = moves_of(conflict.relaxation)
        assert brute.panels(pool, moved(quotas, moves))
        cheapest = min(cost(quotas, each) for each in every_change(pool, quotas))
        assert cost(quotas, moves) == pytest.approx(cheapest)
    assert blamed >= 20


def test_each_alternative_is_the_cheapest_that_leaves_a_bound_of_each_earlier_one_alone():
    several = beyond = 0
    for seed, (pool, tight) in enumerate(infeasible_tasks(60)):
        quotas = with_some_flex(tight, seed)
        conflict = find_conflict(pool, quotas)
        every = every_change(pool, quotas)
        left = [moves for moves in every if stays_flexible(quotas, moves)]
        if not conflict.bounds:
            continue

        for changes in conflict.alternatives:
            moves = moves_of(changes)
            assert brute.panels(pool, moved(quotas, moves))
            assert stays_flexible(quotas, moves)
            assert cost(quotas, moves) == pytest.approx(min(cost(quotas, each) for each in left))
            left = [each for each in left if not moves.keys() <= each.keys()]
        assert len(conflict.alternatives) == 3 or not left
        several += len(conflict.alternatives) > 1
        if conflict.alternatives:
            assert conflict.beyond == ()
            assert conflict.relaxation == conflict.alternatives[0]
        else:
            beyond += 1
            cheapest = min(cost(quotas, each) for each in every)
            assert conflict.relaxation == conflict.beyond
            assert cost(quotas, moves_of(conflict.beyond)) == pytest.approx(cheapest)
    assert several >= 8
    assert beyond >= 3


def test_too_few_people_of_one_value_is_said_plainly():
    pool = Pool.of([[0], [0], [1], [1], [1]])
    quotas = Quotas.of(3, [[3, 0]], [[3, 3]])

    with pytest.raises(NoFeasiblePanel) as raised:
        find_panel(pool, quotas)

    conflict = raised.value.conflict
    (bound,), (change,) = conflict.bounds, conflict.relaxation
    assert (bound.kind, bound.limit, bound.available) == ("minimum", 3, 2)
    assert (change.kind, change.from_, change.to) == ("minimum", 3, 2)


def test_a_household_gives_one_person_only():
    pool = Pool.of([[0], [0], [1], [1]], households=[3, 3, -1, -1])

    conflict = find_conflict(pool, Quotas.of(3, [[2, 0]], [[3, 3]]))

    (bound,) = conflict.bounds
    assert (bound.limit, bound.available) == (2, 1)


def test_lowering_a_small_minimum_costs_more_than_raising_a_maximum():
    pool = Pool.of([[0, 0], [0, 0], [1, 1], [1, 1]])
    quotas = Quotas.of(2, [[1, 0], [0, 2]], [[2, 1], [2, 2]])

    conflict = find_conflict(pool, quotas)

    assert [change.to for change in conflict.relaxation] == [1]
    assert conflict.relaxation[0].kind == "minimum"
    assert conflict.relaxation[0].criterion == 1


@pytest.mark.parametrize(("size", "homes"), [(4, [-1, -1, -1]), (3, [8, 8, -1])])
def test_a_panel_larger_than_the_pool_blames_no_quota(size, homes):
    pool = Pool.of([[0], [0], [0]], households=homes)

    conflict = find_conflict(pool, Quotas.of(size, [[0]], [[size]]))

    assert conflict == Conflict((), (), size, len(set(homes) - {-1}) + homes.count(-1))


def test_fixed_people_of_one_household_are_named():
    pool = Pool.of([[0], [0], [0]], households=[4, 4, -1], fixed=[True, True, False])

    conflict = find_conflict(pool, Quotas.of(2, [[0]], [[2]]))

    assert conflict.clashing == (0, 1)
    assert conflict.seatable == 2


def test_asking_for_a_conflict_where_there_is_a_panel_is_a_mistake():
    with pytest.raises(ValueError, match="there is a panel"):
        find_conflict(Pool.of([[0], [1]]), Quotas.of(1, [[0, 0]], [[1, 1]]))


def test_nobody_but_the_fixed_people_is_no_conflict_when_they_meet_the_quotas():
    with pytest.raises(ValueError, match="there is a panel"):
        find_conflict(Pool.of([[0]], fixed=[True]), Quotas.of(1, [[1, 0]], [[1, 1]]))


def test_fixed_people_who_alone_break_a_quota_are_told_which():
    pool = Pool.of([[0], [0]], fixed=[True, True])

    conflict = find_conflict(pool, Quotas.of(2, [[0, 0]], [[1, 2]]))

    assert [(bound.value, bound.kind) for bound in conflict.bounds] == [(0, "maximum")]
    assert [change.to for change in conflict.relaxation] == [2]


@pytest.mark.parametrize(("low", "high"), list(product([0, 2], [0, 1])))
def test_a_minimum_above_its_maximum_is_a_conflict_of_the_two(low, high):
    pool = Pool.of([[0], [0], [1], [1]])
    quotas = Quotas.of(2, [[low, 0]], [[high, 2]])
    if low <= high:
        assert len(find_panel(pool, quotas)) == 2
        return

    conflict = find_conflict(pool, quotas)

    assert {bound.kind for bound in conflict.bounds} == {"minimum", "maximum"}
