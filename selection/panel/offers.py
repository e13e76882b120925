"""The offer of a seat behind its code: whose it is, how it stands, what can be answered.

The code is the number of the seat and a proof that only this house can write beside it. Nothing of
it is stored. An offer is found by its code alone, so misses are counted as those of other codes.
"""

import re
from dataclasses import dataclass
from datetime import UTC

from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from juries import codes
from juries.invitation.guessing import note_miss, require_unsuspected
from juries.models import Jury
from juries.post.addresses import address_of
from selection.models import PanelSeat
from selection.panel.seats import can_accept, is_over

PROOF = codes.RANDOM_SYMBOLS + 1
NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Offer:
    """How a seat stands for the one to whom it was offered."""

    seat: PanelSeat
    may_accept: bool
    may_give_back: bool
    late: bool

    @property
    def may_change(self) -> bool:
        """Whether anything about the seat is still in the hands of its holder."""
        return self.may_give_back or (self.may_accept and not self.confirmed)

    @property
    def open(self) -> bool:
        return self.seat.state == PanelSeat.State.OFFERED

    @property
    def confirmed(self) -> bool:
        return self.seat.state == PanelSeat.State.CONFIRMED


def code_of(seat: PanelSeat) -> str:
    """The code of the offer, as it stands in a link and on paper: ``17-K7RM-4PXQ-9ABD``."""
    return f"{seat.pk}-{_proof(seat)}"


def address_of_offer(code: str, language: str) -> str:
    """Where the offer is answered."""
    return address_of("selection:offer", code, language=language)


def seat_of(code: str, *, address: str) -> PanelSeat | None:
    """The seat whose code it is, or nothing; whoever tries too many is refused in words."""
    symbols = codes.plain(code)
    number, proof = symbols[:-PROOF], symbols[-PROOF:]
    require_unsuspected(proof, address=address)
    seat = _numbered(number)
    expected = codes.plain(_proof(seat)) if seat else ""
    if seat is None or not constant_time_compare(proof, expected):
        note_miss(proof, address=address)
        return None
    return seat


def offer_of(seat: PanelSeat) -> Offer:
    """The offer as it stands now."""
    today = timezone.localdate()
    late = seat.answer_by is not None and seat.answer_by < today
    return Offer(
        seat,
        may_accept=can_accept(seat),
        may_give_back=seat.state == PanelSeat.State.CONFIRMED and not is_over(seat.jury),
        late=late and seat.state == PanelSeat.State.OFFERED,
    )


def facts_of(jury: Jury) -> list[tuple[str, str]]:
    """What somebody wants to know before saying yes."""
    told = [
        (_("First meeting"), date_format(jury.first_session_on)),
        (_("Last meeting"), date_format(jury.last_session_on)),
    ]
    if jury.fee_euros:
        told.append((_("Fee"), _("%(fee)s euros") % {"fee": number_format(jury.fee_euros)}))
    return told


def _numbered(number: str) -> PanelSeat | None:
    if not NUMBER.fullmatch(number):
        return None
    seats = PanelSeat.objects.select_related("registrant", "jury__organisation")
    return seats.filter(
        pk=int(number),
        registrant__withdrawn_at=None,
        registrant__erased_at=None,
        jury__removed_at=None,
    ).first()


def _proof(seat: PanelSeat) -> str:
    moment = seat.offered_at.astimezone(UTC).isoformat()
    return codes.code_beside("offer of a seat", f"{seat.pk} {moment}")
