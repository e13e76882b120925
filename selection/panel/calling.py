"""The call desk: who is to be called about an offered seat, in which order, and what came of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Count, F, Max, OuterRef, Q, Subquery, When
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.models import Call, Jury, User
from juries.models.translated import LANGUAGE_CODES
from juries.pool.calls import log_call
from juries.post.kinds import Text
from juries.post.wordings import facts_of, filled, text_of
from selection.models import How, PanelSeat
from selection.panel.circles import OFFER, address_failed, offer_lost
from selection.panel.deadlines import unanswered
from selection.panel.messages import offer_facts
from selection.panel.seats import accept_seat, decline_seat
from selection.panel.telling import mark_told

Outcome = Call.Outcome
OUTCOMES = (Outcome.ACCEPTED, Outcome.DECLINED, Outcome.NO_ANSWER, Outcome.CALL_BACK)


@dataclass(frozen=True, slots=True)
class ToCall:
    """Somebody to be called: why, how often it has been tried, and when to call again."""

    seat: PanelSeat
    late: bool
    reachable: bool
    undelivered: bool
    attempts: int
    last: str
    again_on: date | None


def to_call(jury: Jury) -> list[ToCall]:
    """Whoever has not answered: overdue first, then whom no e-mail reaches, each by last day."""
    since = Q(registrant__calls__at__gte=F("offered_at"))
    calls = Call.objects.filter(registrant=OuterRef("registrant"), at__gte=OuterRef("offered_at"))
    awaited = Q(registrant__calls__settled_at=None)
    seats = (
        unanswered(jury)
        .select_related("registrant")
        .annotate(
            attempts=Count("registrant__calls", filter=since),
            again_on=Max("registrant__calls__call_back_on", filter=since & awaited),
            last=Subquery(calls.order_by("-pk").values("outcome")[:1]),
            address_failed=address_failed(),
            lost=Case(When(offer_lost(), then=True), default=False),
        )
        .order_by("answer_by", "registrant__reference")
    )
    today = timezone.localdate()
    rows = [
        ToCall(
            seat=seat,
            late=seat.answer_by is not None and seat.answer_by < today,
            reachable=bool(seat.registrant.email) and not seat.address_failed,
            undelivered=seat.lost and seat.address_failed,
            attempts=seat.attempts,
            last=str(Outcome(seat.last).label) if seat.last else "",
            again_on=seat.again_on,
        )
        for seat in seats
    ]
    return sorted(rows, key=lambda row: (not row.late, row.reachable))


@transaction.atomic
def note_call(
    *,
    seat: PanelSeat,
    outcome: str,
    submission: UUID,
    by: User,
    note: str = "",
    call_back_on: date | None = None,
) -> Call:
    """The call stands in the log, and an answer given in it counts as the person's own.

    Sent again under the same ``submission`` it is the same call.
    """
    jury = Jury.objects.select_for_update().get(pk=seat.jury_id)
    standing = jury.calls.filter(submission=submission).first()
    if standing:
        return standing
    if outcome not in OUTCOMES:
        raise JuryError(_("Choose what came of the call."))
    answers = {Outcome.ACCEPTED: accept_seat, Outcome.DECLINED: decline_seat}
    answer = answers.get(Outcome(outcome))
    if answer:
        answer(seat=seat, by=by)
        if seat.told_at is None:
            mark_told(jury, OFFER, {seat.registrant_id}, How.PHONE)
            record("seats.told", jury=jury, by=by, seat=seat.pk, how=str(How.PHONE))
    return log_call(
        jury=jury,
        outcome=outcome,
        by=by,
        registrant=seat.registrant,
        note=note,
        call_back_on=call_back_on,
        submission=submission,
    )


def script_for(seat: PanelSeat) -> tuple[str, Text]:
    """What to say, in the language of the person: the language and the words."""
    jury, wanted = seat.jury, seat.registrant.language
    known = jury.languages or list(LANGUAGE_CODES)
    language = wanted if wanted in LANGUAGE_CODES else known[0]
    facts = facts_of(jury, language) | offer_facts(seat, language)
    return language, filled(text_of(jury, "call_script", language), facts)


def calls_of(seat: PanelSeat) -> list[Call]:
    """The calls since the seat was offered, the latest first."""
    return list(seat.registrant.calls.filter(at__gte=seat.offered_at).select_related("by"))
