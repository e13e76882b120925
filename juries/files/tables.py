"""From the bytes of a CSV file or a workbook to a table that the rest can trust.

Afterwards every cell is trimmed, every row is as wide as the header, no row is
blank, and each remembers the number it has in the file.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from juries.files.errors import Code, Problem, UnreadableFile
from juries.files.guards import unguarded
from juries.files.kinds import foreign_kind, is_zip
from juries.files.texts import (
    NumberedRow,
    decode,
    hinted_delimiter,
    sniff_delimiter,
    text_rows,
)
from juries.files.workbooks import workbook_rows

MAXIMUM_BYTES = 20 * 1024 * 1024
MAXIMUM_ROWS = 100_000
MAXIMUM_COLUMNS = 500

# Control characters, and those that turn the direction of the text around them.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
# Strips what no reader sees at the ends of a cell: every white space and stray byte order marks.
_EDGES = re.compile(r"^[\s\ufeff\u200b]+|[\s\ufeff\u200b]+$")


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows; ``delimiter`` is empty for a workbook."""

    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str
    delimiter: str

    def find_column(self, *names: str) -> int | None:
        """The position of the first of these names that the header has, in any case."""
        folded = [fold(name) for name in self.header]
        return next((folded.index(name) for name in map(fold, names) if name in folded), None)

    def column(self, name: str) -> int:
        """The position of the column of this name, or ``UnreadableFile``."""
        position = self.find_column(name)
        if position is None:
            raise UnreadableFile.because(
                Code.MISSING_COLUMN, file=self.file, column=name, found=self.found
            )
        return position

    @property
    def found(self) -> str:
        """The header in one line, for a sentence that says what was found instead."""
        return ", ".join(self.header)


def fold(text: str) -> str:
    """The text without what people overlook: case, and how many spaces of what kind."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def read_table(content: bytes, *, file: str, maximum_rows: int = MAXIMUM_ROWS) -> Table:
    """The table in these bytes, or ``FileError`` with everything that is wrong with its shape."""
    if not content.strip(b"\x00\t\r\n "):
        raise UnreadableFile.because(Code.EMPTY, file=file)
    if len(content) > MAXIMUM_BYTES:
        raise UnreadableFile.because(Code.TOO_LARGE, file=file, limit=MAXIMUM_BYTES // 1024**2)
    kind = foreign_kind(content)
    if kind is not None:
        raise UnreadableFile.because(Code.WRONG_KIND, file=file, kind=kind)
    if is_zip(content):
        rows = workbook_rows(content, file=file)
        return _Shaping(file, maximum_rows).table(rows, encoding="xlsx", delimiter="")
    return _read_text(content, file, maximum_rows)


def _read_text(content: bytes, file: str, maximum_rows: int) -> Table:
    text, encoding = decode(content, file=file)
    hint = hinted_delimiter(text)
    delimiter = hint or sniff_delimiter(text)
    numbered = text_rows(text, delimiter=delimiter, file=file)
    if hint:
        next(numbered)
    rows = ((line, [unguarded(cell) for cell in cells]) for line, cells in numbered)
    return _Shaping(file, maximum_rows).table(rows, encoding=encoding, delimiter=delimiter)


class _Shaping:
    """One reading of one file, with the problems met on the way."""

    def __init__(self, file: str, maximum_rows: int) -> None:
        self.file = file
        self.maximum_rows = maximum_rows
        self.problems: list[Problem] = []

    def table(self, rows: Iterable[NumberedRow], *, encoding: str, delimiter: str) -> Table:
        filled = self._filled_rows(rows)
        header_line, names = next(filled, (0, []))
        if not names:
            raise UnreadableFile.because(Code.EMPTY, file=self.file)
        body = list(filled)
        if not body:
            raise UnreadableFile.because(Code.NO_ROWS, file=self.file)
        kept = self._kept_columns(header_line, names, body)
        cut = tuple(self._cut(line, cells, kept, len(names)) for line, cells in body)
        if self.problems:
            raise UnreadableFile(sorted(self.problems, key=lambda problem: problem.row or 0))
        header = tuple(" ".join(names[position].split()) for position in kept)
        return Table(self.file, header, cut, encoding, delimiter)

    def _filled_rows(self, rows: Iterable[NumberedRow]) -> Iterator[NumberedRow]:
        """Rows with anything in them, trimmed, without empty cells at the end."""
        for line, raw in rows:
            # The header is a row too, and a workbook can be blank for a million rows.
            if line > self.maximum_rows + 1:
                raise UnreadableFile.because(
                    Code.TOO_MANY_ROWS, file=self.file, limit=self.maximum_rows
                )
            cells = [self._cleaned(cell, line, number) for number, cell in enumerate(raw)]
            while cells and not cells[-1]:
                cells.pop()
            if len(cells) > MAXIMUM_COLUMNS:
                raise UnreadableFile.because(
                    Code.TOO_MANY_COLUMNS, file=self.file, row=line, limit=MAXIMUM_COLUMNS
                )
            if cells:
                yield line, cells

    def _cleaned(self, cell: str, line: int, position: int) -> str:
        if cell.isascii() and cell.isprintable():
            return cell.strip()
        control = _CONTROL.search(cell)
        if control:
            self._note(
                Code.CONTROL_CHARACTER,
                row=line,
                column=letter(position),
                value=f"U+{ord(control[0]):04X}",
            )
        return unicodedata.normalize("NFC", _EDGES.sub("", cell))

    def _kept_columns(self, line: int, names: list[str], body: list[NumberedRow]) -> list[int]:
        """Columns with a name; one without a name and without content is a stray delimiter."""
        first_seen: set[str] = set()
        kept = []
        for position, name in enumerate(names):
            if name and fold(name) in first_seen:
                self._note(Code.DUPLICATE_COLUMN, row=line, column=name)
            elif name:
                first_seen.add(fold(name))
                kept.append(position)
            elif any(len(cells) > position and cells[position] for _, cells in body):
                self._note(Code.BLANK_HEADER, row=line, column=letter(position))
        return kept

    def _cut(self, line: int, cells: list[str], kept: list[int], width: int) -> Row:
        if len(cells) > width:
            self._note(Code.ROW_TOO_LONG, row=line, limit=width)
        padded = cells + [""] * (width - len(cells))
        return Row(line, tuple(padded[position] for position in kept))

    def _note(self, code: Code, **params: str | int) -> None:
        self.problems.append(Problem.of(code, file=self.file, **params))


def letter(position: int) -> str:
    """The spreadsheet's name of a column: A for 0, AA for 26."""
    name = ""
    number = position + 1
    while number:
        number, digit = divmod(number - 1, 26)
        name = chr(ord("A") + digit) + name
    return name
