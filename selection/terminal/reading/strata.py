"""Strata of an address file as a table says them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from juries.files.errors import Code, FileError, Parameter, Problem
from juries.files.numbers import whole_number
from juries.files.pools import Criterion
from juries.files.quota_files import PopulationRow, population_rows
from juries.files.tables import Row, Table, fold
from selection.engine.inviting.strata import Stratum
from selection.terminal.exits import Unusable
from selection.terminal.reading.inputs import open_table
from selection.terminal.reading.people import decimal_column


@dataclass(frozen=True, slots=True)
class StrataFile:
    """The strata with the table they came from; ``known`` are the criteria it has columns for."""

    table: Table
    strata: tuple[Stratum, ...]
    known: tuple[str, ...]


def read_strata(path: Path, criteria: Sequence[Criterion], shares: Path | None) -> StrataFile:
    """The strata; or ``FileError`` or ``Unusable``.

    Columns: some of the criteria, people, and low, likely and high in per cent. What the file does
    not know is taken from ``shares``, a table of populations.
    """
    table = open_table(path)
    others = _shares(shares, criteria) if shares else {}
    people = _people(table)
    rates = [decimal_column(table, name, most=100.0) for name in ("low", "likely", "high")]
    strata = []
    for row, count, *rate in zip(table.rows, people, *rates, strict=True):
        if not rate[0] <= rate[1] <= rate[2]:
            raise Unusable(f"{path}, row {row.line}: low, likely and high must rise.")
        parts = tuple(_part(row, table, criterion, others) for criterion in criteria)
        low, likely, high = (number / 100 for number in rate)
        strata.append(Stratum.of(count, (low, likely, high), parts))
    known = tuple(each.name for each in criteria if table.find_column(each.name) is not None)
    return StrataFile(table, tuple(strata), known)


def _people(table: Table) -> list[int]:
    column = table.column("people")
    counts, problems = [], []
    for row in table.rows:
        number = whole_number(row.cells[column])
        if isinstance(number, int):
            counts.append(number)
            continue
        where = _where(table, row, column)
        problems.append(Problem.of(number, **where, value=row.cells[column]))
    if problems:
        raise FileError(problems)
    return counts


def _where(table: Table, row: Row, column: int) -> dict[str, Parameter]:
    return {"file": table.file, "row": row.line, "column": table.header[column]}


def _part(
    row: Row, table: Table, criterion: Criterion, others: dict[str, np.ndarray]
) -> np.ndarray:
    """How the people of this row divide over the values of the criterion."""
    column = table.find_column(criterion.name)
    if column is None:
        if criterion.name not in others:
            raise Unusable(
                f"{table.file}: it has no column {criterion.name}; add it, or name a table of "
                f"shares with --shares."
            )
        return others[criterion.name]
    text = row.cells[column]
    if text not in criterion.values:
        where = _where(table, row, column)
        if not text:
            raise FileError([Problem.of(Code.MISSING_VALUE, **where)])
        raise FileError([Problem.of(Code.UNKNOWN_VALUE, **where, value=text, count=1)])
    return np.array([value == text for value in criterion.values], dtype=np.float64)


def _shares(path: Path, criteria: Sequence[Criterion]) -> dict[str, np.ndarray]:
    """The population over the values of each criterion that the file has."""
    found: dict[str, list[PopulationRow]] = {}
    for row in population_rows(open_table(path)):
        found.setdefault(fold(row.criterion), []).append(row)
    shares = {}
    for criterion in criteria:
        rows = found.get(fold(criterion.name), [])
        strangers = [row for row in rows if row.value not in criterion.values]
        if strangers:
            raise Unusable(
                f"{path}, row {strangers[0].line}: {criterion.name} “{strangers[0].value}” is not "
                "in the quota file."
            )
        counts = {row.value: row.population for row in rows}
        if any(counts.values()):
            shares[criterion.name] = np.array(
                [counts.get(value, 0) for value in criterion.values], dtype=np.float64
            )
    return shares
