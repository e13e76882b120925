"""The nearest panel when the quotas cannot be met any more, against brute force."""

from collections import Counter
from itertools import combinations, permutations

import numpy as np
import pytest

from selection.engine import NoFeasiblePanel, Pool, Quotas
from selection.engine.replacing.likeness import nearest_panel
from tests.engine.pools import random_task


def seeded(seed: int = 5) -> np.random.Generator:
    return np.random.default_rng(seed)


def loss(pool: Pool, quotas: Quotas, people, weights=None) -> float:
    missing = 0.0
    for criterion, (least, most) in enumerate(zip(quotas.minimum, quotas.maximum, strict=True)):
        held = np.bincount(pool.traits[list(people), criterion], minlength=len(least))
        off = np.maximum(least - held, 0) + np.maximum(held - most, 0)
        missing += float(off @ (np.ones(len(off)) if weights is None else weights[criterion]))
    return missing


def difference(pool: Pool, gone, came) -> int:
    """How many criteria differ in the best matching."""
    few, many = sorted([list(gone), list(came)], key=len)
    differing = (pool.traits[few][:, None, :] != pool.traits[many][None, :, :]).sum(axis=2)
    return min(
        sum(differing[place, other] for place, other in enumerate(order))
        for order in permutations(range(len(many)), len(few))
    )


def best(pool: Pool, quotas: Quotas, kept, gone, weights=None):
    """Every panel with the least loss and, among these, the least difference."""
    rest = [
        person
        for person in range(len(pool))
        if person not in kept and person not in gone and not pool.excluded[person]
    ]
    found = []
    for came in combinations(rest, quotas.size - len(kept)):
        people = sorted([*kept, *came])
        homes = [home for home in pool.households[people].tolist() if home >= 0]
        if len(set(homes)) == len(homes):
            score = round(loss(pool, quotas, people, weights), 9), difference(pool, gone, came)
            found.append((score, tuple(people)))
    least = min((score for score, _ in found), default=None)
    return least, {people for score, people in found if score == least}


def losing_tasks():
    """A panel of some pool, of which two or three leave; nobody is fixed."""
    for seed in range(3000, 3150):
        pool, quotas = random_task(seed)
        pool = Pool.of(pool.traits, households=pool.households, excluded=pool.excluded)
        rng = seeded(seed)
        able = np.flatnonzero(~pool.excluded)
        if len(able) < quotas.size:
            continue
        panel = rng.permutation(able)[: quotas.size].tolist()
        homes = [home for home in pool.households[panel].tolist() if home >= 0]
        if len(set(homes)) == len(homes):
            leaving = int(rng.integers(1, quotas.size + 1))
            yield seed, pool, quotas, panel[leaving:], panel[:leaving]


def test_the_nearest_panel_misses_least_and_differs_least_by_brute_force():
    judged = households = missed = 0
    for seed, pool, quotas, kept, gone in losing_tasks():
        weights = None
        if seed % 3 == 0:
            weights = [seeded(seed).integers(1, 4, len(each)) / 2 for each in quotas.minimum]
        least, panels = best(pool, quotas, kept, gone, weights)
        if least is None:
            with pytest.raises(NoFeasiblePanel):
                nearest_panel(pool, quotas, kept=kept, gone=gone, rng=seeded(), weights=weights)
            continue

        found = nearest_panel(pool, quotas, kept=kept, gone=gone, rng=seeded(), weights=weights)

        assert tuple(found.panel.tolist()) in panels, seed
        assert found.loss == pytest.approx(least[0])
        criteria = pool.traits.shape[1]
        assert sum(criteria - pair.equal for pair in found.pairs) == least[1]
        assert sorted(pair.substitute for pair in found.pairs) == sorted(
            set(found.panel.tolist()) - set(kept)
        )
        assert sorted(pair.gone for pair in found.pairs) == sorted(gone)
        judged += 1
        households += bool((pool.households >= 0).any())
        missed += least[0] > 0
    assert judged >= 60
    assert households >= 15
    assert missed >= 20


def test_the_loss_is_said_by_criterion_value_and_kind():
    pool = Pool.of([[0, 0], [0, 1], [1, 0], [1, 0], [1, 0]])
    quotas = Quotas.of(3, [[2, 1], [1, 1]], [[2, 1], [2, 2]])

    found = nearest_panel(pool, quotas, kept=[0, 2], gone=[1], rng=seeded())

    said = {(each.criterion, each.value, each.kind, each.by) for each in found.missed}
    assert said == {
        (0, 0, "minimum", 1),
        (0, 1, "maximum", 1),
        (1, 0, "maximum", 1),
        (1, 1, "minimum", 1),
    }
    assert found.loss == 4
    assert [(pair.gone, pair.equal) for pair in found.pairs] == [(1, 0)]


def test_weights_decide_which_quota_is_missed():
    pool = Pool.of([[0, 0], [0, 1], [1, 0]])
    quotas = Quotas.of(1, [[1, 0], [0, 1]], [[1, 0], [0, 1]])

    first = [
        nearest_panel(pool, quotas, kept=[], gone=[0], rng=seeded(), weights=weights).panel
        for weights in ([[1, 1], [1, 1]], [[1, 1], [5, 5]])
    ]

    assert [panel.tolist() for panel in first] == [[1], [1]]
    crossed = Quotas.of(1, [[1, 0], [1, 0]], [[1, 0], [1, 0]])
    for weights, person in (([[2, 2], [1, 1]], 1), ([[1, 1], [2, 2]], 2)):
        found = nearest_panel(pool, crossed, kept=[], gone=[0], rng=seeded(), weights=weights)
        assert found.panel.tolist() == [person]


def test_ties_are_decided_by_lot_evenly():
    pool = Pool.of([[0, 0], [0, 1], [0, 1], [0, 1], [0, 2]])
    quotas = Quotas.of(1, [[1], [1, 0, 0]], [[1], [1, 0, 0]])
    rng = seeded()

    came = Counter(
        int(nearest_panel(pool, quotas, kept=[], gone=[0], rng=rng).panel[0]) for _ in range(200)
    )

    assert set(came) == {1, 2, 3, 4}
    assert min(came.values()) > 30, "four people of two types have a quarter each"


def test_a_seat_that_nobody_left_is_filled_as_well():
    pool = Pool.of([[0], [0], [1], [1]])
    quotas = Quotas.of(3, [[1, 1]], [[2, 2]])

    found = nearest_panel(pool, quotas, kept=[0], gone=[2], rng=seeded())

    assert found.panel.tolist() == [0, 1, 3]
    assert [(pair.gone, pair.substitute, pair.equal) for pair in found.pairs] == [(2, 3, 1)]
    assert found.missed == ()


def test_where_nobody_is_left_to_come_the_kept_are_the_panel():
    pool = Pool.of(np.zeros((1, 0)))

    found = nearest_panel(pool, Quotas.of(1, [], []), kept=[0], gone=[], rng=seeded())

    assert found.panel.tolist() == [0]
    assert (found.pairs, found.missed) == ((), ())


def test_the_same_seed_gives_the_same_panel():
    pool = Pool.of(np.random.default_rng(2).integers(0, 3, (60, 4)))
    quotas = Quotas.of(12, [[5, 5, 5]] * 4, [[6, 6, 6]] * 4)

    one, two = (
        nearest_panel(pool, quotas, kept=range(8), gone=range(8, 12), rng=seeded(3))
        for _ in range(2)
    )

    assert one.panel.tolist() == two.panel.tolist()
    assert one.pairs == two.pairs


@pytest.mark.parametrize("weights", [[[1]], [[1, 0]], [[1, -1]], [[1, np.nan]]])
def test_weights_that_make_no_sense_are_refused(weights):
    pool = Pool.of([[0], [1]])

    with pytest.raises(ValueError, match="weights"):
        nearest_panel(
            pool, Quotas.of(1, [[0, 0]], [[1, 1]]), kept=[], gone=[], rng=seeded(), weights=weights
        )
