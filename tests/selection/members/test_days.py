"""Two sessions on one day are one day for payroll."""

from datetime import UTC, datetime

import pytest

from juries.rooms import days_present_in
from sessions.models import Attendance, JurySession


def present(seat, number, starts_at, state="present"):
    session = JurySession.objects.create(
        jury=seat.jury, number=number, title_fi="Istunto", starts_at=starts_at, place="Kirjasto"
    )
    Attendance.objects.create(session=session, seat=seat, state=state)


@pytest.mark.parametrize(
    ("moments", "days"),
    [
        ([(10, 6), (10, 10)], 1),
        ([(10, 6), (11, 6)], 2),
        ([(10, 18), (10, 21)], 2),
        ([(10, 21), (11, 6)], 1),
    ],
    ids=["twice", "two days", "past midnight in Helsinki", "the same day in Helsinki"],
)
def test_a_day_with_two_sessions_counts_once(jury, seats, moments, days):
    for number, (day, hour) in enumerate(moments, start=1):
        present(seats[0], number, datetime(2030, 4, day, hour, tzinfo=UTC))

    assert days_present_in(jury) == {seats[0].registrant_id: days}


def test_where_one_is_absent_from_one_of_two_the_day_counts(jury, seats):
    present(seats[0], 1, datetime(2030, 4, 10, 6, tzinfo=UTC))
    present(seats[0], 2, datetime(2030, 4, 10, 10, tzinfo=UTC), state="absent")

    assert days_present_in(jury) == {seats[0].registrant_id: 1}
