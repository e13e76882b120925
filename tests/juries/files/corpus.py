"""Files as people really hand them in, made on the spot so that each says what is odd about it."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

GRID = (
    ("id", "alue", "kieli", "osoite"),
    ("p1", "Ääsmäe", "suomi", "Katu 1, A 2"),
    ("p2", "Åminne", "svenska", 'Väg "Sju"; 3'),
    ("p3", "Öölanti", "suomi", "Rivi 1\nRivi 2"),
)
# Windows-1252 lacks most Sámi letters.
SAMI = (("id", "nimi"), ("p1", "áčđŋšŧž ʹ"), ("p2", "Ánnámáret Ságat"))

ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8 with a mark": "utf-8-sig",
    "windows-1252": "cp1252",
    "utf-16 little-endian with a mark": "utf-16",
    "utf-16 big-endian with a mark": "utf-16-be",
}
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}
LINE_ENDS = {"unix": "\n", "windows": "\r\n", "old mac": "\r"}


def csv_text(grid: Sequence[Sequence[str]], *, delimiter: str = ",", line_end: str = "\n") -> str:
    """Every cell quoted, as the strictest programs write."""
    quoted = (
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in cells) for cells in grid
    )
    return "".join(line + line_end for line in quoted)


def encoded(text: str, encoding: str) -> bytes:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    return mark + text.encode(encoding)


def workbook(rows: Iterable[Sequence[object]], *, hidden_first: bool = False) -> bytes:
    book = Workbook()
    sheet = book.active
    if hidden_first:
        sheet.append(["not", "this"])
        sheet.sheet_state = "hidden"
        sheet = book.create_sheet()
    for row in rows:
        sheet.append(list(row))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def zipped(entries: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_entry(book: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one part replaced or added."""
    with ZipFile(BytesIO(book)) as archive:
        entries = {part: archive.read(part) for part in archive.namelist()}
    return zipped({**entries, name: content})


def sheet_xml(rows: str, *, dimension: str = "A1", preamble: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{preamble}'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'
    ).encode()


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


PLAIN_BOOK_ROWS = (("id", "n"), ("p1", 1))
SHEET = "xl/worksheets/sheet1.xml"
