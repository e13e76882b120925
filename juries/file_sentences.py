"""What is wrong with a file, in the reader's language: one sentence for each code."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.files.errors import Code, FileError, Kind, Problem

KINDS: Mapping[Kind, Promise] = MappingProxyType(
    {
        Kind.PDF: gettext_lazy("a PDF document"),
        Kind.OLD_EXCEL: gettext_lazy("an old Excel file (.xls)"),
        Kind.PROTECTED_EXCEL: gettext_lazy("an Excel file with a password"),
        Kind.BINARY_EXCEL: gettext_lazy("a binary Excel file (.xlsb)"),
        Kind.OPEN_DOCUMENT: gettext_lazy("an OpenDocument file"),
        Kind.WORD: gettext_lazy("a Word document"),
        Kind.IMAGE: gettext_lazy("a picture"),
        Kind.ARCHIVE: gettext_lazy("a packed archive"),
        Kind.WEB_PAGE: gettext_lazy("a web page"),
        Kind.RICH_TEXT: gettext_lazy("a rich text document"),
    }
)

SENTENCES: Mapping[Code, Promise] = MappingProxyType(
    {
        Code.EMPTY: gettext_lazy("There is nothing in the file."),
        Code.WRONG_KIND: gettext_lazy(
            "This is %(kind)s. Save the table as CSV or as an Excel workbook (.xlsx)."
        ),
        Code.TOO_LARGE: gettext_lazy("The file is larger than %(limit)s megabytes."),
        Code.PACKED_TOO_TIGHT: gettext_lazy(
            "The workbook is much larger inside than it looks. Save the table as CSV."
        ),
        Code.TOO_HEAVY: gettext_lazy(
            "The file could not be read: it took too long or too much memory. Save only the table"
            " you need, as CSV."
        ),
        Code.BROKEN_WORKBOOK: gettext_lazy(
            "The workbook cannot be opened. Save it again, or save the table as CSV."
        ),
        Code.UNKNOWN_ENCODING: gettext_lazy(
            "The letters of row %(row)s cannot be read. Save the file as CSV in UTF-8."
        ),
        Code.NOT_TEXT: gettext_lazy("Row %(row)s: this is not text. Is it the right file?"),
        Code.TOO_MANY_ROWS: gettext_lazy("The file has more than %(limit)s rows."),
        Code.TOO_MANY_COLUMNS: gettext_lazy("Row %(row)s has more than %(limit)s columns."),
        Code.NO_ROWS: gettext_lazy("There are no rows below the header."),
        Code.MISSING_COLUMN: gettext_lazy(
            "The column “%(column)s” is missing. The header has: %(found)s."
        ),
        Code.MISSING_ID_COLUMN: gettext_lazy(
            "There is no column that identifies people. The header has: %(found)s."
        ),
        Code.NOT_STATISTICS: gettext_lazy(
            "This is no table of statistics. Choose JSON-stat 2 or CSV when you save the table."
        ),
        Code.TOO_MANY_FIGURES: gettext_lazy(
            "The table has more than %(limit)s figures. Choose one municipality and one year when"
            " you save it."
        ),
        Code.NO_FIGURES: gettext_lazy(
            "There are no columns that divide the people, or none with figures. The header has:"
            " %(found)s."
        ),
        Code.SAME_CELL_TWICE: gettext_lazy(
            "Row %(row)s: there is already a figure for the same group on row %(first_row)s."
        ),
        Code.DUPLICATE_COLUMN: gettext_lazy("The column “%(column)s” is there twice."),
        Code.BLANK_HEADER: gettext_lazy("Column %(column)s has content but no name."),
        Code.OPEN_QUOTE: gettext_lazy("Row %(row)s: a quotation mark is never closed."),
        Code.CELL_TOO_LONG: gettext_lazy("Row %(row)s: a cell has more than %(limit)s characters."),
        Code.CONTROL_CHARACTER: gettext_lazy(
            "Row %(row)s, column %(column)s: there is an invisible character (%(value)s)."
        ),
        Code.ROW_TOO_LONG: gettext_lazy(
            "Row %(row)s has more cells than the header, which has %(limit)s."
        ),
        Code.MISSING_VALUE: gettext_lazy("Row %(row)s: the column “%(column)s” is empty."),
        Code.NOT_A_WHOLE_NUMBER: gettext_lazy(
            "Row %(row)s, column “%(column)s”: “%(value)s” is not a whole number."
        ),
        Code.NEGATIVE: gettext_lazy(
            "Row %(row)s, column “%(column)s”: “%(value)s” is less than zero."
        ),
        Code.NUMBER_TOO_LARGE: gettext_lazy(
            "Row %(row)s, column “%(column)s”: “%(value)s” is too large."
        ),
        Code.MINIMUM_ABOVE_MAXIMUM: gettext_lazy(
            "Row %(row)s, %(criterion)s, %(value)s: the minimum %(minimum)s is larger than the"
            " maximum %(maximum)s."
        ),
        Code.FLEX_INSIDE: gettext_lazy(
            "Row %(row)s, %(criterion)s, %(value)s: the column “%(column)s” must leave room"
            " around the quota."
        ),
        Code.DUPLICATE_VALUE: gettext_lazy(
            "Row %(row)s: %(criterion)s, %(value)s is already on row %(first_row)s."
        ),
        Code.NEARLY_SAME_VALUE: gettext_lazy(
            "Row %(row)s: %(criterion)s, “%(value)s” is all but the same as “%(other)s” on row"
            " %(first_row)s. Write it in one way."
        ),
        Code.NEARLY_SAME_CRITERION: gettext_lazy(
            "Row %(row)s: “%(value)s” is all but the same as “%(other)s” on row %(first_row)s."
            " Write it in one way."
        ),
        Code.DUPLICATE_ID: gettext_lazy(
            "Row %(row)s: “%(value)s” in the column “%(column)s” is already on row %(first_row)s."
        ),
        Code.UNKNOWN_VALUE: gettext_lazy(
            "Row %(row)s, column “%(column)s”: “%(value)s” is not one of the values of this jury"
            " (rows: %(count)s)."
        ),
        Code.MISSPELT_VALUE: gettext_lazy(
            "Row %(row)s, column “%(column)s”: “%(value)s” is probably “%(other)s”"
            " (rows: %(count)s)."
        ),
    }
)

SHOWN = 20


def sentence(problem: Problem) -> str:
    """What is wrong, and where."""
    parameters = dict(problem.params)
    if problem.code is Code.WRONG_KIND:
        parameters["kind"] = str(KINDS[Kind(str(parameters["kind"]))])
    return str(SENTENCES[problem.code]) % parameters


def sentences(error: FileError) -> list[str]:
    """Everything that is wrong; of a long list the beginning, and how much more there is."""
    said = [sentence(problem) for problem in error.problems[:SHOWN]]
    rest = len(error.problems) - len(said)
    if rest:
        said.append(_("And %(count)s more of the kind.") % {"count": rest})
    return said
