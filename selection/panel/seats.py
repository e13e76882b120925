"""The panel: people accept or decline the seat they were offered; free seats are drawn anew."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.models import Jury, User
from selection.models import Lottery, PanelSeat, Round


@transaction.atomic
def accept_seat(*, seat: PanelSeat, by: User | str) -> None:
    """The person sits on the panel. Who declined may still accept while the seat is free."""
    jury = Jury.objects.select_for_update().get(pk=seat.jury_id)
    seat.refresh_from_db()
    if seat.state == PanelSeat.State.CONFIRMED:
        return
    if seat.registrant.withdrawn_at:
        raise JuryError(_("This registration has been withdrawn."))
    if seat.state == PanelSeat.State.DECLINED:
        _require_free(jury)
    _answer(seat, PanelSeat.State.CONFIRMED)
    record("seat.confirmed", jury=jury, by=by, seat=seat.pk)


@transaction.atomic
def decline_seat(*, seat: PanelSeat, by: User | str) -> None:
    """The seat is free, and the person is in no later draw of the jury."""
    jury = Jury.objects.select_for_update().get(pk=seat.jury_id)
    seat.refresh_from_db()
    if seat.state == PanelSeat.State.DECLINED:
        return
    _answer(seat, PanelSeat.State.DECLINED)
    record("seat.declined", jury=jury, by=by, seat=seat.pk)


def free_seats(jury: Jury) -> int:
    """Seats of the panel that nobody holds."""
    return max(0, jury.panel_size - jury.seats.drawn().held().count())


def _answer(seat: PanelSeat, state: PanelSeat.State) -> None:
    seat.state = state
    seat.answered_at = timezone.now()
    seat.save(update_fields=["state", "answered_at"])


def _require_free(jury: Jury) -> None:
    """Return only if the seat has not been, and is not being, given to somebody else."""
    at_work = jury.lotteries.filter(state__in=[Lottery.State.QUEUED, Lottery.State.RUNNING])
    open_rounds = Round.objects.filter(draw__jury=jury, state=Round.State.COMMITTED)
    if not free_seats(jury) or at_work.exists() or open_rounds.exists():
        raise JuryError(_("The seat is being given to somebody else, or already has been."))
