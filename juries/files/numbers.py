"""Whole numbers as people write them in tables."""

import re

from juries.files.errors import Code

LARGEST = 2_000_000_000

_WHOLE = re.compile(r"([0-9]+)(?:[.,]0)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u2007\u2009\u202f'\u2019][0-9]{3})+")
_GROUPING = re.compile(r"[^0-9]")


def whole_number(text: str) -> int | Code:
    """The number, or what keeps it from being one: 12 340 and 35.0 are, 1.5 and 12.340 are not."""
    unsigned = text.removeprefix("-").removeprefix("\u2212").strip()
    digits = _GROUPING.sub("", unsigned) if _GROUPED.fullmatch(unsigned) else unsigned
    whole = _WHOLE.fullmatch(digits)
    if whole is None:
        return Code.NOT_A_WHOLE_NUMBER
    # Counted before they are converted: a cell can hold a hundred thousand digits.
    significant = whole[1].lstrip("0") or "0"
    if len(significant) > len(str(LARGEST)) or int(significant) > LARGEST:
        return Code.NUMBER_TOO_LARGE
    number = int(significant)
    return Code.NEGATIVE if number and unsigned != text else number
