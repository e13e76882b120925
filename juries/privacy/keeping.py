"""How long this jury keeps each kind of data: decided by the organiser, noted in the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.enums import DataClass
from juries.errors import JuryError
from juries.models import AuditEntry, Call, Jury, Message, Needs, User
from juries.privacy.clocks import DEFAULTS, LONGEST_DAYS, clock_of, due_on, kept_until
from juries.rooms import taking_part_in

ERASED = "data.erased"


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of data: how much the jury holds of it, and until when."""

    name: str
    count: int
    until: str
    day: date | None


@transaction.atomic
def set_retention(*, jury: Jury, days: Mapping[DataClass, int], by: User) -> Jury:
    """Each kind of data is kept for so many days; what is as usual is not written down."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    if not all(0 <= number <= LONGEST_DAYS for number in days.values()):
        raise JuryError(_("Nothing is kept for more than ten years."))
    before = {one: clock_of(jury, one).days for one in DataClass}
    own = {one.value: number for one, number in days.items() if number != DEFAULTS[one].days}
    changed = [one.value for one, number in days.items() if number != before[one]]
    if changed:
        jury.retention = own
        jury.save(update_fields=["retention"])
        record("retention.changed", jury=jury, by=by, fields=changed)
    return jury


def holdings(jury: Jury) -> list[Holding]:
    """Every kind of data with how much of it is held now."""
    return [
        Holding(str(one.label), count, kept_until(jury, one), due_on(jury, one))
        for one, count in _counts(jury).items()
    ]


def erasures(jury: Jury) -> QuerySet[AuditEntry]:
    """What has been erased so far because its time had come, the latest first."""
    return jury.audit_entries.filter(verb=ERASED)


def never_sat(jury: Jury, *, on: date) -> Q:
    """Of registrants: who is kept no longer than those who were not drawn, as things stand then.

    That is whoever has no seat or gave it up before being at a session. An offer can be answered
    until the last session is over; one that was not is a seat that nobody sat on.
    """
    unused = ["left", "offered"] if jury.last_session_on < on else ["left"]
    absent = Q(seat__state__in=unused) & ~Q(pk__in=taking_part_in(jury))
    return Q(seat=None) | Q(seat__state__in=["declined", "lapsed"]) | absent


def _counts(jury: Jury) -> dict[DataClass, int]:
    named = jury.registrants.filter(erased_at=None, on_trial=False)
    not_drawn = named.filter(never_sat(jury, on=timezone.localdate())).count()
    return {
        DataClass.SAMPLE: sum(jury.samples.filter(erased_at=None).values_list("people", flat=True)),
        DataClass.NOT_DRAWN: not_drawn,
        DataClass.NEEDS: Needs.objects.filter(registrant__jury=jury).count(),
        DataClass.MEMBERS: named.count() - not_drawn,
        DataClass.MESSAGES: Message.objects.filter(jury=jury).count()
        + Call.objects.filter(jury=jury).count(),
        DataClass.DRAFTS: jury.sign_up_drafts.count(),
    }
