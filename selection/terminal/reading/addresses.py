"""Address files and letters files: whose row is in which stratum, and how many letters it gets."""

from argparse import Namespace
from collections.abc import Sequence

from juries.files.numbers import whole_number
from juries.files.tables import Row, Table, fold
from selection.terminal.exits import Unusable


def sorted_rows(table: Table, options: Namespace) -> list[Row]:
    """The rows by id, which may not come twice."""
    column = table.column(options.id)
    rows = sorted(table.rows, key=lambda row: row.cells[column])
    for one, other in zip(rows, rows[1:], strict=False):
        if one.cells[column] == other.cells[column]:
            first, second = sorted((one.line, other.line))
            raise Unusable(
                f"{options.addresses}: rows {first} and {second} have the same "
                f"{table.header[column]} “{one.cells[column]}”."
            )
    return rows


def common_columns(table: Table, wanted: Table, options: Namespace) -> list[str]:
    """The columns that say which stratum somebody is in."""
    known = {fold(name) for name in table.header}
    names = [name for name in wanted.header if fold(name) in known - {fold(options.id)}]
    names = [name for name in names if fold(name) != "letters"]
    if not names:
        raise Unusable(
            f"{options.letters}: no column is also in {options.addresses}, so nobody is in a "
            f"stratum; the address file has {table.found}."
        )
    return names


def labels_of(rows: Sequence[Row], table: Table, names: list[str]) -> list[tuple[str, ...]]:
    """The stratum of each row: its values in these columns."""
    columns = [table.column(name) for name in names]
    return [tuple(row.cells[column] for column in columns) for row in rows]


def letters_of(wanted: Table, labels: list[tuple[str, ...]]) -> list[int]:
    """The letters of each stratum, none of which may come twice; or ``Unusable``."""
    column = wanted.column("letters")
    letters = []
    for row in wanted.rows:
        number = whole_number(row.cells[column])
        if not isinstance(number, int):
            raise Unusable(
                f"{wanted.file}, row {row.line}, column letters: “{row.cells[column][:60]}” is not "
                "a whole number from 0 on."
            )
        letters.append(number)
    if len(set(labels)) < len(labels):
        twice = next(label for label in labels if labels.count(label) > 1)
        raise Unusable(f"{wanted.file}: the stratum “{', '.join(twice)}” is there twice.")
    return letters
