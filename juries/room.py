"""What this application adds to the pages that show the whole chain."""

from juries.enums import Act
from juries.models import Jury, Registrant
from juries.rooms import Card, Section, Step


def steps(jury: Jury, acts: frozenset[Act]) -> list[Step]:
    return []


def public_sections(jury: Jury) -> list[Section]:
    return []


def own_cards(registrant: Registrant) -> list[Card]:
    return []
