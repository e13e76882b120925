"""Excel workbooks (.xlsx): from bytes to numbered rows of cells.

A workbook is a zip, and a small zip can unpack to something enormous: its
directory is judged before anything is unpacked.
"""

import warnings
from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from juries.files.errors import Code, Kind, UnreadableFile
from juries.files.kinds import packed_kind

MAXIMUM_UNPACKED = 50 * 1024 * 1024
MAXIMUM_ENTRIES = 200
MAXIMUM_RATIO = 100
HEAD = 4096
"""Bytes of a part in which definitions would stand."""

# It remarks on styles and extensions that it drops; the cells are all that is read here.
warnings.filterwarnings("ignore", module="openpyxl")

# What openpyxl lets through from a damaged or hostile workbook.
_BROKEN = (
    BadZipFile,
    LargeZipFile,
    ZlibError,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
)


def workbook_rows(content: bytes, *, file: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first visible sheet, cells as a reader of the sheet would say them."""
    # Loaded here: who reads a CSV file does not wait for it.
    from openpyxl import load_workbook  # noqa: PLC0415

    _judge_directory(content, file)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not visible:
            raise UnreadableFile.because(Code.NO_ROWS, file=file)
        # The size a sheet claims may be wrong in both directions; the cells are what counts.
        visible[0].reset_dimensions()
        for number, values in enumerate(visible[0].iter_rows(values_only=True), start=1):
            yield number, [plain_text(value) for value in values]
    except _BROKEN:
        raise UnreadableFile.because(Code.BROKEN_WORKBOOK, file=file) from None


def _judge_directory(content: bytes, file: str) -> None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            kind = packed_kind(archive)
            if kind is None:
                _refuse_definitions(archive, entries)
    except _BROKEN:
        raise UnreadableFile.because(Code.BROKEN_WORKBOOK, file=file) from None
    if kind is not None:
        raise UnreadableFile.because(Code.WRONG_KIND, file=file, kind=kind)
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile.because(Code.WRONG_KIND, file=file, kind=Kind.PROTECTED_EXCEL)
    if sum(entry.file_size for entry in entries) > MAXIMUM_UNPACKED:
        limit = MAXIMUM_UNPACKED // 1024**2
        raise UnreadableFile.because(Code.TOO_LARGE, file=file, limit=limit)
    if len(entries) > MAXIMUM_ENTRIES or any(map(_is_packed_too_tight, entries)):
        raise UnreadableFile.because(Code.PACKED_TOO_TIGHT, file=file)


def _refuse_definitions(archive: ZipFile, entries: list[ZipInfo]) -> None:
    """No program that writes workbooks defines entities in them: only what would do harm does."""
    for entry in entries[:MAXIMUM_ENTRIES]:
        if entry.filename.endswith(".xml") and not entry.flag_bits & 1:
            with archive.open(entry) as part:
                head = part.read(HEAD).replace(b"\x00", b"")
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise ValueError("a workbook with definitions of its own")


def _is_packed_too_tight(entry: ZipInfo) -> bool:
    return entry.file_size > MAXIMUM_RATIO * max(entry.compress_size, 1)


def plain_text(value: object) -> str:
    """A cell's value as text: 35 and not 35.0, a day without its midnight."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case float():
            # Fifteen digits are what Excel itself keeps and shows.
            return format(value, ".15g")
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case _:
            return str(value)
