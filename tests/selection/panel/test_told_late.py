"""Whoever is told late has as many days to answer as the others had."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils.timezone import get_current_timezone

from juries.enums import Role
from juries.errors import JuryError
from juries.models import AuditEntry, Message
from juries.post.letters import Press
from selection.models import How, PanelSeat
from selection.panel.deadlines import extend_deadline, to_release
from selection.panel.letters import print_offer
from selection.panel.telling import mark_one_posted, tell
from tests import factories
from tests.selection.panel.offering import give, offered, post, tell_all

DAY = timedelta(days=1)
DRAWN_ON = date(2030, 3, 1)


def on(day):
    """Ten in the morning of that day of March."""
    moment = datetime(2030, 3, day, 10, tzinfo=get_current_timezone())
    return time_machine.travel(moment, tick=False)


def last_days(jury):
    return [seat.answer_by.day for seat in jury.seats.order_by("pk")]


@pytest.fixture
def by(jury):
    return factories.make_member(jury, Role.RECRUITER)


@pytest.fixture
def seats(jury):
    """Four offers of the first of March with a week to answer, of which nobody was told."""
    with on(1):
        found = offered(jury, answer_by=DRAWN_ON + 7 * DAY)
    give([seat.registrant for seat in found], street_address="Kirkkokatu 5", postal_code="99999")
    return found


def tell_on(jury, by, day, count=4):
    with on(day):
        tell_all(jury, "drawn", by, count)


def lose(seat, address):
    """The message of the seat is given up, and the address is put right."""
    Message.objects.filter(registrant=seat.registrant).update(state=Message.State.FAILED)
    give([seat.registrant], email=address)


def test_told_on_the_day_of_the_draw_the_last_day_stays(jury, seats, by):
    tell_on(jury, by, 1)

    assert last_days(jury) == [8] * 4
    assert not AuditEntry.objects.filter(verb="seats.deadlines_extended").exists()


def test_whoever_is_told_again_after_the_last_day_has_a_week_and_is_not_released(jury, seats, by):
    tell_on(jury, by, 1)
    lose(seats[0], "found@again.example")
    with on(9):
        tell_all(jury, "drawn", by, 1)

        assert seats[0] not in to_release(jury)
    assert last_days(jury) == [16, 8, 8, 8]
    assert "16.3.2030" in Message.objects.get(registrant=seats[0].registrant).body
    assert AuditEntry.objects.get(verb="seats.deadlines_extended").facts == {"count": 1}
    with on(17):
        assert seats[0] in to_release(jury)


def test_told_late_time_after_time_nobody_has_more_than_a_week(jury, seats, by):
    for day, address in ((3, "a@b.example"), (9, "c@d.example"), (12, "e@f.example")):
        tell_on(jury, by, day, 4 if day == 3 else 1)
        lose(seats[0], address)

    assert last_days(jury) == [19, 10, 10, 10]


def test_the_same_mailing_again_gives_no_more_time(jury, seats, by):
    mailing = uuid4()
    for day in (2, 5):
        with on(day):
            tell(jury=jury, circle="drawn", mailing=mailing, typed=4, by=by)

    assert last_days(jury) == [9] * 4


def test_a_wrong_number_gives_nobody_more_time(jury, seats, by):
    with pytest.raises(JuryError):
        tell_on(jury, by, 9, count=3)

    assert last_days(jury) == [8] * 4


def test_a_reminder_gives_no_more_time(jury, seats, by):
    tell_on(jury, by, 1)
    with on(7):
        tell_all(jury, "reminder", by, 4)

    assert last_days(jury) == [8] * 4


def test_a_longer_time_is_never_shortened_nor_given_anew(jury, seats, by):
    with on(2):
        extend_deadline(seat=seats[0], until=date(2030, 3, 30), by=by)

    tell_on(jury, by, 9)

    assert last_days(jury) == [30, 16, 16, 16]


def test_whoever_was_asked_for_a_single_day_has_a_single_day(jury, seats, by):
    jury.seats.filter(pk=seats[0].pk).update(answer_by=DRAWN_ON)

    tell_on(jury, by, 2)

    assert last_days(jury) == [2, 9, 9, 9]


def test_letters_posted_late_give_a_week_once(jury, seats, by):
    give([seat.registrant for seat in seats[:2]], email="")
    with on(9):
        post(jury, "drawn", by)
        mark_one_posted(seat=seats[2], by=by)

    assert last_days(jury) == [16, 16, 16, 8]
    with on(12):
        mark_one_posted(seat=seats[2], by=by)
    assert last_days(jury) == [16, 16, 16, 8]


@pytest.mark.parametrize(("how", "day"), [("", "16.3.2030"), (How.LETTER, "8.3.2030")])
def test_a_letter_printed_late_names_the_day_that_holds_once_it_is_posted(
    jury, seats, by, monkeypatch, how, day
):
    PanelSeat.objects.filter(pk=seats[0].pk).update(told_how=how)
    printed = []
    monkeypatch.setattr(Press, "file", lambda _press, letters: printed.extend(letters))
    with on(9):
        print_offer(seat=PanelSeat.objects.get(pk=seats[0].pk), by=by)

    assert printed[0].told["fi"]["answer_by"] == day
    assert last_days(jury) == [8] * 4


def test_what_was_promised_late_is_not_cut_short(jury, seats, by):
    tell_on(jury, by, 9)
    with on(9), pytest.raises(JuryError, match="was promised time until"):
        extend_deadline(seat=seats[0], until=date(2030, 3, 15), by=by)
