"""What each application adds to the pages that show the whole chain.

The jury's home, its public page and a registrant's own page belong to ``juries`` but speak of
everything to its right. Each application named in ``settings.ROOMS`` has a module ``room`` with
the functions below; it is named by string, so that imports still only look left. ``forget``,
``taking_part``, ``desk_ways``, ``held_back``, ``days_present``, ``held`` and ``votes`` are there
only in rooms that hold or know something of the kind.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any, Literal, Protocol, cast

from django.conf import settings
from django.db.models import QuerySet

from juries.enums import Act
from juries.models import Jury, Message, Registrant


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the chain on the jury's home: what it is for, how it stands, where it is."""

    title: str
    sentence: str
    state: Literal["done", "now", "later", "missing"]
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the public page, printed by its own template.

    What the jury has come to, an ``outcome``, is printed before how it came there.
    """

    key: str
    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    outcome: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One matter on a registrant's own page: what it is, and what to do about it."""

    title: str
    sentence: str
    url: str
    action: str


@dataclass(frozen=True, slots=True)
class HeldData:
    """Data about a registrant under a heading: names for machines, names for people, values."""

    key: str
    title: str
    rows: tuple[tuple[str, str, Any], ...]


class Room(Protocol):
    def steps(self, jury: Jury, acts: frozenset[Act]) -> list[Step]: ...

    def public_sections(self, jury: Jury) -> list[Section]: ...

    def own_cards(self, registrant: Registrant) -> list[Card]: ...

    def forget(self, registrants: QuerySet[Registrant]) -> None: ...

    def taking_part(self, jury: Jury) -> frozenset[int]: ...

    def desk_ways(self, registrant: Registrant) -> list[tuple[str, str]]: ...

    def held_back(self, messages: QuerySet[Message]) -> None: ...

    def days_present(self, jury: Jury) -> Mapping[int, int]: ...

    def held(self, registrant: Registrant) -> Sequence[HeldData]: ...

    def votes(self, jury: Jury) -> bool: ...


@cache
def rooms() -> tuple[Room, ...]:
    """The rooms in the order of the chain."""
    return tuple(cast(Room, import_module(f"{name}.room")) for name in settings.ROOMS)


def steps_of(jury: Jury, acts: frozenset[Act]) -> Iterator[Step]:
    """Every step of the chain that somebody with ``acts`` may see."""
    for room in rooms():
        yield from room.steps(jury, acts)


def public_sections_of(jury: Jury) -> list[Section]:
    """Everything the public page says: outcomes first, then the rest in the order of the chain."""
    found = [section for room in rooms() for section in room.public_sections(jury)]
    return sorted(found, key=lambda section: not section.outcome)


def forget_in_rooms(registrants: QuerySet[Registrant]) -> None:
    """No room holds anything any more that says who these people are or what they told."""
    for room in rooms():
        if hasattr(room, "forget"):
            room.forget(registrants)


def held_back_in_rooms(messages: QuerySet[Message]) -> None:
    """No room takes anybody for told by these messages, which will not go after all."""
    for room in rooms():
        if hasattr(room, "held_back"):
            room.held_back(messages)


def taking_part_in(jury: Jury) -> frozenset[int]:
    """The registrants who have been present at a session, by key."""
    found = (room.taking_part(jury) for room in rooms() if hasattr(room, "taking_part"))
    return frozenset().union(*found)


def days_present_in(jury: Jury) -> dict[int, int]:
    """On how many days each registrant has been present; whoever never was is not in it."""
    days: dict[int, int] = {}
    for room in rooms():
        for key, count in room.days_present(jury).items() if hasattr(room, "days_present") else ():
            days[key] = days.get(key, 0) + count
    return days


def held_in_rooms(registrant: Registrant) -> Iterator[HeldData]:
    """Everything the rooms hold about the registrant."""
    for room in rooms():
        if hasattr(room, "held"):
            yield from room.held(registrant)


def votes_in_rooms(jury: Jury) -> bool:
    """Whether the members of the jury are voting at this moment."""
    return any(room.votes(jury) for room in rooms() if hasattr(room, "votes"))


def own_cards_of(registrant: Registrant) -> Iterator[Card]:
    """Everything that awaits the registrant."""
    for room in rooms():
        yield from room.own_cards(registrant)


def desk_ways_of(registrant: Registrant) -> list[tuple[str, str]]:
    """Pages about the registrant for those who may read names: what each is called, and where."""
    found = (room.desk_ways(registrant) for room in rooms() if hasattr(room, "desk_ways"))
    return [way for ways in found for way in ways]
