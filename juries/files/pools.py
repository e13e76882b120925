"""Pool files: who can be drawn, with one value per criterion of the quota file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from juries.files.addresses import household_numbers, same_address_key
from juries.files.errors import Code, FileError, Parameter, Problem, UnreadableFile
from juries.files.quota_files import QuotaRow
from juries.files.tables import Row, Table, fold

_ID_COLUMNS = (
    "id",
    "tunnus",
    "tunniste",
    "respondent_id",
    "registrant_id",
    "person_id",
    "nationbuilder_id",
    "unique_id",
    "koodi",
    "kod",
    "code",
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion with its quotas, values in the order of the quota file."""

    name: str
    quotas: tuple[QuotaRow, ...]

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(quota.value for quota in self.quotas)


@dataclass(frozen=True, slots=True)
class PoolFile:
    """The people of a pool file, in file order.

    ``traits[person][criterion]`` is the position of the person's value among the
    criterion's values; equal non-negative ``households`` live together.
    """

    ids: tuple[str, ...]
    traits: tuple[tuple[int, ...], ...]
    households: tuple[int, ...]


def criteria_of(rows: Iterable[QuotaRow]) -> tuple[Criterion, ...]:
    """The quotas gathered by criterion, in the order of first appearance."""
    gathered: dict[str, list[QuotaRow]] = {}
    for row in rows:
        gathered.setdefault(row.criterion, []).append(row)
    return tuple(Criterion(name, tuple(quotas)) for name, quotas in gathered.items())


def read_pool(
    table: Table,
    criteria: Sequence[Criterion],
    *,
    id_column: str | None = None,
    household_columns: Sequence[str] = (),
) -> PoolFile:
    """The pool, every person with a known value for every criterion; or ``FileError``."""
    position = _id_position(table, id_column)
    trait_positions = [table.column(criterion.name) for criterion in criteria]
    address_positions = [table.column(name) for name in household_columns]
    problems = _id_problems(table, position)
    columns = []
    for criterion, column in zip(criteria, trait_positions, strict=True):
        found, wrong = _column_traits(table, criterion, column)
        columns.append(found)
        problems += wrong
    if problems:
        raise FileError(sorted(problems, key=lambda problem: problem.row or 0))
    keys = [same_address_key(row.cells[at] for at in address_positions) for row in table.rows]
    return PoolFile(
        ids=tuple(row.cells[position] for row in table.rows),
        traits=tuple(zip(*columns, strict=True)),
        households=household_numbers(keys),
    )


def _id_position(table: Table, id_column: str | None) -> int:
    if id_column is not None:
        return table.column(id_column)
    guess = table.find_column(*_ID_COLUMNS)
    if guess is None:
        raise UnreadableFile.because(Code.MISSING_ID_COLUMN, file=table.file, found=table.found)
    return guess


def _where(table: Table, row: Row, position: int) -> dict[str, Parameter]:
    return {"file": table.file, "row": row.line, "column": table.header[position]}


def _id_problems(table: Table, position: int) -> list[Problem]:
    first_rows: dict[str, int] = {}
    problems = []
    for row in table.rows:
        name = row.cells[position]
        where = _where(table, row, position)
        if not name:
            problems.append(Problem.of(Code.MISSING_VALUE, **where))
        elif first_rows.setdefault(name, row.line) != row.line:
            problems.append(
                Problem.of(Code.DUPLICATE_ID, **where, value=name, first_row=first_rows[name])
            )
    return problems


def _column_traits(
    table: Table, criterion: Criterion, column: int
) -> tuple[list[int], list[Problem]]:
    """Everybody's value of one criterion; unknown values are gathered with their counts."""
    positions = {value: position for position, value in enumerate(criterion.values)}
    traits = []
    problems = []
    unknown: dict[str, list[int]] = {}
    for row in table.rows:
        value = row.cells[column]
        traits.append(positions.get(value, -1))
        if not value:
            problems.append(Problem.of(Code.MISSING_VALUE, **_where(table, row, column)))
        elif value not in positions:
            unknown.setdefault(value, []).append(row.line)
    return traits, problems + [
        _unknown_value(table, criterion, column, value, lines) for value, lines in unknown.items()
    ]


def _unknown_value(
    table: Table, criterion: Criterion, column: int, value: str, lines: list[int]
) -> Problem:
    where: dict[str, Parameter] = {
        "file": table.file,
        "row": lines[0],
        "column": table.header[column],
        "value": value,
        "count": len(lines),
    }
    alike = [known for known in criterion.values if fold(known) == fold(value)]
    if alike:
        return Problem.of(Code.MISSPELT_VALUE, **where, other=alike[0])
    return Problem.of(Code.UNKNOWN_VALUE, **where)
