"""Messages to many (O9): previewed, confirmed by number, undone, never twice to the same person."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone, translation

from juries import codes
from juries.enums import Channel, Role, Stage
from juries.errors import JuryError, WrongStage
from juries.models import AuditEntry, Jury, Message, Registrant, Trait
from juries.post import mailings, outbox
from juries.registration import mailing
from tests import factories
from tests.juries.registration.registering import open_jury

State = Message.State
MISSING, UNCONFIRMED = mailing.GROUPS["missing"], mailing.GROUPS["unconfirmed"]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def jury(db):
    """Five people, of whom four lack their age and can be asked."""
    jury = open_jury()
    people = factories.make_registrants(jury, [("woman", "old")] * 6)
    Trait.objects.filter(registrant__in=people[1:], criterion__key="age").delete()
    Registrant.objects.filter(pk=people[5].pk).update(email="")
    return jury


@pytest.fixture
def recruiter(jury):
    return factories.make_member(jury, Role.RECRUITER)


def write(jury, by, *, typed=4, group="missing", request=None):
    return mailing.write_to(jury=jury, group=group, mailing=request or uuid4(), typed=typed, by=by)


def two_minutes_later():
    Message.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def test_o9_the_group_is_shown_with_its_number_and_three_of_its_messages(jury):
    samples = mailings.samples(jury, MISSING)

    assert mailings.recipients(jury, MISSING).count() == 4
    assert len(samples) == 3
    assert all("Tarvitsemme siihen vielä tämän tiedon: age." in text.body for _one, text in samples)


def test_the_code_of_nobody_is_shown_to_staff_but_each_gets_their_own(jury, recruiter):
    for someone in jury.registrants.all():
        someone.submission = uuid4()
        someone.code_digest = codes.digest_of(codes.code_of(someone.submission))
        someone.save()
    own = {
        codes.code_of(submission)
        for submission in jury.registrants.values_list("submission", flat=True)
    }

    shown = " ".join(text.body for _one, text in mailings.samples(jury, MISSING))
    write(jury, recruiter)
    written = " ".join(Message.objects.values_list("body", flat=True))

    assert not any(code in shown for code in own)
    assert sum(code in written for code in own) == 4


@pytest.mark.parametrize("typed", [None, 0, 3, 5, 6])
def test_o9_a_wrong_number_sends_nothing(jury, recruiter, typed):
    with pytest.raises(JuryError, match="4"):
        write(jury, recruiter, typed=typed)

    assert not Message.objects.exists()


def test_o9_the_right_number_sends_to_each_once_after_two_minutes(jury, recruiter):
    assert write(jury, recruiter) == 4
    assert outbox.send_due() == 0
    two_minutes_later()

    assert [outbox.send_due() for _delivery in range(3)] == [4, 0, 0]
    assert sorted(to for message in mail.outbox for to in message.to) == sorted(
        jury.registrants.exclude(email="").order_by("pk").values_list("email", flat=True)[1:]
    )
    assert AuditEntry.objects.get(verb="messages.sent_to_many").facts == {
        "group": "missing",
        "count": 4,
    }


def test_o9_control_without_the_delay_the_messages_would_have_gone(jury, recruiter, monkeypatch):
    monkeypatch.setattr(mailings, "TIME_TO_UNDO", timedelta())
    write(jury, recruiter)

    assert outbox.send_due() == 4


def test_o9_within_two_minutes_it_can_be_undone(jury, recruiter):
    request = uuid4()
    write(jury, recruiter, request=request)
    [waiting] = mailings.can_be_undone(jury)
    assert (waiting.mailing, waiting.count) == (request, 4)

    assert mailings.undo(jury=jury, mailing=request, by=recruiter) == 4

    two_minutes_later()
    assert (outbox.send_due(), mail.outbox) == (0, [])
    assert mailings.recipients(jury, MISSING).count() == 4


def test_o9_what_has_gone_cannot_be_undone(jury, recruiter):
    request = uuid4()
    write(jury, recruiter, request=request)
    two_minutes_later()
    outbox.send_due()

    with pytest.raises(JuryError, match="already gone"):
        mailings.undo(jury=jury, mailing=request, by=recruiter)


def test_o9_nobody_gets_the_same_message_twice_on_a_day(jury, recruiter):
    request = uuid4()
    assert [write(jury, recruiter, request=request) for _click in range(2)] == [4, 4]
    assert Message.objects.count() == 4

    with pytest.raises(JuryError, match="nobody to write to"):
        write(jury, recruiter)


def test_who_withdraws_meanwhile_gets_nothing(jury, recruiter):
    write(jury, recruiter)
    jury.registrants.update(withdrawn_at=timezone.now())
    two_minutes_later()

    assert (outbox.send_due(), mail.outbox) == (0, [])


def test_a_reminder_carries_the_link_that_confirms(jury, recruiter):
    Jury.objects.update(confirm_email=True)
    jury.refresh_from_db()
    someone = jury.registrants.first()
    jury.registrants.exclude(pk=someone.pk).update(channel=Channel.PAPER)
    Registrant.objects.filter(pk=someone.pk).update(unconfirmed=True)

    assert write(jury, recruiter, typed=1, group="unconfirmed") == 1

    two_minutes_later()
    outbox.send_due()
    assert f"/fi/agree/{someone.pk}-email-" in mail.outbox[0].body


def test_after_the_draw_nobody_is_asked_any_more(jury, recruiter):
    Jury.objects.update(stage=Stage.PANEL)

    with pytest.raises(WrongStage):
        write(jury, recruiter)


def test_o9_the_pages_say_all_this(jury, recruiter):
    client = Client()
    client.force_login(recruiter)
    page = f"/en/desk/{jury.slug}/post/to-many/missing/"
    shown = client.get(page).content.decode()
    assert "4 people get a message each" in " ".join(shown.split())
    request = str(uuid4())

    refused = client.post(page, {"mailing": request, "typed": "5"}).content.decode()
    assert "Type the number of messages, 4, to confirm." in refused
    client.post(page, {"mailing": request, "typed": "4"})
    assert Message.objects.count() == 4

    assert request in client.get(f"/en/desk/{jury.slug}/post/").content.decode()
    client.post(f"/en/desk/{jury.slug}/post/undo/", {"mailing": request})
    assert not Message.objects.exists()
