"""Who sits on the panel: seats are accepted, declined, given back and left."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.models import Jury, User
from juries.registration.entry import require_not_erased
from selection.models import Draw, PanelSeat, Round
from selection.panel.messages import thank

State = PanelSeat.State


@transaction.atomic
def accept_seat(*, seat: PanelSeat, by: User | str) -> None:
    """The person sits on the panel and is thanked by e-mail.

    An offer can be accepted after its last day too. Whoever declined, left or did not answer in
    time may still accept while nobody else has the seat.
    """
    jury = lock_with_jury(seat)
    if seat.state == State.CONFIRMED:
        return
    if seat.registrant.withdrawn_at:
        raise JuryError(_("This registration has been withdrawn."))
    require_not_erased(seat.registrant)
    if not can_accept(seat):
        raise JuryError(_("The seat is being given to somebody else, or already has been."))
    _settle(seat, State.CONFIRMED)
    thank(seat)
    record("seat.confirmed", jury=jury, by=by, seat=seat.pk)


@transaction.atomic
def decline_seat(*, seat: PanelSeat, by: User | str) -> None:
    """The offer is declined, or the seat of a member is given back: it is free either way.

    The two are kept apart, since the public record gives the reason for an empty seat: whoever
    never said yes has declined, whoever said yes and then cannot has dropped out. Neither is in a
    later round. After the last day an offer can be declined as well; but a seat that was taken is
    not given back once the jury has met for the last time.
    """
    jury = lock_with_jury(seat)
    if seat.state == State.CONFIRMED:
        require_not_over(jury)
        _leave(seat, jury=jury, on_the_day=False, by=by)
    elif seat.state == State.OFFERED:
        _settle(seat, State.DECLINED)
        record("seat.declined", jury=jury, by=by, seat=seat.pk)


@transaction.atomic
def drop_out(*, seat: PanelSeat, on_the_day: bool, by: User | str) -> None:
    """A member has left the panel, perhaps on the day of a session itself.

    The seat is free. What the member took part in stays: attendance, fee, the votes cast. Before
    the first meeting nobody leaves on the day of one: whoever comes next has the usual days.
    """
    jury = lock_with_jury(seat)
    if seat.state == State.LEFT:
        return
    if seat.state != State.CONFIRMED:
        raise JuryError(_("Only somebody who has taken the seat can drop out."))
    if on_the_day and timezone.localdate() < jury.first_session_on:
        raise JuryError(
            _("The first meeting is still to come, so nobody can drop out on the day of one.")
        )
    _leave(seat, jury=jury, on_the_day=on_the_day, by=by)


def lock_with_jury(seat: PanelSeat) -> Jury:
    """The seat is as it stands, and its jury is held still until the transaction ends."""
    jury = Jury.objects.select_for_update().get(pk=seat.jury_id)
    try:
        seat.refresh_from_db()
    except PanelSeat.DoesNotExist as gone:
        raise JuryError(_("The draw was broken off meanwhile: this seat is no more.")) from gone
    return jury


def free_seats(jury: Jury) -> int:
    """Seats of the panel that nobody holds."""
    return max(0, jury.panel_size - jury.seats.drawn().held().count())


def is_over(jury: Jury) -> bool:
    """Whether the jury has met for the last time: no seat is given back any more."""
    return timezone.localdate() > jury.last_session_on


def require_not_over(jury: Jury) -> None:
    """Return only while a seat can still be given back."""
    if is_over(jury):
        raise JuryError(_("The jury has met for the last time: the seat stays yours."))


def can_accept(seat: PanelSeat) -> bool:
    """Whether somebody is there to take it, and nobody else has it or is being given it."""
    if seat.replaced or seat.registrant.erased_at:
        return False
    if seat.state in {State.OFFERED, State.CONFIRMED} or seat.kind == PanelSeat.Kind.NAMED:
        return True
    jury = seat.jury
    at_work = jury.lotteries.real().at_work()
    open_rounds = Round.objects.filter(draw__jury=jury, state=Round.State.COMMITTED)
    closed = jury.draws.filter(state=Draw.State.CLOSED)
    taken = at_work.exists() or open_rounds.exists() or closed.exists()
    return free_seats(jury) > 0 and not taken


def _leave(seat: PanelSeat, *, jury: Jury, on_the_day: bool, by: User | str) -> None:
    _settle(seat, State.LEFT, on_the_day=on_the_day)
    record("seat.left", jury=jury, by=by, seat=seat.pk, on_the_day=on_the_day)


def _settle(seat: PanelSeat, state: PanelSeat.State, *, on_the_day: bool = False) -> None:
    seat.state, seat.on_the_day = state, on_the_day
    seat.answered_at = timezone.now()
    if state == State.CONFIRMED:
        seat.accepted_at = seat.answered_at
    seat.save(update_fields=["state", "on_the_day", "answered_at", "accepted_at"])
