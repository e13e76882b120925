"""Personal identity codes in a table: taken out as it is read, so that none is ever stored.

The house needs nobody's code, and a file from a register may hold one where nobody expects it. What
is a code is told by its date and its check symbol; a column of codes is told by its name, or by
what most of its cells look like, and then nothing of it is kept, well written or not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from juries.files.tables import Row, Table, fold

NAMES = frozenset(
    (
        "henkilötunnus",
        "henkilötunnukset",
        "henkilotunnus",
        "hlötunnus",
        "hetu",
        "sosiaaliturvatunnus",
        "sotu",
        "personbeteckning",
        "personnummer",
        "personal identity code",
        "personal identity number",
        "personal identification number",
        "national identification number",
        "social security number",
        "identity code",
        "ssn",
    )
)
CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_CODE = re.compile(
    r"(?<![0-9A-Z])((?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2})"
    r" ?[-+\u2010-\u2013\u2212A-FU-Y] ?([0-9]{3})([0-9A-Z])(?![0-9A-Z])",
    re.IGNORECASE,
)


def without_identity_codes(table: Table) -> tuple[Table, int]:
    """The table with an empty place where a code stood, and how many cells held one."""
    shut = set(_columns_of_codes(table))
    found = 0
    rows = []
    for row in table.rows:
        cells = tuple(
            "" if place in shut else _without_codes(cell) for place, cell in enumerate(row.cells)
        )
        found += sum(now != before for now, before in zip(cells, row.cells, strict=True))
        rows.append(Row(row.line, cells))
    header = tuple(_without_codes(name) for name in table.header)
    found += sum(now != before for now, before in zip(header, table.header, strict=True))
    return replace(table, header=header, rows=tuple(rows)), found


def _columns_of_codes(table: Table) -> Iterator[int]:
    for place, name in enumerate(table.header):
        cells = [row.cells[place] for row in table.rows if row.cells[place]]
        if fold(re.sub(r"[\W_]+", " ", name)) in NAMES or _are_mostly_codes(cells):
            yield place


def _are_mostly_codes(cells: Sequence[str]) -> bool:
    alike = sum(_CODE.fullmatch(cell) is not None for cell in cells)
    return 2 * alike > len(cells)


def _without_codes(cell: str) -> str:
    # Most cells are words or short; a search is worth its while only in what can hold a code.
    if len(cell) < len("ddmmyy-nnnc"):
        return cell
    return _CODE.sub(lambda found: "" if _is_genuine(found) else found[0], cell).strip()


def _is_genuine(found: re.Match[str]) -> bool:
    born, serial, check = found.groups()
    return CHECKS[int(born + serial) % len(CHECKS)] == check.upper()
