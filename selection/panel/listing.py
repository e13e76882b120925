"""The seats of the panel as the desk lists them: who, how they stand, how they were told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from juries.models import Jury, Message
from selection.models import How, PanelSeat
from selection.panel.circles import OFFER

State = PanelSeat.State


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One seat as the list prints it; ``name`` is blank for those who may not read it."""

    seat: PanelSeat
    name: str
    values: list[tuple[str, str]]
    withdrawn: bool
    told: str
    undelivered: bool
    late: bool

    @property
    def held(self) -> bool:
        return self.seat.state in {State.OFFERED, State.CONFIRMED} and not self.withdrawn

    @property
    def offered(self) -> bool:
        return self.held and self.seat.state == State.OFFERED


@dataclass(frozen=True, slots=True)
class Figures:
    """The drawn seats in numbers."""

    seats: int
    confirmed: int
    offered: int
    late: int
    free: int


def listed(jury: Jury, *, named: bool) -> list[SeatRow]:
    """Every drawn seat ever offered: overdue ones first, then held ones, each by identifier."""
    seats = (
        jury.seats.drawn()
        .select_related("registrant")
        .prefetch_related("registrant__traits__value", "registrant__traits__criterion")
        .order_by("registrant__reference")
    )
    failed = jury.messages.filter(wording=OFFER, state=Message.State.FAILED)
    undelivered = set(failed.values_list("registrant", flat=True))
    today = timezone.localdate()
    rows = [_row(seat, undelivered, today, named=named) for seat in seats]
    return sorted(rows, key=lambda row: (not row.late, not row.held))


def figures_of(jury: Jury, rows: Sequence[SeatRow]) -> Figures:
    """The figures above the list; seats filled by name are not among them."""
    held = [row for row in rows if row.held and row.seat.kind == PanelSeat.Kind.DRAWN]
    return Figures(
        seats=jury.panel_size,
        confirmed=sum(row.seat.state == State.CONFIRMED for row in held),
        offered=sum(row.offered for row in held),
        late=sum(row.late for row in held),
        free=max(0, jury.panel_size - len(held)) if rows else 0,
    )


def told_how(seat: PanelSeat, *, undelivered: bool) -> str:
    """By what and when the person was told of the seat, in words."""
    if seat.told_at is None:
        return _("not yet")
    if undelivered and seat.told_how == How.EMAIL:
        return _("the e-mail did not arrive")
    day = date_format(timezone.localdate(seat.told_at), "SHORT_DATE_FORMAT")
    return _("%(how)s on %(day)s") % {"how": How(seat.told_how).label, "day": day}


def _row(seat: PanelSeat, undelivered: Collection[int], today: date, *, named: bool) -> SeatRow:
    traits = sorted(seat.registrant.traits.all(), key=lambda trait: trait.criterion.position)
    lost = seat.registrant_id in undelivered
    withdrawn = seat.registrant.withdrawn_at is not None
    unanswered = seat.state == State.OFFERED and not withdrawn
    return SeatRow(
        seat=seat,
        name=seat.registrant.name if named else "",
        values=[(str(trait.criterion), str(trait.value)) for trait in traits],
        withdrawn=withdrawn,
        told=told_how(seat, undelivered=lost and unanswered),
        undelivered=lost and unanswered,
        late=unanswered and seat.answer_by is not None and seat.answer_by < today,
    )
