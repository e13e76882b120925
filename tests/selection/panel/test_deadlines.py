"""The last day to answer is a day in Helsinki, and nothing lapses by itself."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from juries.audit import JUROR
from juries.enums import Role
from juries.errors import JuryError
from juries.models import AuditEntry
from juries.pool.calls import log_call
from selection.models import PanelSeat
from selection.panel.deadlines import (
    extend_deadline,
    overdue,
    release_overdue,
    release_seat,
    to_release,
    unanswered,
)
from selection.panel.seats import accept_seat, decline_seat
from tests import factories
from tests.selection.panel.offering import offered

State = PanelSeat.State
THE_DAY_CLOCKS_GO_FORWARD = date(2030, 3, 31)
TOLD = datetime(2030, 3, 20, 10, tzinfo=UTC)
AFTER = datetime(2030, 4, 2, 10, tzinfo=UTC)


@pytest.fixture
def by(jury):
    return factories.make_member(jury, Role.RECRUITER)


@pytest.fixture
def seats(jury):
    """Four offers to be answered on the last Sunday of March."""
    with time_machine.travel(TOLD, tick=False):
        return offered(jury, answer_by=THE_DAY_CLOCKS_GO_FORWARD, told_at=TOLD)


@pytest.mark.parametrize(
    ("last_day", "moment", "late"),
    [
        (date(2030, 3, 30), datetime(2030, 3, 30, 21, 59, 59, tzinfo=UTC), False),
        (date(2030, 3, 30), datetime(2030, 3, 30, 22, 0, 0, tzinfo=UTC), True),
        (date(2030, 3, 31), datetime(2030, 3, 31, 20, 59, 59, tzinfo=UTC), False),
        (date(2030, 3, 31), datetime(2030, 3, 31, 21, 0, 0, tzinfo=UTC), True),
        (date(2030, 10, 27), datetime(2030, 10, 27, 21, 59, 59, tzinfo=UTC), False),
        (date(2030, 10, 27), datetime(2030, 10, 27, 22, 0, 0, tzinfo=UTC), True),
    ],
)
def test_an_offer_is_overdue_from_midnight_in_helsinki_whatever_the_clocks_do(
    jury, seats, last_day, moment, late
):
    jury.seats.update(answer_by=last_day)

    with time_machine.travel(moment, tick=False):
        assert overdue(jury).exists() == late


def test_nothing_lapses_by_itself_and_a_late_answer_counts(jury, seats):
    with time_machine.travel(AFTER, tick=False):
        accept_seat(seat=seats[0], by=JUROR)
        decline_seat(seat=seats[1], by=JUROR)

        assert unanswered(jury).count() == overdue(jury).count() == 2
    assert seats[0].state == State.CONFIRMED


def test_an_overdue_seat_is_released_and_can_be_given_to_others(jury, seats, by):
    with time_machine.travel(AFTER, tick=False):
        release_seat(seat=seats[0], by=by)

    seats[0].refresh_from_db()
    assert seats[0].state == State.LAPSED
    assert jury.seats.held().count() == 3
    assert AuditEntry.objects.get(verb="seat.lapsed").facts == {"seat": seats[0].pk}


def test_before_its_last_day_is_over_no_seat_is_released(jury, seats, by):
    with time_machine.travel(TOLD + timedelta(days=11), tick=False):
        with pytest.raises(JuryError, match="last day is over"):
            release_seat(seat=seats[0], by=by)
        assert release_overdue(jury=jury, by=by) == 0

    assert jury.seats.held().count() == 4


def test_whoever_was_neither_told_nor_called_keeps_the_seat(jury, seats, by):
    untold, called, told, answered = seats
    jury.seats.filter(pk__in=[untold.pk, called.pk]).update(told_at=None, told_how="")
    accept_seat(seat=answered, by=JUROR)
    with time_machine.travel(AFTER, tick=False):
        log_call(jury=jury, outcome="no_answer", by=by, registrant=called.registrant)

        assert set(to_release(jury)) == {called, told}
        with pytest.raises(JuryError, match="told of it"):
            release_seat(seat=untold, by=by)
        assert [release_overdue(jury=jury, by=by) for _click in range(3)] == [2, 0, 0]

    assert set(jury.seats.held()) == {untold, answered}


def test_a_call_before_the_offer_does_not_count(jury, seats, by):
    jury.seats.update(told_at=None)
    with time_machine.travel(TOLD - timedelta(days=3), tick=False):
        log_call(jury=jury, outcome="answered", by=by, registrant=seats[0].registrant)

    with time_machine.travel(AFTER, tick=False):
        assert not to_release(jury).exists()


def test_one_person_can_be_given_more_time(jury, seats, by):
    with time_machine.travel(AFTER, tick=False):
        extend_deadline(seat=seats[0], until=date(2030, 4, 5), by=by)

        assert set(overdue(jury)) == set(seats[1:])
    assert AuditEntry.objects.get(verb="seat.deadline_extended").facts == {
        "seat": seats[0].pk,
        "due_on": "2030-04-05",
    }


@pytest.mark.parametrize("until", [date(2030, 4, 1), date(2030, 6, 2), date(9999, 12, 31)])
def test_more_time_lies_ahead_and_is_not_endless(seats, by, until):
    with (
        time_machine.travel(AFTER, tick=False),
        pytest.raises(JuryError, match="at most 60 days"),
    ):
        extend_deadline(seat=seats[0], until=until, by=by)


def test_an_answered_offer_has_no_last_day_to_move(seats, by):
    accept_seat(seat=seats[0], by=JUROR)

    with pytest.raises(JuryError, match="answered already"):
        extend_deadline(seat=seats[0], until=date(2030, 4, 5), by=by)
