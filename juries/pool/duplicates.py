"""The same person twice: who look alike, and what was decided about them.

Nothing is deleted by a likeness. Somebody looks at each pair and says what it is.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.audit import record
from juries.errors import JuryError
from juries.files.addresses import same_address_key
from juries.models import DuplicateDecision, Jury, Registrant, User
from juries.registration.entry import has_seat

# Where more people than this share a fact, each is compared with the next one only.
SMALL_GROUP = 6
COUNTRY_CODE = re.compile(r"^(\+|00)358")


class Likeness(models.TextChoices):
    """What two registrations have in common."""

    EMAIL = "email", gettext_lazy("same e-mail address")
    PHONE = "phone", gettext_lazy("same phone number")
    NAME_AND_YEAR = "name_year", gettext_lazy("same name and year of birth")
    NAME_AND_ADDRESS = "name_address", gettext_lazy("same name and address")


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a registrant is compared."""

    pk: int
    name: str
    email: str
    phone: str
    birth_year: int | None
    street_address: str
    postal_code: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two registrants who look alike, by primary key."""

    earlier: int
    later: int
    likenesses: tuple[Likeness, ...]


def undecided_pairs(jury: Jury) -> list[Pair]:
    """Pairs in the pool that somebody still has to look at, in two queries."""
    rows = jury.registrants.in_pool().values_list(*Facts.__slots__)
    decided = set(jury.duplicate_decisions.values_list("earlier_id", "later_id"))
    return [
        pair
        for pair in alike(Facts(*row) for row in rows)
        if (pair.earlier, pair.later) not in decided
    ]


def alike(people: Iterable[Facts]) -> list[Pair]:
    """Everybody who shares a fact with somebody, as pairs; the work grows with the people."""
    groups: dict[tuple[Likeness, str], list[int]] = {}
    for person in people:
        for key in _keys(person):
            groups.setdefault(key, []).append(person.pk)
    found: dict[tuple[int, int], list[Likeness]] = {}
    for (likeness, _fact), members in groups.items():
        for pair in _pairs(sorted(members)):
            found.setdefault(pair, []).append(likeness)
    return [Pair(*pair, tuple(likenesses)) for pair, likenesses in sorted(found.items())]


def _pairs(members: list[int]) -> Iterable[tuple[int, int]]:
    return combinations(members, 2) if len(members) <= SMALL_GROUP else pairwise(members)


def _keys(person: Facts) -> Iterator[tuple[Likeness, str]]:
    name = plain_name(person.name)
    address = same_address_key([person.street_address, person.postal_code])
    if person.email:
        yield Likeness.EMAIL, plain_email(person.email)
    if phone := plain_phone(person.phone):
        yield Likeness.PHONE, phone
    if name and person.birth_year:
        yield Likeness.NAME_AND_YEAR, f"{name} {person.birth_year}"
    if name and address:
        yield Likeness.NAME_AND_ADDRESS, f"{name} {address}"


def plain_name(name: str) -> str:
    """Equal for names that differ in case, accents, hyphens or the order of their parts."""
    bare = "".join(
        symbol
        for symbol in unicodedata.normalize("NFKD", name.casefold())
        if not unicodedata.combining(symbol)
    )
    return " ".join(sorted(re.findall(r"\w+", bare)))


def plain_email(email: str) -> str:
    """Equal for addresses of one mailbox: case and a tag after + make no difference."""
    mailbox, _at, domain = email.casefold().strip().rpartition("@")
    return f"{mailbox.partition('+')[0]}@{domain}"


def plain_phone(phone: str) -> str:
    """Equal for spellings of one Finnish number; blank for what is too short to be one."""
    national = COUNTRY_CODE.sub("0", re.sub(r"[^\d+]", "", phone))
    digits = re.sub(r"\D", "", national)
    return digits if len(digits) >= 5 else ""


@transaction.atomic
def same_person(*, jury: Jury, earlier: int, later: int, by: User) -> None:
    """The later registration is out of the pool; the earlier one stands. Nothing is erased."""
    first, second = _both(jury, earlier, later)
    if has_seat(second):
        raise JuryError(_("The later registration has a seat on the panel."))
    second.withdrawn_at = timezone.now()
    second.save()
    record(
        "duplicates.same_person",
        jury=jury,
        by=by,
        registrant=second.pk,
        reason="same person",
        stands=first.pk,
    )


@transaction.atomic
def two_people(*, jury: Jury, earlier: int, later: int, by: User) -> None:
    """Both registrations stand, and the pair is not asked about again."""
    first, second = _both(jury, earlier, later)
    DuplicateDecision.objects.create(jury=jury, earlier=first, later=second, decided_by=by)
    record("duplicates.two_people", jury=jury, by=by, earlier=first.pk, later=second.pk)


def _both(jury: Jury, earlier: int, later: int) -> tuple[Registrant, Registrant]:
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    if not any((pair.earlier, pair.later) == (earlier, later) for pair in undecided_pairs(jury)):
        raise JuryError(_("This pair has been decided already."))
    people = jury.registrants.in_bulk([earlier, later])
    return people[earlier], people[later]
