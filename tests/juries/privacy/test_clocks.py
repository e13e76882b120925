"""How long each kind of data is kept, and how it is said."""

from datetime import date

import pytest
from django.utils import translation

from juries.enums import DataClass
from juries.privacy.clocks import DEFAULTS, clock_of, due_on, kept_until


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def test_every_kind_of_data_has_a_clock():
    assert set(DEFAULTS) == set(DataClass)


@pytest.mark.parametrize(
    ("data_class", "day"),
    [
        (DataClass.SAMPLE, date(2030, 3, 30)),
        (DataClass.NOT_DRAWN, date(2030, 7, 9)),
        (DataClass.NEEDS, date(2030, 5, 22)),
        (DataClass.MEMBERS, date(2032, 5, 7)),
        (DataClass.MESSAGES, date(2030, 8, 6)),
        (DataClass.DRAFTS, None),
    ],
)
def test_the_days_of_a_jury_follow_from_its_timetable(jury, data_class, day):
    assert due_on(jury, data_class) == day


def test_a_jury_may_keep_its_own_time(jury):
    jury.retention = {"needs": 3, "members": "forever"}

    assert due_on(jury, DataClass.NEEDS) == date(2030, 5, 11)
    assert clock_of(jury, DataClass.MEMBERS) == DEFAULTS[DataClass.MEMBERS]


def test_the_time_is_said_in_words_with_its_day(jury):
    assert kept_until(jury, DataClass.NEEDS) == "14 days after the last session: until 22.5.2030"
    assert kept_until(jury, DataClass.DRAFTS) == "7 days after something was last written in it"
