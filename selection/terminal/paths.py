"""Files by name, with a sentence where there is none."""

from pathlib import Path

from selection.terminal.exits import Unusable


def read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unusable(f"{path}: the file cannot be read ({error.strerror}).") from None


def require_writable(path: Path) -> None:
    """Complain now about a file that could not be written after minutes of work."""
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise Unusable(f"{path}: the file cannot be written there.")


def write_text(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise Unusable(f"{path}: the file cannot be written ({error.strerror}).") from None
