"""The keys that seal sensitive columns: in a file of their own, apart from the database.

The file holds every key by its name and says which one seals now; older ones still open what they
sealed. Plain Python, so that a key can be made before the house starts.
"""

import base64
import json
import os
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

KEY_BYTES = 32
NAME_BYTES = 4


class NoKeys(Exception):
    """The file of keys is missing or is not one."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Every key by its name, and the name of the one that seals now."""

    current: bytes
    keys: dict[bytes, bytes] = field(repr=False)

    def with_new_key(self) -> "KeyRing":
        """The same ring with one more key, which seals from now on."""
        name, key = _fresh_key()
        return KeyRing(name, {**self.keys, name: key})

    def with_current_only(self) -> "KeyRing":
        """The ring without the keys that have been replaced."""
        return KeyRing(self.current, {self.current: self.keys[self.current]})


def new_ring() -> KeyRing:
    """A ring of one fresh key."""
    name, key = _fresh_key()
    return KeyRing(name, {name: key})


def ring_at(path: Path) -> KeyRing:
    """The ring in the file as it stands now. Raises ``NoKeys``."""
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError:
        raise NoKeys(f"The keys are not where they should be: {path}.") from None


def ring_made_at(path: Path) -> KeyRing:
    """The ring in the file, which is made where there is none: not for production."""
    if not path.exists():
        write_ring(path, new_ring(), replace=False)
    return ring_at(path)


def write_ring(path: Path, ring: KeyRing, *, replace: bool) -> None:
    """The file holds the ring, readable by its owner alone; never half of it is to be seen."""
    text = json.dumps(
        {
            "current": ring.current.hex(),
            "keys": {name.hex(): base64.b64encode(key).decode() for name, key in ring.keys.items()},
        },
        indent=1,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        if replace:
            draft.replace(path)
        else:
            path.hardlink_to(draft)
    except FileExistsError:
        pass  # somebody else was first: theirs is the ring
    finally:
        draft.unlink(missing_ok=True)


@lru_cache(maxsize=4)
def _read(path: Path, _written: int) -> KeyRing:
    try:
        held = json.loads(path.read_text())
        keys = {
            bytes.fromhex(name): base64.b64decode(key, validate=True)
            for name, key in held["keys"].items()
        }
        ring = KeyRing(bytes.fromhex(held["current"]), keys)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NoKeys(f"This is no file of keys: {path}.") from None
    if ring.current not in keys or any(
        len(name) != NAME_BYTES or len(key) != KEY_BYTES for name, key in keys.items()
    ):
        raise NoKeys(f"This is no file of keys: {path}.")
    return ring


def _fresh_key() -> tuple[bytes, bytes]:
    return secrets.token_bytes(NAME_BYTES), secrets.token_bytes(KEY_BYTES)
