"""From what a member's fee and travel are worked out: days, kilometres, what was declined.

No bank account, no identity code and no tax is here: payroll asks and reckons that itself.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.models import Jury, User
from juries.registration.entry import require_not_erased
from juries.rooms import days_present_in
from selection.members.listing import name_on
from selection.members.rates import Rate, kilometre_rate
from selection.models import FeeBasis, PanelSeat

MOST_KILOMETRES = Decimal(99_999)


class KilometresNeeded(JuryError):
    """A journey in one's own car is told without its length."""


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One member: what payroll has to know. ``allowance`` is blank where there is no rate."""

    seat: PanelSeat
    name: str
    days: int
    fee: Decimal
    declined: bool
    travel: str
    kilometres: Decimal | None
    allowance: Decimal | None
    note: str


@dataclass(frozen=True, slots=True)
class FeeTable:
    """Everybody who is owed something, and the rate that holds on the days of the jury."""

    rows: tuple[FeeRow, ...]
    rate: Rate | None

    @property
    def fees(self) -> Decimal:
        return sum((row.fee for row in self.rows), Decimal())

    @property
    def kilometres(self) -> Decimal:
        return sum((row.kilometres or Decimal() for row in self.rows), Decimal())

    @property
    def allowances(self) -> Decimal:
        return sum((row.allowance or Decimal() for row in self.rows), Decimal())


@transaction.atomic
def set_fee_basis(
    *,
    seat: PanelSeat,
    fee_declined: bool,
    travel: str,
    by: User,
    kilometres: Decimal | None = None,
    note: str = "",
) -> FeeBasis:
    """The member's fee and travel are worked out from this; kilometres belong to one's own car."""
    jury = Jury.objects.select_for_update().get(pk=seat.jury_id)
    seat = jury.seats.select_related("registrant").get(pk=seat.pk)
    require_not_erased(seat.registrant)
    by_car = travel == FeeBasis.Travel.CAR
    if by_car and (kilometres is None or not 0 < kilometres <= MOST_KILOMETRES):
        raise KilometresNeeded(_("Write how many kilometres were driven in all."))
    basis, _made = FeeBasis.objects.update_or_create(
        seat=seat,
        defaults={
            "fee_declined": fee_declined,
            "travel": travel,
            "kilometres": kilometres if by_car else None,
            "note": note,
        },
    )
    record("fee_basis.changed", jury=jury, by=by, seat=seat.pk)
    return basis


def fee_table(jury: Jury) -> FeeTable:
    """Members, and whoever left the jury after having been there on some day; in four queries."""
    days = days_present_in(jury)
    rate = kilometre_rate(jury.first_session_on, jury.last_session_on)
    owed = Q(state=PanelSeat.State.CONFIRMED) | Q(registrant__in=days)
    seats = jury.seats.filter(owed, registrant__withdrawn_at=None)
    seats = seats.select_related("registrant", "fee_basis")
    return FeeTable(
        tuple(
            _row(jury, seat, days.get(seat.registrant_id, 0), rate)
            for seat in seats.order_by("registrant__name", "registrant__reference")
        ),
        rate,
    )


def _to_the_cent(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _row(jury: Jury, seat: PanelSeat, days: int, rate: Rate | None) -> FeeRow:
    basis = getattr(seat, "fee_basis", None) or FeeBasis(seat=seat)
    driven = basis.kilometres
    return FeeRow(
        seat=seat,
        name=name_on(seat),
        days=days,
        fee=Decimal(0 if basis.fee_declined else jury.fee_euros or 0),
        declined=basis.fee_declined,
        travel=str(basis.get_travel_display()),
        kilometres=driven,
        allowance=_to_the_cent(driven * rate.euros) if driven and rate else None,
        note=basis.note,
    )
