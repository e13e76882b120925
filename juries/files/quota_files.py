"""Quota files and population tables: which values a criterion has, and how many of each.

Every problem of the file is collected before any is reported, so that one look
at the list is enough to mend the file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from juries.files.errors import Code, FileError, Parameter, Problem, UnreadableFile
from juries.files.numbers import whole_number
from juries.files.tables import Row, Table, fold

# The pairs of headers that name a criterion and its value, in the order in which they are tried.
_PAIRS = (
    ("feature", "value"),
    ("category", "name"),
    ("category", "feature"),
    ("category", "value"),
    ("category", "category value"),
    ("category", "category_value"),
    ("category", "category-value"),
    ("criterion", "value"),
    ("kiintiöperuste", "arvo"),
    ("peruste", "arvo"),
    ("kvotgrund", "värde"),
)
_MINIMUM = ("min", "minimum", "alaraja", "vähintään", "nedre gräns", "minst")
_MAXIMUM = ("max", "maximum", "yläraja", "enintään", "övre gräns", "högst")
_POPULATION = (
    "population",
    "väestö",
    "befolkning",
    "lukumäärä",
    "antal",
    "count",
    "n",
    "asukkaita",
    "invånare",
)


@dataclass(frozen=True, slots=True)
class QuotaRow:
    criterion: str
    value: str
    minimum: int
    maximum: int
    minimum_flex: int | None
    maximum_flex: int | None
    line: int


@dataclass(frozen=True, slots=True)
class PopulationRow:
    criterion: str
    value: str
    population: int
    line: int


def quota_rows(table: Table) -> list[QuotaRow]:
    """The quotas in file order, values distinct within their criterion; or ``FileError``.

    Rows that name no criterion and no number are notes between the quotas and are passed over.
    """
    reading = _Reading(table)
    minimum, maximum = reading.needed(_MINIMUM), reading.needed(_MAXIMUM)
    columns = {
        "min": minimum,
        "max": maximum,
        "min_flex": table.find_column("min_flex"),
        "max_flex": table.find_column("max_flex"),
    }

    def quota_row(row: Row) -> QuotaRow | None:
        if reading.is_note(row, minimum, maximum):
            return None
        return _quota_row(reading, row, columns)

    return reading.collect(quota_row)


def population_rows(table: Table) -> list[PopulationRow]:
    """The population of each value, in file order; or ``FileError``."""
    reading = _Reading(table)
    column = reading.needed(_POPULATION)

    def population_row(row: Row) -> PopulationRow | None:
        label = reading.label(row)
        population = reading.number(row, column)
        if label is None or population is None:
            return None
        return PopulationRow(*label, population, row.line)

    return reading.collect(population_row)


def _quota_row(reading: _Reading, row: Row, columns: dict[str, int | None]) -> QuotaRow | None:
    label = reading.label(row)
    minimum, maximum = (reading.number(row, columns[name]) for name in ("min", "max"))
    lowest = reading.number(row, columns["min_flex"], optional=True)
    highest = reading.number(row, columns["max_flex"], optional=True)
    if label is None or minimum is None or maximum is None:
        return None
    where: dict[str, Parameter] = {"row": row.line, "criterion": label[0], "value": label[1]}
    if minimum > maximum:
        reading.note(Code.MINIMUM_ABOVE_MAXIMUM, **where, minimum=minimum, maximum=maximum)
    if lowest is not None and lowest > minimum:
        reading.note(Code.FLEX_INSIDE, **where, column="min_flex")
    if highest is not None and highest < maximum:
        reading.note(Code.FLEX_INSIDE, **where, column="max_flex")
    return QuotaRow(*label, minimum, maximum, lowest, highest, row.line)


def names_groups(table: Table) -> bool:
    """Whether each row names a criterion and a value, as only tables of groups do."""
    return any(all(table.find_column(name) is not None for name in pair) for pair in _PAIRS)


def has_quotas(table: Table) -> bool:
    """Whether the groups come with ready quotas rather than with people to count."""
    return table.find_column(*_MINIMUM) is not None


class _Reading:
    """One reading of one table, with the problems met on the way."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.problems: list[Problem] = []
        self._criterion, self._value = self._label_columns()
        self._criteria: dict[str, tuple[str, int]] = {}
        self._values: dict[tuple[str, str], tuple[str, int]] = {}

    def _label_columns(self) -> tuple[int, int]:
        for pair in _PAIRS:
            criterion, value = (self.table.find_column(name) for name in pair)
            if criterion is not None and value is not None:
                return criterion, value
        names = {name for pair in _PAIRS for name in pair}
        present = any(self.table.find_column(name) is not None for name in names)
        column = "value" if present else "criterion"
        raise UnreadableFile.because(
            Code.MISSING_COLUMN, file=self.table.file, column=column, found=self.table.found
        )

    def is_note(self, row: Row, *numbers: int) -> bool:
        """Whether the row names no criterion, nor any of these numbers."""
        return not any(row.cells[place] for place in (self._criterion, *numbers))

    def needed(self, names: tuple[str, ...]) -> int:
        position = self.table.find_column(*names)
        return self.table.column(names[0]) if position is None else position

    def collect[R](self, read: Callable[[Row], R | None]) -> list[R]:
        rows = [read(row) for row in self.table.rows]
        if self.problems:
            raise FileError(self.problems)
        return [row for row in rows if row is not None]

    def note(self, code: Code, **params: Parameter) -> None:
        self.problems.append(Problem.of(code, file=self.table.file, **params))

    def label(self, row: Row) -> tuple[str, str] | None:
        """Criterion and value; the same twice, or all but the same, is noted."""
        criterion, value = row.cells[self._criterion], row.cells[self._value]
        for position in (self._criterion, self._value):
            if not row.cells[position]:
                column = self.table.header[position]
                self.note(Code.MISSING_VALUE, row=row.line, column=column)
        if not criterion or not value:
            return None
        self._compare_criterion(criterion, row.line)
        self._compare_value(criterion, value, row.line)
        return criterion, value

    def _compare_criterion(self, criterion: str, line: int) -> None:
        other, first_row = self._criteria.setdefault(fold(criterion), (criterion, line))
        if other != criterion:
            params: dict[str, Parameter] = {
                "value": criterion,
                "other": other,
                "first_row": first_row,
            }
            self.note(Code.NEARLY_SAME_CRITERION, row=line, **params)

    def _compare_value(self, criterion: str, value: str, line: int) -> None:
        key = fold(criterion), fold(value)
        other, first_row = self._values.setdefault(key, (value, line))
        where: dict[str, Parameter] = {"row": line, "criterion": criterion, "value": value}
        if other != value:
            self.note(Code.NEARLY_SAME_VALUE, **where, other=other, first_row=first_row)
        elif first_row != line:
            self.note(Code.DUPLICATE_VALUE, **where, first_row=first_row)

    def number(self, row: Row, position: int | None, *, optional: bool = False) -> int | None:
        if position is None:
            return None
        text = row.cells[position]
        where: dict[str, Parameter] = {"row": row.line, "column": self.table.header[position]}
        if not text:
            if not optional:
                self.note(Code.MISSING_VALUE, **where)
            return None
        number = whole_number(text)
        if isinstance(number, Code):
            self.note(number, **where, value=text)
            return None
        return number
