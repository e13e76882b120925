"""A file with figures about people: statistics, a table of groups, or ready quotas.

What is read is data that JSON can hold, so that a worker can read and a page can ask:
``{"kind": "cube" | "population" | "quotas", …}``.
"""

from dataclasses import asdict
from typing import Any

from juries.files.errors import Code, FileError, UnreadableFile
from juries.files.kinds import foreign_kind, is_zip
from juries.files.quota_files import has_quotas, names_groups, population_rows, quota_rows
from juries.files.statistics.cubes import Cube
from juries.files.statistics.grids import read_grid, read_text_grid
from juries.files.statistics.json_stat import read_json_stat
from juries.files.tables import MAXIMUM_BYTES, Table, read_table
from juries.files.texts import decode
from juries.files.workbooks import workbook_rows

# Every value is a row of a form, and a request has only so many fields.
MOST_VALUES = 200
MOST_ROWS = 100_000


def read_figures(content: bytes, file: str) -> dict[str, Any]:
    """What the file holds, or ``FileError``."""
    if not content.strip(b"\x00\t\r\n "):
        raise UnreadableFile.because(Code.EMPTY, file=file)
    if len(content) > MAXIMUM_BYTES:
        raise UnreadableFile.because(Code.TOO_LARGE, file=file, limit=MAXIMUM_BYTES // 1024**2)
    if _is_json(content):
        return cube_as_data(read_json_stat(decode(content, file=file)[0]))
    table = _table_of_groups(content, file)
    if table:
        return groups_as_data(table)
    return cube_as_data(_grid(content, file))


def groups_as_data(table: Table) -> dict[str, Any]:
    """Ready quotas where the table has a minimum, otherwise the population of each group."""
    ready = has_quotas(table)
    rows = quota_rows(table) if ready else population_rows(table)
    if len(rows) > MOST_VALUES:
        raise UnreadableFile.because(Code.TOO_MANY_ROWS, file=table.file, limit=MOST_VALUES)
    return {"kind": "quotas" if ready else "population", "rows": [asdict(row) for row in rows]}


def cube_as_data(cube: Cube) -> dict[str, Any]:
    return {"kind": "cube", **cube.as_data()}


def _is_json(content: bytes) -> bool:
    """JSON-stat is an object; NULs are the other half of letters in UTF-16."""
    head = content[:100].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    return head[:1] == b"{" and not head.startswith(b"{\\rtf")


def _table_of_groups(content: bytes, file: str) -> Table | None:
    """The table, if it names a criterion and a value in each row; statistics never do."""
    try:
        table = read_table(content, file=file, maximum_rows=MOST_ROWS)
    except FileError:
        return None
    return table if names_groups(table) else None


def _grid(content: bytes, file: str) -> Cube:
    kind = foreign_kind(content)
    if kind is not None:
        raise UnreadableFile.because(Code.WRONG_KIND, file=file, kind=kind)
    if is_zip(content):
        return read_grid(workbook_rows(content, file=file))
    return read_text_grid(decode(content, file=file)[0])
