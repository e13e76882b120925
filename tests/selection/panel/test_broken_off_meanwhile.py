"""Whoever answers a seat while the draw is broken off hears that it is no more, and no error."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from juries.audit import JUROR
from juries.errors import JuryError
from juries.models import AuditEntry, Message
from juries.web import OWN_REGISTRANT
from selection.lottery import own
from selection.models import PanelSeat
from selection.panel import offers
from selection.panel.calling import note_call
from selection.panel.deadlines import extend_deadline, release_seat
from selection.panel.offers import code_of
from selection.panel.seats import accept_seat, decline_seat, drop_out
from selection.panel.telling import mark_one_posted
from selection.views.panel import calls
from selection.views.panel import offer as offer_views
from selection.views.panel import seat as seat_views
from tests.selection.conftest import address, text

GONE = "this seat is no more"

VERBS = {
    "accept": lambda seat, by: accept_seat(seat=seat, by=JUROR),
    "decline": lambda seat, by: decline_seat(seat=seat, by=JUROR),
    "drop out": lambda seat, by: drop_out(seat=seat, on_the_day=False, by=by),
    "extend": lambda seat, by: extend_deadline(
        seat=seat, until=timezone.localdate() + timedelta(days=20), by=by
    ),
    "release": lambda seat, by: release_seat(seat=seat, by=by),
    "post": lambda seat, by: mark_one_posted(seat=seat, by=by),
    "call": lambda seat, by: note_call(seat=seat, outcome="accepted", submission=uuid4(), by=by),
}


@pytest.fixture
def gone_after(monkeypatch):
    """The seat goes between being found by a view and the deed."""

    def patch(module, name):
        found = getattr(module, name)

        def find(*args, **kwargs):
            seat = found(*args, **kwargs)
            PanelSeat.objects.filter(pk=seat.pk if seat else None).delete()
            return seat

        monkeypatch.setattr(module, name, find)

    return patch


@pytest.mark.parametrize("verb", VERBS)
def test_a_seat_that_is_gone_is_refused_in_words_and_nothing_is_written(panel, organiser, verb):
    seat = panel.seats.first()
    panel.seats.filter(pk=seat.pk).delete()
    before = AuditEntry.objects.count()

    with pytest.raises(JuryError, match=GONE):
        VERBS[verb](seat, organiser)

    assert AuditEntry.objects.count() == before
    assert not Message.objects.exists()


@pytest.mark.parametrize("answer", ["accept", "decline", "release", "posted"])
@pytest.mark.parametrize("back", ["", "seat"])
def test_the_desk_reads_that_the_seat_is_no_more(panel, desk, gone_after, answer, back):
    page = address(panel, f"panel/{panel.seats.first().pk}")
    gone_after(seat_views, "seat_or_404")

    answered = desk.post(page, {"answer": answer, "back": back}, follow=True)

    assert answered.status_code == 200
    assert GONE in text(answered)


@pytest.mark.parametrize(
    ("deed", "facts"), [("drop-out", {}), ("deadline", {"until": "2030-01-01"})]
)
def test_the_forms_of_a_seat_say_so_too(panel, desk, gone_after, deed, facts):
    page = address(panel, f"panel/{panel.seats.first().pk}/{deed}")
    gone_after(seat_views, "seat_or_404")

    answered = desk.post(page, facts, follow=True)

    assert answered.status_code == 200
    assert GONE in text(answered)


def test_the_call_desk_says_so_too(panel, desk, gone_after):
    page = address(panel, f"panel/calls/{panel.seats.first().pk}")
    gone_after(calls, "seat_or_404")

    answered = desk.post(page, {"outcome": "accepted", "submission": str(uuid4())})

    assert answered.status_code == 200
    assert GONE in text(answered)


def test_the_person_reads_so_on_the_page_of_the_offer(panel, client, gone_after):
    page = offers.address_of_offer(code_of(panel.seats.first()), "en")
    gone_after(offer_views, "seat_of")

    answered = client.post(page, {"answer": "accept"})

    assert answered.status_code == 200
    assert GONE in text(answered)


def test_the_person_reads_so_on_the_own_pages(panel, client, gone_after):
    session = client.session
    session[OWN_REGISTRANT] = panel.seats.first().registrant_id
    session.save()
    gone_after(own, "own_seat")

    answered = client.post("/en/own/seat/", {"answer": "accept"}, follow=True)

    assert answered.status_code == 200
    assert GONE in text(answered)
