"""Canonical bytes: the same for the same meaning, whatever the order and the spelling."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.protocol.encoding import canonical, line, moment, tagged
from selection.protocol.words import hex_groups, spoken_words, words


def test_keys_are_sorted_and_accents_are_one_letter():
    assert canonical({"b": 1, "a": "a\u0308"}) == '{"a":"ä","b":1}'.encode()
    assert line([True, None, "x"]) == b'[true,null,"x"]\n'


@pytest.mark.parametrize("value", [0.5, {1: "a"}, b"x", {"a": object()}, [float("nan")]])
def test_nothing_else_gets_into_a_record(value):
    with pytest.raises(TypeError):
        canonical(value)


def test_the_tag_is_part_of_the_hash_and_ends_with_a_zero_byte():
    assert tagged("a", b"b") != tagged("ab")
    assert tagged("a", b"b", b"c") == tagged("a", b"bc")


def test_moments_are_in_utc_whatever_the_clock_says():
    helsinki = timezone(timedelta(hours=2))
    assert moment(datetime(2027, 2, 1, 12, tzinfo=helsinki)) == "2027-02-01T10:00:00Z"
    assert moment(datetime(2027, 2, 1, 10, 0, 0, 999999, tzinfo=UTC)) == "2027-02-01T10:00:00Z"


def test_there_are_2048_different_words_that_can_be_said_aloud():
    assert len(set(words())) == len(words()) == 2048
    assert all(len(word) == 4 and word[1] in "aeiou" and word[3] in "aeiou" for word in words())


@given(st.integers(0, 2**256 - 1))
def test_six_words_say_the_first_66_bits(number):
    digest = f"{number:064x}"

    spoken = spoken_words(digest)

    places = [words().index(word) for word in spoken]
    assert sum(place << 11 * (5 - turn) for turn, place in enumerate(places)) == number >> 190
    assert hex_groups(digest).replace(" ", "") == digest[:16]
