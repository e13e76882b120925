"""Criteria and their quotas: taken from a file, or added by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.files.errors import Code, FileError, Problem
from juries.files.quota_files import PopulationRow, QuotaRow
from juries.files.tables import fold
from juries.models import Criterion, Jury, User
from juries.targets.pairs import add_combination
from juries.targets.quota_changes import bounds_of, moved_since
from juries.targets.quotas import LARGEST_QUOTA, locked_for_criteria, shares
from juries.targets.storing import (
    Wanted,
    drop_criterion,
    refuse_late_criterion,
    store_all,
    store_criterion,
)

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Groups:
    """What a table of groups holds: ready quotas, or people to calculate them from."""

    population: list[PopulationRow]
    quotas: list[QuotaRow]

    def __len__(self) -> int:
        return len(self.population) + len(self.quotas)


def groups_of_data(data: Mapping[str, Any]) -> Groups:
    """The rows that ``files.statistics.reading`` wrote."""
    if data["kind"] == "quotas":
        return Groups([], [QuotaRow(**row) for row in data["rows"]])
    return Groups([PopulationRow(**row) for row in data["rows"]], [])


def take_groups(
    *, jury: Jury, groups: Groups, band: int | None, by: User, reason: str = ""
) -> None:
    """The jury has the criteria of the table and no others."""
    if groups.quotas:
        set_from_quotas(jury=jury, rows=groups.quotas, by=by, reason=reason)
    else:
        set_from_population(jury=jury, rows=groups.population, band=band or 0, by=by, reason=reason)


@transaction.atomic
def set_from_population(
    *, jury: Jury, rows: Sequence[PopulationRow], band: int, by: User, reason: str = ""
) -> None:
    """The jury has the criteria of the rows; each value its share of the panel, give or take."""
    jury = locked_for_criteria(jury)
    before = bounds_of(jury)
    _refuse_unstorable(rows)
    jury.quota_band = band
    jury.save(update_fields=["quota_band"])
    wanted = {}
    for criterion, group in _by_criterion(rows):
        people = [row.population for row in group]
        bands = shares(criterion, people, jury.panel_size, band)
        wanted[criterion] = [
            Wanted(
                row.value,
                {"population": row.population, "minimum": low, "maximum": high}
                | {"minimum_flex": None, "maximum_flex": None},
            )
            for row, (low, high) in zip(group, bands, strict=True)
        ]
    store_all(jury, wanted)
    moved = moved_since(before, jury, reason)
    record(
        "criteria.set_from_population", jury=jury, by=by, criteria=list(wanted), band=band, **moved
    )


@transaction.atomic
def set_from_quotas(*, jury: Jury, rows: Sequence[QuotaRow], by: User, reason: str = "") -> None:
    """The jury has the criteria and quotas of the rows."""
    jury = locked_for_criteria(jury)
    before = bounds_of(jury)
    columns = ("minimum", "maximum", "minimum_flex", "maximum_flex")
    _refuse_unstorable(rows, columns)
    wanted = {
        criterion: [
            Wanted(row.value, {name: getattr(row, name) for name in columns}) for row in group
        ]
        for criterion, group in _by_criterion(rows)
    }
    store_all(jury, wanted)
    moved = moved_since(before, jury, reason)
    record("criteria.set_from_quotas", jury=jury, by=by, criteria=list(wanted), **moved)


@transaction.atomic
def add_criterion(
    *, jury: Jury, name: str, values: Sequence[str], by: User, reason: str = ""
) -> Criterion:
    """The jury has one criterion more, whose quotas allow everything."""
    jury = locked_for_criteria(jury)
    before = bounds_of(jury)
    refuse_late_criterion(jury, name)
    if any(fold(criterion.key) == fold(name) for criterion in jury.criteria.all()):
        raise JuryError(_("There is already a criterion “%(criterion)s”.") % {"criterion": name})
    free = {"minimum": 0, "maximum": jury.panel_size}
    criterion = store_criterion(jury, name, [Wanted(value, free) for value in values])
    moved = moved_since(before, jury, reason)
    record("criteria.added", jury=jury, by=by, criterion=name, values=list(values), **moved)
    return criterion


@transaction.atomic
def combine_criteria(
    *, jury: Jury, first: Criterion, second: Criterion, by: User, reason: str = ""
) -> Criterion:
    """The jury has a criterion of both together, with a value for each pair, allowing everything.

    Nobody is asked for it: it follows from its parts.
    """
    jury = locked_for_criteria(jury)
    before = bounds_of(jury)
    _refuse_pair(jury, first, second)
    refuse_late_criterion(jury, f"{first} × {second}")
    criterion = add_combination(jury, first, second)
    moved = moved_since(before, jury, reason)
    record("criteria.combined", jury=jury, by=by, criterion=criterion.key, **moved)
    return criterion


@transaction.atomic
def remove_criterion(*, jury: Jury, criterion: Criterion, by: User, reason: str = "") -> None:
    """The jury no longer has the criterion; refused if people have answered it."""
    jury = locked_for_criteria(jury)
    before = bounds_of(jury)
    # A row of its own: the caller's keeps its key if the deletion is taken back.
    drop_criterion(jury.criteria.get(pk=criterion.pk))
    moved = moved_since(before, jury, reason)
    record("criteria.removed", jury=jury, by=by, criterion=criterion.key, **moved)


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


def _refuse_pair(jury: Jury, first: Criterion, second: Criterion) -> None:
    both = {first.pk, second.pk}
    if len(both) == 1 or jury.criteria.filter(pk__in=both).count() != len(both):
        raise JuryError(_("Choose two different criteria."))
    if Criterion.Source.COMBINED in {first.source, second.source}:
        raise JuryError(_("A combination is made of two criteria, not of other combinations."))
    combined = jury.criteria.filter(source=Criterion.Source.COMBINED)
    if any({row.first_id, row.second_id} == both for row in combined):
        raise JuryError(_("These two are already combined."))
