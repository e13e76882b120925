"""Signing up: from a filled-in form to one registration, however often the form is sent."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from juries import codes
from juries.audit import REGISTRANT, record
from juries.enums import Channel
from juries.errors import JuryError, WrongStage
from juries.models import CriterionValue, Invitation, Jury, Registrant, User
from juries.registration.entry import (
    BEFORE_THE_LOTTERY,
    Opening,
    Particulars,
    new_reference,
    opening,
    write_traits,
    youngest_birth_year,
)


@dataclass(frozen=True, slots=True)
class SignedUp:
    """The registration that stands, and whether it stood already before the form was sent."""

    registrant: Registrant
    repeated: bool


@transaction.atomic
def sign_up(
    *,
    jury: Jury,
    submission: UUID,
    particulars: Particulars,
    values: Sequence[CriterionValue],
    invitation_code: str = "",
    by: str = REGISTRANT,
) -> SignedUp:
    """Exactly one registration stands for ``submission``, with the code ``code_of`` gives for it.

    The jury is held still meanwhile: of two that come at once the second finds the first, and
    none slips in beside a lottery that is being started.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    earlier = jury.registrants.filter(submission=submission).first()
    if earlier:
        return SignedUp(earlier, repeated=True)
    require_open(jury)
    invitation = _invitation(jury, invitation_code) if jury.invitation_only else None
    registrant = _register(jury, submission, particulars, values, Channel.WEB, invitation)
    record("registration.received", jury=jury, by=by, registrant=registrant.pk)
    return SignedUp(registrant, repeated=False)


@transaction.atomic
def register_at_desk(
    *,
    jury: Jury,
    submission: UUID,
    particulars: Particulars,
    values: Sequence[CriterionValue],
    by: User,
) -> SignedUp:
    """Whoever came on paper or by phone stands in the pool like anybody else.

    Their letter may be entered after the closing day, but not after registration was closed.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    earlier = jury.registrants.filter(submission=submission).first()
    if earlier:
        return SignedUp(earlier, repeated=True)
    jury.require_stage(*BEFORE_THE_LOTTERY)
    registrant = _register(jury, submission, particulars, values, Channel.PAPER, None)
    record("registration.entered", jury=jury, by=by, registrant=registrant.pk)
    return SignedUp(registrant, repeated=False)


def _register(
    jury: Jury,
    submission: UUID,
    particulars: Particulars,
    values: Sequence[CriterionValue],
    channel: Channel,
    invitation: Invitation | None,
) -> Registrant:
    _require_age(jury, particulars)
    _require_every_answer(jury, values)
    registrant = Registrant.objects.create(
        jury=jury,
        submission=submission,
        reference=new_reference(set(jury.registrants.values_list("reference", flat=True))),
        channel=channel,
        invitation=invitation,
        code_digest=codes.digest_of(codes.code_of(submission)),
        **asdict(particulars),
    )
    write_traits(registrant, values)
    return registrant


def require_open(jury: Jury) -> None:
    """Return only if one can sign up today."""
    state = opening(jury)
    if state is Opening.NOT_YET:
        raise WrongStage(_("Registration has not opened yet."))
    if state is Opening.CLOSED:
        raise WrongStage(_("Registration has closed."))


def _require_age(jury: Jury, particulars: Particulars) -> None:
    if particulars.birth_year and particulars.birth_year > youngest_birth_year(jury):
        raise JuryError(too_young(jury))


def too_young(jury: Jury) -> str:
    """What somebody hears who has not reached the minimum age."""
    return _(
        "Members of this jury are %(age)s or older. Nothing of what you entered was stored."
    ) % {"age": jury.minimum_age}


def _require_every_answer(jury: Jury, values: Sequence[CriterionValue]) -> None:
    asked = sorted(jury.criteria.values_list("pk", flat=True))
    if sorted(value.criterion_id for value in values) != asked:
        raise JuryError(_("Please answer every question."))


def _invitation(jury: Jury, code: str) -> Invitation:
    """The unused invitation of this code. Unknown and used codes get the same answer."""
    found = (
        Invitation.objects.filter(jury=jury, registrant=None, code_digest=codes.digest_of(code))
        if codes.is_well_formed(code)
        else Invitation.objects.none()
    )
    invitation = found.first()
    if invitation is None:
        raise InvitationRefused(
            _(
                "This invitation code does not open the registration. Check it against your letter."
                " Each code can be used once."
            )
        )
    return invitation


class InvitationRefused(JuryError):
    """The invitation code is unknown, belongs elsewhere, or has been used."""
