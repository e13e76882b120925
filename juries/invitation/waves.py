"""Waves: letters that go out together, with a personal code each; reminders; what is printed.

Codes follow from the wave's seed and the house's key. Of each code only the digest is stored; as
long as the seed is kept the letters can be printed again, with the same codes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from juries import codes
from juries.audit import record
from juries.enums import Stage
from juries.errors import JuryError
from juries.invitation.candidates import those_not_invited, those_to_remind, unanswered
from juries.invitation.choosing import Candidates, Plan, by_lot
from juries.models import AddressSample, Invitation, Invitee, Jury, User, Wave

MOST_LETTERS = 50_000
AT_ONCE = 2000
BEFORE_THE_LOTTERY = (Stage.SETTING_UP, Stage.REGISTRATION)


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter as it is printed. Codes made without a sample have neither name nor address."""

    wave: int
    number: int
    code: str
    name: str
    street_address: str
    postal_code: str
    town: str
    language: str


@transaction.atomic
def make_codes(*, jury: Jury, request: UUID, count: int, by: User) -> Wave:
    """A wave of ``count`` codes stands that belong to nobody, to be handed out.

    Asked for twice by the same ``request``, it is the same wave with the same codes.
    """
    jury, standing = _locked(jury, request, Wave.Kind.INVITATION)
    if standing:
        return standing
    if not 1 <= count <= MOST_LETTERS:
        raise JuryError(_("A batch has from 1 to %(limit)s invitations.") % {"limit": MOST_LETTERS})
    wave = _new_wave(jury, request, count, by)
    _invite(wave, [None] * count)
    record("invitations.made", jury=jury, by=by, wave=wave.number, count=count)
    return wave


@transaction.atomic
def make_wave(
    *, sample: AddressSample, request: UUID, plan: Plan, typed: int | None, by: User
) -> Wave:
    """Each of the chosen has an invitation. ``typed`` is the number somebody typed to confirm."""
    jury, standing = _locked(sample.jury, request, Wave.Kind.INVITATION)
    if standing:
        return standing
    candidates = those_not_invited(sample)
    _require(plan, candidates, typed)
    chosen = by_lot(candidates, plan)
    wave = _new_wave(jury, request, len(chosen), by, sample=sample)
    people = Invitee.objects.filter(sample=sample).only("pk", "language", "stratum")
    kept = set(chosen)
    _invite(wave, [one for one in people.order_by("number") if one.pk in kept])
    record("wave.made", jury=jury, by=by, wave=wave.number, count=wave.size, sample=sample.pk)
    return wave


@transaction.atomic
def make_reminder(*, jury: Jury, request: UUID, plan: Plan, typed: int | None, by: User) -> Wave:
    """Each of the chosen is reminded in a letter with the code they have already."""
    jury, standing = _locked(jury, request, Wave.Kind.REMINDER)
    if standing:
        return standing
    jury.require_stage(Stage.REGISTRATION)
    candidates = those_to_remind(jury)
    _require(plan, candidates, typed)
    chosen = by_lot(candidates, plan)
    wave = _new_wave(jury, request, len(chosen), by, kind=Wave.Kind.REMINDER)
    for start in range(0, len(chosen), AT_ONCE):
        part = chosen[start : start + AT_ONCE]
        Invitation.objects.filter(pk__in=part).update(reminded_in=wave)
    record("wave.made", jury=jury, by=by, wave=wave.number, count=wave.size, kind=wave.kind)
    return wave


@transaction.atomic
def mark_sent(*, wave: Wave, on: date, by: User) -> Wave:
    """The letters went out on that day; only now can somebody be reminded of them."""
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    if on > timezone.localdate():
        raise JuryError(_("The letters cannot have gone out on a day that is still to come."))
    wave.sent_on = on
    wave.save()
    record("wave.sent", jury=wave.jury, by=by, wave=wave.number, sent_on=str(on))
    return wave


@transaction.atomic
def take_back(*, wave: Wave, by: User) -> None:
    """The wave was never made: its codes open nothing, and its people can be chosen again.

    Refused once its letters went out or somebody has used a code.
    """
    jury = Jury.objects.select_for_update().get(pk=wave.jury_id)
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    if wave.sent_on or wave.invitations.filter(registrant__isnull=False).exists():
        raise JuryError(_("Letters of this wave have gone out, so it can no longer be taken back."))
    record("wave.taken_back", jury=jury, by=by, wave=wave.number, count=wave.size)
    wave.delete()


@transaction.atomic
def send_no_more(*, jury: Jury, code: str, by: User) -> Invitation:
    """Whoever has this code in their letter gets no reminder."""
    digest = codes.digest_of(code)
    invitation = jury.invitations.filter(code_digest=digest).select_for_update().first()
    if invitation is None:
        raise JuryError(_("We do not find this code. Check it letter by letter."))
    quieten(invitation)
    record("invitation.quietened", jury=jury, by=by, invitation=invitation.pk)
    return invitation


def quieten(invitation: Invitation) -> None:
    """No further letter goes to whoever has this invitation."""
    Invitation.objects.filter(pk=invitation.pk).update(quiet=True)


def letters_of(wave: Wave) -> Iterator[LetterRow]:
    """The letters of the wave in order, each with its code; none for a protected address.

    Of a reminder those who have answered since are left out.
    """
    rows = wave.invitations.filter(quiet=False).order_by("number")
    if wave.kind == Wave.Kind.REMINDER:
        rows = unanswered(wave.jury).filter(reminded_in=wave).order_by("wave__number", "number")
    printable = rows.exclude(invitee__protected=True).select_related("invitee", "wave")
    for number, invitation in enumerate(printable.iterator(AT_ONCE), start=1):
        yield _letter(wave, number, invitation)


def codes_by_hand(people: list[Invitee]) -> list[tuple[Invitee, str]]:
    """Each with the code of their invitation, or without where they have none that is known."""
    return [(person, code_in(person.invitation) if _is_known(person) else "") for person in people]


def code_in(invitation: Invitation) -> str:
    """The code that stands in the letter, as long as it can be told."""
    seed = invitation.wave.seed
    if seed is None:
        raise JuryError(_("The codes of this wave are no longer kept, so nothing can be printed."))
    code = _code(invitation.jury_id, seed, invitation.number)
    if codes.digest_of(code) != invitation.code_digest:
        raise JuryError(_("The key of this house has changed, so these codes would open nothing."))
    return code


def _letter(wave: Wave, number: int, invitation: Invitation) -> LetterRow:
    person = invitation.invitee
    return LetterRow(
        wave=wave.number,
        number=number,
        code=code_in(invitation),
        name=person.name if person else "",
        street_address=person.street_address if person else "",
        postal_code=person.postal_code if person else "",
        town=person.town if person else "",
        language=invitation.language,
    )


def _locked(jury: Jury, request: UUID, kind: str) -> tuple[Jury, Wave | None]:
    """The jury, held still, and the wave that stands already for this request."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(*BEFORE_THE_LOTTERY)
    return jury, jury.waves.filter(seed=request, kind=kind).first()


def _require(plan: Plan, candidates: Candidates, typed: int | None) -> None:
    if not 1 <= plan.total <= MOST_LETTERS:
        raise JuryError(_("There is nobody to write to."))
    if any(part.wanted > len(candidates.get(part.group, ())) for part in plan.parts):
        raise JuryError(
            _("Meanwhile there are fewer people left. Please look at the numbers again.")
        )
    if typed != plan.total:
        raise JuryError(
            _("Type %(count)s here if that many letters are right.") % {"count": plan.total}
        )


def _new_wave(
    jury: Jury,
    seed: UUID,
    size: int,
    by: User,
    *,
    kind: str = Wave.Kind.INVITATION,
    sample: AddressSample | None = None,
) -> Wave:
    return Wave.objects.create(
        jury=jury,
        number=1 + (jury.waves.aggregate(last=Max("number"))["last"] or 0),
        kind=kind,
        sample=sample,
        seed=seed,
        size=size,
        made_by=by,
    )


def _invite(wave: Wave, people: "list[Invitee] | list[None]") -> None:
    """An invitation each, numbered in order."""
    Invitation.objects.bulk_create(
        (
            Invitation(
                jury_id=wave.jury_id,
                wave=wave,
                number=number,
                invitee=person,
                language=person.language if person else "",
                stratum=person.stratum if person else "",
                code_digest=codes.digest_of(_code(wave.jury_id, cast(UUID, wave.seed), number)),
            )
            for number, person in enumerate(people, start=1)
        ),
        batch_size=AT_ONCE,
    )


def _code(jury_pk: int, seed: UUID, number: int) -> str:
    """No two juries share a code, even where the same request reaches both."""
    return codes.code_of(uuid5(seed, f"{jury_pk}/{number}"))


def _is_known(person: Invitee) -> bool:
    return hasattr(person, "invitation") and person.invitation.wave.seed is not None
