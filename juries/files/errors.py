"""What can be wrong with a file that somebody hands in.

Problems are data: a code and what the sentence about it needs. The web house
says it in the reader's language, the command line in English.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Self


class Code(StrEnum):
    """Every problem, with the parameters that it always carries (besides ``file``)."""

    # The file as a whole.
    EMPTY = "empty"
    WRONG_KIND = "wrong_kind"  # kind: a Kind
    TOO_LARGE = "too_large"  # limit (megabytes)
    PACKED_TOO_TIGHT = "packed_too_tight"
    TOO_HEAVY = "too_heavy"
    BROKEN_WORKBOOK = "broken_workbook"
    UNKNOWN_ENCODING = "unknown_encoding"  # row
    NOT_TEXT = "not_text"  # row
    TOO_MANY_ROWS = "too_many_rows"  # limit
    TOO_MANY_COLUMNS = "too_many_columns"  # row, limit
    NO_ROWS = "no_rows"
    MISSING_COLUMN = "missing_column"  # column (what was looked for), found
    MISSING_ID_COLUMN = "missing_id_column"  # found
    NOT_STATISTICS = "not_statistics"
    TOO_MANY_FIGURES = "too_many_figures"  # limit
    NO_FIGURES = "no_figures"  # found
    SAME_CELL_TWICE = "same_cell_twice"  # row, first_row
    DUPLICATE_COLUMN = "duplicate_column"  # row, column
    BLANK_HEADER = "blank_header"  # row, column (a letter, as in a spreadsheet)

    # The shape of a row.
    OPEN_QUOTE = "open_quote"  # row
    CELL_TOO_LONG = "cell_too_long"  # row, limit
    CONTROL_CHARACTER = "control_character"  # row, column, value (U+0000)
    ROW_TOO_LONG = "row_too_long"  # row, limit (columns in the header)

    # What a cell says.
    MISSING_VALUE = "missing_value"  # row, column
    NOT_A_WHOLE_NUMBER = "not_a_whole_number"  # row, column, value
    NEGATIVE = "negative"  # row, column, value
    NUMBER_TOO_LARGE = "number_too_large"  # row, column, value
    MINIMUM_ABOVE_MAXIMUM = "minimum_above_maximum"  # row, criterion, value, minimum, maximum
    FLEX_INSIDE = "flex_inside"  # row, criterion, value, column
    DUPLICATE_VALUE = "duplicate_value"  # row, criterion, value, first_row
    NEARLY_SAME_VALUE = "nearly_same_value"  # row, criterion, value, other, first_row
    NEARLY_SAME_CRITERION = "nearly_same_criterion"  # row, value, other, first_row
    DUPLICATE_ID = "duplicate_id"  # row, column, value, first_row
    UNKNOWN_VALUE = "unknown_value"  # row (the first), column, value, count
    MISSPELT_VALUE = "misspelt_value"  # row (the first), column, value, count, other


class Kind(StrEnum):
    """What a file turned out to be, by its content."""

    PDF = "pdf"
    OLD_EXCEL = "old_excel"
    PROTECTED_EXCEL = "protected_excel"
    BINARY_EXCEL = "binary_excel"
    OPEN_DOCUMENT = "open_document"
    WORD = "word"
    IMAGE = "image"
    ARCHIVE = "archive"
    WEB_PAGE = "web_page"
    RICH_TEXT = "rich_text"


type Parameter = str | int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where."""

    code: Code
    params: Mapping[str, Parameter]

    @classmethod
    def of(cls, code: Code, **params: Parameter) -> Self:
        return cls(code, MappingProxyType(params))

    @property
    def row(self) -> int | None:
        row = self.params.get("row")
        return row if isinstance(row, int) else None


class FileError(Exception):
    """The file cannot be taken as it is; ``problems`` holds everything found, in row order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.code} {dict(p.params)}" for p in self.problems))

    @property
    def code(self) -> Code:
        return self.problems[0].code

    @property
    def params(self) -> Mapping[str, Parameter]:
        return self.problems[0].params


class UnreadableFile(FileError):
    """The file is no table of the kind asked for, so its rows were not judged."""

    @classmethod
    def because(cls, code: Code, **params: Parameter) -> Self:
        return cls([Problem.of(code, **params)])
