"""The people to be seated and what tables are mixed by, from any table of people."""

from argparse import Namespace
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from juries.files.errors import Code, FileError, Problem
from juries.files.pools import read_pool
from juries.files.tables import Table
from selection.terminal.exits import Unusable
from selection.terminal.reading.inputs import open_table


@dataclass(frozen=True, slots=True)
class Guests:
    """People sorted by id, so that the order of rows does not matter.

    Attributes
    ----------
    ids : everybody's id.
    criteria : the columns that tables are mixed by.
    values : for each person the value of each criterion.
    languages : for each person the languages they speak; empty where no column says so.
    too_distinct, incomplete : columns passed over because nearly everybody has a value of their
        own, or somebody has none.
    """

    ids: Sequence[str]
    criteria: Sequence[str]
    values: Sequence[Sequence[str]]
    languages: Sequence[frozenset[str]]
    too_distinct: Sequence[str] = ()
    incomplete: Sequence[str] = ()

    def without(self, absent: Iterable[str]) -> "Guests":
        """Those who are there; or ``Unusable`` where somebody absent is nobody."""
        gone = set(absent)
        for name in sorted(gone - set(self.ids)):
            raise Unusable(f"--absent: “{name}” is not among the people.")
        there = [at for at, name in enumerate(self.ids) if name not in gone]
        return Guests(
            [self.ids[at] for at in there],
            self.criteria,
            [self.values[at] for at in there],
            [self.languages[at] for at in there],
            self.too_distinct,
            self.incomplete,
        )


def read_guests(options: Namespace) -> Guests:
    """The people in the file, or ``FileError`` with every value that is missing."""
    table = open_table(options.people)
    ids = read_pool(table, (), id_column=options.id).ids
    spoken = None if options.languages is None else table.column(options.languages)
    taken, too_distinct, incomplete = _criteria(table, ids, spoken, options.criteria)
    _require_complete(table, taken if spoken is None else [*taken, spoken])
    people = sorted(zip(ids, (row.cells for row in table.rows), strict=True))
    return Guests(
        ids=[name for name, _ in people],
        criteria=[table.header[at] for at in taken],
        values=[[cells[at] for at in taken] for _, cells in people],
        languages=[frozenset() if spoken is None else words(cells[spoken]) for _, cells in people],
        too_distinct=[table.header[at] for at in too_distinct],
        incomplete=[table.header[at] for at in incomplete],
    )


def words(text: str) -> frozenset[str]:
    """The languages in a cell or an argument: fi, “fi sv”, fi+sv, “fi, sv”, fi/sv."""
    for mark in "+,;/":
        text = text.replace(mark, " ")
    return frozenset(text.casefold().split())


def _criteria(
    table: Table, ids: Sequence[str], spoken: int | None, named: Sequence[str]
) -> tuple[list[int], list[int], list[int]]:
    """The columns asked for; or all that sort people into groups, and those passed over."""
    if named:
        return [table.column(name) for name in named], [], []
    taken: list[int] = []
    too_distinct: list[int] = []
    incomplete: list[int] = []
    for at in range(len(table.header)):
        cells = tuple(row.cells[at] for row in table.rows)
        if cells == tuple(ids) or at == spoken:
            continue
        if not all(cells):
            incomplete.append(at)
        elif 2 * len(set(cells)) > len(cells):
            too_distinct.append(at)
        else:
            taken.append(at)
    return taken, too_distinct, incomplete


def _require_complete(table: Table, columns: Sequence[int]) -> None:
    problems = [
        Problem.of(Code.MISSING_VALUE, file=table.file, row=row.line, column=table.header[at])
        for row in table.rows
        for at in columns
        if not row.cells[at]
    ]
    if problems:
        raise FileError(problems)
