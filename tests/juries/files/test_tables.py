"""Delimited text in every shape that spreadsheets and people give it."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juries.files.errors import Code, FileError, Kind, UnreadableFile
from juries.files.tables import Table, letter, read_table
from tests.juries.files.corpus import (
    DELIMITERS,
    ENCODINGS,
    GRID,
    LINE_ENDS,
    SAMI,
    csv_text,
    encoded,
    workbook,
    zipped,
)


def read(content: bytes) -> Table:
    return read_table(content, file="pool.csv")


def refusal(content: bytes) -> FileError:
    with pytest.raises(FileError) as caught:
        read(content)
    return caught.value


def cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


@pytest.mark.parametrize("encoding", ENCODINGS.values(), ids=ENCODINGS)
@pytest.mark.parametrize("delimiter", DELIMITERS.values(), ids=DELIMITERS)
@pytest.mark.parametrize("line_end", LINE_ENDS.values(), ids=LINE_ENDS)
def test_o1_the_same_table_comes_out_of_every_dialect(encoding, delimiter, line_end) -> None:
    text = csv_text(GRID, delimiter=delimiter, line_end=line_end)

    table = read(encoded(text, encoding))

    assert table.header == GRID[0]
    assert cells(table) == list(GRID[1:])
    assert table.delimiter == delimiter
    assert [row.line for row in table.rows] == [2, 3, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_sami_letters_survive(encoding) -> None:
    table = read(encoded(csv_text(SAMI), encoding))

    assert cells(table) == list(SAMI[1:])


def test_o1_control_one_encoding_for_all_files_would_spoil_or_refuse_the_others() -> None:
    text = "id;nimi\np1;Äyrämö\n"

    assert cells(read(text.encode())) == cells(read(text.encode("cp1252"))) == [("p1", "Äyrämö")]
    assert text.encode().decode("cp1252") != text
    with pytest.raises(UnicodeDecodeError):
        text.encode("cp1252").decode()


def test_bytes_that_are_not_utf8_are_windows_1252() -> None:
    table = read("id;hinta\np1;5 €\n".encode("cp1252"))

    assert cells(table) == [("p1", "5 €")]
    assert table.encoding == "windows-1252"


def test_the_encoding_is_never_guessed_from_the_letters() -> None:
    latin_9 = "id;nimi\np1;Šimo\n".encode("iso-8859-15")

    assert cells(read(latin_9)) == [("p1", "¦imo")]


def test_bytes_of_no_known_encoding_are_refused_at_their_row() -> None:
    error = refusal(b"id;nimi\np1;\xe4\np2;\x81\n")

    assert error.code == Code.UNKNOWN_ENCODING
    assert error.params["row"] == 3


def test_utf16_without_its_mark_is_refused_as_no_text() -> None:
    assert refusal("id;a\np1;x\n".encode("utf-16-le")).code == Code.NOT_TEXT


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(" id ; a \n p1 ; x \n", id="spaces around values"),
        pytest.param('"id" ; "a"\n"p1" ; "x"\n', id="spaces outside quotes"),
        pytest.param("id;a\n\n\np1;x\n\n", id="blank lines"),
        pytest.param("id;a;;\np1;x;;\n;;;\n", id="trailing delimiters"),
        pytest.param("id;a\np1;x;;;\n", id="trailing delimiters in rows only"),
        pytest.param("id;;a\np1;;x\n", id="an empty column"),
        pytest.param("id;a\np1;x", id="no line end at the end"),
        pytest.param("sep=;\nid;a\np1;x\n", id="the hint that Excel writes"),
        pytest.param("\ufeff\ufeffid;a\np1;x\n", id="two marks"),
        pytest.param("id;a\np1;\u00a0x\u00a0\n", id="no-break spaces"),
        pytest.param("id;a\r\n\rp1;x\n", id="mixed line ends"),
    ],
)
def test_untidiness_without_meaning_is_forgiven(text) -> None:
    table = read(text.encode())

    assert table.header == ("id", "a")
    assert cells(table) == [("p1", "x")]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    table = read(b'id;a\n\np1;"two\nlines"\n\np2;x\n')

    assert [row.line for row in table.rows] == [3, 5]


def test_a_comma_within_values_does_not_mislead_the_search_for_the_delimiter() -> None:
    table = read(b"id;osoite\np1;Katu 1, A 2, PL 3\np2;Tie 3, B 2, PL 4\n")

    assert table.delimiter == ";"


def test_decomposed_letters_become_the_letters_people_type() -> None:
    table = read("id;a\np1;A\u0308\n".encode())

    assert cells(table) == [("p1", "Ä")]


def test_one_column_is_a_table() -> None:
    assert cells(read(b"id\np1\np2\n")) == [("p1",), ("p2",)]


def test_two_hundred_columns_are_a_table() -> None:
    names = ",".join(f"c{number}" for number in range(200))

    assert len(read(f"{names}\n{names}\n".encode()).header) == 200


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        pytest.param(b"", Code.EMPTY, None, id="nothing"),
        pytest.param(b"\xef\xbb\xbf\r\n", Code.EMPTY, None, id="only a mark"),
        pytest.param(b";;;\n;;\n", Code.EMPTY, None, id="only delimiters"),
        pytest.param(b"id;a\n", Code.NO_ROWS, None, id="only a header"),
        pytest.param(b'id;a\np1;x\np2;"y\np3;z\n', Code.OPEN_QUOTE, 3, id="an open quote"),
        pytest.param(b"id;a\np1;x\x00\n", Code.NOT_TEXT, 2, id="a NUL"),
        pytest.param(b"id;a\np1;x\np2;\x1b[31m\n", Code.CONTROL_CHARACTER, 3, id="an escape"),
        pytest.param("id;a\np1;\x85\n".encode(), Code.CONTROL_CHARACTER, 2, id="a C1 character"),
        pytest.param(b"id;a\np1;x;y\n", Code.ROW_TOO_LONG, 2, id="a row wider than the header"),
        pytest.param(b"id;a;ID\np1;x;y\n", Code.DUPLICATE_COLUMN, 1, id="a column twice"),
        pytest.param(b"id;;a\np1;x;y\n", Code.BLANK_HEADER, 1, id="a column without a name"),
        pytest.param(b"a," * 1000 + b"a\n1\n", Code.TOO_MANY_COLUMNS, 1, id="a thousand columns"),
        pytest.param(b"id;a\np1;" + b"x" * 200_000, Code.CELL_TOO_LONG, 2, id="a huge cell"),
        pytest.param(b"x" * 21_000_000, Code.TOO_LARGE, None, id="a huge file"),
    ],
)
def test_a_broken_text_file_is_refused_at_its_row(content, code, row) -> None:
    error = refusal(content)

    assert error.code == code
    assert error.problems[0].row == row
    assert error.params["file"] == "pool.csv"


def test_too_many_rows_are_refused() -> None:
    content = b"id\n" + b"p\n" * 11

    with pytest.raises(UnreadableFile) as caught:
        read_table(content, file="pool.csv", maximum_rows=10)

    assert caught.value.code == Code.TOO_MANY_ROWS


def test_as_many_rows_as_allowed_are_read() -> None:
    table = read_table(b"id\n" + b"p\n" * 10, file="pool.csv", maximum_rows=10)

    assert len(table.rows) == 10


def test_all_broken_rows_are_told_at_once() -> None:
    error = refusal(b"id;a\np1;x;y\np2;ok\np3;\x07\np4;x;y;z\n")

    assert [(problem.code, problem.row) for problem in error.problems] == [
        (Code.ROW_TOO_LONG, 2),
        (Code.CONTROL_CHARACTER, 4),
        (Code.ROW_TOO_LONG, 5),
    ]


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(b"%PDF-1.7\n...", Kind.PDF, id="PDF"),
        pytest.param(COMPOUND + "Workbook".encode("utf-16-le"), Kind.OLD_EXCEL, id="XLS"),
        pytest.param(
            COMPOUND + "EncryptedPackage".encode("utf-16-le"), Kind.PROTECTED_EXCEL, id="password"
        ),
        pytest.param(COMPOUND + "WordDocument".encode("utf-16-le"), Kind.WORD, id="DOC"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(20), Kind.IMAGE, id="PNG"),
        pytest.param(b"\xff\xd8\xff\xe0" + bytes(20), Kind.IMAGE, id="JPEG"),
        pytest.param(b"GIF89a" + bytes(20), Kind.IMAGE, id="GIF"),
        pytest.param(b"RIFF\x10\x00\x00\x00WEBPVP8 ", Kind.IMAGE, id="WebP"),
        pytest.param(b"\x00\x00\x00\x18ftypheic", Kind.IMAGE, id="HEIC"),
        pytest.param(b"BM\x36\x00\x00\x00" + bytes(20), Kind.IMAGE, id="BMP"),
        pytest.param(b'<svg xmlns="x"></svg>', Kind.IMAGE, id="SVG"),
        pytest.param(b"<html><table><tr><td>id</td></tr>", Kind.WEB_PAGE, id="HTML as .xls"),
        pytest.param(b"\xef\xbb\xbf<?xml version='1.0'?><a/>", Kind.WEB_PAGE, id="XML"),
        pytest.param(b"{\\rtf1 id;a}", Kind.RICH_TEXT, id="RTF"),
        pytest.param(b"\x1f\x8b\x08\x00" + bytes(20), Kind.ARCHIVE, id="gzip"),
        pytest.param(zipped({"pool.csv": b"id;a\n1;2\n"}), Kind.ARCHIVE, id="a zipped CSV"),
        pytest.param(zipped({"word/document.xml": b"<x/>"}), Kind.WORD, id="DOCX"),
        pytest.param(zipped({"mimetype": b"..."}), Kind.OPEN_DOCUMENT, id="ODS"),
        pytest.param(zipped({"xl/workbook.bin": b"..."}), Kind.BINARY_EXCEL, id="XLSB"),
    ],
)
def test_o2_a_file_of_another_kind_is_told_by_its_content(content, kind) -> None:
    error = refusal(content)

    assert error.code == Code.WRONG_KIND
    assert error.params["kind"] == kind


def test_o2_control_a_workbook_named_csv_is_read_as_the_workbook_it_is() -> None:
    table = read(workbook(GRID))

    assert cells(table) == list(GRID[1:])


def test_columns_are_found_in_any_case_and_a_missing_one_is_named() -> None:
    table = read(b"ID; Asuin  Alue\np1;x\n")

    assert table.column("asuin alue") == 1
    with pytest.raises(UnreadableFile) as caught:
        table.column("kieli")
    assert caught.value.params["found"] == "ID, Asuin Alue"


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [letter(position) for position in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@given(st.binary(max_size=300))
def test_any_bytes_give_a_table_or_a_refusal(content) -> None:
    try:
        table = read(content)
    except FileError as error:
        told = error.problems
    else:
        told = table.rows
        assert all(len(row.cells) == len(table.header) for row in table.rows)

    assert told


CELL = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P"], exclude_characters="\ufeff"),
    min_size=1,
    max_size=8,
)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6), st.sampled_from(";,\t"))
def test_what_is_written_in_quotes_is_read_back(rows, delimiter) -> None:
    text = csv_text([("id", "nimi"), *rows], delimiter=delimiter)

    table = read(text.encode())

    assert cells(table) == [tuple(normalize("NFC", cell) for cell in row) for row in rows]
