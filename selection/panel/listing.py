"""The seats of the panel as the desk lists them: who, how they stand, how they were told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from juries.models import Criterion, Jury, Trait
from selection.models import How, PanelSeat
from selection.panel.circles import address_failed, offer_lost

State = PanelSeat.State


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One seat as the list prints it; ``name`` is blank where the reader may not read it.

    ``values`` has one for each of the criteria shown; blank where nothing is known.
    """

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


def criteria_shown(jury: Jury) -> list[Criterion]:
    """The criteria whose groups may stand beside a person: all but the sensitive."""
    return list(jury.criteria.for_everybody())


def listed(
    jury: Jury, criteria: Sequence[Criterion], *, named: bool, gone_too: bool = False
) -> list[SeatRow]:
    """Every drawn seat ever offered: overdue ones first, then held ones, each by identifier.

    ``named`` are those who hold a seat, ``gone_too`` also those who declined, lost or left it.
    """
    seats = (
        jury.seats.drawn()
        .select_related("registrant")
        .prefetch_related(Prefetch("registrant__traits", Trait.objects.select_related("value")))
        .order_by("registrant__reference")
    )
    lost = lost_offers(jury)
    today = timezone.localdate()
    rows = [_row(seat, criteria, today, lost=lost.get(seat.pk)) for seat in seats]
    shown = (row if gone_too or named and row.held else replace(row, name="") for row in rows)
    return sorted(shown, key=lambda row: (not row.late, not row.held))


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


def lost_offers(jury: Jury) -> dict[int, bool]:
    """Drawn seats of which no offer arrived, each with whether the address is still the same.

    Whoever has another one by now is to be told anew; until then nothing stands against it.
    """
    seats = jury.seats.drawn().filter(offer_lost())
    return dict(seats.annotate(same=address_failed()).values_list("pk", "same"))


def told_how(seat: PanelSeat, *, lost: bool | None) -> str:
    """By what and when the person was told of the seat, in words; ``lost`` as in lost_offers."""
    if lost:
        return _("the e-mail did not arrive")
    if seat.told_at is None or lost is not None:
        return _("not yet")
    day = date_format(timezone.localdate(seat.told_at), "SHORT_DATE_FORMAT")
    return _("%(how)s on %(day)s") % {"how": How(seat.told_how).label, "day": day}


def _row(
    seat: PanelSeat, criteria: Sequence[Criterion], today: date, *, lost: bool | None
) -> SeatRow:
    known = {trait.criterion_id: str(trait.value) for trait in seat.registrant.traits.all()}
    withdrawn = seat.registrant.withdrawn_at is not None
    unanswered = seat.state == State.OFFERED and not withdrawn
    if not unanswered:
        lost = None
    return SeatRow(
        seat=seat,
        name=seat.registrant.name,
        values=[(str(criterion), known.get(criterion.pk, "")) for criterion in criteria],
        withdrawn=withdrawn,
        told=told_how(seat, lost=lost),
        undelivered=bool(lost),
        late=unanswered and seat.answer_by is not None and seat.answer_by < today,
    )
