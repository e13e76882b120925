"""Seating files: who sat where, written by ``seat`` and read again as history."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from juries.files.errors import Code, FileError, Problem
from juries.files.pools import read_pool
from juries.files.tables import Table, fold
from selection.terminal.exits import Unusable
from selection.terminal.reading.inputs import open_table

_ROUND = re.compile(r"round[ _-]?\d+")


@dataclass(frozen=True, slots=True)
class History:
    """``seats[name]`` is somebody's table in each held round, from 0; -1 where they had none."""

    rounds: int
    seats: Mapping[str, Sequence[int]]

    def of(self, names: Sequence[str]) -> NDArray[np.int32]:
        """(rounds, names) the tables of these people."""
        nowhere = [-1] * self.rounds
        rows = [self.seats.get(name, nowhere) for name in names]
        return np.array(rows, dtype=np.int32).reshape(len(names), self.rounds).T.copy()


def read_history(path: Path | None, held: int | None) -> History:
    """The rounds of a seating file that have been held, all of them unless fewer are named."""
    if path is None:
        if held is not None:
            raise Unusable("--held needs --history: without the file no round is known.")
        return History(0, {})
    table = open_table(path)
    ids = read_pool(table, ()).ids
    columns = [at for at, name in enumerate(table.header) if _ROUND.fullmatch(fold(name))]
    rounds = len(columns) if held is None else held
    if not columns or rounds > len(columns):
        raise Unusable(
            f"{path}: there are {len(columns)} columns of rounds (round_1 and so on), not {rounds}."
            if columns
            else f"{path}: no column is a round (round_1 and so on)."
        )
    return History(rounds, dict(zip(ids, _tables(table, columns[:rounds]), strict=True)))


def _tables(table: Table, columns: Sequence[int]) -> list[list[int]]:
    problems: list[Problem] = []
    seats = []
    for row in table.rows:
        cells = [row.cells[at] for at in columns]
        for at, cell in zip(columns, cells, strict=True):
            if cell and not (cell.isascii() and cell.isdigit() and 0 < int(cell[:9]) < 10**6):
                problems.append(
                    Problem.of(
                        Code.NOT_A_WHOLE_NUMBER,
                        file=table.file,
                        row=row.line,
                        column=table.header[at],
                        value=cell,
                    )
                )
        seats.append([int(cell) - 1 if cell.isascii() and cell.isdigit() else -1 for cell in cells])
    if problems:
        raise FileError(problems)
    return seats


def seating_text(rows: Sequence[tuple[str, Sequence[int]]]) -> str:
    """A row for each person: id and the table of each round, from 1, blank where they have none."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    rounds = len(rows[0][1])
    writer.writerow(["id", *(f"round_{number}" for number in range(1, rounds + 1))])
    for name, tables in rows:
        writer.writerow([name, *("" if table < 0 else table + 1 for table in tables)])
    return text.getvalue()
