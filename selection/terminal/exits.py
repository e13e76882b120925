"""How a command ends: exit codes that scripts can rely on."""

from enum import IntEnum


class Exit(IntEnum):
    FINE = 0
    PROBLEMS = 1
    WRONG_FILE = 2
    IMPOSSIBLE = 3
    FAILED = 4
    INTERRUPTED = 130


class GaveUp(Exception):
    """The solver stopped without an answer; the text is its own word for why."""


class Unusable(Exception):
    """A file cannot be used; the text is one sentence for the person at the terminal."""
