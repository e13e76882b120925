"""A draw that is broken off says nothing more to anybody, and who knows of a seat is counted."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from juries.audit import JUROR
from juries.models import AuditEntry, Message
from juries.post.standing import send_again
from selection.draw.ending import break_off
from selection.draw.recalling import know_of_a_seat
from selection.models import How, PanelSeat
from selection.panel.seats import accept_seat
from selection.panel.telling import mark_told
from tests.selection.conftest import address, text
from tests.selection.panel.offering import send_all, tell_all


@pytest.fixture
def panel(drawn):
    return drawn.draw.jury


def stop(jury, by):
    break_off(draw=jury.draws.get(), code="mistake", reason="A ball fell.", by=by)


def put(jury, registrant, **facts):
    return Message.objects.create(
        jury=jury,
        registrant=registrant,
        key=str(uuid4()),
        due_at=timezone.now(),
        language="fi",
        to="a@b.example",
        **facts,
    )


def test_what_waits_to_tell_of_the_draw_does_not_go(panel, organiser):
    tell_all(panel, "drawn", organiser, 4)
    tell_all(panel, "not-drawn", organiser, 8)
    accept_seat(seat=panel.seats.first(), by=JUROR)
    put(panel, panel.seats.first().registrant, wording="mail_offer_reminder", attempts=3)

    stop(panel, organiser)

    assert send_all() == 0
    assert mail.outbox == []
    assert AuditEntry.objects.get(verb="draw.broken_off").facts["held_back"] == 14


def test_what_was_given_up_is_not_sent_again_afterwards(panel, organiser):
    put(panel, panel.seats.first().registrant, wording="mail_offer", state="failed")

    stop(panel, organiser)

    assert send_again(jury=panel, by=organiser) == 0


def test_other_messages_and_what_has_gone_stay(panel, organiser):
    person = panel.seats.first().registrant
    stay = [
        put(panel, person, wording="mail_receipt"),
        put(panel, person, wording="mail_offer", state="sent"),
        put(panel, None, wording="mail_offer"),
    ]

    stop(panel, organiser)

    assert set(Message.objects.all()) == set(stay)


def test_whoever_knows_of_a_seat_is_counted_on_the_page_before(panel, organiser, desk):
    sent, waiting, by_post, silent = panel.seats.order_by("pk")
    mark_told(panel, "mail_offer", {sent.registrant_id, waiting.registrant_id}, How.EMAIL)
    put(panel, sent.registrant, wording="mail_offer", state="sent")
    put(panel, waiting.registrant, wording="mail_offer")
    mark_told(panel, "mail_offer", {by_post.registrant_id}, How.LETTER)
    before = silent.offered_at - timedelta(days=1)
    put(panel, sent.registrant, wording="mail_offer", state="failed", made_at=before)
    assert know_of_a_seat(panel) == 2

    accept_seat(seat=silent, by=JUROR)

    page = " ".join(text(desk.get(address(panel, "draw/break-off"))).split())
    assert "3 people know already that a seat was drawn for them." in page


def test_where_nobody_knows_nobody_has_to_be_told(panel, desk):
    tell_all(panel, "drawn", panel.draws.get().frozen_by, 4)

    assert "know already" not in text(desk.get(address(panel, "draw/break-off")))
    assert PanelSeat.objects.filter(told_how=How.EMAIL).count() == 4
