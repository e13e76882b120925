"""A beacon brought by hand. Where the house cannot check it, somebody else compares it first."""

from django.db import transaction
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.models import Jury, User
from selection.draw.beacon import require_awaited, require_genuine, take_beacon
from selection.models import Round
from selection.protocol import drand


@transaction.atomic
def paste_beacon(*, round_: Round, signature: str, by: User) -> bool:
    """Whether the beacon stands by now.

    It does at once where the house can check it. Where it cannot, the first to paste it in has
    only typed it in: it waits until somebody else confirms it, or pastes the same.
    """
    round_ = _held(round_)
    if drand.can_check() or round_.beacon_pasted == signature:
        take_beacon(round_=round_, signature=signature, by=by)
        return True
    require_awaited(round_)
    require_genuine(round_, signature)
    if round_.beacon_pasted:
        raise JuryError(
            _(
                "Another signature has been typed in already. Compare both with what a relay"
                " shows, and take back the one that is wrong."
            )
        )
    round_.beacon_pasted, round_.beacon_entered_by = signature, by
    round_.save(update_fields=["beacon_pasted", "beacon_entered_by"])
    record("beacon.entered", jury=round_.draw.jury, by=by, **_facts(round_))
    return False


@transaction.atomic
def confirm_beacon(*, round_: Round, signature: str, by: User) -> None:
    """Somebody else saw the same signature at a relay, and the beacon stands.

    ``signature`` is what the confirming page showed: one changed meanwhile is not confirmed.
    """
    round_ = _held(round_)
    if not signature or round_.beacon_pasted != signature:
        raise JuryError(_("The beacon has been changed or confirmed meanwhile. Look again."))
    take_beacon(round_=round_, signature=signature, by=by)


@transaction.atomic
def take_beacon_back(*, round_: Round, by: User) -> None:
    """A beacon that was typed wrong is typed again; that it was stands in the log."""
    round_ = _held(round_)
    if not round_.beacon_waits:
        raise JuryError(_("No beacon waits to be confirmed."))
    round_.beacon_pasted, round_.beacon_entered_by = "", None
    round_.save(update_fields=["beacon_pasted", "beacon_entered_by"])
    record("beacon.taken_back", jury=round_.draw.jury, by=by, **_facts(round_))


def _held(round_: Round) -> Round:
    Jury.objects.select_for_update().get(pk=round_.draw.jury_id)
    return Round.objects.select_related("draw__jury", "lottery").get(pk=round_.pk)


def _facts(round_: Round) -> dict[str, int]:
    return {"draw": round_.draw.number, "round": round_.number}
