from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juries.targets.apportionment import banded, whole_seats

populations = st.lists(st.integers(0, 700_000), min_size=1, max_size=12).filter(sum)


@pytest.mark.parametrize(
    ("population", "seats"),
    [
        pytest.param([5180, 6240, 6480, 7010, 4690], [5, 6, 7, 7, 5], id="age"),
        pytest.param([14515, 15085], [15, 15], id="gender"),
        pytest.param([22718, 4780, 2102], [23, 5, 2], id="language"),
        pytest.param([12340, 6920, 4110, 3560, 2670], [12, 7, 4, 4, 3], id="area"),
        pytest.param([6480, 14090, 9030], [7, 14, 9], id="education"),
    ],
)
def test_thirty_seats_of_kaarnalahti_are_shared_by_largest_remainder(population, seats):
    assert whole_seats(population, 30) == seats


def test_of_equal_remainders_the_larger_group_gets_the_seat_then_the_earlier():
    assert whole_seats([5, 15], 2) == [0, 2]
    assert whole_seats([10, 10], 3) == [2, 1]


def test_a_group_without_people_gets_no_seat():
    assert whole_seats([7, 0, 3], 10) == [7, 0, 3]


def test_a_population_of_nobody_is_refused():
    with pytest.raises(ValueError, match="people"):
        whole_seats([0, 0], 5)


def test_a_band_stops_at_no_seat_and_at_the_whole_panel():
    assert banded([0, 3, 7], 2) == [(0, 2), (1, 5), (5, 9)]
    assert banded([0, 4], 9) == [(0, 4), (0, 4)]


@given(populations, st.integers(0, 1000))
def test_seats_add_up_and_each_is_within_one_of_its_share(population, size):
    seats = whole_seats(population, size)

    assert sum(seats) == size
    for people, seat in zip(population, seats, strict=True):
        assert abs(seat * sum(population) - people * size) < sum(population)


@given(populations, st.integers(0, 1000))
def test_a_larger_group_never_has_fewer_seats(population, size):
    seats = sorted(zip(population, whole_seats(population, size), strict=True))

    assert all(
        less <= more for (smaller, less), (larger, more) in pairwise(seats) if smaller < larger
    )


@given(populations, st.integers(0, 1000), st.integers(0, 50))
def test_a_band_always_leaves_a_panel_possible(population, size, band):
    seats = whole_seats(population, size)

    bands = banded(seats, band)

    assert all(
        0 <= low <= seat <= high <= size for (low, high), seat in zip(bands, seats, strict=True)
    )
    assert sum(low for low, _ in bands) <= size <= sum(high for _, high in bands)
