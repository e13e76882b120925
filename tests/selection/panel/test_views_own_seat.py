"""The own page: how the seat stands, and the answer given there."""

import pytest
from django.test import Client
from django.utils import timezone

from juries.web import OWN_REGISTRANT
from selection.models import PanelSeat
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
