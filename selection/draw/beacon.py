"""The beacon: a number that nobody could know when the balls were drawn."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import SYSTEM, record
from juries.errors import JuryError
from juries.models import Jury, User
from selection.draw.chain import append
from selection.draw.drawing import conclude_if_complete
from selection.models import Round
from selection.protocol import chain, drand

SIGNATURE_DIGITS = 96

PATIENCE = 4.0
"""Seconds in which all relays together must have answered."""

ASKED_FOR = timedelta(days=1)
"""So long the house asks by itself; later somebody asks, or pastes the beacon in."""


@transaction.atomic
def take_beacon(*, round_: Round, signature: str, by: User | str) -> None:
    """The beacon of the round that was named stands, from whichever relay or paper it came.

    It is checked with the pinned key where the house can; a false one is refused. Where it cannot,
    it counts only if one person typed it in before and somebody else brings it now. Given again,
    the same is the same.
    """
    Jury.objects.select_for_update().get(pk=round_.draw.jury_id)
    round_ = Round.objects.select_related("draw__jury", "lottery").get(pk=round_.pk)
    if round_.beacon_signature == signature:
        return
    require_awaited(round_)
    checked = require_genuine(round_, signature)
    if not checked:
        _confirm(round_, signature, by)
    round_.beacon_signature, round_.beacon_checked = signature, checked
    round_.beacon_at = timezone.now()
    fields = ["beacon_signature", "beacon_checked", "beacon_confirmed_by", "beacon_at"]
    round_.save(update_fields=fields)
    payload = {
        "round": round_.number,
        "drand_round": round_.beacon_round,
        "signature": signature,
        "checked": checked,
    }
    append(round_.draw, chain.BEACON, payload, at=round_.beacon_at)
    record(
        "beacon.taken",
        jury=round_.draw.jury,
        by=by,
        draw=round_.draw.number,
        round=round_.number,
        checked=checked,
    )
    conclude_if_complete(round_)


def fetch_awaited() -> int:
    """The beacons whose time has come have been asked for; how many were had.

    Nobody is asked while none is awaited. The latest comes first; where it is not had, the others
    wait for the next turn, since there may be no internet now.
    """
    now, had = timezone.now(), 0
    awaited = Round.objects.filter(
        state=Round.State.COMMITTED,
        beacon_signature="",
        beacon_time__lte=now,
        beacon_time__gt=now - ASKED_FOR,
    )
    for round_ in awaited.select_related("draw").order_by("-beacon_time"):
        if not fetch_beacon(round_):
            break
        had += 1
    return had


def fetch_beacon(round_: Round) -> bool:
    """Whether a relay gave the beacon. Where the house cannot check an answer, it asks nobody."""
    if not drand.can_check():
        return False
    signature = drand.fetch(round_.beacon_round or 0, seconds=PATIENCE)
    if signature is None:
        return False
    try:
        take_beacon(round_=round_, signature=signature.hex(), by=SYSTEM)
    except JuryError:
        return False
    return True


def _confirm(round_: Round, signature: str, by: User | str) -> None:
    """Somebody other than whoever typed the signature in has it too; nobody alone is believed."""
    typed_by = round_.beacon_entered_by_id if round_.beacon_pasted == signature else None
    if not isinstance(by, User) or typed_by in {None, by.pk}:
        raise JuryError(
            _(
                "This house cannot check the beacon. One person types it in, and somebody else has"
                " to confirm it."
            )
        )
    round_.beacon_confirmed_by = by
    facts = {"draw": round_.draw.number, "round": round_.number}
    record("beacon.confirmed", jury=round_.draw.jury, by=by, **facts)


def require_awaited(round_: Round) -> None:
    """Return only if the beacon of the round can be taken now."""
    if round_.state != Round.State.COMMITTED or not round_.draw.is_standing:
        raise JuryError(_("This round does not wait for a beacon."))
    if round_.beacon_time is None or round_.beacon_signature:
        raise JuryError(_("This round does not wait for a beacon."))
    if timezone.now() < round_.beacon_time:
        raise JuryError(_("The beacon that was named has not been published yet."))


def require_genuine(round_: Round, signature: str) -> bool:
    """Whether the signature was checked. Raises ``JuryError`` for one that is false."""
    if len(signature) != SIGNATURE_DIGITS or set(signature) - set("0123456789abcdef"):
        raise JuryError(_("A signature of drand has 96 characters: digits and letters a to f."))
    if not drand.can_check():
        return False
    if not drand.is_genuine(round_.beacon_round or 0, bytes.fromhex(signature)):
        raise JuryError(_("This is not the signature of the round that was named."))
    return True
