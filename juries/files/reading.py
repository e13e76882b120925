"""Reading one file in a process of its own, which may use so much memory and time and no more.

    python -m juries.files.reading people 400000000 30 < file

writes one JSON object: what was read, or what is wrong. ``READERS`` says for each purpose how a
file is read; a reader takes the bytes and the file's name and returns what JSON can hold, or raises
``FileError``. Whatever a hostile file does happens here and ends with the process.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from juries.files.errors import Code, FileError, Problem, UnreadableFile
from juries.files.identity_codes import without_identity_codes
from juries.files.statistics.reading import read_figures
from juries.files.tables import Row, Table, read_table

MEMORY = 400 * 1024**2
SECONDS = 30
PATIENCE = 2
"""Seconds by the clock for each second of work: a busy machine gives the process only its share."""

type Reader = Callable[[bytes, str], Any]


def read_plain_table(content: bytes, file: str) -> Any:
    """A header and rows, as ``table_from`` takes them back; without personal identity codes."""
    table, identity_codes = without_identity_codes(read_table(content, file=file))
    return {
        "header": table.header,
        "rows": [(row.line, *row.cells) for row in table.rows],
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "identity_codes": identity_codes,
    }


READERS: Mapping[str, Reader] = MappingProxyType({"population": read_figures})
"""Purposes whose files are read in a way of their own; every other file is a plain table."""


def table_from(read: Any, *, file: str) -> Table:
    """The table that ``read_plain_table`` wrote."""
    rows = tuple(Row(line, tuple(cells)) for line, *cells in read["rows"])
    return Table(file, tuple(read["header"]), rows, read["encoding"], read["delimiter"])


def problems_as_data(error: FileError) -> list[Any]:
    return [[problem.code, dict(problem.params)] for problem in error.problems]


def error_from(problems: list[Any]) -> FileError:
    """The error whose problems ``problems_as_data`` wrote."""
    return FileError(Problem.of(Code(code), **params) for code, params in problems)


def read_apart(
    content: bytes, purpose: str, *, memory: int = MEMORY, seconds: int = SECONDS
) -> Any:
    """What the reader of ``purpose`` makes of the file, read in a process of its own.

    Raises ``FileError``, also when the file takes more memory or time than a file may.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", "juries.files.reading", purpose, str(memory), str(seconds)],
            input=content,
            capture_output=True,
            timeout=PATIENCE * seconds,
            cwd=Path(__file__).resolve().parent.parent.parent,
            env={"PATH": os.environ.get("PATH", ""), "OPENBLAS_NUM_THREADS": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFile.because(Code.TOO_HEAVY, file="") from None
    if done.returncode or not done.stdout:
        raise UnreadableFile.because(Code.TOO_HEAVY, file="")
    answer = json.loads(done.stdout)
    if "problems" in answer:
        raise error_from(answer["problems"])
    return answer["read"]


def main() -> None:
    purpose, memory, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer = _answer(sys.stdin.buffer.read(), purpose)
    json.dump(answer, sys.stdout, separators=(",", ":"))


def _answer(content: bytes, purpose: str) -> dict[str, Any]:
    try:
        return {"read": READERS.get(purpose, read_plain_table)(content, "")}
    except FileError as error:
        return {"problems": problems_as_data(error)}
    except MemoryError:
        return {"problems": [[Code.TOO_HEAVY, {"file": ""}]]}


if __name__ == "__main__":
    main()
