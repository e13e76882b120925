"""kr-replace/1: who takes a seat that has fallen vacant, the same for whoever works it out."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from selection.protocol.encoding import tagged

NO_BALLS = "---"

UNKNOWN = -1
"""The value of somebody who has been erased: they count for none."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could take the seat; smaller comes first."""

    misses: int
    unlike: int
    rank: str
    index: int

    @property
    def order(self) -> tuple[int, int, str]:
        return self.misses, self.unlike, self.rank


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the pool: pseudonym, the place of the value in each criterion, household."""

    pseudonym: str
    values: tuple[int, ...]
    household: int | None = None


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A seat to be filled: the panel as it is, and who of it is gone.

    ``bounds`` are minimum and maximum of each value, criterion after criterion. ``among`` are the
    people who can be asked; whoever sits, is gone or may not sit beside those who stay is left out.
    """

    people: Mapping[int, Person]
    bounds: Sequence[Sequence[tuple[int, int]]]
    panel: Collection[int]
    gone: int
    among: Collection[int]
    household_limit: bool


def rank_of(pseudonym: str, *, signature: str, balls: str) -> str:
    """The lot of somebody in this draw, in hex."""
    chance = hashlib.sha256(bytes.fromhex(signature)).digest() if signature else bytes(32)
    text = balls or NO_BALLS
    return tagged("kr/replace/1", chance, text.encode(), pseudonym.encode()).hex()


def candidates(vacancy: Vacancy, *, signature: str, balls: str) -> list[Candidate]:
    """Everybody who could take the seat, the first first."""
    staying = [index for index in vacancy.panel if index != vacancy.gone]
    counts = _counts(vacancy, staying)
    leaving = vacancy.people[vacancy.gone].values
    homes = {vacancy.people[index].household for index in staying} - {None}
    found = []
    for index in vacancy.among:
        person = vacancy.people[index]
        if index in vacancy.panel or (vacancy.household_limit and person.household in homes):
            continue
        equal = sum(own == other for own, other in zip(person.values, leaving, strict=True))
        misses = _misses(vacancy, counts, person.values)
        rank = rank_of(person.pseudonym, signature=signature, balls=balls)
        found.append(Candidate(misses, len(leaving) - equal, rank, index))
    return sorted(found, key=lambda one: one.order)


def misses_of(vacancy: Vacancy) -> int:
    """How many values the panel misses when the seat stays empty."""
    staying = [index for index in vacancy.panel if index != vacancy.gone]
    return _misses(vacancy, _counts(vacancy, staying), None)


def _counts(vacancy: Vacancy, staying: Sequence[int]) -> list[list[int]]:
    counts = [[0] * len(bounds) for bounds in vacancy.bounds]
    for index in staying:
        for column, value in enumerate(vacancy.people[index].values):
            if value != UNKNOWN:
                counts[column][value] += 1
    return counts


def _misses(vacancy: Vacancy, counts: Sequence[Sequence[int]], values: Sequence[int] | None) -> int:
    missed = 0
    for column, bounds in enumerate(vacancy.bounds):
        for value, (least, most) in enumerate(bounds):
            held = counts[column][value]
            held += values is not None and values[column] == value
            missed += not least <= held <= most
    return missed
