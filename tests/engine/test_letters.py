"""How many letters: against sums done by hand, every panel, and fresh simulations."""

import numpy as np
import pytest
from scipy.stats import binom, triang

from selection.engine import NoFeasiblePanel, Pool, Quotas
from selection.engine.inviting.letters import forecast, letters_needed
from selection.engine.inviting.shortage import Shortage
from selection.engine.inviting.strata import Cells, Stratum, cells_of
from tests.engine import brute


def seeded(seed: int = 5) -> np.random.Generator:
    return np.random.default_rng(seed)


def two_areas(people: int = 10_000) -> tuple[tuple[Stratum, ...], Quotas]:
    """Five seats for each of two areas; in the second, half as many answer."""
    strata = (
        Stratum.of(people, (0.04, 0.04, 0.04), ([1, 0],)),
        Stratum.of(people, (0.02, 0.02, 0.02), ([0, 1],)),
    )
    return strata, Quotas.of(10, [[5, 5]], [[5, 5]])


def test_the_chance_of_a_panel_is_what_the_binomial_says():
    strata, quotas = two_areas()

    found = forecast(strata, quotas, [200, 400], rng=seeded(), campaigns=4000)

    exact = binom.sf(4, 200, 0.04) * binom.sf(4, 400, 0.02)
    assert found.probability == pytest.approx(exact, abs=4 * found.error)
    assert found.error == pytest.approx(np.sqrt(exact * (1 - exact) / 4000), rel=0.1)
    assert found.registrants == pytest.approx([8, 8], abs=0.3)
    assert found.total[0] < found.total[1] == pytest.approx(16, abs=1)


def test_letters_suffice_and_fewer_would_not():
    strata, quotas = two_areas()

    found = letters_needed(strata, quotas, rng=seeded())

    first, second = found.letters.tolist()
    assert binom.sf(4, first, 0.04) * binom.sf(4, second, 0.02) > 0.94
    assert 1.6 < second / first < 2.4, "the quiet area gets about twice as many"
    fewest = min(
        one + two
        for one in range(150, 500, 5)
        for two in range(300, 900, 5)
        if binom.sf(4, one, 0.04) * binom.sf(4, two, 0.02) >= 0.95
    )
    assert found.letters.sum() < 1.1 * fewest


def test_without_criteria_letters_fill_the_seats():
    stratum = Stratum.of(1000, (0.1, 0.1, 0.1), ())

    found = letters_needed([stratum], Quotas.of(5, [], []), rng=seeded())

    assert binom.sf(4, int(found.letters[0]), 0.1) == pytest.approx(0.95, abs=0.03)


def test_a_forecast_needs_a_campaign_and_a_probability():
    strata, quotas = two_areas()

    for wrong in ({"campaigns": 0}, {"together": 1.5}):
        with pytest.raises(ValueError, match="probability"):
            forecast(strata, quotas, [1, 1], rng=seeded(), **wrong)


def test_a_wide_band_needs_more_letters_than_a_narrow_one():
    quotas = Quotas.of(6, [[3, 3]], [[3, 3]])

    def needed(band):
        strata = [Stratum.of(9000, band, (share,)) for share in ([1, 0], [0, 1])]
        return letters_needed(strata, quotas, rng=seeded(), campaigns=150).letters.sum()

    assert needed((0.005, 0.03, 0.055)) > 1.2 * needed((0.03, 0.03, 0.03))


def test_what_the_register_does_not_know_is_drawn_by_its_shares():
    strata = [Stratum.of(5000, (0.05, 0.05, 0.05), ([1], [0.1, 0.9]))]
    quotas = Quotas.of(4, [[4], [2, 0]], [[4], [4, 4]])

    found = forecast(strata, quotas, [400], rng=seeded(), campaigns=3000)

    assert found.probability == pytest.approx(binom.sf(1, 400, 0.005), abs=4 * found.error + 0.01)


def test_more_letters_than_people_are_never_sent():
    strata, quotas = two_areas(people=120)

    found = letters_needed(strata, quotas, rng=seeded(), campaigns=100)

    assert found.letters.tolist() == [120, 120]
    assert found.probability < 0.2


def test_quotas_that_nobody_could_meet_are_told_as_a_conflict():
    strata = [Stratum.of(100, (0.1, 0.2, 0.3), ([1, 0],))]

    with pytest.raises(NoFeasiblePanel) as raised:
        letters_needed(strata, Quotas.of(2, [[1, 1]], [[2, 1]]), rng=seeded())

    (bound,) = raised.value.conflict.bounds
    assert (bound.criterion, bound.value, bound.available) == (0, 1, 0)


def test_a_shortage_is_one_where_brute_force_finds_no_panel():
    short = fine = 0
    for seed in range(150):
        rng = seeded(seed)
        traits = np.array([[a, b] for a in range(2) for b in range(3)], dtype=np.int32)
        counts = rng.integers(0, 3, 6)
        ideal = rng.permutation(np.repeat(np.arange(6), 2))[:4]
        bounds = [
            np.bincount(traits[ideal, column], minlength=kinds)
            for column, kinds in ((0, 2), (1, 3))
        ]
        low = [np.maximum(each - rng.integers(0, 2, len(each)), 0) for each in bounds]
        quotas = Quotas.of(4, low, bounds)
        shortage = Shortage(Cells(traits, np.zeros((1, 6))), quotas)

        missing, gain = shortage.missing(counts)

        pool = Pool.of(np.repeat(traits, counts, axis=0))
        assert missing == (not brute.panels(pool, quotas)), seed
        assert (gain >= -1e-9).all()
        assert missing or shortage.plain(counts[None, :])[0]
        short, fine = short + missing, fine + (not missing)
    assert min(short, fine) >= 20


def test_a_half_panel_is_a_shortage():
    """Three people who pairwise share a mark: two halves, never two whole."""
    marks = np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1]], dtype=np.int32)
    quotas = Quotas.of(2, [[0, 0]] * 3, [[2, 1]] * 3)
    shortage = Shortage(Cells(marks, np.zeros((1, 3))), quotas)

    assert shortage.missing(np.array([1, 1, 1]))[0]
    assert shortage.plain(np.array([[1, 1, 1]]))[0], "criterion by criterion nothing is missing"


def test_rates_are_triangular_over_the_band():
    stratum = Stratum.of(10, (0.02, 0.03, 0.08), ([1],))
    places = np.linspace(0, 1, 21)

    assert stratum.rate(places) == pytest.approx(triang.ppf(places, 1 / 6, loc=0.02, scale=0.06))
    assert stratum.mean == pytest.approx(triang.mean(1 / 6, loc=0.02, scale=0.06))


def test_cells_are_the_combinations_that_can_come():
    strata = (
        Stratum.of(5, (0, 0, 1), ([1, 0], [3, 1])),
        Stratum.of(5, (0, 0, 1), ([0, 1], [0, 2])),
    )
    cells = cells_of(strata, Quotas.of(1, [[0, 0], [0, 0]], [[1, 1], [1, 1]]))

    assert cells.traits.tolist() == [[0, 0], [0, 1], [1, 1]]
    assert cells.shares.tolist() == [[0.75, 0.25, 0], [0, 0, 1]]


def test_the_same_seed_gives_the_same_letters():
    strata, quotas = two_areas()

    one, two = (letters_needed(strata, quotas, rng=seeded(3), campaigns=100) for _ in range(2))

    assert one.letters.tolist() == two.letters.tolist()
    assert one.probability == two.probability


@pytest.mark.parametrize(
    ("people", "rate", "shares"),
    [
        (-1, (0.1, 0.1, 0.1), ([1],)),
        (5, (0.2, 0.1, 0.3), ([1],)),
        (5, (0.1, 0.2, 1.3), ([1],)),
        (5, (0.1, 0.1, 0.1), ([0],)),
        (5, (0.1, 0.1, 0.1), ([2, -1],)),
        (5, (0.1, 0.1, 0.1), ([1, np.nan],)),
    ],
)
def test_strata_that_make_no_sense_are_refused(people, rate, shares):
    with pytest.raises(ValueError, match="stratum|rates|shares"):
        Stratum.of(people, rate, shares)


@pytest.mark.parametrize("letters", [[1], [1, -1], [1, 10_001]])
def test_a_forecast_needs_letters_that_can_be_sent(letters):
    strata, quotas = two_areas()

    with pytest.raises(ValueError, match="letter"):
        forecast(strata, quotas, letters, rng=seeded())
