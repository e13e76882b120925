import itertools

import pytest

from juries.figures.suppression import SMALLEST_SHOWN, suppress


def test_counts_of_five_or_more_and_of_nobody_are_shown():
    assert suppress([5, 0, 12]) == [5, 0, 12]


def test_one_small_count_takes_the_next_smallest_with_it():
    assert suppress([3, 20, 7]) == [None, 20, None]


def test_two_small_counts_cover_each_other():
    assert suppress([3, 2, 20]) == [None, None, 20]


def test_ones_alone_are_told_by_their_total_so_another_count_covers_them():
    assert suppress([1, 1, 9, 30]) == [None, None, None, 30]


def test_where_only_nobody_is_left_to_cover_nobody_covers():
    assert suppress([3, 0]) == [None, None]


def test_nothing_to_show_is_nothing():
    assert suppress([]) == []
    assert suppress([2]) == [None]


@pytest.mark.parametrize("size", [2, 3])
def test_no_hidden_count_follows_from_the_total_and_what_is_shown(size):
    for counts in itertools.product(range(9), repeat=size):
        shown = suppress(counts)

        alike = {
            other
            for other in itertools.product(range(sum(counts) + 1), repeat=size)
            if sum(other) == sum(counts) and suppress(other) == shown
        }
        for place, count in enumerate(shown):
            if count is None and sum(counts) > 0 and len(set(counts)) > 1:
                assert len({other[place] for other in alike}) > 1, (counts, shown)
            if count is not None:
                assert count == 0 or count >= SMALLEST_SHOWN
