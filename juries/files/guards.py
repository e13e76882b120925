"""Cells that a spreadsheet would take for a formula, made harmless and whole again.

In a CSV file a cell has no type: what begins with ``=`` is reckoned by whoever opens the file. Such
a cell is written with an apostrophe before it and read back without. Phone numbers and negative
numbers begin like formulas and are none; they stay as they are.
"""

import re

# Some spreadsheets take full-width signs for plain ones, and drop spaces before a sign.
_FORMULA = re.compile(r"'*[\s\x00\ufeff\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20]|'*[\t\r\n\x00]")
_HARMLESS = re.compile(r"\+[0-9][0-9 ]*|-[0-9]+(?:[.,][0-9]+)?")


def guarded(cell: str) -> str:
    """The cell as it may stand in a CSV file."""
    if _FORMULA.match(cell) and not _HARMLESS.fullmatch(cell):
        return f"'{cell}"
    return cell


def unguarded(cell: str) -> str:
    """The cell that was guarded; any other cell stays as it is."""
    if cell.startswith("'") and _FORMULA.match(cell):
        return cell[1:]
    return cell
