"""Writing tables for others to open: Excel workbooks of plain text, and guarded CSV.

    content = xlsx_bytes(header, rows, stamp="Taken out by … on … because …")
    content = csv_bytes(header, rows)

Every cell is text, so that +358 40 123 and 00100 stay what they are and nothing is a formula. What
is written is read back the same by ``read_table``. ``rows`` may be a generator of any length.
"""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from juries.files.guards import guarded

CSV_TYPE = "text/csv; charset=utf-8"
WINDOWS_CSV_TYPE = "text/csv; charset=windows-1252"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MARK = "\ufeff"
LONGEST_CELL = 32_767
WIDEST = 40
TEXT_ONLY = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}

type Rows = Iterable[Sequence[str]]


def csv_bytes(header: Sequence[str], rows: Rows, *, delimiter: str = ";") -> bytes:
    """UTF-8 with a byte order mark, as Excel needs it; semicolons, as Finnish Excel expects."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([guarded(cell) for cell in header])
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
    return (MARK + text.getvalue()).encode()


def xlsx_bytes(
    header: Sequence[str], rows: Rows, *, stamp: str = "", sheet: str = "", about: str = ""
) -> bytes:
    """A workbook of text; ``stamp`` stands on a sheet named ``about`` and on every printed page."""
    # Loaded here: who writes a CSV file does not wait for it.
    from xlsxwriter import Workbook  # noqa: PLC0415

    content = BytesIO()
    book = Workbook(content, {**TEXT_ONLY, "in_memory": True})
    as_text = book.add_format({"num_format": "@"})
    heading = book.add_format({"num_format": "@", "bold": True})
    table = book.add_worksheet(sheet or None)
    table.freeze_panes(1, 0)
    for place, name in enumerate(header):
        table.set_column(place, place, min(max(len(name) + 2, 12), WIDEST), as_text)
        table.write_string(0, place, name, heading)
    for line, cells in enumerate(rows, start=1):
        for place, cell in enumerate(cells):
            if cell:
                table.write_string(line, place, cell[:LONGEST_CELL], as_text)
    if stamp:
        table.set_footer("&L" + stamp.replace("&", "&&")[:200])
        book.add_worksheet(about or None).write_string(0, 0, stamp, as_text)
    book.close()
    return content.getvalue()


def lost_in_windows(text: str) -> list[str]:
    """Letters that Windows-1252 cannot hold, each once: Sámi letters are among them."""
    return [letter for letter in dict.fromkeys(text) if not _fits_windows(letter)]


def windows_csv_bytes(header: Sequence[str], rows: Rows) -> bytes:
    """The same in Windows-1252, for programs that know nothing else; other letters become ``?``."""
    text = csv_bytes(header, rows).decode().removeprefix(MARK)
    return text.encode("cp1252", errors="replace")


def _fits_windows(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
