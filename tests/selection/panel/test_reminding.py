"""Reminders by themselves: two days before, once, however often the task is delivered."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail

from juries.audit import JUROR
from juries.enums import Role
from juries.models import AuditEntry, Jury, Message
from juries.post import outbox
from selection import tasks
from selection.panel.deadlines import extend_deadline
from selection.panel.offers import address_of_offer, code_of
from selection.panel.reminding import remind_everywhere
from selection.panel.seats import accept_seat, decline_seat
from tests import factories
from tests.selection.panel.offering import give, offered, tell_all

TOLD = datetime(2030, 3, 20, 10, tzinfo=UTC)
LAST_DAY = date(2030, 3, 31)
"""A Sunday of 23 hours."""


@pytest.fixture
def by(jury):
    return factories.make_member(jury, Role.RECRUITER)


@pytest.fixture
def seats(jury):
    with time_machine.travel(TOLD, tick=False):
        return offered(jury, answer_by=LAST_DAY, told_at=TOLD)


def at_nine(day):
    """The moment at which the task runs that day, in Helsinki."""
    hours = 6 if day >= date(2030, 3, 31) else 7
    moment = datetime(day.year, day.month, day.day, hours, tzinfo=UTC)
    return time_machine.travel(moment, tick=False)


def reminded_on(day):
    with at_nine(day):
        count = remind_everywhere(on=day)
        outbox.send_due()
        return count


def test_two_days_before_the_last_day_and_on_no_other(seats):
    days = [date(2030, 3, 21) + timedelta(days=number) for number in range(14)]

    counts = {day: reminded_on(day) for day in days}

    assert {day: count for day, count in counts.items() if count} == {date(2030, 3, 29): 4}


def test_v3_a_task_delivered_three_times_reminds_once(seats):
    with at_nine(date(2030, 3, 29)):
        for _delivery in range(3):
            tasks.remind_who_has_not_answered()
        outbox.send_due()

    assert len(mail.outbox) == 4
    assert AuditEntry.objects.filter(verb="seats.reminded").count() == 1
    assert AuditEntry.objects.get(verb="seats.reminded").facts == {"count": 4}


def test_v3_control_without_the_moment_in_the_row_the_key_still_holds(jury, seats):
    with at_nine(date(2030, 3, 29)):
        for _delivery in range(3):
            remind_everywhere(on=date(2030, 3, 29))
            jury.seats.update(reminded_at=None)

    assert Message.objects.count() == 4


def test_a_day_on_which_the_worker_slept_is_made_up_for_once(seats):
    counts = [reminded_on(date(2030, 3, 30)), reminded_on(date(2030, 3, 31))]

    assert counts == [4, 0]


def test_after_the_last_day_nobody_is_reminded_by_itself(seats):
    assert reminded_on(date(2030, 4, 1)) == 0


def test_the_reminder_speaks_the_language_and_leads_to_the_offer(seats):
    give([seats[0].registrant], language="sv")
    reminded_on(date(2030, 3, 29))

    [swedish] = [one for one in mail.outbox if one.to == [seats[0].registrant.email]]

    assert swedish.subject == "Påminnelse, tar du emot platsen: Närservice 2035"
    assert "Svara senast 31.3.2030:" in swedish.body
    assert address_of_offer(code_of(seats[0]), "sv") in swedish.body
    assert all(seat.registrant.name not in one.body for seat in seats for one in mail.outbox)


def test_whoever_has_answered_was_not_told_or_has_no_address_is_left_alone(jury, seats):
    accepted, declined, untold, without = seats
    accept_seat(seat=accepted, by=JUROR)
    decline_seat(seat=declined, by=JUROR)
    jury.seats.filter(pk=untold.pk).update(told_at=None, told_how="")
    give([without.registrant], email="")

    assert reminded_on(date(2030, 3, 29)) == 0


def test_whom_the_offer_did_not_reach_is_not_reminded(jury, seats):
    Message.objects.create(
        jury=jury,
        registrant=seats[0].registrant,
        key="x",
        wording="mail_offer",
        language="fi",
        state=Message.State.FAILED,
        due_at=TOLD,
        made_at=seats[0].offered_at,
    )

    assert reminded_on(date(2030, 3, 29)) == 3


def test_whoever_is_told_today_is_not_reminded_today(jury, seats):
    with at_nine(date(2030, 3, 30)):
        jury.seats.update(told_at=datetime(2030, 3, 30, 5, tzinfo=UTC))

    assert reminded_on(date(2030, 3, 30)) == 0
    assert reminded_on(date(2030, 3, 31)) == 4


def test_whoever_was_reminded_by_hand_in_these_days_is_not_reminded_again(jury, seats, by):
    with at_nine(date(2030, 3, 29)):
        tell_all(jury, "reminder", by, 4)

    assert reminded_on(date(2030, 3, 29)) == 0
    assert reminded_on(date(2030, 3, 30)) == 0


def test_whoever_was_reminded_by_hand_long_before_is_reminded(jury, seats, by):
    with at_nine(date(2030, 3, 22)):
        tell_all(jury, "reminder", by, 4)

    assert reminded_on(date(2030, 3, 29)) == 4


def test_whoever_has_more_time_is_reminded_by_the_new_day(seats, by):
    assert reminded_on(date(2030, 3, 29)) == 4
    with at_nine(date(2030, 3, 30)):
        extend_deadline(seat=seats[0], until=date(2030, 4, 6), by=by)

    counts = {day: reminded_on(date(2030, 4, day)) for day in range(1, 8)}
    assert counts == {1: 0, 2: 0, 3: 0, 4: 1, 5: 0, 6: 0, 7: 0}


def test_a_removed_jury_reminds_nobody(seats):
    Jury.objects.update(removed_at=TOLD)

    assert reminded_on(date(2030, 3, 29)) == 0


def test_the_worker_runs_it_every_morning(settings):
    entry = settings.CELERY_BEAT_SCHEDULE["remind who has not answered"]

    assert entry["task"] == tasks.remind_who_has_not_answered.name
    assert (entry["schedule"].hour, entry["schedule"].minute) == ({9}, {0})
