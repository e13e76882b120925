"""People of a lottery by their ids: read from tables, written as tables."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path

from juries.files.errors import Code, FileError, Parameter, Problem
from juries.files.tables import Table
from selection.terminal.exits import Unusable
from selection.terminal.reading.inputs import Case, open_table


def positions_of(names: Iterable[str], case: Case, *, path: Path) -> list[int]:
    """Where these ids are among the people of the lottery; or ``Unusable``."""
    places = {name: position for position, name in enumerate(case.ids)}
    wanted = list(names)
    strangers = [name for name in wanted if name not in places]
    if strangers:
        raise Unusable(f"{path}: nobody in the lottery has the id “{strangers[0]}”.")
    return [places[name] for name in wanted]


def listed(text: str) -> list[str]:
    """The ids in ``p012,p040``."""
    return [name.strip() for name in text.split(",") if name.strip()]


def read_panel(path: Path, case: Case) -> tuple[Table, list[int]]:
    """The table and the positions of its people, row by row; or what is wrong with it."""
    table = open_table(path)
    column = table.column("id")
    names = [row.cells[column] for row in table.rows]
    members = positions_of(names, case, path=path)
    if len(set(members)) < len(members):
        twice = next(name for name in names if names.count(name) > 1)
        raise Unusable(f"{path}: “{twice}” is on the panel twice.")
    if len(members) > case.quotas.size:
        raise Unusable(
            f"{path}: {len(members)} people are on the panel, and the lottery has "
            f"{case.quotas.size} seats."
        )
    return table, members


def people_text(
    case: Case, people: Iterable[int], *, first: Sequence[str] = (), last: Sequence[str] = ()
) -> str:
    """CSV with the id and the values of these people; ``first`` and ``last`` hold one more column.

    Each is a name followed by one entry a person, or empty for no column.
    """
    rows = [["id", *(criterion.name for criterion in case.criteria)]]
    for person in people:
        values = zip(case.criteria, case.traits[person], strict=True)
        rows.append([case.ids[person], *(criterion.values[trait] for criterion, trait in values)])
    for place, row in enumerate(rows):
        row[:0] = first[place : place + 1]
        row += last[place : place + 1]
    return table_text(rows)


def table_text(rows: Iterable[Sequence[object]]) -> str:
    """CSV with these rows, the header first."""
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def decimal_column(table: Table, name: str, *, most: float) -> list[float]:
    """Numbers from 0 to ``most`` such as 2.5, 2,5 or 2.5 %; or ``Unusable``."""
    column = table.column(name)
    numbers = []
    for row in table.rows:
        text = row.cells[column]
        if not text:
            where: dict[str, Parameter] = {
                "file": table.file,
                "row": row.line,
                "column": table.header[column],
            }
            raise FileError([Problem.of(Code.MISSING_VALUE, **where)])
        number = _decimal(text)
        if number is None or not 0 <= number <= most:
            raise Unusable(
                f"{table.file}, row {row.line}, column {table.header[column]}: “{text[:60]}” is "
                f"not a number from 0 to {most:g}."
            )
        numbers.append(number)
    return numbers


def _decimal(text: str) -> float | None:
    digits = text.removesuffix("%").strip().replace(",", ".")
    plain = digits.isascii() and digits.replace(".", "", 1).isdigit() and len(digits) < 20
    return float(digits) if plain else None
