"""What this application holds of a member, for the member to read and to take away."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from juries.models import Registrant
from juries.rooms import HeldData
from selection.members.name_consent import words_of
from selection.models import FeeBasis, NameConsent, PanelSeat
from selection.panel.held import offer_held

type Rows = tuple[tuple[str, str, Any], ...]


def held_of(registrant: Registrant) -> Iterator[HeldData]:
    """The seat, the consents to the name, and the basis of the fee."""
    seat = PanelSeat.objects.filter(registrant=registrant).select_related("fee_basis").first()
    if seat is None:
        return
    yield HeldData("seat", _("Seat on the panel"), _seat(seat))
    yield HeldData("name_consents", _("Consent to publish the name"), _consents(seat))
    basis = getattr(seat, "fee_basis", None)
    if basis:
        yield HeldData("fee_basis", _("Fee and travel"), _fee(basis))


def forget_members(registrants: QuerySet[Registrant]) -> None:
    """What they were owed is gone, and so is the consent to a name that is no longer there."""
    for model in (FeeBasis, NameConsent):
        model._default_manager.filter(seat__registrant__in=registrants.values("pk")).delete()


def _seat(seat: PanelSeat) -> Rows:
    return (
        ("kind", _("How the seat was given"), seat.get_kind_display()),
        ("body", _("Named by"), seat.body),
        ("votes", _("Has a vote"), _("yes") if seat.votes else _("no")),
        ("state", _("State"), seat.get_state_display()),
        ("answered_at", _("Answered"), seat.answered_at),
        *(offer_held(seat) if seat.kind == PanelSeat.Kind.DRAWN else ()),
    )


def _consents(seat: PanelSeat) -> Rows:
    return tuple(row for consent in seat.name_consents.all() for row in _consent(consent))


def _consent(consent: NameConsent) -> Rows:
    key = f"version_{consent.version}"
    return (
        (key, _("Words"), words_of(consent.version, consent.language)),
        (f"{key}_given_at", _("Given"), consent.given_at),
        (f"{key}_withdrawn_at", _("Taken back"), consent.withdrawn_at),
    )


def _fee(basis: FeeBasis) -> Rows:
    return (
        ("fee_declined", _("Fee declined"), basis.fee_declined),
        ("travel", _("Travel"), basis.get_travel_display()),
        ("kilometres", _("Kilometres"), str(basis.kilometres or "")),
        ("note", _("Note"), basis.note),
    )
