"""Seats accepted before it was kept when: the moment is that of the answer, or as the log says."""

from importlib import import_module

from django.apps import apps
from django.db import connection

from juries.audit import JUROR
from selection.panel.seats import accept_seat, decline_seat

MIGRATION = import_module("selection.migrations.0010_when_seats_were_accepted")


def test_seats_held_and_left_say_when_they_were_accepted(drawn):
    jury = drawn.draw.jury
    held, left, declined, _offered = seats = list(jury.seats.order_by("pk"))
    accept_seat(seat=held, by=JUROR)
    for answer in (accept_seat, decline_seat):
        answer(seat=left, by=JUROR)
    decline_seat(seat=declined, by=JUROR)
    jury.seats.update(accepted_at=None)

    MIGRATION.fill(apps, connection.schema_editor())

    confirmed = jury.audit_entries.filter(verb="seat.confirmed").order_by("pk")
    for seat in seats:
        seat.refresh_from_db()
    assert [seat.accepted_at for seat in seats] == [
        held.answered_at,
        confirmed.last().at,
        None,
        None,
    ]
    assert left.accepted_at < left.answered_at
