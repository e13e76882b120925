"""The sample of an address file."""

import numpy as np
import pytest
from scipy.stats import chisquare

from selection.engine.inviting.sample import TooFewPeople, stratified_sample


def seeded(seed: int = 5) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_each_stratum_gets_its_letters():
    strata = seeded(1).integers(-1, 4, 2000)

    chosen = stratified_sample(strata, [10, 0, 300, 7], rng=seeded())

    assert np.bincount(strata[chosen], minlength=4).tolist() == [10, 0, 300, 7]
    assert (np.diff(chosen) > 0).all()


def test_everybody_of_a_stratum_has_the_same_chance():
    strata = np.array([0] * 10 + [1] * 5)
    rng = seeded()

    seen = sum(
        np.bincount(stratified_sample(strata, [3, 4], rng=rng), minlength=15) for _ in range(1000)
    )

    assert chisquare(seen[:10]).pvalue > 0.001
    assert chisquare(seen[10:]).pvalue > 0.001
    assert seen[:10].sum() == 3000


def test_the_same_seed_gives_the_same_sample_and_another_another():
    strata = np.zeros(500, dtype=int)

    one, two, other = (
        stratified_sample(strata, [50], rng=seeded(seed)).tolist() for seed in (1, 1, 2)
    )

    assert one == two != other


def test_one_letter_goes_to_an_address():
    rng = seeded()
    homes = rng.integers(-1, 300, 900)
    strata = rng.integers(0, 3, 900)

    chosen = stratified_sample(strata, [80, 60, 100], addresses=homes, rng=rng)

    taken = homes[chosen][homes[chosen] >= 0]
    assert len(set(taken.tolist())) == len(taken)
    assert np.bincount(strata[chosen]).tolist() == [80, 60, 100]


def test_the_scarce_stratum_chooses_first():
    """The only person of the second stratum lives with someone of the first, plentiful one."""
    strata = np.array([0] * 30 + [1])
    homes = np.array([7] + [-1] * 29 + [7])

    for seed in range(30):
        chosen = stratified_sample(strata, [20, 1], addresses=homes, rng=seeded(seed))
        assert 30 in chosen
        assert 0 not in chosen


@pytest.mark.parametrize(
    ("letters", "addresses", "told"),
    [([3, 1], None, (0, 3, 2)), ([2, 1], [4, 4, -1], (0, 2, 1)), ([1, 2], None, (1, 2, 1))],
)
def test_too_few_people_are_told_with_numbers(letters, addresses, told):
    with pytest.raises(TooFewPeople) as raised:
        stratified_sample([0, 0, 1], letters, addresses=addresses, rng=seeded())

    error = raised.value
    assert (error.stratum, error.wanted, error.available) == told


def test_no_letters_are_no_sample():
    assert stratified_sample([], [0], rng=seeded()).tolist() == []


@pytest.mark.parametrize(
    ("strata", "letters", "addresses"),
    [([0, 2], [1, 1], None), ([0], [-1], None), ([[0]], [1], None), ([0], [1], [1, 2])],
)
def test_a_stratum_without_letters_is_a_mistake(strata, letters, addresses):
    with pytest.raises(ValueError, match="letters|addresses"):
        stratified_sample(strata, letters, addresses=addresses, rng=seeded())
