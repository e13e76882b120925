"""The call log: who was called, what came of it, and who is to be called back today."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.models import Call, Jury, Registrant, User

OF_A_SEAT = (Call.Outcome.ACCEPTED, Call.Outcome.DECLINED)
"""What comes of a call only where somebody is offered a seat."""


@transaction.atomic
def log_call(
    *,
    jury: Jury,
    outcome: str,
    by: User,
    registrant: Registrant | None = None,
    note: str = "",
    call_back_on: date | None = None,
    answers: int | None = None,
    submission: UUID | None = None,
) -> Call:
    """The call stands in the log. Whoever waited for it to be returned waits no more.

    ``answers`` is the call that asked for this one; of a registrant every open one is answered.
    Sent again under the same ``submission`` it is the same call.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    standing = Call.objects.filter(submission=submission).first() if submission else None
    if standing:
        return standing
    if (outcome == Call.Outcome.CALL_BACK) != (call_back_on is not None):
        raise JuryError(_("Say on which day to call back, or choose another outcome."))
    answered = Q(pk=answers or 0)
    if registrant:
        answered |= Q(registrant=registrant)
    waiting(jury).filter(answered).update(settled_at=timezone.now())
    call = Call.objects.create(
        jury=jury,
        registrant=registrant,
        outcome=outcome,
        note=note,
        call_back_on=call_back_on,
        submission=submission,
        by=by,
    )
    about = {"registrant": registrant.pk} if registrant else {}
    record("call.logged", jury=jury, by=by, outcome=outcome, **about)
    return call


def waiting(jury: Jury) -> QuerySet[Call]:
    """Calls that are to be returned, on whichever day."""
    return jury.calls.filter(call_back_on__isnull=False, settled_at=None)


def due_today(jury: Jury, *, on: date | None = None) -> QuerySet[Call]:
    """Calls to be returned today or before, the longest awaited first."""
    due = waiting(jury).filter(call_back_on__lte=on or timezone.localdate())
    return due.select_related("registrant", "by").order_by("call_back_on", "pk")
