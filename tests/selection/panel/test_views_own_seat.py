"""The own page: how the seat stands, and the answer given there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from juries.audit import JUROR
from juries.models import Jury
from juries.web import OWN_REGISTRANT
from selection.models import PanelSeat
from selection.panel.offers import code_of
from selection.panel.seats import accept_seat, drop_out
from selection.room import own_cards
from tests.selection.conftest import text

State = PanelSeat.State


def own(seat):
    client = Client()
    session = client.session
    session[OWN_REGISTRANT] = seat.registrant_id
    session.save()
    return client


@pytest.mark.parametrize(
    ("state", "card", "page", "buttons"),
    [
        (State.OFFERED, "A seat for you", "Do you take your seat?", ["accept", "decline"]),
        (State.CONFIRMED, "Your seat", "You sit on the panel. Welcome!", ["decline"]),
        (State.DECLINED, "Your seat", "You declined your seat.", ["accept"]),
        (State.LAPSED, "Your seat", "The time to answer the offer of a seat is over.", ["accept"]),
        (State.LEFT, "Your seat", "You gave your seat back.", ["accept"]),
    ],
)
def test_the_own_page_says_how_the_seat_stands(seat, state, card, page, buttons):
    answered = None if state == State.OFFERED else timezone.now()
    PanelSeat.objects.filter(pk=seat.pk).update(state=state, answered_at=answered)

    found = own_cards(seat.registrant)[0]
    shown = text(own(seat).get("/en/own/seat/"))

    assert found.title == card
    assert page in shown
    assert [one for one in ("accept", "decline") if f'value="{one}"' in shown] == buttons


def test_the_own_page_answers_as_the_coded_one_does(seat):
    client = own(seat)

    for answer, state in (
        ("accept", State.CONFIRMED),
        ("decline", State.LEFT),
        ("accept", State.CONFIRMED),
    ):
        client.post("/en/own/seat/", {"answer": answer})
        assert PanelSeat.objects.get(pk=seat.pk).state == state


def test_after_the_last_meeting_no_seat_is_given_back(seat):
    accept_seat(seat=seat, by=JUROR)
    client = own(seat)

    met_last(seat.jury, timezone.localdate())
    assert 'value="decline"' in text(client.get("/en/own/seat/"))
    met_last(seat.jury, timezone.localdate() - timedelta(days=1))
    shown = text(client.get("/en/own/seat/"))
    assert "The jury has met for the last time. Thank you" in shown
    assert 'value="decline"' not in shown
    refused = text(client.post("/en/own/seat/", {"answer": "decline"}, follow=True))

    assert "the seat stays yours" in refused
    coded = text(Client().get(reverse("selection:offer", args=[code_of(seat)])))
    assert "You can change your answer here" not in coded
    assert PanelSeat.objects.get(pk=seat.pk).state == State.CONFIRMED


def test_the_desk_can_still_write_down_that_somebody_had_left(seat, organiser):
    accept_seat(seat=seat, by=JUROR)
    met_last(seat.jury, timezone.localdate() - timedelta(days=1))

    drop_out(seat=seat, on_the_day=False, by=organiser)

    assert PanelSeat.objects.get(pk=seat.pk).state == State.LEFT


def met_last(jury, day):
    Jury.objects.filter(pk=jury.pk).update(last_session_on=day)
