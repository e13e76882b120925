"""From what somebody told to their value of each criterion: nobody chooses their own age group.

The age that counts is the one reached in the course of one year, ``year_of_ages``: the same for
everybody born in a year, and all that can be said without asking for the day of birth.

Nothing here asks the database when ``criteria`` are given with their values prefetched, as
``criteria_of`` gives them; a cached list will do for any number of registrants.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from juries.models import Criterion, CriterionValue, Jury

KEPT_CRITERIA = 256

type Known = Mapping[int, CriterionValue | None]


@dataclass(frozen=True, slots=True)
class Derived:
    """The values that follow, in the order of the criteria, and the criteria without one.

    ``missing`` waits for something that was not told: an answer, the year of birth, a postal code.
    ``outside`` was told and belongs to no group: too young for the first age group, or an area
    that is not the municipality's. Of a combination only the parts are named.
    """

    values: tuple[CriterionValue, ...]
    missing: tuple[Criterion, ...]
    outside: tuple[Criterion, ...]

    @property
    def complete(self) -> bool:
        """Whether every criterion has its value, so that the person can be drawn."""
        return not self.missing and not self.outside


def year_of_ages(jury: Jury) -> int:
    """The year whose ages count in the jury: the one in which registration opens.

    Of the timetable only that day is fixed once people register, so whoever registers after New
    Year, or after registration was prolonged, is judged like everybody before them.
    """
    return jury.registration_opens_on.year


def youngest_birth_year(jury: Jury) -> int:
    """The last year of birth of those who reach the minimum age in time."""
    return year_of_ages(jury) - jury.minimum_age


def criteria_of(jury: Jury) -> list[Criterion]:
    """The jury's criteria with their values, in two queries."""
    return list(jury.criteria.prefetch_related("values"))


def kept_criteria_of(jury: Jury) -> list[Criterion]:
    """The same, read again only when the criteria or the form have changed. For reading only."""
    key = (jury.pk, jury.created_at, jury.form_stamp)
    if key not in _KEPT:
        if len(_KEPT) >= KEPT_CRITERIA:
            _KEPT.clear()
        _KEPT[key] = criteria_of(jury)
    return _KEPT[key]


_KEPT: dict[tuple[Any, ...], list[Criterion]] = {}


def derive(
    jury: Jury,
    *,
    birth_year: int | None = None,
    postal_code: str = "",
    asked_values: Iterable[CriterionValue] = (),
    criteria: Sequence[Criterion] | None = None,
) -> Derived:
    """Every criterion judged.

    What follows from the year of birth or the postal code overrules ``asked_values``; where these
    were not told, as in a file that knows age groups only, the value given is taken.
    """
    criteria = criteria_of(jury) if criteria is None else criteria
    told = {value.criterion_id: value for value in asked_values}
    age = None if birth_year is None else year_of_ages(jury) - birth_year
    code = normal_postal_code(postal_code)
    known: dict[int, CriterionValue | None] = {}
    for criterion in criteria:
        if criterion.source != Criterion.Source.COMBINED:
            known |= _value_of(criterion, told, age=age, code=code)
    for criterion in criteria:
        if criterion.source == Criterion.Source.COMBINED:
            known |= _combination_of(criterion, known)
    return _judged(criteria, known)


def normal_postal_code(text: str) -> str:
    """The digits of a postal code: FI-00 100 is 00100."""
    return "".join(character for character in text if character in "0123456789")


def age_group_of(values: Iterable[CriterionValue], age: int) -> CriterionValue | None:
    """The first group whose bounds hold the age; a value without bounds is no age group."""
    for value in values:
        bounded = value.youngest is not None or value.oldest is not None
        if bounded and (value.youngest or 0) <= age <= _oldest(value):
            return value
    return None


def area_of(values: Iterable[CriterionValue], code: str) -> CriterionValue | None:
    """The first area that has the postal code."""
    return next((value for value in values if code in value.postal_codes), None)


def _oldest(value: CriterionValue) -> float:
    return float("inf") if value.oldest is None else value.oldest


def _value_of(
    criterion: Criterion, told: Mapping[int, CriterionValue], *, age: int | None, code: str
) -> Known:
    """The criterion with its value, or with None where what was told is outside; or nothing."""
    if criterion.source == Criterion.Source.BIRTH_YEAR and age is not None:
        return {criterion.pk: age_group_of(criterion.values.all(), age)}
    if criterion.source == Criterion.Source.POSTAL_CODE and code:
        return {criterion.pk: area_of(criterion.values.all(), code)}
    return {criterion.pk: told[criterion.pk]} if criterion.pk in told else {}


def _combination_of(criterion: Criterion, known: Known) -> Known:
    first, second = known.get(criterion.first_id or 0), known.get(criterion.second_id or 0)
    if first is None or second is None:
        return {}
    pairs = {(value.first_id, value.second_id): value for value in criterion.values.all()}
    return {criterion.pk: pairs.get((first.pk, second.pk))}


def _judged(criteria: Sequence[Criterion], known: Known) -> Derived:
    plain = (one for one in criteria if one.source != Criterion.Source.COMBINED)
    values = (known.get(criterion.pk) for criterion in criteria)
    return Derived(
        values=tuple(value for value in values if value),
        missing=tuple(criterion for criterion in plain if criterion.pk not in known),
        outside=tuple(
            criterion
            for criterion in criteria
            if criterion.pk in known and known[criterion.pk] is None
        ),
    )
