"""What the members of a jury need, for whoever makes the arrangements; and totals for the venue."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from juries.models import Jury, Needs, User
from juries.privacy.reading import Sensitive, note_reading
from juries.registration.answers import KINDS_OF_NEEDS, opened

HELD = ("offered", "confirmed")


@dataclass(frozen=True, slots=True)
class Told:
    """One member and what they need."""

    name: str
    reference: str
    language: str
    sentence: str


def totals(jury: Jury) -> list[tuple[str, int]]:
    """How many need what, without a word of who; every kind is listed."""
    counted = Counter(kind for row in _of_members(jury) for kind in opened(row).kinds)
    return [(str(label), counted[kind]) for kind, label in KINDS_OF_NEEDS.items()]


@transaction.atomic
def read(*, jury: Jury, by: User) -> list[Told]:
    """What each member needs, by name; it stands in the log that ``by`` has read it."""
    told = list(_told(jury))
    note_reading(jury=jury, kind=Sensitive.NEEDS, people=len(told), by=by)
    return told


def members_told(jury: Jury) -> int:
    """How many members have told of a need."""
    return _of_members(jury).count()


def seats_held(jury: Jury) -> int:
    """How many people there are to arrange for: those with a seat, offered or confirmed."""
    return jury.registrants.filter(seat__state__in=HELD, withdrawn_at=None).count()


def _told(jury: Jury) -> Iterator[Told]:
    for row in _of_members(jury).select_related("registrant").order_by("registrant__name"):
        person = row.registrant
        yield Told(person.name, person.reference, person.language, opened(row).sentence())


def _of_members(jury: Jury) -> QuerySet[Needs]:
    """Needs of those who hold a seat, drawn or named: nobody's are read who does not come."""
    return Needs.objects.filter(registrant__jury=jury, registrant__seat__state__in=HELD)
