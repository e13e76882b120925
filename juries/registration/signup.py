"""Signing up: from a filled-in form to one registration, however often the form is sent."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from juries import codes
from juries.audit import REGISTRANT, record
from juries.enums import Channel, CodeUse
from juries.errors import JuryError, WrongStage
from juries.invitation import outreach
from juries.models import CriterionValue, Invitation, Jury, Question, Registrant, User
from juries.privacy.consents import write_consents
from juries.questions.trial import is_open_for_trial
from juries.registration import drafts, mails
from juries.registration.answers import NeedsTold, Reply, write_first_answers, write_needs
from juries.registration.entry import (
    BEFORE_THE_LOTTERY,
    Opening,
    Particulars,
    is_unconfirmed,
    opening,
    reference_in,
    write_traits,
)
from juries.targets.derivation import youngest_birth_year


@dataclass(frozen=True, slots=True)
class SignedUp:
    """The registration that stands, and whether it stood already before the form was sent."""

    registrant: Registrant
    repeated: bool


@dataclass(frozen=True, slots=True)
class Further:
    """What is told beyond the particulars and the criteria, and by which way the person came."""

    replies: Sequence[Reply] = ()
    needs: NeedsTold = field(default_factory=NeedsTold)
    consents: Sequence[int] = ()
    outreach: str = ""


@transaction.atomic
def sign_up(
    *,
    jury: Jury,
    submission: UUID,
    particulars: Particulars,
    values: Sequence[CriterionValue],
    further: Further | None = None,
    invitation_code: str = "",
    by: str = REGISTRANT,
) -> SignedUp:
    """Exactly one registration stands for ``submission``, with the code ``code_of`` gives for it.

    The jury is held still meanwhile: of two that come at once the second finds the first, and
    none slips in beside a lottery that is being started. The draft is gone. While the form is on
    trial the registration is too: it never comes into the pool, and nobody gets a message.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    earlier = made_by(jury, submission)
    if earlier:
        return SignedUp(earlier, repeated=True)
    trial = is_open_for_trial(jury)
    if not trial:
        require_open(jury)
    registrant = _register(
        jury,
        submission,
        particulars,
        values,
        further or Further(),
        channel=Channel.WEB,
        invitation=None if trial else invitation_for(jury, invitation_code, particulars.birth_year),
        on_trial=trial,
    )
    drafts.forget(jury, submission)
    if not trial:
        mails.send_first_messages(registrant)
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
    further: Further | None = None,
    channel: Channel = Channel.PAPER,
    invitation_code: str = "",
) -> SignedUp:
    """Whoever came on paper or by phone stands in the pool like anybody else.

    Their letter may be entered after the closing day, but not after registration was closed. The
    code of the letter may be left out: staff have the letter or the person before them. So may an
    answer to a criterion: the person is asked later, and nobody is drawn without it.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    earlier = made_by(jury, submission)
    if earlier:
        return SignedUp(earlier, repeated=True)
    jury.require_stage(*BEFORE_THE_LOTTERY)
    registrant = _register(
        jury,
        submission,
        particulars,
        values,
        further or Further(),
        channel=channel,
        invitation=_invitation(jury, invitation_code) if invitation_code else None,
    )
    record("registration.entered", jury=jury, by=by, registrant=registrant.pk)
    return SignedUp(registrant, repeated=False)


def _register(
    jury: Jury,
    submission: UUID,
    particulars: Particulars,
    values: Sequence[CriterionValue],
    further: Further,
    *,
    channel: Channel,
    invitation: Invitation | None,
    on_trial: bool = False,
) -> Registrant:
    _require_age(jury, particulars)
    if channel == Channel.WEB:
        _require_every_answer(jury, values)
    registrant = Registrant(
        jury=jury,
        submission=submission,
        reference=reference_in(jury),
        channel=channel,
        invitation=invitation,
        outreach=outreach.find(jury, further.outreach) if further.outreach else None,
        on_trial=on_trial,
        code_digest=codes.digest_of(codes.code_of(submission)),
        **asdict(particulars.without_protected_address()),
    )
    registrant.unconfirmed = is_unconfirmed(registrant)
    registrant.save(force_insert=True)
    write_traits(registrant, values)
    if further.replies:
        write_first_answers(registrant, further.replies)
    if further.needs:
        write_needs(registrant, further.needs)
    if further.consents:
        write_consents(
            registrant,
            Question.objects.filter(section__jury=jury, pk__in=further.consents),
            language=get_language() or registrant.language,
        )
    return registrant


def made_by(jury: Jury, submission: UUID) -> Registrant | None:
    """The registration that the form made, if it did; one erased since is known by its code."""
    digest = codes.digest_of(codes.code_of(submission))
    return jury.registrants.filter(Q(submission=submission) | Q(code_digest=digest)).first()


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


def invitation_for(jury: Jury, code: str, birth_year: int | None) -> Invitation | None:
    """The invitation this code opens; none where no code is needed and none was given.

    A personal letter opens the registration only of somebody born in the year the letter was for,
    if that is known; a letter to a household opens it for anybody.
    """
    if not code and not jury.invitation_only:
        return None
    invitation = _invitation(jury, code)
    invited = invitation.invitee.birth_year if invitation.invitee else None
    personal = jury.code_use == CodeUse.PERSONAL
    if personal and invited and birth_year and invited != birth_year:
        raise InvitationRefused(
            _(
                "This code was sent to somebody born in another year. The invitation is personal:"
                " use the code in your own letter. If the letter is yours, contact us."
            )
        )
    return invitation


def _invitation(jury: Jury, code: str) -> Invitation:
    """The unused invitation of this code. Unknown and used codes get the same answer."""
    found = (
        Invitation.objects.filter(jury=jury, registrant=None, code_digest=codes.digest_of(code))
        if codes.is_well_formed(code)
        else Invitation.objects.none()
    )
    invitation = found.select_related("invitee").first()
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
