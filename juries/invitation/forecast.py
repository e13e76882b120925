"""How many letters the panel needs: at a low, a usual and a high rate, and at the rate so far."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from juries.files.tables import fold
from juries.invitation import rates
from juries.invitation.rates import Rate
from juries.models import Criterion, CriterionValue, Jury
from juries.models.translated import LANGUAGE_CODES
from juries.targets.apportionment import whole_seats

LOW, USUAL, HIGH = 2, 4, 8
"""Per cent of the invited who registered in Finnish juries: few, as a rule, and many."""
REGISTRANTS_PER_SEAT = 5
ENOUGH_TO_JUDGE = 100
"""Fewer letters than this say nothing about the rate of a group."""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """How many registrants each seat needs, and by how many per cent more seats are filled."""

    registrants_per_seat: int = REGISTRANTS_PER_SEAT
    extra_per_cent: int = 0

    def registrants(self, seats: int) -> int:
        filled = _up(seats * (100 + self.extra_per_cent), 100)
        return filled * self.registrants_per_seat


@dataclass(frozen=True, slots=True)
class Column:
    """The letters that are needed if ``registered`` of ``invited`` answer."""

    registered: int
    invited: int
    letters: int
    so_far: bool = False

    @property
    def share(self) -> float:
        return self.registered / self.invited


@dataclass(frozen=True, slots=True)
class GroupLetters:
    """The letters of one group, in the order of the columns; they add up to the whole."""

    value: CriterionValue
    letters: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the jury needs; no groups where the population is not known."""

    registrants: int
    columns: tuple[Column, ...]
    groups: tuple[GroupLetters, ...]


@dataclass(frozen=True, slots=True)
class Further:
    """Of one group: registrants wanted and there, and how many letters more would bring them."""

    value: CriterionValue
    wanted: int
    registered: int
    letters: int
    rate: Rate


def forecast(
    jury: Jury, assumptions: Assumptions | None = None, criterion: Criterion | None = None
) -> Forecast:
    """The letters at each rate, and by the groups of the criterion."""
    wanted = (assumptions or Assumptions()).registrants(jury.panel_size)
    columns = [Column(rate, 100, _up(wanted * 100, rate)) for rate in (LOW, USUAL, HIGH)]
    actual = rates.overall(jury)
    if actual.registered:
        letters = _up(wanted * actual.invited, actual.registered)
        columns.append(Column(actual.registered, actual.invited, letters, so_far=True))
    return Forecast(wanted, tuple(columns), tuple(_groups(criterion, columns)))


def further_letters(
    jury: Jury, criterion: Criterion, assumptions: Assumptions | None = None
) -> list[Further]:
    """For each group what is still missing, at the group's own rate or else at the jury's.

    Empty where the population of the groups is not known.
    """
    values = list(criterion.values.all())
    people = [value.population or 0 for value in values]
    if not sum(people):
        return []
    wanted = whole_seats(people, (assumptions or Assumptions()).registrants(jury.panel_size))
    there = _registered(jury, criterion)
    by_group = {fold(rate.key): rate for rate in rates.by_group(jury)}
    overall = rates.overall(jury)
    return [
        _further(value, most, there.get(value.pk, 0), _rate_of(value, by_group, overall))
        for value, most in zip(values, wanted, strict=True)
    ]


def _further(value: CriterionValue, wanted: int, registered: int, rate: Rate) -> Further:
    missing = max(0, wanted - registered)
    letters = _up(missing * rate.invited, rate.registered)
    return Further(value, wanted, registered, letters, rate)


def _rate_of(value: CriterionValue, by_group: dict[str, Rate], overall: Rate) -> Rate:
    """The first of these that rests on enough letters and answers; or what is usual."""
    own = [by_group[name] for name in _spellings(value) if name in by_group]
    for rate in (*own, overall):
        if rate.invited >= ENOUGH_TO_JUDGE and rate.registered:
            return rate
    return Rate("", 100, USUAL)


def _spellings(value: CriterionValue) -> list[str]:
    texts = [value.key, *(getattr(value, f"name_{code}") for code in LANGUAGE_CODES)]
    return [fold(text) for text in texts if text]


def _registered(jury: Jury, criterion: Criterion) -> dict[int, int]:
    in_pool = jury.registrants.in_pool().values("pk")
    return dict(
        criterion.values.order_by()
        .values_list("pk")
        .annotate(people=Count("traits", filter=Q(traits__registrant__in=in_pool)))
    )


def _groups(criterion: Criterion | None, columns: Sequence[Column]) -> list[GroupLetters]:
    values = list(criterion.values.all()) if criterion else []
    people = [value.population or 0 for value in values]
    if not sum(people):
        return []
    shared = [whole_seats(people, column.letters) for column in columns]
    return [
        GroupLetters(value, tuple(letters[place] for letters in shared))
        for place, value in enumerate(values)
    ]


def _up(number: int, divisor: int) -> int:
    """The quotient, rounded up without passing through fractions."""
    return -(-number // divisor)
