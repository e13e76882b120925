"""The command line's own English for everything that can be wrong with a file."""

from collections.abc import Mapping

from juries.files.errors import Code, FileError, Kind, Problem

KINDS: Mapping[Kind, str] = {
    Kind.PDF: "a PDF document",
    Kind.OLD_EXCEL: "an old Excel workbook (.xls)",
    Kind.PROTECTED_EXCEL: "a password-protected Excel workbook",
    Kind.BINARY_EXCEL: "a binary Excel workbook (.xlsb)",
    Kind.OPEN_DOCUMENT: "an OpenDocument file",
    Kind.WORD: "a Word document",
    Kind.IMAGE: "an image",
    Kind.ARCHIVE: "an archive",
    Kind.WEB_PAGE: "a web page or XML",
    Kind.RICH_TEXT: "a rich text document",
}

SENTENCES: Mapping[Code, str] = {
    Code.EMPTY: "the file is empty",
    Code.WRONG_KIND: "this is {kind}; save the table as CSV or .xlsx",
    Code.TOO_LARGE: "the file holds more than {limit} megabytes",
    Code.PACKED_TOO_TIGHT: "the workbook unpacks to far more than it is; save it as CSV",
    Code.TOO_HEAVY: "reading the file takes too long or too much memory; save it as CSV",
    Code.BROKEN_WORKBOOK: "the workbook is damaged; save it anew or as CSV",
    Code.UNKNOWN_ENCODING: "this is neither UTF-8 nor Windows-1252; save the file as UTF-8",
    Code.NOT_TEXT: "this is not text; save the table as CSV (UTF-8) or .xlsx",
    Code.TOO_MANY_ROWS: "the file has more than {limit} rows",
    Code.TOO_MANY_COLUMNS: "the row has more than {limit} columns",
    Code.NO_ROWS: "there is a header but no row below it",
    Code.MISSING_COLUMN: "this column is missing; the header has {found}",
    Code.MISSING_ID_COLUMN: "no column identifies people; name it with --id (there are: {found})",
    Code.NOT_STATISTICS: "this is no table of statistics in JSON-stat or CSV",
    Code.TOO_MANY_FIGURES: "the table has more than {limit} figures; save a smaller part of it",
    Code.NO_FIGURES: "no columns of groups or none of figures; the header has: {found}",
    Code.SAME_CELL_TWICE: "the same group is already on row {first_row}",
    Code.DUPLICATE_COLUMN: "the header has this column twice",
    Code.BLANK_HEADER: "the column has content but no name",
    Code.OPEN_QUOTE: "a quotation mark is opened and never closed",
    Code.CELL_TOO_LONG: "a cell is longer than {limit} characters",
    Code.CONTROL_CHARACTER: "the invisible character {value} does not belong in a table",
    Code.ROW_TOO_LONG: "the row has more cells than the {limit} columns of the header",
    Code.MISSING_VALUE: "the value is missing",
    Code.NOT_A_WHOLE_NUMBER: "“{value}” is not a whole number",
    Code.NEGATIVE: "“{value}” is negative",
    Code.NUMBER_TOO_LARGE: "“{value}” is too large",
    Code.MINIMUM_ABOVE_MAXIMUM: "{criterion} “{value}” has the minimum {minimum} above the maximum "
    "{maximum}",
    Code.FLEX_INSIDE: "{criterion} “{value}” has a flexible bound inside its quota",
    Code.DUPLICATE_VALUE: "{criterion} “{value}” is already on row {first_row}",
    Code.NEARLY_SAME_VALUE: "{criterion} “{value}” differs only in case or spaces from “{other}” "
    "on row {first_row}",
    Code.NEARLY_SAME_CRITERION: "“{value}” differs only in case or spaces from “{other}” on row "
    "{first_row}",
    Code.DUPLICATE_ID: "“{value}” is already on row {first_row}",
    Code.UNKNOWN_VALUE: "“{value}” is not in the quota file ({count}, this one first)",
    Code.MISSPELT_VALUE: "“{value}” differs only in case or spaces from “{other}” of the quota "
    "file ({count}, this one first)",
}

_LONGEST_QUOTE = 60


def about_problem(problem: Problem) -> str:
    """One sentence with file, row and column."""
    params = {name: _short(value) for name, value in problem.params.items()}
    if "count" in params:
        params["count"] = "1 person" if params["count"] == "1" else f"{params['count']} people"
    if problem.code == Code.WRONG_KIND:
        params["kind"] = KINDS[Kind(str(problem.params["kind"]))]
    place = params["file"]
    if "row" in params:
        place += f", row {params['row']}"
    if "column" in params:
        place += f", column {params['column']}"
    return f"{place}: {SENTENCES[problem.code].format_map(params)}."


def _short(value: str | int) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


def about_file(error: FileError) -> str:
    """The first problem, and how many more there are."""
    sentence = about_problem(error.problems[0])
    more = len(error.problems) - 1
    if not more:
        return sentence
    return f"{sentence} {more} more {'problem' if more == 1 else 'problems'} in this file."
