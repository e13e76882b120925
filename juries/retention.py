"""The nightly run: whatever has been kept long enough is erased, and the log counts it.

    run_retention(on=date.today())                  # list[Erasure], one log line for each
    run_retention(on=date.today(), dry_run=True)    # the same counts, and nothing is erased

Each kind of data has its step. Running twice on a day erases once. The log and what the run
returns hold counts, never anybody's data.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any

from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from juries.audit import SYSTEM, record
from juries.commission.removal import erase_removed_juries
from juries.enums import DataClass, Stage
from juries.intake.uploads import forget_old_uploads
from juries.invitation.guessing import forget_misses
from juries.invitation.samples import erase_sample
from juries.models import AddressSample, Call, Jury, Message, Needs, Registrant
from juries.privacy.clocks import clock_of, due_on
from juries.privacy.keeping import never_sat
from juries.registration.withdrawing import erase_people

UNDRAWN_PATIENCE = timedelta(days=180)
"""How much longer people are kept whose panel has not been drawn: a jury may be delayed."""

TRIAL_LIVES = timedelta(days=30)

type Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Erasure:
    """So much of one kind was erased, or would be; ``jury`` is None for what no jury owns."""

    jury: Jury | None
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Step:
    """Which rows of a jury have had their time on a day, and how they are erased."""

    due: Callable[[Jury, date], Rows]
    erase: Callable[[Rows], object]


def run_retention(*, on: date, dry_run: bool = False) -> list[Erasure]:
    """What was due on that day is erased, and each kind has its line in the log of its jury."""
    erasures = []
    for key in Jury.objects.values_list("pk", flat=True).order_by("pk"):
        erasures += _run_in_jury(key, on, dry_run=dry_run)
    if not dry_run:
        erasures += _run_in_house(on)
        _leave_no_trace()
    return erasures


@transaction.atomic
def _run_in_jury(key: int, on: date, *, dry_run: bool) -> list[Erasure]:
    jury = Jury.objects.select_for_update().get(pk=key)
    erasures = []
    for kind, step in STEPS.items():
        rows = step.due(jury, on)
        count = rows.count()
        if not count:
            continue
        if not dry_run:
            step.erase(rows)
            record("data.erased", jury=jury, by=SYSTEM, data=str(kind), count=count)
        erasures.append(Erasure(jury, kind, count))
    return erasures


def _run_in_house(on: date) -> list[Erasure]:
    """What belongs to no jury, or to one that was removed."""
    forget_old_uploads()
    forget_misses()
    sessions, _by_model = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    counts = {"sessions": sessions, "removed_juries": erase_removed_juries(on=on)}
    return [Erasure(None, kind, count) for kind, count in counts.items() if count]


def _has_come(jury: Jury, data_class: DataClass, on: date) -> bool:
    day = due_on(jury, data_class)
    return day is not None and day <= on


def _samples(jury: Jury, on: date) -> Rows:
    """On the day the permit names, or earlier where the jury's clock says so."""
    standing = jury.samples.filter(erased_at=None)
    return standing if _has_come(jury, DataClass.SAMPLE, on) else standing.filter(delete_on__lte=on)


def _drafts(jury: Jury, on: date) -> Rows:
    days = clock_of(jury, DataClass.DRAFTS).days
    return jury.sign_up_drafts.filter(touched_at__lt=_morning(on) - timedelta(days=days))


def _not_drawn(jury: Jury, on: date) -> Rows:
    """Everybody who sat on no panel; never before it has been drawn, unless it never is."""
    day = due_on(jury, DataClass.NOT_DRAWN)
    if day is None or on < day + (timedelta() if jury.stage == Stage.PANEL else UNDRAWN_PATIENCE):
        return Registrant.objects.none()
    return _standing(jury).filter(never_sat(jury, on=on))


def _members(jury: Jury, on: date) -> Rows:
    if not _has_come(jury, DataClass.MEMBERS, on):
        return Registrant.objects.none()
    return _standing(jury).filter(seat__isnull=False)


def _needs(jury: Jury, on: date) -> Rows:
    if not _has_come(jury, DataClass.NEEDS, on):
        return Needs.objects.none()
    return Needs.objects.filter(registrant__jury=jury)


def _messages(jury: Jury, on: date) -> Rows:
    return (
        jury.messages.all() if _has_come(jury, DataClass.MESSAGES, on) else Message.objects.none()
    )


def _calls(jury: Jury, on: date) -> Rows:
    return jury.calls.all() if _has_come(jury, DataClass.MESSAGES, on) else Call.objects.none()


def _trials(jury: Jury, on: date) -> Rows:
    """What was sent to try the form: gone when registration opens, or after a month."""
    tried = jury.registrants.filter(on_trial=True)
    if jury.stage != Stage.SETTING_UP:
        return tried
    return tried.filter(registered_at__lt=_morning(on) - TRIAL_LIVES)


def _standing(jury: Jury) -> QuerySet[Registrant]:
    return jury.registrants.filter(erased_at=None, on_trial=False)


def _morning(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))


def _erase_samples(rows: QuerySet[AddressSample]) -> None:
    for sample in rows:
        erase_sample(sample=sample, by=SYSTEM)


def _delete(rows: Rows) -> None:
    rows.delete()


STEPS: Mapping[str, Step] = MappingProxyType(
    {
        DataClass.SAMPLE: Step(_samples, _erase_samples),
        DataClass.DRAFTS: Step(_drafts, _delete),
        DataClass.NEEDS: Step(_needs, _delete),
        DataClass.MESSAGES: Step(_messages, _delete),
        "calls": Step(_calls, _delete),
        DataClass.NOT_DRAWN: Step(_not_drawn, erase_people),
        DataClass.MEMBERS: Step(_members, erase_people),
        "trials": Step(_trials, _delete),
    }
)
"""By kind of data, in the order in which they run."""


def _leave_no_trace() -> None:
    """SQLite keeps what was deleted in its file until the file is written anew."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
