"""What a file is, told by its first bytes and never by its name."""

import re
from zipfile import ZipFile

from juries.files.errors import Kind

_STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", Kind.PDF),
    (b"\x89PNG\r\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"\x1f\x8b", Kind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"Rar!\x1a\x07", Kind.ARCHIVE),
    (b"PK\x05\x06", Kind.ARCHIVE),
    (b"{\\rtf", Kind.RICH_TEXT),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"\s*<(!doctype|html|\?xml|table|svg|head|body)\b", re.IGNORECASE)


def foreign_kind(content: bytes) -> Kind | None:
    """What the file is when it is neither text nor a zip; None when it may be either."""
    head = content[:1024]
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head.startswith(_COMPOUND):
        return _compound_kind(content)
    if _is_boxed_image(head):
        return Kind.IMAGE
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        return Kind.IMAGE if b"<svg" in head else Kind.WEB_PAGE
    return None


def _compound_kind(content: bytes) -> Kind:
    """Excel keeps a password-protected workbook in the same container as its old format."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Kind.PROTECTED_EXCEL
    if "WordDocument".encode("utf-16-le") in content:
        return Kind.WORD
    return Kind.OLD_EXCEL


def _is_boxed_image(head: bytes) -> bool:
    webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    heic = head[4:8] == b"ftyp"
    bitmap = head.startswith(b"BM") and b"\x00" in head[:32]
    return webp or heic or bitmap


def is_zip(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def packed_kind(archive: ZipFile) -> Kind | None:
    """What a zip holds when it is not a workbook that can be read; None for a workbook."""
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return None
    if "xl/workbook.bin" in names:
        return Kind.BINARY_EXCEL
    if "mimetype" in names:
        return Kind.OPEN_DOCUMENT
    if "word/document.xml" in names:
        return Kind.WORD
    return Kind.ARCHIVE
