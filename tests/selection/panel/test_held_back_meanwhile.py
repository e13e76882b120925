"""Messages held back while a worker sends: gone and told, or held back and not told."""

from datetime import timedelta
from threading import Thread
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from juries.models import Message
from juries.post import mailings, outbox
from selection.panel.circles import CIRCLES
from selection.panel.telling import tell
from tests.simultaneous import shared_database


@pytest.fixture
def mailing(drawn, organiser):
    mailing = uuid4()
    tell(jury=drawn.draw.jury, circle="drawn", mailing=mailing, typed=4, by=organiser)
    Message.objects.update(due_at=timezone.now())
    return mailing


def work() -> None:
    try:
        outbox.send_due()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_no_message_goes_between_being_held_back_and_being_deleted(
    drawn, organiser, mailing, monkeypatch, tmp_path
):
    jury, forget = drawn.draw.jury, mailings.held_back_in_rooms
    _due, *later = Message.objects.order_by("pk").values_list("pk", flat=True)
    Message.objects.filter(pk__in=later).update(due_at=timezone.now() + timedelta(minutes=1))
    worker = Thread(target=work)

    def with_a_worker_meanwhile(messages):
        forget(messages)
        worker.start()
        worker.join(timeout=1)

    monkeypatch.setattr(mailings, "held_back_in_rooms", with_a_worker_meanwhile)
    with shared_database(tmp_path):
        held = Thread(target=hold_back, args=(jury, mailing, organiser))
        held.start()
        held.join()
        worker.join()
        told = Thread(target=count_untold, args=(jury, untold := []))
        told.start()
        told.join()

    assert len(mail.outbox) + untold[0] == 4


def hold_back(jury, mailing, by) -> None:
    try:
        mailings.undo(jury=jury, mailing=mailing, by=by)
    finally:
        connection.close()


def count_untold(jury, untold) -> None:
    try:
        untold.append(CIRCLES["drawn"].untold(jury).count())
    finally:
        connection.close()


def test_a_message_held_back_during_a_round_leaves_the_others_to_go(drawn, mailing, monkeypatch):
    attempt = outbox._try

    def and_hold_the_last_back(message, connection):
        last = Message.objects.order_by("pk").last()
        if last != message:
            mailings.hold_back(Message.objects.filter(pk=last.pk))
        return attempt(message, connection)

    monkeypatch.setattr(outbox, "_try", and_hold_the_last_back)

    assert outbox.send_due() == 2
    assert len(mail.outbox) == 2
