"""Who lives together, by the address they gave."""

import re
import unicodedata
from collections.abc import Iterable

# A letter always starts a new part after a digit, so that 5A and 5 A are one and 1 12 and 11 2 two.
_PARTS = re.compile(r"[0-9]+|[^\W\d_]+")


def same_address_key(columns: Iterable[str]) -> str:
    """Equal for addresses that differ only in case, spaces and punctuation; blank for none.

    The first column is the street: without it the rest says only which town, and
    strangers would become a household.
    """
    texts = [unicodedata.normalize("NFKC", column).casefold() for column in columns]
    parts = [_PARTS.findall(text) for text in texts]
    if not parts or not parts[0]:
        return ""
    return " ".join(part for column in parts for part in column)


def household_numbers(keys: Iterable[str]) -> tuple[int, ...]:
    """One number per address, by first appearance; -1 for a blank one."""
    numbers: dict[str, int] = {}
    return tuple(numbers.setdefault(key, len(numbers)) if key else -1 for key in keys)
