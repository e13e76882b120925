"""Workbooks: cells as people see them, and nothing unpacked that was not judged first."""

import tracemalloc
from datetime import UTC, date, datetime, time
from io import BytesIO
from zipfile import ZipFile

import pytest

from juries.files.errors import Code, FileError, Kind
from juries.files.tables import Table, read_table
from tests.juries.files.corpus import (
    PLAIN_BOOK_ROWS,
    SHEET,
    sheet_xml,
    text_cell,
    with_entry,
    workbook,
    zipped,
)

PLAIN_BOOK = workbook(PLAIN_BOOK_ROWS)


def read(content: bytes, **options: int) -> Table:
    return read_table(content, file="pool.xlsx", **options)


def refusal(content: bytes) -> FileError:
    with pytest.raises(FileError) as caught:
        read(content)
    return caught.value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (35, "35"),
        (35.0, "35"),
        (0.5, "0.5"),
        (0.1 + 0.2, "0.3"),
        (-4.0, "-4"),
        (123456789012, "123456789012"),
        (True, "TRUE"),
        (date(2027, 5, 4), "2027-05-04"),
        (datetime(2027, 5, 4, 9, 30, tzinfo=UTC).replace(tzinfo=None), "2027-05-04 09:30:00"),
        (time(9, 30), "09:30:00"),
        ("  Ääsmäe ", "Ääsmäe"),
        ("#N/A", "#N/A"),
        (None, ""),
    ],
)
def test_a_cell_says_what_its_reader_sees(value, text) -> None:
    table = read(workbook([("id", "n"), ("p1", value)]))

    assert table.rows[0].cells == ("p1", text)


def test_rows_keep_their_numbers_over_blank_ones() -> None:
    table = read(workbook([(), ("id", "n"), (), ("p1", 1), (), (None, " "), ("p2", 2)]))

    assert [row.line for row in table.rows] == [4, 7]
    assert table.header == ("id", "n")


def test_a_hidden_sheet_is_passed_over() -> None:
    assert read(workbook(PLAIN_BOOK_ROWS, hidden_first=True)).header == ("id", "n")


def test_a_control_character_in_a_cell_is_refused() -> None:
    book = with_entry(
        PLAIN_BOOK,
        SHEET,
        sheet_xml(
            f'<row r="1">{text_cell("A1", "id")}</row>'
            f'<row r="2">{text_cell("A2", "p&#x85;1")}</row>'
        ),
    )

    error = refusal(book)

    assert error.code == Code.CONTROL_CHARACTER
    assert error.params["row"] == 2


def test_the_size_a_sheet_claims_is_not_believed() -> None:
    row = f'<row r="1">{text_cell("A1", "id")}</row><row r="2">{text_cell("A2", "p1")}</row>'
    book = with_entry(PLAIN_BOOK, SHEET, sheet_xml(row, dimension="A1:XFD1048576"))

    table = read(book)

    assert [row.cells for row in table.rows] == [("p1",)]


def test_a_row_far_down_stops_the_reading_at_the_limit() -> None:
    rows = f'<row r="1">{text_cell("A1", "id")}</row><row r="1048576">{text_cell("A1", "p")}</row>'

    error = refusal(with_entry(PLAIN_BOOK, SHEET, sheet_xml(rows)))

    assert error.code == Code.TOO_MANY_ROWS


def test_a_cell_far_to_the_right_is_refused() -> None:
    rows = f'<row r="1">{text_cell("A1", "id")}{text_cell("XFD1", "n")}</row>'

    assert refusal(with_entry(PLAIN_BOOK, SHEET, sheet_xml(rows))).code == Code.TOO_MANY_COLUMNS


def test_a_workbook_with_macros_is_read_and_its_macros_are_not() -> None:
    book = with_entry(PLAIN_BOOK, "xl/vbaProject.bin", b"Sub AutoOpen()")

    assert read(book).rows[0].cells == ("p1", "1")


def test_an_empty_sheet_is_empty() -> None:
    assert refusal(workbook([])).code == Code.EMPTY


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = with_entry(PLAIN_BOOK, SHEET, b" " * (60 * 1024 * 1024))

    tracemalloc.start()
    error = refusal(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert error.code == Code.TOO_LARGE
    assert peak < 5 * 1024 * 1024


def test_a_part_packed_too_tight_is_refused() -> None:
    bomb = with_entry(PLAIN_BOOK, SHEET, b" " * (20 * 1024 * 1024))

    assert refusal(bomb).code == Code.PACKED_TOO_TIGHT


def test_a_crowd_of_parts_is_refused() -> None:
    parts = {f"xl/worksheets/sheet{number}.xml": b"<x/>" for number in range(201)}

    assert refusal(zipped({"xl/workbook.xml": b"<x/>", **parts})).code == Code.PACKED_TOO_TIGHT


def test_a_directory_that_lies_about_sizes_gives_no_more_than_it_says() -> None:
    big = with_entry(PLAIN_BOOK, SHEET, b"<x>" + b"ab" * 20_000 + b"</x>")
    with ZipFile(BytesIO(big)) as archive:
        size = archive.getinfo(SHEET).file_size
    lying = big.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))

    assert refusal(lying).code == Code.BROKEN_WORKBOOK


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "'
    + "ha" * 50
    + '">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 20}">'
        for before, name in zip("abcdef", "bcdefg", strict=True)
    )
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("preamble", "entity"),
    [pytest.param(ENTITIES, "&g;", id="laughs"), pytest.param(OUTSIDE, "&a;", id="outside file")],
)
def test_entities_are_not_expanded(preamble, entity) -> None:
    rows = f'<row r="1">{text_cell("A1", "id")}</row><row r="2">{text_cell("A2", entity)}</row>'

    error = refusal(with_entry(PLAIN_BOOK, SHEET, sheet_xml(rows, preamble=preamble)))

    assert error.code == Code.BROKEN_WORKBOOK


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PLAIN_BOOK[:200], id="cut off early"),
        pytest.param(PLAIN_BOOK[:-100], id="cut off late"),
        pytest.param(with_entry(PLAIN_BOOK, SHEET, b"<worksheet><row"), id="broken sheet"),
        pytest.param(with_entry(PLAIN_BOOK, "xl/workbook.xml", b"no"), id="broken directory"),
        pytest.param(zipped({"xl/workbook.xml": b"<x/>"}), id="nothing but a name"),
    ],
)
def test_a_damaged_workbook_is_refused(content) -> None:
    assert refusal(content).code == Code.BROKEN_WORKBOOK


def test_a_zip_with_a_password_is_refused_as_such() -> None:
    locked = bytearray(PLAIN_BOOK)
    place = locked.find(b"PK\x01\x02")
    while place >= 0:
        locked[place + 8] |= 1
        place = locked.find(b"PK\x01\x02", place + 1)

    error = refusal(bytes(locked))

    assert error.params["kind"] == Kind.PROTECTED_EXCEL
