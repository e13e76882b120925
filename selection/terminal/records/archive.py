"""The record of a draw: one zip that holds the lottery, the ticket, the panel and their sums.

The same draw gives the same bytes: files are stored as they are, in the order of their names, with
the same time on each. Reading trusts nothing: not the names, not the sizes, not the number of
files.
"""

import hashlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from selection.terminal.exits import Unusable

LOTTERY = "lottery.json"
PANEL = "panel.csv"
DRAW = "draw.json"
SUMS = "SHA256SUMS"
NAMES = tuple(sorted((LOTTERY, PANEL, DRAW, SUMS)))
MAXIMUM_BYTES = 256 * 1024 * 1024

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_ENCRYPTED = 0x1
_DAMAGED = (BadZipFile, ZlibError, NotImplementedError, OSError, EOFError, ValueError, RuntimeError)


def pack(files: Mapping[str, bytes]) -> bytes:
    """The zip of these files and their ``SHA256SUMS``."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for name, content in sorted({**files, SUMS: sums(files)}.items()):
            entry = ZipInfo(name, date_time=_LONG_AGO)
            entry.create_system = _UNIX
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def sums(files: Mapping[str, bytes]) -> bytes:
    """What ``sha256sum --check SHA256SUMS`` reads."""
    lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    return "".join(lines).encode()


def is_packed(content: bytes) -> bool:
    return content.startswith(b"PK")


def unpack(content: bytes, *, path: Path) -> Mapping[str, bytes]:
    """The four files of a record, or ``Unusable``."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _require_record(entries, path)
            return {entry.filename: archive.read(entry) for entry in entries}
    except _DAMAGED:
        raise Unusable(f"{path}: the zip is damaged.") from None


def _require_record(entries: list[ZipInfo], path: Path) -> None:
    """The right names, each once, and nothing that unpacks to more than can be held."""
    if sorted(entry.filename for entry in entries) != list(NAMES):
        raise Unusable(f"{path}: this is not a record of a draw; it holds {', '.join(NAMES)}.")
    if sum(entry.file_size for entry in entries) > MAXIMUM_BYTES:
        raise Unusable(f"{path}: the zip unpacks to more than {MAXIMUM_BYTES >> 20} megabytes.")
    for entry in entries:
        readable = entry.compress_type in (ZIP_STORED, ZIP_DEFLATED)
        if not readable or entry.flag_bits & _ENCRYPTED:
            raise Unusable(f"{path}: {entry.filename} in the zip is encrypted or packed oddly.")
