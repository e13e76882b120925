"""The same person twice, or two of one home: who look alike.

Nothing is deleted by a likeness. Somebody looks at each pair and says what it is.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.errors import JuryError
from juries.files.addresses import same_address_key
from juries.models import Jury, Registrant

# Where more people than this share a fact, each is compared with the next one only.
SMALL_GROUP = 6
COUNTRY_CODE = re.compile(r"^(\+|00)358")


class Likeness(models.TextChoices):
    """What two registrations have in common."""

    EMAIL = "email", gettext_lazy("same e-mail address")
    PHONE = "phone", gettext_lazy("same phone number")
    NAME_AND_YEAR = "name_year", gettext_lazy("same name and year of birth")
    NAME_AND_ADDRESS = "name_address", gettext_lazy("same name and address")
    ADDRESS = "address", gettext_lazy("same address")


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

    @property
    def may_be_one_person(self) -> bool:
        """Whether the lottery waits for a decision; who only live together, do so until then."""
        return self.likenesses != (Likeness.ADDRESS,)


def undecided_pairs(jury: Jury) -> list[Pair]:
    """Pairs who may be one person, of whom one at least is in the pool, still to be decided on."""
    return [pair for pair in pairs_to_look_at(jury) if pair.may_be_one_person]


def pairs_to_look_at(jury: Jury) -> list[Pair]:
    """The undecided pairs, and where one of a household is drawn also those who share an address.

    Until the pool is frozen whoever is excluded is held against it too, or they could be drawn by
    another registration of theirs. Two queries; those who may be one person come first.
    """
    people = jury.registrants
    possible = people.in_pool() if jury.is_frozen else people.who_could_be_drawn()
    columns = possible.values_list(*Facts.__slots__, "excluded")
    rows = [(Facts(*facts), rule) for *facts, rule in columns]
    excluded = {facts.pk for facts, rule in rows if rule}
    decided = set(jury.duplicate_decisions.values_list("earlier_id", "later_id"))
    in_pool = (facts for facts, rule in rows if not rule)
    pairs = alike(in_pool, homes=jury.one_per_household)
    if excluded:
        pairs += _excluded_twice(alike(facts for facts, _rule in rows), excluded)
    undecided = [pair for pair in pairs if (pair.earlier, pair.later) not in decided]
    return sorted(undecided, key=lambda pair: not pair.may_be_one_person)


def undecided_pair(jury: Jury, earlier: int, later: int) -> tuple[Registrant, Registrant]:
    """The two registrants, if somebody still has to decide on them; the jury must be locked."""
    pairs = {(pair.earlier, pair.later) for pair in pairs_to_look_at(jury)}
    if (earlier, later) not in pairs:
        raise JuryError(_("This pair has been decided already."))
    people = jury.registrants.in_bulk([earlier, later])
    return people[earlier], people[later]


def alike(people: Iterable[Facts], *, homes: bool = False) -> list[Pair]:
    """Everybody who shares a fact with somebody, as pairs; the work grows with the people.

    An address alone counts as such a fact only where ``homes`` matter.
    """
    groups: dict[tuple[Likeness, str], list[int]] = {}
    for person in people:
        for key in _keys(person):
            if key[0] is Likeness.ADDRESS and not homes:
                continue
            groups.setdefault(key, []).append(person.pk)
    found: dict[tuple[int, int], list[Likeness]] = {}
    for (likeness, _fact), members in groups.items():
        for pair in pairs_among(sorted(members)):
            found.setdefault(pair, []).append(likeness)
    return [Pair(*pair, tuple(likenesses)) for pair, likenesses in sorted(found.items())]


def _excluded_twice(pairs: Iterable[Pair], excluded: Collection[int]) -> Iterator[Pair]:
    """The pairs of somebody excluded and somebody in the pool."""
    return (pair for pair in pairs if (pair.earlier in excluded) != (pair.later in excluded))


def pairs_among(members: list[int]) -> Iterable[tuple[int, int]]:
    """Everybody with everybody; in a crowd each with the next one only."""
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
    if address:
        yield Likeness.ADDRESS, address


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
