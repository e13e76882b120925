"""The questions an organiser asks, against brute force."""

from functools import cache
from itertools import combinations_with_replacement, product

import numpy as np
import pytest

from selection.engine import NoFeasiblePanel, Pool, Quotas
from selection.engine.answers.chances import chance_levels, standing
from selection.engine.answers.lifting import lifting_recruits
from selection.engine.answers.recruits import Need, Recruits, fewest_recruits
from selection.engine.answers.shut_out import Barrier, shut_out
from tests.engine import brute, continuous
from tests.engine.bounds import only, place
from tests.engine.pools import random_task

SMALL = 1e-6


@cache
def tasks(first: int, last: int, *, feasible: bool) -> list[tuple[Pool, Quotas]]:
    every = [random_task(seed) for seed in range(first, last)]
    return [task for task in every if bool(brute.panels(*task)) == feasible]


def with_newcomers(pool: Pool, newcomers) -> Pool:
    """The pool with people of these values, each of a household of its own."""
    more = len(newcomers)
    traits = np.vstack([pool.traits, np.array(newcomers).reshape(more, pool.traits.shape[1])])
    return Pool.of(
        traits,
        households=np.append(pool.households, np.full(more, -1)),
        fixed=np.append(pool.fixed, np.zeros(more, bool)),
        excluded=np.append(pool.excluded, np.zeros(more, bool)),
    )


def every_profile(quotas: Quotas) -> list[tuple[int, ...]]:
    return list(product(*[range(len(bounds)) for bounds in quotas.minimum]))


def seated(pool: Pool, quotas: Quotas) -> np.ndarray:
    """(n,) who is on some panel."""
    on = np.zeros(len(pool), bool)
    for people in brute.panels(pool, quotas):
        on[list(people)] = True
    return on


# --- who is shut out -----------------------------------------------------------------------------


def test_those_shut_out_are_those_on_no_panel():
    for pool, quotas in tasks(0, 120, feasible=True):
        groups = shut_out(pool, quotas)

        people = [person for group in groups for person in group.people]
        assert sorted(people) == np.flatnonzero(~seated(pool, quotas)).tolist()


def test_each_reason_shuts_out_and_nothing_in_it_is_idle():
    reasons = set()
    for pool, quotas in tasks(0, 120, feasible=True):
        for group in shut_out(pool, quotas):
            reasons.add(group.barrier)
            bounds = {place(bound) for bound in group.bounds}
            within = only(quotas, bounds)
            assert not seated(pool, within)[list(group.people)].any()
            for bound in bounds:
                assert seated(pool, only(quotas, bounds - {bound}))[list(group.people)].all()
            assert bool(bounds) == (group.barrier == Barrier.QUOTAS)
    assert reasons >= {Barrier.QUOTAS, Barrier.EXCLUDED}


def test_who_lives_with_a_fixed_person_cannot_sit():
    pool = Pool.of([[0], [0], [1]], households=[5, 5, -1], fixed=[True, False, False])

    (group,) = shut_out(pool, Quotas.of(2, [[0, 0]], [[2, 2]]))

    assert (group.barrier, group.people) == (Barrier.HOUSEHOLD, (1,))


def test_where_fixed_people_fill_the_panel_nobody_else_can_sit():
    pool = Pool.of([[0], [0], [1]], fixed=[True, True, False])

    (group,) = shut_out(pool, Quotas.of(2, [[0, 0]], [[2, 2]]))

    assert (group.barrier, group.people) == (Barrier.SEATS, (2,))


def test_a_quota_of_nobody_is_the_reason_of_all_who_have_the_value():
    pool = Pool.of([[0, 0], [0, 1], [1, 0], [1, 1], [0, 0]])

    (group,) = shut_out(pool, Quotas.of(2, [[0, 0], [0, 0]], [[2, 0], [1, 1]]))

    assert group.people == (2, 3)
    (bound,) = group.bounds
    assert (bound.criterion, bound.value, bound.kind, bound.limit) == (0, 1, "maximum", 0)


def test_who_is_shut_out_of_nothing_is_no_question():
    with pytest.raises(NoFeasiblePanel):
        shut_out(Pool.of([[0], [1]]), Quotas.of(2, [[2, 0]], [[2, 2]]))


# --- the fewest newcomers ------------------------------------------------------------------------


def filled(recruits: Recruits, quotas: Quotas, rng: np.random.Generator) -> list[list[int]]:
    """Newcomers who have the values asked for, in a random combination, and any others."""
    columns = []
    for criterion, bounds in enumerate(quotas.minimum):
        asked = [
            need.value
            for need in recruits.enough
            if need.criterion == criterion
            for _ in range(need.people)
        ]
        free = rng.integers(0, len(bounds), recruits.people - len(asked)).tolist()
        columns.append(rng.permutation(asked + free).tolist())
    return [list(newcomer) for newcomer in zip(*columns, strict=True)]


def test_the_newcomers_make_a_panel_possible_whatever_is_left_open():
    rng = np.random.default_rng(4)
    helped = 0
    for pool, quotas in tasks(1000, 1130, feasible=False):
        recruits = fewest_recruits(pool, quotas)
        if recruits is None:
            continue
        helped += 1
        for _ in range(5):
            assert brute.panels(with_newcomers(pool, filled(recruits, quotas, rng)), quotas)
    assert helped >= 8


def test_fewer_newcomers_of_any_values_make_none_possible():
    for pool, quotas in tasks(1000, 1130, feasible=False):
        recruits = fewest_recruits(pool, quotas)
        if recruits is None or len(every_profile(quotas)) ** (recruits.people - 1) > 200:
            continue
        for some in combinations_with_replacement(every_profile(quotas), recruits.people - 1):
            assert not brute.panels(with_newcomers(pool, some), quotas)


def test_what_newcomers_need_in_any_case_no_others_can_do_without():
    needed = 0
    for pool, quotas in tasks(1000, 1130, feasible=False):
        recruits = fewest_recruits(pool, quotas)
        if recruits is None or len(every_profile(quotas)) ** recruits.people > 60:
            continue
        able = [
            some
            for some in combinations_with_replacement(every_profile(quotas), recruits.people)
            if brute.panels(with_newcomers(pool, some), quotas)
        ]
        for need in recruits.enough:
            least = min(sum(who[need.criterion] == need.value for who in some) for some in able)
            said = [same.people for same in recruits.needed if place_of(same) == place_of(need)]
            assert sum(said) == least
            needed += least > 0
    assert needed >= 5


def place_of(need: Need) -> tuple[int, int]:
    return need.criterion, need.value


def test_where_newcomers_cannot_help_the_quotas_or_the_fixed_people_are_at_odds():
    hopeless = 0
    for pool, quotas in tasks(1000, 1130, feasible=False):
        if fewest_recruits(pool, quotas) is not None:
            continue
        hopeless += 1
        many = every_profile(quotas) * int(quotas.size)
        assert not brute.panels(with_newcomers(pool, many[:16]), quotas)
        held = [
            np.bincount(pool.traits[pool.fixed, criterion], minlength=len(bounds))
            for criterion, bounds in enumerate(quotas.minimum)
        ]
        homes = pool.households[pool.fixed]
        homes = homes[homes >= 0]
        odds = [len(set(homes.tolist())) < len(homes), pool.fixed.sum() > quotas.size]
        for least, most, some in zip(quotas.minimum, quotas.maximum, held, strict=True):
            odds += [(some > most).any(), (least > most).any(), most.sum() < quotas.size]
            odds += [np.maximum(least, some).sum() > quotas.size]
        assert any(odds)
    assert hopeless >= 2


def test_the_fewest_newcomers_are_nobody_where_there_is_a_panel():
    assert fewest_recruits(Pool.of([[0], [1]]), Quotas.of(1, [[0, 0]], [[1, 1]])) == Recruits(
        0, (), ()
    )


def test_newcomers_are_asked_for_what_matters_only():
    pool = Pool.of([[0, 0], [0, 1], [0, 0], [0, 1], [1, 0]])

    recruits = fewest_recruits(pool, Quotas.of(4, [[0, 3], [0, 0]], [[4, 4], [4, 4]]))

    assert recruits == Recruits(2, (Need(0, 1, 2),), (Need(0, 1, 2),))


# --- newcomers who lift the smallest chance ------------------------------------------------------


def uneven_task(seed: int) -> tuple[Pool, Quotas]:
    """Values that go together in the pool, though the quotas know nothing of it."""
    rng = np.random.default_rng([7, seed])
    n, size = int(rng.integers(30, 60)), int(rng.integers(6, 11))
    likes, traits, low, high = rng.random(n), [], [], []
    for values in (3, 2, 3):
        shares = rng.dirichlet(np.ones(values))
        alike = np.searchsorted(np.cumsum(shares)[:-1], likes)
        traits.append(np.where(rng.random(n) < 0.5, alike, rng.choice(values, n, p=shares)))
        wanted = np.bincount(rng.integers(0, values, size), minlength=values)
        low.append(np.maximum(0, wanted - rng.integers(0, 3, values)))
        high.append(wanted + rng.integers(0, 3, values))
    return Pool.of(np.column_stack(traits)), Quotas.of(size, low, high)


@cache
def uneven_tasks() -> list[tuple[Pool, Quotas, np.ndarray]]:
    """Those with a panel, and who is on one."""
    found = []
    for seed in range(60):
        pool, quotas = uneven_task(seed)
        try:
            out = [person for group in shut_out(pool, quotas) for person in group.people]
        except NoFeasiblePanel:
            continue
        found.append((pool, quotas, ~np.isin(np.arange(len(pool)), out)))
    return found


def test_newcomers_lift_the_smallest_chance_at_least_as_far_as_said():
    rng = np.random.default_rng(8)
    open_ = lifted = 0
    for pool, quotas, on in uneven_tasks():
        before = continuous.smallest_chance(pool, quotas, on)
        for lift in lifting_recruits(pool, quotas):
            newcomer = [
                int(rng.integers(len(bounds))) if value is None else value
                for value, bounds in zip(lift.profile, quotas.minimum, strict=True)
            ]
            more = with_newcomers(pool, [newcomer])
            after = continuous.smallest_chance(more, quotas, np.append(on, True))
            assert lift.before == pytest.approx(before, abs=SMALL)
            assert lift.after > lift.before
            assert after >= lift.after - SMALL
            if None in lift.profile:
                open_ += 1
            else:
                assert after == pytest.approx(lift.after, abs=SMALL)
            lifted += 1
    assert lifted >= 15
    assert open_ >= 5


def test_no_newcomers_are_no_question():
    pool, quotas, _ = uneven_tasks()[0]

    with pytest.raises(ValueError, match="newcomer"):
        lifting_recruits(pool, quotas, people=0)


def test_no_other_profile_lifts_the_smallest_chance_further():
    named = 0
    for pool, quotas, on in uneven_tasks():
        before = continuous.smallest_chance(pool, quotas, on)
        most = max(
            continuous.smallest_chance(with_newcomers(pool, [profile]), quotas, np.append(on, True))
            for profile in every_profile(quotas)
        )
        lifts = lifting_recruits(pool, quotas)
        if lifts:
            named += 1
            assert lifts[0].after == pytest.approx(most, abs=2 * SMALL)
        else:
            assert most <= before + 2 * SMALL
    assert named >= 10


def test_where_no_profile_is_named_none_lifts_the_smallest_chance():
    silent = 0
    for pool, quotas in tasks(0, 45, feasible=True):
        on = seated(pool, quotas) & ~pool.fixed
        if lifting_recruits(pool, quotas) or not on.any():
            continue
        silent += 1
        before = continuous.smallest_chance(pool, quotas, on)
        for profile in every_profile(quotas):
            more = with_newcomers(pool, [profile])
            after = continuous.smallest_chance(more, quotas, np.append(on, True))
            assert after <= before + SMALL
    assert silent >= 10


# --- why a chance is what it is ------------------------------------------------------------------


def test_the_bounds_named_at_the_lowest_level_hold_it_by_themselves():
    for pool, quotas in tasks(0, 80, feasible=True):
        found = chance_levels(pool, quotas)
        if not found:
            continue
        on = seated(pool, quotas) & ~pool.fixed
        named = only(quotas, {place(pull.bound) for pull in found[0].pulls})
        assert continuous.smallest_chance(pool, quotas, on) == pytest.approx(
            found[0].chance, abs=SMALL
        )
        assert continuous.smallest_chance(pool, named, on) == pytest.approx(
            found[0].chance, abs=SMALL
        )


def test_everybody_on_a_panel_is_on_one_level_and_nobody_else_is():
    for pool, quotas in tasks(0, 80, feasible=True):
        found = chance_levels(pool, quotas)
        people = sorted(person for level in found for person in level.people)
        assert people == np.flatnonzero(seated(pool, quotas) & ~pool.fixed).tolist()
        chances = [level.chance for level in found]
        assert chances == sorted(set(chances))


def test_a_crowded_value_is_held_down_and_a_scarce_one_lifted():
    pool = Pool.of([[0]] * 90 + [[1]] * 10)
    quotas = Quotas.of(20, [[0, 8]], [[20, 20]])

    found = chance_levels(pool, quotas)
    crowded, scarce = standing(pool, found, 0), standing(pool, found, 95)

    assert (crowded.level, scarce.level) == (0, 1)
    assert crowded.chance == pytest.approx(12 / 90)
    assert scarce.chance == pytest.approx(8 / 10)
    (down,), (up,) = crowded.down, scarce.up
    assert down.bound == up.bound
    assert (up.bound.kind, up.bound.limit, up.bound.available) == ("minimum", 8, 10)
    assert down.price == pytest.approx(1 / 90)
    assert crowded.up == ()


def test_equal_chances_have_no_quota_to_blame():
    pool = Pool.of([[0], [0], [1], [1]])

    (level,) = chance_levels(pool, Quotas.of(2, [[0, 0]], [[2, 2]]))

    assert level.chance == pytest.approx(1 / 2)
    assert level.pulls == ()


def test_fixed_people_and_those_shut_out_stand_on_no_level():
    pool = Pool.of([[0], [0], [1]], fixed=[True, False, False])
    found = chance_levels(pool, Quotas.of(2, [[0, 0]], [[2, 0]]))

    assert (standing(pool, found, 0).chance, standing(pool, found, 0).level) == (1.0, None)
    assert (standing(pool, found, 2).chance, standing(pool, found, 2).level) == (0.0, None)
