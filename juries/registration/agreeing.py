"""Somebody else's yes: the e-mail address is confirmed, the guardian agrees.

Both come by a link that only a message of this house carries, and by a button on the page it
opens: opening the link does nothing. Staff can mark either, with a reason, when it came on paper.
"""

from enum import StrEnum

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from juries import codes
from juries.audit import REGISTRANT, record
from juries.errors import JuryError
from juries.models import Registrant, User
from juries.registration.entry import awaits_email, awaits_guardian, is_unconfirmed, locked


class Yes(StrEnum):
    """What somebody says yes to."""

    EMAIL = "email"
    GUARDIAN = "guardian"


VERBS = {Yes.EMAIL: "registration.email_confirmed", Yes.GUARDIAN: "registration.guardian_agreed"}


def link_code(registrant: Registrant, yes: Yes) -> str:
    """What stands in the link. It opens nothing once the address or the guardian has changed."""
    return f"{registrant.pk}-{yes}-{codes.proof_of('link', _proven(registrant, yes))}"


def registrant_of(code: str) -> tuple[Registrant, Yes] | None:
    """Whom the link is about and what it asks, or nothing if this house did not write it."""
    number, _dash, rest = code.partition("-")
    kind, _dash, proof = rest.partition("-")
    if kind not in {yes.value for yes in Yes} or not number.isascii() or not number.isdigit():
        return None
    registrant = (
        Registrant.objects.select_related("jury__organisation")
        .filter(pk=int(number[:18]), withdrawn_at=None, jury__removed_at=None)
        .first()
    )
    yes = Yes(kind)
    expected = codes.proof_of("link", _proven(registrant, yes)) if registrant else ""
    if registrant is None or not constant_time_compare(proof, expected):
        return None
    return registrant, yes


def is_awaited(registrant: Registrant, yes: Yes) -> bool:
    """Whether this yes is still missing."""
    return awaits_email(registrant) if yes == Yes.EMAIL else awaits_guardian(registrant)


@transaction.atomic
def agree(
    *, registrant: Registrant, yes: Yes, by: User | str = REGISTRANT, reason: str = ""
) -> None:
    """The yes stands, once however often it is said; with the last one the person is in the pool.

    Where addresses are confirmed, one address brings one person into the pool by itself. A couple
    may share one: the second waits until staff have looked.
    """
    registrant = locked(registrant)
    if registrant.withdrawn_at:
        raise JuryError(_("This registration has been withdrawn."))
    if not is_awaited(registrant, yes):
        return
    if yes == Yes.EMAIL:
        if not isinstance(by, User) and _has_a_double(registrant):
            raise JuryError(
                _(
                    "Somebody has already registered with this e-mail address. If two of you share"
                    " it, contact us and we will confirm your registration."
                )
            )
        registrant.email_confirmed_at = timezone.now()
    else:
        registrant.guardian_agreed_at = timezone.now()
    registrant.unconfirmed = is_unconfirmed(registrant)
    registrant.save()
    record(VERBS[yes], jury=registrant.jury, by=by, registrant=registrant.pk, reason=reason)


def _has_a_double(registrant: Registrant) -> bool:
    """Whether somebody else has confirmed the same address in this jury."""
    others = registrant.jury.registrants.exclude(pk=registrant.pk).filter(withdrawn_at=None)
    return others.filter(email__iexact=registrant.email, email_confirmed_at__isnull=False).exists()


def _proven(registrant: Registrant | None, yes: Yes) -> str:
    if registrant is None:
        return ""
    guardian = f"{registrant.guardian_name} {registrant.guardian_contact}"
    about = registrant.email if yes == Yes.EMAIL else guardian
    return f"{yes} {registrant.pk} {registrant.submission} {about}"
