"""Only a message about the present seat or draw tells that somebody cannot be reached by e-mail."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from juries.models import Message
from juries.post import outbox
from juries.post.standing import send_again
from selection.models import How, Notice
from selection.panel.calling import to_call
from selection.panel.circles import CIRCLES, untold
from selection.panel.listing import listed
from selection.panel.telling import mark_one_posted, mark_told, tell
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
        to=registrant.email.lower(),
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


@pytest.fixture
def lost(panel, seat):
    """The seat was offered by a message that the house has given up."""
    mark_told(panel, "mail_offer", {seat.registrant_id}, How.EMAIL)
    Message.objects.create(
        jury=panel, registrant=seat.registrant, key=f"mail_offer:{seat.pk}", wording="mail_offer",
        language="fi", to=seat.registrant.email.lower(), mailing=uuid4(), made_at=timezone.now(),
        state=Message.State.FAILED, due_at=timezone.now(), attempts=20, trouble="address_refused",
    )  # fmt: skip
    return seat


def corrected(seat, email="Uusi.Osoite@esimerkki.fi"):
    seat.registrant.email = email
    seat.registrant.save()
    return seat


def counts(jury, key):
    [found] = [one for one in untold(jury) if one.circle.group.key == key]
    return (found.by_email, found.by_letter)


def told(jury, desk, seat):
    """How the list and the page of the seat say that the person was told."""
    [row] = [row for row in listed(jury, [], named=False) if row.seat == seat]
    page = text(desk.get(address(jury, f"panel/{seat.pk}")))
    assert f"<dt>Told</dt><dd>{row.told}</dd>" in page
    return row.told


def tell_the_drawn(jury, by, typed):
    return tell(jury=jury, circle="drawn", mailing=uuid4(), typed=typed, by=by)


def test_at_another_address_the_failure_says_nothing_and_the_person_is_to_be_told(
    panel, desk, lost
):
    assert counts(panel, "drawn") == (3, 1)
    assert seen(panel, desk, lost) == [True] * 5

    corrected(lost)

    assert counts(panel, "drawn") == (4, 0)
    assert seen(panel, desk, lost) == [False] * 5
    assert told(panel, desk, lost) == "not yet"


@pytest.mark.parametrize("email", ["", None])
def test_where_the_address_is_gone_or_only_written_otherwise_a_letter_is_needed(
    panel, desk, lost, email
):
    corrected(lost, lost.registrant.email.upper() if email is None else email)

    assert counts(panel, "drawn") == (3, 1)


def test_whoever_has_heard_of_nothing_is_not_reminded_of_it(panel, lost):
    corrected(lost)

    assert lost.registrant not in CIRCLES["reminder"].group.people(panel)


def test_the_offer_goes_anew_to_the_corrected_address(panel, desk, lost, organiser, mailoutbox):
    before = timezone.now()
    panel.seats.update(told_at=before - timedelta(days=2))
    corrected(lost)
    panel.seats.exclude(pk=lost.pk).update(told_how=How.PHONE)

    assert tell_the_drawn(panel, organiser, typed=1) == 1

    message = panel.messages.get(registrant=lost.registrant)
    assert (message.to, message.state) == ("uusi.osoite@esimerkki.fi", Message.State.WAITING)
    assert (message.attempts, message.trouble) == (0, "")
    lost.refresh_from_db()
    assert lost.told_at >= before
    assert told(panel, desk, lost).startswith("by e-mail")
    assert counts(panel, "drawn") == (0, 0)
    panel.messages.update(due_at=before)
    outbox.send_due()
    assert [one.to for one in mailoutbox] == [["uusi.osoite@esimerkki.fi"]]


def test_held_back_again_the_person_stands_as_told_of_nothing(panel, desk, lost, organiser):
    corrected(lost)
    mailing = uuid4()
    tell(jury=panel, circle="drawn", mailing=mailing, typed=4, by=organiser)

    desk.post(address(panel, "panel/hold-back"), {"mailing": str(mailing)})

    lost.refresh_from_db()
    assert (lost.told_at, lost.told_how) == (None, "")
    assert counts(panel, "drawn") == (4, 0)


def test_told_by_letter_the_offer_has_not_failed(panel, desk, lost, organiser):
    mark_one_posted(seat=lost, by=organiser)

    assert told(panel, desk, lost).startswith("by letter")
    [row] = [row for row in to_call(panel) if row.seat == lost]
    assert (row.undelivered, row.reachable) == (False, False)
    assert counts(panel, "drawn") == (3, 0)
    assert lost.registrant not in CIRCLES["reminder"].group.people(panel)


def test_whatever_went_to_many_is_sent_again_to_the_present_address(panel, desk, lost, organiser):
    other = panel.seats.order_by("pk")[1].registrant
    for key, mailing in (("guardian", None), ("own", uuid4())):
        Message.objects.create(
            jury=panel, registrant=other, key=key, wording="mail_guardian", language="fi",
            to="huoltaja@esimerkki.fi", mailing=mailing, state=Message.State.FAILED,
            due_at=timezone.now(),
        )  # fmt: skip
    corrected(lost)

    assert send_again(jury=panel, by=organiser) == 3

    assert dict(panel.messages.values_list("key", "to")) == {
        f"mail_offer:{lost.pk}": "uusi.osoite@esimerkki.fi",
        "guardian": "huoltaja@esimerkki.fi",
        "own": other.email.lower(),
    }
    assert seen(panel, desk, lost) == [False] * 5


def test_a_notice_too_goes_anew_to_the_corrected_address(panel, organiser):
    person = panel.registrants.filter(seat=None).first()
    draw = panel.draws.get()
    moment = timezone.now()
    Notice.objects.create(draw=draw, registrant=person, about="not_drawn", how=How.EMAIL, at=moment)
    fail(panel, person, "mail_not_drawn", moment)
    Message.objects.filter(registrant=person).update(key=f"mail_not_drawn:{person.pk}:{draw.pk}")
    others = panel.registrants.filter(seat=None).count() - 1
    assert counts(panel, "not-drawn") == (others, 1)

    person.email = "uusi@esimerkki.fi"
    person.save()

    assert counts(panel, "not-drawn") == (others + 1, 0)
    tell(jury=panel, circle="not-drawn", mailing=uuid4(), typed=others + 1, by=organiser)
    assert panel.messages.get(registrant=person).to == "uusi@esimerkki.fi"
    assert Notice.objects.get(registrant=person).at > moment
    assert counts(panel, "not-drawn") == (0, 0)


def test_a_message_on_its_way_is_not_readdressed(panel, lost):
    message = panel.messages.get()
    for state in (Message.State.WAITING, Message.State.SENT):
        Message.objects.update(state=state)

        same = outbox.put(
            jury=panel, registrant=lost.registrant, wording="mail_offer", to="x@esimerkki.fi",
            language="fi", facts={}, key=message.key,
        )  # fmt: skip

        assert (same.pk, same.to, same.state) == (message.pk, message.to, state)
