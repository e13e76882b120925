"""Bytes as docs/protocol.md has them: canonical JSON, digests, trees and zips."""

import hashlib
import io
import json
import zipfile
from typing import Any


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(tag: str, *parts: bytes) -> bytes:
    return hashlib.sha256(tag.encode() + b"\0" + b"".join(parts)).digest()


def file_digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def levels(leaves: list[bytes]) -> list[list[bytes]]:
    rows = [[digest("kr/leaf0/1", leaf) for leaf in leaves]]
    while len(rows[-1]) > 1:
        row = rows[-1]
        above = [
            digest("kr/node/1", row[i], row[i + 1]) if i + 1 < len(row) else row[i]
            for i in range(0, len(row), 2)
        ]
        rows.append(above)
    return rows


def root(leaves: list[bytes]) -> str:
    return levels(leaves)[-1][0].hex()


def path(leaves: list[bytes], index: int) -> list[str]:
    found = []
    for row in levels(leaves)[:-1]:
        sibling = index ^ 1
        if sibling < len(row):
            found.append(row[sibling].hex())
        index //= 2
    return found


def zipped(files: dict[str, bytes], **options: Any) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[name], **options)
    return buffer.getvalue()


def unzipped(record: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(record)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
