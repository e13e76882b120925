"""Only a message about the present seat or draw tells that somebody cannot be reached by e-mail."""

from datetime import timedelta

import pytest
from django.utils import timezone

from juries.models import Message
from selection.models import How, Notice
from selection.panel.calling import to_call
from selection.panel.circles import untold
from selection.panel.listing import listed
from selection.panel.telling import mark_told
from tests.selection.conftest import address, text


@pytest.fixture
def panel(drawn):
    jury = drawn.draw.jury
    jury.registrants.update(street_address="Kirkkokatu 5", postal_code="99999")
    return jury


@pytest.fixture
def seat(panel):
    return panel.seats.order_by("pk")[0]


def fail(jury, registrant, wording, made_at):
    Message.objects.create(
        jury=jury,
        registrant=registrant,
        key="x",
        wording=wording,
        language="fi",
        state=Message.State.FAILED,
        due_at=made_at,
        made_at=made_at,
    )


def by_letter(jury, key):
    [found] = [one for one in untold(jury) if one.circle.group.key == key]
    return found.by_letter


def seen(jury, desk, seat):
    """Whether the circle, the list, the call desk and the page of the seat take it for lost."""
    [row] = [row for row in listed(jury, [], named=False) if row.seat == seat]
    [call] = [row for row in to_call(jury) if row.seat == seat]
    page = text(desk.get(address(jury, f"panel/{seat.pk}")))
    return [
        by_letter(jury, "drawn") == 1,
        row.undelivered,
        call.undelivered,
        not call.reachable,
        "the e-mail did not arrive" in page,
    ]


@pytest.mark.parametrize(("before", "lost"), [(timedelta(0), True), (timedelta(1), False)])
def test_an_offer_that_failed_before_the_seat_was_offered_says_nothing(
    panel, desk, seat, before, lost
):
    mark_told(panel, "mail_offer", {seat.registrant_id}, How.EMAIL)
    fail(panel, seat.registrant, "mail_offer", seat.offered_at - before)

    assert seen(panel, desk, seat) == [lost] * 5


@pytest.mark.parametrize(("before", "lost"), [(timedelta(0), 1), (timedelta(1), 0)])
def test_a_notice_that_failed_in_an_earlier_draw_says_nothing(panel, before, lost):
    person = panel.registrants.filter(seat=None).first()
    draw = panel.draws.get()
    Notice.objects.create(
        draw=draw, registrant=person, about="not_drawn", how=How.EMAIL, at=timezone.now()
    )
    fail(panel, person, "mail_not_drawn", draw.frozen_at - before)

    assert by_letter(panel, "not-drawn") == lost
