"""One registration: when it can be made, what belongs to it, changing it."""

import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from enum import Enum

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from juries import codes
from juries.audit import REGISTRANT, record
from juries.enums import Channel, Stage
from juries.errors import JuryError
from juries.models import CriterionValue, Jury, Registrant, Trait, User
from juries.registration.answers import NeedsTold, Reply, write_answers, write_needs
from juries.targets.derivation import year_of_ages

REFERENCE_SYMBOLS = 6
BEFORE_THE_LOTTERY = (Stage.SETTING_UP, Stage.REGISTRATION)


class Opening(Enum):
    """Whether one can sign up."""

    NOT_YET = "not yet"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Particulars:
    """What somebody tells of themselves, apart from the values of the criteria."""

    name: str
    email: str = ""
    phone: str = ""
    street_address: str = ""
    postal_code: str = ""
    birth_year: int | None = None
    language: str = "fi"
    address_protected: bool = False
    guardian_name: str = ""
    guardian_contact: str = ""

    def without_protected_address(self) -> "Particulars":
        """What is stored of somebody whose address is protected: no address at all."""
        if not self.address_protected:
            return self
        return replace(self, street_address="", postal_code="")


PARTICULARS = tuple(field.name for field in fields(Particulars))


def opening(jury: Jury, *, on: date | None = None) -> Opening:
    """Whether one can sign up on that day, or today."""
    day = on or timezone.localdate()
    if jury.stage == Stage.SETTING_UP:
        return Opening.NOT_YET
    if jury.stage != Stage.REGISTRATION or day > jury.registration_closes_on:
        return Opening.CLOSED
    return Opening.OPEN if day >= jury.registration_opens_on else Opening.NOT_YET


def new_reference(taken: Collection[str]) -> str:
    """An identifier that says nothing about the person, not even when they signed up."""
    while True:
        symbols = _random_symbols()
        if symbols not in taken:
            return symbols


def reference_in(jury: Jury) -> str:
    """An identifier that nobody in the jury has, found without reading all of them."""
    while True:
        symbols = _random_symbols()
        if not jury.registrants.filter(reference=symbols).exists():
            return symbols


def _random_symbols() -> str:
    return "".join(secrets.choice(codes.ALPHABET) for _place in range(REFERENCE_SYMBOLS))


def needs_guardian(jury: Jury, birth_year: int | None) -> bool:
    """Whether somebody born in that year needs a guardian's yes."""
    return birth_year is not None and year_of_ages(jury) - birth_year < jury.guardian_below


def awaits_guardian(registrant: Registrant) -> bool:
    """Whether the registrant is under age and no guardian has agreed yet."""
    needed = needs_guardian(registrant.jury, registrant.birth_year)
    return needed and registrant.guardian_agreed_at is None


def awaits_email(registrant: Registrant) -> bool:
    """Whether the e-mail address has to be confirmed first: where nobody sent a personal code."""
    return (
        registrant.jury.confirm_email
        and registrant.channel == Channel.WEB
        and registrant.invitation_id is None
        and registrant.email_confirmed_at is None
    )


def is_unconfirmed(registrant: Registrant) -> bool:
    """What ``unconfirmed`` has to say: whether the registrant waits for somebody's yes."""
    return awaits_guardian(registrant) or awaits_email(registrant)


@transaction.atomic
def change_registration(
    *,
    registrant: Registrant,
    particulars: Particulars,
    values: Sequence[CriterionValue],
    by: User | str,
    reason: str = "",
    replies: Sequence[Reply] | None = None,
    needs: NeedsTold | None = None,
) -> Registrant:
    """The registration says what is given; the log says which facts changed, not to what.

    A registrant can change while registration is open. Staff can correct contact details at any
    time, the values of the criteria only before the lottery. Answers to the jury's own questions
    and needs stay as they are where none are given.
    """
    registrant = locked(registrant)
    if by == REGISTRANT:
        registrant.jury.require_stage(Stage.REGISTRATION)
    if registrant.withdrawn_at:
        raise JuryError(_("This registration has been withdrawn."))
    require_not_erased(registrant)
    changed = _in_the_log(_change_particulars(registrant, particulars.without_protected_address()))
    if _traits_differ(registrant, values):
        registrant.jury.require_stage(*BEFORE_THE_LOTTERY)
        registrant.traits.all().delete()
        write_traits(registrant, values)
        changed.append("traits")
    if replies is not None and write_answers(registrant, replies):
        changed.append("answers")
    if needs is not None and write_needs(registrant, needs):
        changed.append("needs")
    record(
        "registration.changed",
        jury=registrant.jury,
        by=by,
        registrant=registrant.pk,
        changed=changed,
        reason=reason,
    )
    return registrant


def _change_particulars(registrant: Registrant, particulars: Particulars) -> list[str]:
    """The names of what is different now.

    A new address or guardian is nobody's yes any more, as long as the pool can change. In a frozen
    pool a yes has done what it was for, and whoever is in stays in.
    """
    changed = [
        name for name, value in asdict(particulars).items() if getattr(registrant, name) != value
    ]
    for name in changed:
        setattr(registrant, name, getattr(particulars, name))
    if not registrant.jury.is_frozen:
        if "email" in changed:
            registrant.email_confirmed_at = None
        if "guardian_name" in changed or "guardian_contact" in changed:
            registrant.guardian_agreed_at = None
        registrant.unconfirmed = is_unconfirmed(registrant)
    registrant.save()
    return changed


def _in_the_log(changed: Sequence[str]) -> list[str]:
    """The log is read by more people than may know whose address is protected."""
    named = ("street_address" if name == "address_protected" else name for name in changed)
    return list(dict.fromkeys(named))


def _traits_differ(registrant: Registrant, values: Sequence[CriterionValue]) -> bool:
    old = set(registrant.traits.values_list("value_id", flat=True))
    return old != {value.pk for value in values}


def rows_of(registrant: Registrant) -> Iterator[Registrant]:
    """The registration and every double that was found to be the same person's."""
    yield registrant
    for double in registrant.merged.all():
        yield from rows_of(double)


def standing(registrant: Registrant) -> Registrant:
    """The registration that stands for this person: their own, or the one theirs went into."""
    while registrant.merged_into is not None:
        registrant = registrant.merged_into
    return registrant


@transaction.atomic
def give_new_code(*, registrant: Registrant, by: User) -> str:
    """A personal code that replaces the one before; it can be read only here and now."""
    registrant = locked(registrant)
    if registrant.withdrawn_at:
        raise JuryError(_("This registration has been withdrawn."))
    code = codes.new_code()
    registrant.code_digest = codes.digest_of(code)
    registrant.save()
    record("registration.new_code", jury=registrant.jury, by=by, registrant=registrant.pk)
    return code


def has_seat(registrant: Registrant) -> bool:
    """Whether the registrant has been given a seat that they have not declined, lost or left."""
    seated = Registrant.objects.filter(pk=registrant.pk, seat__isnull=False)
    return seated.exclude(seat__state__in=["declined", "lapsed", "left"]).exists()


def require_not_erased(registrant: Registrant) -> None:
    """Return only if the person's data is still there: nobody would erase later what is new."""
    if registrant.erased_at:
        raise JuryError(
            _("The details of this person have been erased, so nothing more is written of them.")
        )


def locked(registrant: Registrant) -> Registrant:
    """The registrant as they stand, with their jury held still until the transaction ends."""
    jury = Jury.objects.select_for_update().get(pk=registrant.jury_id)
    current = Registrant.objects.get(pk=registrant.pk)
    current.jury = jury
    return current


def write_traits(registrant: Registrant, values: Sequence[CriterionValue]) -> None:
    """The registrant has these values, one row each."""
    Trait.objects.bulk_create(
        Trait(registrant=registrant, criterion_id=value.criterion_id, value=value)
        for value in values
    )
