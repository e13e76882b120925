"""The last day to answer: lengthened for one person, and what becomes of offers unanswered."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.models import Call, Jury, User
from selection.models import How, PanelSeat
from selection.panel.circles import offer_lost
from selection.panel.seats import lock_with_jury

LONGEST = timedelta(days=60)


def unanswered(jury: Jury) -> QuerySet[PanelSeat]:
    """Drawn seats that are offered and not answered."""
    return jury.seats.drawn().held().filter(state=PanelSeat.State.OFFERED)


def overdue(jury: Jury, *, on: date | None = None) -> QuerySet[PanelSeat]:
    """Offers whose last day is over. Nothing happens to them by itself."""
    return unanswered(jury).filter(answer_by__lt=on or timezone.localdate())


def to_release(jury: Jury) -> QuerySet[PanelSeat]:
    """Overdue offers whose holders have been told, or at least been called.

    Whom the e-mail did not reach has not been told by it.
    """
    calls = Call.objects.filter(registrant=OuterRef("registrant"), at__gte=OuterRef("offered_at"))
    unheard = Q(told_at=None) | Q(offer_lost())
    return overdue(jury).filter(~unheard | Exists(calls))


@transaction.atomic
def extend_deadline(*, seat: PanelSeat, until: date, by: User) -> None:
    """The person has until that day, the day itself included. The reminder goes by the new day.

    Nobody gets less time than was promised when they were told of the seat.
    """
    jury = lock_with_jury(seat)
    today = timezone.localdate()
    if seat.state != PanelSeat.State.OFFERED:
        raise JuryError(_("This offer has been answered already."))
    if not today <= until <= today + LONGEST:
        raise JuryError(
            _("Choose a day from today on, at most %(days)s days ahead.") % {"days": LONGEST.days}
        )
    promised = _promised(seat, jury)
    if until < promised:
        raise JuryError(
            _("The person was promised time until %(day)s. Choose that day or a later one.")
            % {"day": date_format(promised)}
        )
    seat.answer_by = until
    seat.save(update_fields=["answer_by"])
    record("seat.deadline_extended", jury=jury, by=by, seat=seat.pk, due_on=until.isoformat())


@transaction.atomic
def give_time(*, jury: Jury, people: Collection[int], by: User) -> None:
    """The people, who are told of their seats now, have the days that their offers gave.

    Nobody's last day comes nearer.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    seats = []
    for seat in unanswered(jury).filter(registrant__in=people):
        day = last_day_told_now(seat, jury)
        if day != seat.answer_by:
            seat.answer_by = day
            seats.append(seat)
    if seats:
        PanelSeat.objects.bulk_update(seats, ["answer_by"])
        record("seats.deadlines_extended", jury=jury, by=by, count=len(seats))


def last_day_told_now(seat: PanelSeat, jury: Jury) -> date | None:
    """The last day of the offer if its holder is told now: as many days ahead as it gave at first.

    Whoever was given few days, to come in on the day of a session, has as few again. Time that was
    added for one person is not added anew, and of a letter somebody is told once.
    """
    if seat.answer_by is None or seat.told_how == How.LETTER:
        return seat.answer_by
    given = seat.answer_by - timezone.localdate(seat.offered_at)
    return max(seat.answer_by, timezone.localdate() + min(given, _usual_days(jury)))


@transaction.atomic
def release_seat(*, seat: PanelSeat, by: User) -> None:
    """The offer has lapsed, and the seat can be given to somebody else."""
    jury = lock_with_jury(seat)
    if not to_release(jury).filter(pk=seat.pk).exists():
        raise JuryError(
            _(
                "A seat is released when its last day is over and the person has been told of it,"
                " or called at least once."
            )
        )
    _release(jury, seat, by)


@transaction.atomic
def release_overdue(*, jury: Jury, by: User) -> int:
    """Every overdue offer has lapsed whose holder was told or called; how many they were."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    seats = list(to_release(jury))
    for seat in seats:
        _release(jury, seat, by)
    return len(seats)


def _promised(seat: PanelSeat, jury: Jury) -> date:
    """The last day as the person was told it; whoever is asked on the day itself had that day."""
    heard_at = max(seat.offered_at, seat.told_at or seat.offered_at)
    usual = timezone.localdate(heard_at) + _usual_days(jury)
    return min(usual, seat.answer_by or usual)


def _usual_days(jury: Jury) -> timedelta:
    return timedelta(days=jury.answer_days)


def _release(jury: Jury, seat: PanelSeat, by: User) -> None:
    seat.state, seat.answered_at = PanelSeat.State.LAPSED, timezone.now()
    seat.save(update_fields=["state", "answered_at"])
    record("seat.lapsed", jury=jury, by=by, seat=seat.pk)
