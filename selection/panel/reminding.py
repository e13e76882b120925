"""Reminders that go by themselves, two days before the last day to answer."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from juries.audit import SYSTEM, record
from juries.enums import Stage
from juries.models import Jury, Registrant
from juries.post import outbox
from selection.models import PanelSeat
from selection.panel.circles import CIRCLES

BEFORE = timedelta(days=2)


def remind_everywhere(*, on: date) -> int:
    """Everybody due on that day has a reminder, once however often this runs; how many it wrote.

    Due is whoever was told before that day, has not answered, has at most two days left, and has
    not been reminded in these days, by hand or otherwise.
    """
    juries = Jury.objects.standing().filter(stage=Stage.PANEL)
    return sum(_remind_in(key, on) for key in juries.values_list("pk", flat=True).order_by("pk"))


@transaction.atomic
def _remind_in(key: int, on: date) -> int:
    jury = Jury.objects.select_for_update().get(pk=key)
    group = CIRCLES["reminder"].group
    people = group.people(jury).filter(
        seat__answer_by__gte=on,
        seat__answer_by__lte=on + BEFORE,
        seat__told_at__lt=_morning(on),
    )
    written = 0
    for person in people.select_related("jury__organisation"):
        written += not _reminded_lately(person.seat) and _write(jury, person, on)
    if written:
        record("seats.reminded", jury=jury, by=SYSTEM, count=written)
    return written


def _reminded_lately(seat: PanelSeat) -> bool:
    """Whether a reminder went in the last days of this deadline; a lengthened one counts anew."""
    if seat.reminded_at is None or seat.answer_by is None:
        return False
    return seat.reminded_at >= _morning(seat.answer_by - BEFORE)


def _write(jury: Jury, person: Registrant, on: date) -> bool:
    group = CIRCLES["reminder"].group
    message = outbox.put(
        jury=jury,
        registrant=person,
        wording=group.wording,
        to=person.email,
        language=person.language,
        facts=group.facts(person),
        key=group.about(person),
    )
    if message is None:
        return False
    PanelSeat.objects.filter(pk=person.seat.pk).update(reminded_at=timezone.now())
    return True


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
