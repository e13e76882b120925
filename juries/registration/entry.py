"""One registration: when it can be made, what belongs to it, changing it, taking it back."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import Enum

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from juries import codes
from juries.audit import REGISTRANT, record
from juries.enums import Stage
from juries.errors import JuryError
from juries.models import CriterionValue, Jury, Registrant, Trait, User

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


def opening(jury: Jury, *, on: date | None = None) -> Opening:
    """Whether one can sign up on that day, or today."""
    day = on or timezone.localdate()
    if jury.stage == Stage.SETTING_UP:
        return Opening.NOT_YET
    if jury.stage != Stage.REGISTRATION or day > jury.registration_closes_on:
        return Opening.CLOSED
    return Opening.OPEN if day >= jury.registration_opens_on else Opening.NOT_YET


def youngest_birth_year(jury: Jury) -> int:
    """The last year of birth of those who reach the minimum age this year."""
    return timezone.localdate().year - jury.minimum_age


def new_reference(taken: Collection[str]) -> str:
    """An identifier that says nothing about the person, not even when they signed up."""
    while True:
        symbols = "".join(secrets.choice(codes.ALPHABET) for _place in range(REFERENCE_SYMBOLS))
        if symbols not in taken:
            return symbols


@transaction.atomic
def change_registration(
    *,
    registrant: Registrant,
    particulars: Particulars,
    values: Sequence[CriterionValue],
    by: User | str,
    reason: str = "",
) -> Registrant:
    """The registration says what is given; the log says which facts changed, not to what.

    A registrant can change while registration is open. Staff can correct contact details at any
    time, the values of the criteria only before the lottery.
    """
    registrant = locked(registrant)
    if by == REGISTRANT:
        registrant.jury.require_stage(Stage.REGISTRATION)
    if registrant.withdrawn_at:
        raise JuryError(_("This registration has been withdrawn."))
    old = set(registrant.traits.values_list("value_id", flat=True))
    changed = [
        name for name, value in asdict(particulars).items() if getattr(registrant, name) != value
    ]
    for name in changed:
        setattr(registrant, name, getattr(particulars, name))
    registrant.save()
    if old != {value.pk for value in values}:
        registrant.jury.require_stage(*BEFORE_THE_LOTTERY)
        registrant.traits.all().delete()
        write_traits(registrant, values)
        changed.append("traits")
    record(
        "registration.changed",
        jury=registrant.jury,
        by=by,
        registrant=registrant.pk,
        changed=changed,
        reason=reason,
    )
    return registrant


@transaction.atomic
def withdraw(*, registrant: Registrant, by: User | str, reason: str = "") -> Registrant:
    """The registrant is not in the pool, and what identified them is erased.

    Before the lottery everything they told is erased, and their invitation can be used again.
    After it the values stay, without a name, since the published lottery was made of them.
    """
    registrant = locked(registrant)
    if registrant.withdrawn_at:
        return registrant
    if has_seat(registrant):
        raise JuryError(
            _("There is a seat on the panel for this person. Decline the seat instead.")
        )
    for name, empty in asdict(Particulars(name="", language=registrant.language)).items():
        setattr(registrant, name, empty)
    if registrant.jury.stage in BEFORE_THE_LOTTERY:
        registrant.invitation = None
        registrant.traits.all().delete()
    registrant.withdrawn_at = timezone.now()
    registrant.save()
    record(
        "registration.withdrawn",
        jury=registrant.jury,
        by=by,
        registrant=registrant.pk,
        reason=reason,
    )
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
    """Whether a draw has given the registrant a seat that they have not declined."""
    seated = Registrant.objects.filter(pk=registrant.pk, seat__isnull=False)
    return seated.exclude(seat__state="declined").exists()


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
