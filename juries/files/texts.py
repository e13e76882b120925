"""Delimited text: from bytes to numbered rows of cells.

The encoding follows a fixed rule, so that the same bytes always give the same
letters: a byte order mark is obeyed, then strict UTF-8, then Windows-1252.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain, islice

from juries.files.errors import Code, UnreadableFile

DELIMITERS = (";", ",", "\t")

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_EXCEL_HINT = re.compile(r'"?sep=([;,\t])"?\s*', re.IGNORECASE)
_SAMPLE_ROWS = 50
# Read after the last line of the file: it comes back as a row of its own unless a quote is open.
# No text that gets this far has a NUL in it.
_END = "\x00"

type NumberedRow = tuple[int, list[str]]


def decode(content: bytes, *, file: str) -> tuple[str, str]:
    """The text and the name of its encoding."""
    text, encoding = _decoded(content, file)
    if "\x00" in text:
        row = text.count("\n", 0, text.index("\x00")) + 1
        raise UnreadableFile.because(Code.NOT_TEXT, file=file, row=row)
    return text, encoding


def _decoded(content: bytes, file: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content.removeprefix(mark), encoding, file), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _strictly(content, "cp1252", file), "windows-1252"


def _strictly(content: bytes, encoding: str, file: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        row = content.count("\n".encode(encoding), 0, error.start) + 1
        raise UnreadableFile.because(Code.UNKNOWN_ENCODING, file=file, row=row) from None


def hinted_delimiter(text: str) -> str | None:
    """The delimiter named by a first line ``sep=;``, which Excel writes and reads."""
    hint = _EXCEL_HINT.fullmatch(text[:20].splitlines()[0] if text else "")
    return hint[1] if hint else None


def sniff_delimiter(text: str) -> str:
    """The delimiter that cuts most rows into as many cells as the first row."""

    def merit(delimiter: str) -> tuple[bool, float, int]:
        widths = [len(row) for row in _sample(text, delimiter) if row]
        if not widths:
            return False, 0.0, 0
        return widths[0] > 1, widths.count(widths[0]) / len(widths), widths[0]

    return max(DELIMITERS, key=merit)


def _sample(text: str, delimiter: str) -> list[list[str]]:
    """The first rows, or none where this delimiter makes cells that are too long to be meant."""
    try:
        return list(islice(_records(StringIO(text, newline=""), delimiter), _SAMPLE_ROWS))
    except csv.Error:
        return []


def _records(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter != "\t")


def text_rows(text: str, *, delimiter: str, file: str) -> Iterator[NumberedRow]:
    """Rows as a spreadsheet would number them: a quoted line break does not start a new one."""
    records = _records(chain(StringIO(text, newline=""), [_END]), delimiter)
    number = 0
    try:
        for number, record in enumerate(records, start=1):
            if record == [_END]:
                return
            if record and record[-1].endswith(_END):
                raise UnreadableFile.because(Code.OPEN_QUOTE, file=file, row=number)
            yield number, record
    except csv.Error:
        limit = csv.field_size_limit()
        raise UnreadableFile.because(
            Code.CELL_TOO_LONG, file=file, row=number + 1, limit=limit
        ) from None
