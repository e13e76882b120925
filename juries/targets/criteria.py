"""Criteria and their quotas: taken from a file, or added by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.files.errors import Code, FileError, Problem
from juries.files.quota_files import PopulationRow, QuotaRow
from juries.files.tables import fold
from juries.models import Criterion, CriterionValue, Jury, User
from juries.targets.known_labels import names_of
from juries.targets.quotas import LARGEST_QUOTA, locked_for_criteria, remove_value, shares

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One value that a file asks for."""

    value: str
    facts: Mapping[str, int | None]


@transaction.atomic
def set_from_population(*, jury: Jury, rows: Sequence[PopulationRow], band: int, by: User) -> None:
    """The jury has the criteria of the rows; each value its share of the panel, give or take."""
    jury = locked_for_criteria(jury)
    _refuse_unstorable(rows)
    jury.quota_band = band
    jury.save(update_fields=["quota_band"])
    wanted = {}
    for criterion, group in _by_criterion(rows):
        people = [row.population for row in group]
        bands = shares(criterion, people, jury.panel_size, band)
        wanted[criterion] = [
            _Wanted(
                row.value,
                {"population": row.population, "minimum": low, "maximum": high}
                | {"minimum_flex": None, "maximum_flex": None},
            )
            for row, (low, high) in zip(group, bands, strict=True)
        ]
    _replace(jury, wanted)
    record("criteria.set_from_population", jury=jury, by=by, criteria=list(wanted), band=band)


@transaction.atomic
def set_from_quotas(*, jury: Jury, rows: Sequence[QuotaRow], by: User) -> None:
    """The jury has the criteria and quotas of the rows."""
    jury = locked_for_criteria(jury)
    columns = ("minimum", "maximum", "minimum_flex", "maximum_flex")
    _refuse_unstorable(rows, columns)
    wanted = {
        criterion: [
            _Wanted(row.value, {name: getattr(row, name) for name in columns}) for row in group
        ]
        for criterion, group in _by_criterion(rows)
    }
    _replace(jury, wanted)
    record("criteria.set_from_quotas", jury=jury, by=by, criteria=list(wanted))


@transaction.atomic
def add_criterion(*, jury: Jury, name: str, values: Sequence[str], by: User) -> Criterion:
    """The jury has one criterion more, whose quotas allow everything."""
    jury = locked_for_criteria(jury)
    _refuse_late_criterion(jury, name)
    if any(fold(criterion.key) == fold(name) for criterion in jury.criteria.all()):
        raise JuryError(_("There is already a criterion “%(criterion)s”.") % {"criterion": name})
    criterion = Criterion.objects.create(
        jury=jury, key=name, position=jury.criteria.count(), **names_of(name, jury.languages)
    )
    free = {"minimum": 0, "maximum": jury.panel_size}
    _set_values(criterion, [_Wanted(value, free) for value in values], jury.languages)
    record("criteria.added", jury=jury, by=by, criterion=name, values=list(values))
    return criterion


@transaction.atomic
def remove_criterion(*, jury: Jury, criterion: Criterion, by: User) -> None:
    """The jury no longer has the criterion; refused if people have answered it."""
    jury = locked_for_criteria(jury)
    _remove_criterion(criterion)
    record("criteria.removed", jury=jury, by=by, criterion=criterion.key)


def _by_criterion[R: (PopulationRow, QuotaRow)](rows: Sequence[R]) -> list[tuple[str, list[R]]]:
    """Rows gathered by criterion, in the order in which each first appears."""
    names = list(dict.fromkeys(row.criterion for row in rows))
    ordered = sorted(rows, key=lambda row: names.index(row.criterion))
    return [(name, list(group)) for name, group in groupby(ordered, lambda row: row.criterion)]


def _refuse_unstorable(
    rows: Sequence[PopulationRow] | Sequence[QuotaRow], columns: Sequence[str] = ()
) -> None:
    long = [
        Problem.of(Code.CELL_TOO_LONG, row=row.line, limit=LONGEST_NAME)
        for row in rows
        if max(len(row.criterion), len(row.value)) > LONGEST_NAME
    ]
    large = [
        Problem.of(Code.NUMBER_TOO_LARGE, row=row.line, column=column, value=getattr(row, column))
        for row in rows
        for column in columns
        if (getattr(row, column) or 0) > LARGEST_QUOTA
    ]
    if long or large:
        raise FileError([*long, *large])


def _replace(jury: Jury, wanted: dict[str, list[_Wanted]]) -> None:
    """Criteria and values that were there already stay the same rows, so that traits keep them."""
    existing = {fold(criterion.key): criterion for criterion in jury.criteria.all()}
    names = {fold(name) for name in wanted}
    for key, present in existing.items():
        if key not in names:
            _remove_criterion(present)
    for position, (name, values) in enumerate(wanted.items()):
        criterion = existing.get(fold(name))
        if criterion is None:
            _refuse_late_criterion(jury, name)
            criterion = Criterion(jury=jury, key=name, **names_of(name, jury.languages))
        criterion.position = position
        criterion.save()
        _set_values(criterion, values, jury.languages)


def _set_values(criterion: Criterion, wanted: Sequence[_Wanted], languages: Sequence[str]) -> None:
    existing = {fold(value.key): value for value in criterion.values.all()}
    names = {fold(one.value) for one in wanted}
    for key, value in existing.items():
        if key not in names:
            remove_value(value)
    for position, one in enumerate(wanted):
        value = existing.get(fold(one.value)) or CriterionValue(
            criterion=criterion, key=one.value, **names_of(one.value, languages)
        )
        value.position = position
        for name, number in one.facts.items():
            setattr(value, name, number)
        value.save()


def _remove_criterion(criterion: Criterion) -> None:
    if criterion.traits.exists():
        raise JuryError(
            _("“%(criterion)s” cannot be removed: people who registered have answered it.")
            % {"criterion": criterion}
        )
    criterion.delete()


def _refuse_late_criterion(jury: Jury, name: str) -> None:
    if jury.registrants.exists():
        raise JuryError(
            _("“%(criterion)s” cannot be added: people have already registered without it.")
            % {"criterion": name}
        )
