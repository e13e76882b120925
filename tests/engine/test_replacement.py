"""Seats that fall empty are drawn again by the same rule."""

import numpy as np
import pytest

from selection.engine import NoFeasiblePanel, Pool, Quotas, leximin, maximin
from selection.engine.replacing.replacement import replace
from tests.engine import brute
from tests.engine.pools import random_task
from tests.engine.stored import council, village


def seeded(seed: int = 5) -> np.random.Generator:
    return np.random.default_rng(seed)


def as_left(pool: Pool, kept: list[int], gone: list[int]) -> Pool:
    """The pool in which the kept are fixed and the gone excluded, said once more."""
    fixed, excluded = pool.fixed.copy(), pool.excluded.copy()
    fixed[gone] = False
    fixed[kept] = True
    excluded[gone] = True
    return Pool.of(pool.traits, households=pool.households, fixed=fixed, excluded=excluded)


def test_chances_of_a_replacement_are_leximin_by_brute_force():
    replaced = refused = 0
    for seed in range(400, 460):
        pool, quotas = random_task(seed)
        panels = brute.panels(pool, quotas)
        if not panels or quotas.size < 3:
            continue
        panel = panels[seed % len(panels)]
        gone, kept = list(panel[:2]), list(panel[2:])
        rest = as_left(pool, kept, gone)

        if not brute.panels(rest, quotas):
            with pytest.raises(NoFeasiblePanel):
                replace(pool, quotas, kept=kept, gone=gone, rng=seeded())
            refused += 1
            continue

        lottery = replace(pool, quotas, kept=kept, gone=gone, rng=seeded())
        assert np.sort(lottery.chances) == pytest.approx(
            np.sort(brute.leximin(rest, quotas)), abs=1e-5
        )
        assert lottery.chances[kept] == pytest.approx(1)
        assert not lottery.chances[gone].any()
        replaced += 1
    assert replaced >= 10
    assert refused >= 5


def test_the_rule_asked_for_draws_the_replacement():
    pool, quotas = council()
    panel = leximin(pool, quotas, rng=seeded()).panels[0]

    lottery = replace(pool, quotas, kept=panel[3:], gone=panel[:3], rule=maximin, rng=seeded())

    assert lottery.rule == "maximin"
    assert all(set(panel[3:].tolist()) < set(each.tolist()) for each in lottery.panels)


def test_a_fixed_person_can_leave_and_their_household_may_follow():
    pool, quotas = village()
    panel = [each for each in leximin(pool, quotas, rng=seeded()).panels if 0 in each][0]

    lottery = replace(pool, quotas, kept=np.setdiff1d(panel, [0]), gone=[0], rng=seeded())

    assert lottery.chances[0] == 0
    assert lottery.chances[1] > 0, "person 1 lives with person 0"
    assert not lottery.chances[pool.excluded].any()


def test_round_after_round_the_confirmed_stay():
    pool, quotas = council()
    rng = seeded(8)
    panel, gone = leximin(pool, quotas, rng=rng).panels[0], []
    for _ in range(3):
        gone += panel[:2].tolist()
        kept = panel[2:]
        panel = replace(pool, quotas, kept=kept, gone=gone, rng=rng).panels[0]
        assert set(kept.tolist()) < set(panel.tolist())
        assert not set(gone) & set(panel.tolist())
        assert brute.is_panel(pool, quotas, tuple(panel.tolist()))


@pytest.mark.parametrize(("kept", "gone"), [([0, 1], [1]), ([0, 9], []), ([-1], []), ([2], [])])
def test_nobody_is_kept_who_is_gone_unknown_or_excluded(kept, gone):
    pool = Pool.of([[0], [0], [0]], excluded=[False, False, True])

    with pytest.raises(ValueError, match="kept|excluded"):
        replace(pool, Quotas.of(2, [[0]], [[2]]), kept=kept, gone=gone, rng=seeded())
