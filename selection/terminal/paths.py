"""Files by name, with a sentence where there is none."""

import contextlib
import os
import tempfile
from argparse import Namespace
from pathlib import Path

from selection.terminal.exits import Unusable


def read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unusable(f"{path}: the file cannot be read ({error.strerror}).") from None


def require_apart(options: Namespace) -> None:
    """Complain about a file to be written that is also to be read, or to be written twice."""
    paths = {name: path for name, path in vars(options).items() if isinstance(path, Path)}
    for name, path in paths.items():
        if not name.endswith("out") and name != "record":
            continue
        for other, taken in paths.items():
            if other != name and path.resolve() == taken.resolve():
                raise Unusable(f"{path}: the command would write over a file that it also uses.")


def require_writable(path: Path) -> None:
    """Complain now about a file that could not be written after minutes of work."""
    folder = path.absolute().parent
    if path.is_dir() or not folder.is_dir() or not os.access(folder, os.W_OK):
        raise Unusable(f"{path}: the file cannot be written there.")


def write_text(path: Path, text: str) -> None:
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """The whole file or none: it takes the place of an earlier one only when it is complete."""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
        else:
            _replace(path.resolve(), content)
    except OSError as error:
        raise Unusable(f"{path}: the file cannot be written ({error.strerror}).") from None


def _replace(path: Path, content: bytes) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_mask()
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.")
    try:
        with open(handle, "wb") as file:
            file.write(content)
        os.chmod(beside, mode)
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def _mask() -> int:
    """The process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
