"""What people were told about their seat holds: until when it is theirs, and that they heard."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from juries.enums import Role
from juries.errors import JuryError
from juries.models import AuditEntry, Message
from juries.pool.calls import log_call
from selection.models import How
from selection.panel.deadlines import extend_deadline, release_overdue, release_seat, to_release
from selection.panel.telling import mark_one_posted, tell
from tests import factories
from tests.selection.conftest import address
from tests.selection.panel.offering import offered

DAY = timedelta(days=1)


@pytest.fixture
def by(jury):
    return factories.make_member(jury, Role.RECRUITER)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def seats(jury, today):
    """Four offers to be answered in a week, as the house gives them."""
    return offered(jury, answer_by=today + jury.answer_days * DAY, told_at=timezone.now())


@pytest.mark.parametrize("days", [0, 3, 6])
def test_nobody_gets_less_time_than_was_promised(seats, by, today, days):
    with pytest.raises(JuryError, match="was promised time until"):
        extend_deadline(seat=seats[0], until=today + days * DAY, by=by)

    seats[0].refresh_from_db()
    assert seats[0].answer_by == today + 7 * DAY
    assert not AuditEntry.objects.filter(verb="seat.deadline_extended").exists()


def test_a_day_mistyped_can_be_put_right_but_for_what_was_promised(seats, by, today):
    for days in (50, 10, 7):
        extend_deadline(seat=seats[0], until=today + days * DAY, by=by)

    seats[0].refresh_from_db()
    assert seats[0].answer_by == today + 7 * DAY


def test_whoever_is_asked_on_the_day_itself_was_promised_that_day(jury, seats, by, today):
    jury.seats.update(answer_by=today)

    extend_deadline(seat=seats[0], until=today + DAY, by=by)

    seats[0].refresh_from_db()
    assert seats[0].answer_by == today + DAY


def test_the_form_says_which_day_was_promised(jury, seats, sign_in_as, today):
    page = address(jury, f"panel/{seats[0].pk}/deadline")

    answer = sign_in_as(Role.RECRUITER, jury).post(page, {"until": today.isoformat()})

    assert "was promised time until" in str(answer.context["form"].errors["until"])


@pytest.fixture
def unheard(jury, drawn, organiser, today):
    """A panel of whom nobody got the message, and whose last day is over."""
    tell(jury=jury, circle="drawn", mailing=uuid4(), typed=4, by=organiser)
    Message.objects.update(state=Message.State.FAILED)
    jury.seats.update(answer_by=today - DAY)
    return list(jury.seats.all())


def test_whom_no_message_reached_keeps_the_seat(jury, unheard, organiser):
    assert not to_release(jury).exists()
    assert release_overdue(jury=jury, by=organiser) == 0
    with pytest.raises(JuryError, match="told of it"):
        release_seat(seat=unheard[0], by=organiser)

    assert jury.seats.held().count() == 4


def test_whom_no_message_reached_is_called_or_gets_a_letter(jury, unheard, organiser):
    called, posted, *_others = unheard
    log_call(jury=jury, outcome="no_answer", by=organiser, registrant=called.registrant)
    mark_one_posted(seat=posted, by=organiser)

    assert set(to_release(jury)) == {called, posted}


def test_told_again_by_the_same_button_a_letter_stays_a_letter(jury, drawn, organiser):
    mailing = uuid4()
    tell(jury=jury, circle="drawn", mailing=mailing, typed=4, by=organiser)
    seat = jury.seats.all()[0]
    mark_one_posted(seat=seat, by=organiser)
    seat.refresh_from_db()
    posted_at = seat.told_at

    tell(jury=jury, circle="drawn", mailing=mailing, typed=4, by=organiser)

    seat.refresh_from_db()
    assert (seat.told_how, seat.told_at) == (How.LETTER, posted_at)


def test_reminded_again_by_the_same_button_the_moment_stays(jury, seats, by):
    mailing = uuid4()
    jury.stage = "panel"
    jury.save()
    tell(jury=jury, circle="reminder", mailing=mailing, typed=4, by=by)
    moments = list(jury.seats.values_list("reminded_at", flat=True))

    tell(jury=jury, circle="reminder", mailing=mailing, typed=4, by=by)

    assert None not in moments
    assert list(jury.seats.values_list("reminded_at", flat=True)) == moments
