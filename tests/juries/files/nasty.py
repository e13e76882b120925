"""A drawer of files as they come in: odd but right, broken, foreign, hostile. Each says what it is.

Whatever a file is, it gives the right rows or a refusal with a code; ``drawer`` says which.
"""

from collections.abc import Iterator
from io import BytesIO
from itertools import product
from zipfile import ZIP_STORED, ZipFile

from juries.files.errors import Code
from tests.juries.files.corpus import (
    DELIMITERS,
    ENCODINGS,
    GRID,
    LINE_ENDS,
    PLAIN_BOOK_ROWS,
    SAMI,
    SHEET,
    csv_text,
    encoded,
    sheet_xml,
    text_cell,
    with_entry,
    workbook,
    zipped,
)

type Rows = list[tuple[str, ...]]
type File = tuple[str, bytes, "Rows | Code"]

HEADER, *BODY = GRID
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
PLAIN = b"id;n\np1;1\n"
PLAIN_ROWS: Rows = [("p1", "1")]
LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY outside SYSTEM "file:///etc/passwd">]>'
ROWS_OF_ONE = "".join(f'<row r="{line}">{text_cell(f"A{line}", "x")}</row>' for line in (1, 2))


def drawer() -> list[File]:
    """Every file with its name and what becomes of it."""
    return [*_dialects(), *_untidy(), *_broken_text(), *_foreign(), *_books(), *_hostile_books()]


def _dialects() -> Iterator[File]:
    """The same table in every encoding, with every delimiter, line end and way of quoting."""
    rows = [tuple(cells) for cells in BODY]
    # What Windows does to a line break within a cell is the spreadsheet's own affair.
    for (code, encoding), (mark, delimiter), (end, line_end) in product(
        ENCODINGS.items(), DELIMITERS.items(), LINE_ENDS.items()
    ):
        text = csv_text(GRID, delimiter=delimiter, line_end=line_end)
        yield f"{code}, {mark}, {end}", encoded(text, encoding), rows
    for code in ("utf-8", "utf-8-sig", "utf-16"):
        yield f"Sámi in {code}", csv_text(SAMI).encode(code), [tuple(row) for row in SAMI[1:]]
    latin = "id;nimi\np1;Åke Öst äiti\n".encode("iso-8859-15")
    yield "iso-8859-15 as far as it is Windows-1252", latin, [("p1", "Åke Öst äiti")]


def _untidy() -> Iterator[File]:
    yield "blank rows", b"\n\nid;n\n\n;\np1;1\n;;\n\n", PLAIN_ROWS
    yield "delimiters at the end", b"id;n;;;\np1;1;;;\n", PLAIN_ROWS
    yield "spaces around", b" id ; n \n p1 ;\t1 \n", PLAIN_ROWS
    yield "no line end at the end", b"id;n\np1;1", PLAIN_ROWS
    yield "a hint for Excel", b"sep=;\r\nid;n\r\np1;1\r\n", PLAIN_ROWS
    yield "two marks", b"\xef\xbb\xbf\xef\xbb\xbfid;n\np1;1\n", PLAIN_ROWS
    yield "no-break spaces", "id;n\n\u00a0p1\u00a0;1\n".encode(), PLAIN_ROWS
    yield "a decimal comma", b"id;n\np1;35,5\n", [("p1", "35,5")]
    yield "a quoted delimiter", b'id;n\np1;"1;2"\n', [("p1", "1;2")]
    yield "a quoted line break", b'id;n\np1;"1\n2"\n', [("p1", "1\n2")]
    yield "quotes within", b'id;n\np1;"a ""b"" c"\n', [("p1", 'a "b" c')]
    yield "a guarded formula", b"id;n\np1;'=1+1\n", [("p1", "=1+1")]
    yield "a phone number", b"id;n\np1;+358 40 123\n", [("p1", "+358 40 123")]
    yield "decomposed letters", "id;n\np1;a\u0308\n".encode(), [("p1", "ä")]
    yield "emoji and a right-to-left word", "id;n\np1;🦆 שלום\n".encode(), [("p1", "🦆 שלום")]
    yield "a long cell", b"id;n\np1;" + b"x" * 100_000 + b"\n", [("p1", "x" * 100_000)]
    yield "short rows", b"id;n;m\np1\n", [("p1", "", "")]


def _broken_text() -> Iterator[File]:
    yield "nothing", b"", Code.EMPTY
    yield "nothing but white space", b" \n\t\r\n  \n", Code.EMPTY
    yield "nothing but NUL", b"\x00" * 400, Code.EMPTY
    yield "a header only", b"id;n\n", Code.NO_ROWS
    yield "NUL within", b"id;n\np1;\x001\n", Code.NOT_TEXT
    yield "utf-16 without its mark", "id;n\np1;1\n".encode("utf-16-le"), Code.NOT_TEXT
    yield "a mark and an odd byte", b"\xff\xfei\x00d\x00\n", Code.UNKNOWN_ENCODING
    yield "utf-8 marked and not", b"\xef\xbb\xbfid;n\np1;\xe4\n", Code.UNKNOWN_ENCODING
    yield "no encoding of ours", b"id;n\np1;\x81\x8d\n", Code.UNKNOWN_ENCODING
    yield "an open quote", b'id;n\np1;"1\np2;2\n', Code.OPEN_QUOTE
    yield "a control character", b"id;n\np1;a\x07b\n", Code.CONTROL_CHARACTER
    yield "an escape sequence", b"id;n\np1;\x1b[31m\n", Code.CONTROL_CHARACTER
    yield "a huge cell", b"id;n\np1;" + b"x" * 200_000 + b"\n", Code.CELL_TOO_LONG
    yield "a huge quoted cell", b'id;n\np1;"' + b"x\n" * 100_000 + b'"\n', Code.OPEN_QUOTE
    yield "a thousand columns", b";".join(b"c%d" % n for n in range(1000)), Code.TOO_MANY_COLUMNS
    yield "a thousand delimiters", b"id;n\np1" + b";" * 1000 + b"x\n", Code.TOO_MANY_COLUMNS
    yield "too many rows", b"id;n\n" + b"p;1\n" * 100_001, Code.TOO_MANY_ROWS
    yield "a row that is too long", b"id;n\np1;1;2\n", Code.ROW_TOO_LONG
    yield "the same column twice", b"id;n;N\np1;1;2\n", Code.DUPLICATE_COLUMN
    yield "a column without a name", b"id;;n\np1;x;1\n", Code.BLANK_HEADER
    yield "more than a file may have", b"id;n\n" + b" " * (20 * 2**20), Code.TOO_LARGE


def _foreign() -> Iterator[File]:
    """What is no table, whatever its name."""
    encrypted = COMPOUND + "EncryptedPackage".encode("utf-16-le")
    kinds = {
        "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        "an old Excel file": COMPOUND + "Workbook".encode("utf-16-le"),
        "a workbook with a password": encrypted,
        "an old Word document": COMPOUND + "WordDocument".encode("utf-16-le"),
        "a PNG": b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
        "a JPEG": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
        "a GIF": b"GIF89a\x01\x00\x01\x00",
        "a TIFF": b"II*\x00\x08\x00\x00\x00",
        "a HEIC": b"\x00\x00\x00\x18ftypheic" + b"\x00" * 16,
        "a WebP": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
        "an SVG": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        "a gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
        "a 7z": b"7z\xbc\xaf\x27\x1c\x00\x04",
        "a RAR": b"Rar!\x1a\x07\x01\x00",
        "an empty zip": b"PK\x05\x06" + b"\x00" * 18,
        "RTF": b"{\\rtf1\\ansi x}",
        "a web page": b"<!doctype html><table><tr><td>id</td></tr></table>",
        "a web page saved as .xls": b"<html><table><tr><td>id</td></tr></table></html>",
        "XML": b'<?xml version="1.0"?><rows/>',
        "a zip of tables": zipped({"pool.csv": PLAIN}),
        "OpenDocument": zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "a Word document": zipped({"word/document.xml": b"<w/>"}),
        "a binary workbook": zipped({"xl/workbook.bin": b"\x00"}),
    }
    for name, content in kinds.items():
        yield name, content, Code.WRONG_KIND


def _books() -> Iterator[File]:
    book = workbook(PLAIN_BOOK_ROWS)
    yield "a workbook", book, PLAIN_ROWS
    yield (
        "a workbook with a hidden sheet first",
        workbook(PLAIN_BOOK_ROWS, hidden_first=True),
        (PLAIN_ROWS),
    )
    yield (
        "a workbook with macros",
        with_entry(book, "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"),
        (PLAIN_ROWS),
    )
    letters = workbook([("id", "n"), ("p1", "Ánne Ŋ Ž")])
    yield "a workbook in Sámi", letters, [("p1", "Ánne Ŋ Ž")]
    yield "a formula without a value", workbook([("id", "n"), ("p1", "=1+1")]), [("p1", "")]
    yield "an empty workbook", workbook([]), Code.EMPTY
    yield (
        "a control character in a workbook",
        with_entry(book, SHEET, sheet_xml(f'<row r="1">{text_cell("A1", "i&#x1d;d")}</row>')),
        Code.BROKEN_WORKBOOK,
    )


def _hostile_books() -> Iterator[File]:
    book = workbook(PLAIN_BOOK_ROWS)
    yield "cut in half", book[: len(book) // 2], Code.BROKEN_WORKBOOK
    yield "a zip's first bytes", b"PK\x03\x04" + b"\x00" * 40, Code.BROKEN_WORKBOOK
    yield "a zip's first bytes and a table", b"PK\x03\x04\n" + PLAIN, Code.BROKEN_WORKBOOK
    yield "a sheet that is no XML", with_entry(book, SHEET, b"<x"), Code.BROKEN_WORKBOOK
    yield "a bomb", with_entry(book, SHEET, b" " * (60 * 2**20)), Code.TOO_LARGE
    yield "a smaller bomb", with_entry(book, "xl/x.xml", b" " * (8 * 2**20)), Code.PACKED_TOO_TIGHT
    crowd = {f"xl/{number}.xml": b"<x/>" for number in range(300)}
    yield "a crowd of parts", zipped({"xl/workbook.xml": b"<x/>", **crowd}), Code.PACKED_TOO_TIGHT
    yield (
        "laughs",
        with_entry(book, SHEET, sheet_xml(ROWS_OF_ONE.replace("x<", "&b;<", 1), preamble=LAUGHS)),
        Code.BROKEN_WORKBOOK,
    )
    yield (
        "an entity from outside",
        with_entry(
            book, SHEET, sheet_xml(ROWS_OF_ONE.replace("x<", "&outside;<", 1), preamble=OUTSIDE)
        ),
        Code.BROKEN_WORKBOOK,
    )
    far = sheet_xml(ROWS_OF_ONE + f'<row r="1048576">{text_cell("A1048576", "x")}</row>')
    yield "a row far down", with_entry(book, SHEET, far), Code.TOO_MANY_ROWS
    wide = sheet_xml(f'<row r="1">{text_cell("XFD1", "x")}</row>')
    yield "a cell far to the right", with_entry(book, SHEET, wide), Code.TOO_MANY_COLUMNS
    climbing = BytesIO()
    with ZipFile(climbing, "w", ZIP_STORED) as archive:
        archive.writestr("../../etc/passwd", b"x")
    yield "a path that climbs", climbing.getvalue(), Code.WRONG_KIND
