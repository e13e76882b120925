"""Bytes that everybody gets the same: canonical JSON, tagged hashes, times. docs/protocol.md."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from unicodedata import normalize

FORMAT = "kr-arvonta/1"
NOTHING = "0" * 64


def canonical(value: Any) -> bytes:
    """The one way to write ``value``: RFC 8785 without floating point, strings in NFC.

    Raises ``TypeError`` for anything but strings, whole numbers, booleans, null, lists and objects.
    """
    text = json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def line(value: Any) -> bytes:
    """The value as a line of a file, or as the only one."""
    return canonical(value) + b"\n"


def tagged(tag: str, *parts: bytes) -> bytes:
    """H(tag, x, y, …) of the protocol."""
    return hashlib.sha256(tag.encode() + b"\0" + b"".join(parts)).digest()


def digest(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def moment(at: datetime) -> str:
    """The time in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def two_bytes(number: int) -> bytes:
    return number.to_bytes(2, "big")


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, dict):
        return {_key(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, bool | int):
        return value
    raise TypeError(f"no {type(value).__name__} in a record")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError("keys are strings")
    return normalize("NFC", key)
