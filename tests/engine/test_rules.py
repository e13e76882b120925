"""Nash, goldilocks and plain draws against every panel of small pools, and their comparison."""

from math import log

import numpy as np
import pytest
from scipy.optimize import linprog

from selection.engine import NoFeasiblePanel, Pool, Quotas
from selection.engine.errors import NothingDrawn
from selection.engine.rules import plain as plain_module
from selection.engine.rules.catalogue import PROVEN, RULES
from selection.engine.rules.comparison import compare, gini
from selection.engine.rules.goldilocks import goldilocks
from selection.engine.rules.nash import nash
from selection.engine.rules.plain import plain
from tests.engine import brute
from tests.engine.pools import random_task
from tests.engine.stored import council, village

SEEDS = range(0, 480, 2)
MARKS = [[1, 1, 0], [1, 0, 1], [0, 1, 1], [0, 0, 0], [0, 0, 0]]


def seeded(seed: int = 3) -> np.random.Generator:
    return np.random.default_rng(seed)


def odd() -> tuple[Pool, Quotas]:
    """Three people who pairwise share a mark could be half there each, never two of them whole."""
    return Pool.of(MARKS), Quotas.of(3, [[0, 0]] * 3, [[3, 1]] * 3)


def lopsided() -> tuple[Pool, Quotas]:
    """40 people whom the quotas fit so badly that a higher floor costs a higher ceiling."""
    rng, values, size = seeded(5), (2, 3, 4), 10
    shares = [rng.dirichlet(np.full(count, 2.0)) for count in values]
    columns = [rng.choice(len(share), size=40, p=share) for share in shares]
    wanted = [np.bincount(rng.integers(0, count, size), minlength=count) for count in values]
    held = [
        np.bincount(column, minlength=len(want))
        for column, want in zip(columns, wanted, strict=True)
    ]
    minimum = [
        np.maximum(0, np.minimum(want, have) - 1) for want, have in zip(wanted, held, strict=True)
    ]
    return Pool.of(np.column_stack(columns)), Quotas.of(
        size, minimum, [want + 1 for want in wanted]
    )


def seat_table(pool: Pool, quotas: Quotas) -> np.ndarray:
    """(panels, people) 1 where the person is on the panel."""
    panels = brute.panels(pool, quotas)
    seats = np.zeros((len(panels), len(pool)))
    for row, people in enumerate(panels):
        seats[row, list(people)] = 1
    return seats


def require_lawful(lottery, pool, quotas):
    """Feasible panels whose probabilities make the chances."""
    chances = np.zeros(len(pool))
    for panel, probability in zip(lottery.panels, lottery.probabilities, strict=True):
        assert brute.is_panel(pool, quotas, tuple(panel.tolist()))
        chances[panel] += probability
    assert np.abs(chances - lottery.chances).max() < 1e-9


def person_weights(lottery, claim) -> np.ndarray:
    weights = np.zeros(len(lottery.chances))
    for kind, people in enumerate(lottery.grouped.people):
        weights[people] = claim.weights[kind]
    return weights


@pytest.mark.parametrize("block", range(8))
def test_no_panel_can_raise_the_product_of_chances_that_nash_finds(block):
    for seed in SEEDS[block::8]:
        pool, quotas = random_task(seed)
        seats = seat_table(pool, quotas)
        if not len(seats):
            with pytest.raises(NoFeasiblePanel):
                nash(pool, quotas, rng=seeded())
            continue

        lottery = nash(pool, quotas, rng=seeded())

        able = seats.any(axis=0)
        require_lawful(lottery, pool, quotas)
        assert not lottery.chances[~able].any()
        # The product is largest where no panel costs more than there are people, at one over
        # the chance each: the logarithm is concave.
        costs = seats[:, able] @ (1 / lottery.chances[able])
        assert costs.max() <= able.sum() * (1 + 1e-5), seed
        assert lottery.certificate.optimal, seed


@pytest.mark.parametrize("block", range(8))
def test_no_lottery_over_all_panels_measures_less_than_goldilocks(block):
    for seed in SEEDS[block::8]:
        pool, quotas = random_task(seed)
        seats = seat_table(pool, quotas)
        open_ = seats.any(axis=0) & ~pool.fixed if len(seats) else np.zeros(len(pool), bool)
        if not open_.any():
            continue
        mean = (quotas.size - pool.fixed.sum()) / open_.sum()

        lottery = goldilocks(pool, quotas, rng=seeded())

        require_lawful(lottery, pool, quotas)
        low, high = lottery.chances[open_].min(), lottery.chances[open_].max()
        # The measure is convex and smooth: it is least where its tangent is.
        slope = (mean / low) ** 2
        assert slope * low - high == pytest.approx(furthest(seats[:, open_], slope), abs=1e-5), seed
        assert lottery.certificate.optimal, seed


def furthest(seats: np.ndarray, slope: float) -> float:
    """The largest ``slope * smallest chance - largest chance`` of any lottery over the panels."""
    panels, people = seats.shape
    floors = np.column_stack([-seats.T, np.ones(people), np.zeros(people)])
    ceilings = np.column_stack([seats.T, np.zeros(people), -np.ones(people)])
    whole = np.concatenate([np.ones(panels), [0.0, 0.0]])
    found = linprog(
        np.concatenate([np.zeros(panels), [-slope, 1.0]]),
        A_ub=np.vstack([floors, ceilings]),
        b_ub=np.zeros(2 * people),
        A_eq=[whole],
        b_eq=[1.0],
        bounds=(0, None),
    )
    assert found.status == 0, found.message
    return float(-found.fun)


def test_where_the_relaxation_is_not_tight_both_rules_are_exact():
    for rule in (nash, goldilocks):
        lottery = rule(*odd(), rng=seeded())

        assert lottery.certificate.method == "exact"
        assert lottery.certificate.optimal
        # One of the three marked people sits with both unmarked ones: every panel.
        assert lottery.chances == pytest.approx([1 / 3, 1 / 3, 1 / 3, 1, 1])


@pytest.mark.parametrize("seed", range(1, 40, 2))
def test_the_weights_of_nash_and_goldilocks_prove_their_bounds(seed):
    pool, quotas = random_task(seed)
    seats = seat_table(pool, quotas)
    if not len(seats) or not (seats.any(axis=0) & ~pool.fixed).any():
        return
    people = int((seats.any(axis=0) & ~pool.fixed).sum())

    product, between = (rule(pool, quotas, rng=seeded()) for rule in (nash, goldilocks))

    claim = product.certificate.claims[0]
    weights = person_weights(product, claim)
    assert (seats @ weights).max() == claim.heaviest
    spread = np.log(weights[weights > 0]).mean()
    assert log(product.certificate.bound) == pytest.approx(log(claim.heaviest / people) - spread)
    claim = between.certificate.claims[0]
    weights = person_weights(between, claim)
    assert (seats @ weights).max() == claim.heaviest
    mean = (quotas.size - pool.fixed.sum()) / people
    ends = floors_and_ceilings(claim.heaviest, weights, mean)
    assert between.certificate.bound <= min(high / mean + mean / low for low, high in ends) + 1e-9


def floors_and_ceilings(heaviest, weights, mean):
    """For many floors the lowest ceiling that the weights allow."""
    up, down = weights[weights > 0].sum(), -weights[weights < 0].sum()
    for low in np.linspace(mean / 200, mean, 200):
        if down:
            yield low, max(mean, (up * low - heaviest) / down)
        elif up * low <= heaviest:
            yield low, mean


def test_rounds_that_run_out_leave_an_honest_certificate(monkeypatch):
    marks = (seeded(31).random((14, 6)) < 0.4).astype(int)
    pool, quotas = Pool.of(marks), Quotas.of(4, [[0, 0]] * 6, [[4, 1]] * 6)
    full = [rule(pool, quotas, rng=seeded()) for rule in (nash, goldilocks)]
    monkeypatch.setattr("selection.engine.search.product_columns.ROUNDS", 1)
    monkeypatch.setattr("selection.engine.search.between_columns.ROUNDS", 0)

    cut = [rule(pool, quotas, rng=seeded()) for rule in (nash, goldilocks)]

    for whole, short in zip(full, cut, strict=True):
        assert (whole.certificate.method, whole.certificate.optimal) == ("exact", True)
        assert not short.certificate.optimal
        assert short.certificate.gap > 0.01
    mean_logs = [np.log(lottery.chances).mean() for lottery in (full[0], cut[0])]
    assert mean_logs[0] - mean_logs[1] <= cut[0].certificate.gap
    measures = [
        lottery.chances.max() / (4 / 14) + 4 / 14 / lottery.chances.min()
        for lottery in (full[1], cut[1])
    ]
    assert measures[1] / measures[0] - 1 <= cut[1].certificate.gap


def test_a_larger_gamma_gives_no_smaller_floor_and_no_lower_ceiling():
    pool, quotas = lopsided()

    ends = []
    for gamma in (0.01, 0.3, 1.0, 3.0, 100.0):
        chances = goldilocks(pool, quotas, rng=seeded(), gamma=gamma).chances
        ends.append((chances.min(), chances.max()))

    for (low, high), (next_low, next_high) in zip(ends, ends[1:], strict=False):
        assert next_low >= low - 1e-6
        assert next_high >= high - 1e-6
    highest = RULES["maximin"](pool, quotas, rng=seeded()).chances.min()
    assert ends[-1][0] == pytest.approx(highest, abs=1e-6)
    assert ends[0][0] < ends[-1][0] - 1e-3


@pytest.mark.parametrize("gamma", [1.0, 2.0, 8.0])
def test_goldilocks_is_proven_where_somebody_is_on_every_panel(gamma):
    # A ceiling above 1 would measure less, if there were such chances.
    traits = [[0, 1], [1, 1], [1, 1], [2, 0], [0, 0], [2, 1]]
    pool = Pool.of(traits, households=[2, 0, 3, 0, 1, 1])
    quotas = Quotas.of(3, [[2, 0, 0], [1, 2, 0]], [[2, 2, 1], [1, 2, 1]])

    lottery = goldilocks(pool, quotas, rng=seeded(), gamma=gamma)

    assert lottery.chances.max() == pytest.approx(1)
    assert lottery.certificate.optimal


@pytest.mark.parametrize("gamma", [0.0, -1.0, np.inf, np.nan])
def test_a_gamma_that_makes_no_sense_is_refused(gamma):
    with pytest.raises(ValueError, match="gamma"):
        goldilocks(*odd(), rng=seeded(), gamma=gamma)


@pytest.mark.parametrize("rule", ["nash", "goldilocks"])
@pytest.mark.parametrize("task", [council, village, lopsided])
def test_pools_of_a_real_size_are_proven_and_lawful(task, rule):
    pool, quotas = task()

    lottery = RULES[rule](pool, quotas, rng=seeded())
    again = RULES[rule](pool, quotas, rng=seeded())

    require_lawful(lottery, pool, quotas)
    assert lottery.certificate.optimal
    assert lottery.chances[pool.fixed] == pytest.approx(1)
    assert lottery.panels.tobytes() == again.panels.tobytes()
    assert lottery.probabilities.tobytes() == again.probabilities.tobytes()


@pytest.mark.parametrize("rule", RULES)
def test_a_panel_of_fixed_people_only_is_certain_under_every_rule(rule):
    pool = Pool.of([[0], [1], [1]], fixed=[True, True, False])

    lottery = RULES[rule](pool, Quotas.of(2, [[0, 0]], [[2, 2]]), rng=seeded())

    assert lottery.chances.tolist() == [1.0, 1.0, 0.0]
    assert lottery.rule == rule


@pytest.mark.parametrize("rule", RULES)
def test_without_criteria_all_have_the_same_chance_under_every_rule(rule):
    pool = Pool.of(np.zeros((5, 0)), households=[-1, -1, -1, 4, 4])

    lottery = RULES[rule](pool, Quotas.of(1, [], []), rng=seeded())

    require_lawful(lottery, pool, Quotas.of(1, [], []))
    assert lottery.chances == pytest.approx(0.2, abs=0.06 if rule == "plain" else 1e-6)


@pytest.mark.parametrize("task", [council, village])
def test_plain_panels_are_lawful_and_never_called_optimal(task):
    pool, quotas = task()

    lottery = plain(pool, quotas, rng=seeded(), draws=200)

    require_lawful(lottery, pool, quotas)
    assert lottery.chances.sum() == pytest.approx(quotas.size)
    assert not lottery.certificate.optimal
    assert lottery.certificate.method == "draws"


def test_plain_fills_the_most_urgent_value_first():
    # Two of three women are needed and one of seven men: the women are drawn until the minimum
    # of two is met, then the last seat's urgency is the men's.
    pool = Pool.of([[0]] * 3 + [[1]] * 7)

    lottery = plain(pool, Quotas.of(3, [[2, 1]], [[3, 3]]), rng=seeded(), draws=500)

    assert lottery.chances[:3] == pytest.approx(2 / 3)
    assert lottery.chances[3:] == pytest.approx(1 / 7)


def test_plain_draws_one_of_a_household_and_twins_count_twice():
    # Who is drawn first is one of five alike, two of whom share a home and never sit together.
    pool = Pool.of([[0]] * 5, households=[1, 1, -1, -1, -1])

    lottery = plain(pool, Quotas.of(2, [[2]], [[2]]), rng=seeded(), draws=4000)

    require_lawful(lottery, pool, Quotas.of(2, [[2]], [[2]]))
    pair = 2 / 5 + 3 / 5 * 2 / 4
    assert 2 * lottery.chances[0] == pytest.approx(pair, abs=0.03)


def test_plain_says_when_no_panel_exists_and_when_it_only_found_none(monkeypatch):
    with pytest.raises(NoFeasiblePanel):
        plain(Pool.of([[0], [0]]), Quotas.of(2, [[0, 1]], [[2, 2]]), rng=seeded())
    monkeypatch.setattr(plain_module, "ATTEMPTS", 1)
    monkeypatch.setattr(
        plain_module, "fill", lambda urn, attempts, rng: np.zeros((0, len(urn.people)), int)
    )

    with pytest.raises(NothingDrawn) as caught:
        plain(*odd(), rng=seeded(), draws=500)

    assert caught.value.attempts == 500


def test_plain_draws_at_least_once():
    with pytest.raises(ValueError, match="draw"):
        plain(*odd(), rng=seeded(), draws=0)


def test_plain_is_not_among_the_rules_for_a_real_draw():
    assert set(RULES) - set(PROVEN) == {"plain"}


def test_each_rule_is_best_in_its_own_column_of_the_comparison():
    found = {summary.rule: summary for summary in compare(*council(), rng=seeded())}

    assert list(found) == list(RULES)
    every = found.values()
    assert max(each.smallest for each in every) == pytest.approx(
        found["leximin"].smallest, abs=1e-6
    )
    assert found["maximin"].smallest == pytest.approx(found["leximin"].smallest, abs=1e-6)
    assert max(each.geometric_mean for each in every) == found["nash"].geometric_mean
    assert min(each.goldilocks for each in every) == found["goldilocks"].goldilocks


def test_a_summary_does_not_depend_on_the_other_rules_or_their_order():
    pool, quotas = village()

    one = compare(pool, quotas, rules=["plain", "maximin"], rng=seeded())
    other = compare(pool, quotas, rules=["maximin", "nash", "plain"], rng=seeded())

    assert one[0] == other[2]
    assert one[1] == other[0]


def test_a_summary_is_about_the_people_whom_the_lottery_decides_about():
    traits = [[0], [1], [0], [0], [1], [0]]
    pool = Pool.of(
        traits,
        households=[7, 7, -1, -1, -1, -1],
        fixed=[True, False, False, False, False, False],
        excluded=[False, False, True, False, False, False],
    )

    (summary,) = compare(pool, Quotas.of(2, [[2, 0]], [[2, 0]]), rules=["leximin"], rng=seeded())

    # Of the three that are left, one has a value with no seat.
    assert (summary.people, summary.without) == (3, 1)
    assert (summary.smallest, summary.largest) == pytest.approx((0.5, 0.5))
    assert summary.gini == pytest.approx(0, abs=1e-9)
    assert summary.goldilocks == pytest.approx(2)


def test_gini_is_the_mean_difference_over_twice_the_mean():
    chances = seeded().random(30)
    differences = np.abs(chances[:, None] - chances[None, :]).mean()

    assert gini(chances) == pytest.approx(differences / (2 * chances.mean()))


def test_a_rule_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="fairest"):
        compare(*council(), rules=["leximin", "fairest"], rng=np.random.default_rng(1))
