"""The headings of columns of figures, taken apart: “Miehet 2025 Väestö” is sex, year and measure.

PxWeb writes the categories of all dimensions that run across the page into one heading, the last
varying fastest.
"""

import re
from collections.abc import Sequence

_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBERS = re.compile(r"[\d+–-]*")
SHOWN = 3

type Factor = tuple[str, list[str]]


def factors(headings: Sequence[str]) -> list[Factor]:
    """A label and the categories of each dimension in the headings; at least one."""
    words = [heading.split() for heading in headings]
    common_start = _common(words)
    common_end = _common([row[::-1] for row in words], spare=common_start)[::-1]
    middles = [row[len(common_start) : len(row) - len(common_end)] for row in words]
    found: list[Factor] = []
    if common_start:
        found.append(_named([" ".join(common_start)]))
    if any(middles):
        found += [_named(categories) for categories in _divided([" ".join(row) for row in middles])]
    if common_end:
        found.append(_named([" ".join(common_end)]))
    return _labelled(found)


def _common(rows: Sequence[Sequence[str]], spare: Sequence[str] = ()) -> list[str]:
    """The words that all rows begin with, leaving ``spare`` untouched at their other end.

    Numbers stay where they are: “15 - 19” and “15 - 24” begin with no common word.
    """
    shortest = min(len(row) for row in rows) - len(spare)
    common: list[str] = []
    for column in list(zip(*rows, strict=False))[: max(shortest, 0)]:
        word = column[0]
        if any(other != word for other in column) or not _may_stand_apart(word):
            break
        common.append(word)
    return common


def _may_stand_apart(word: str) -> bool:
    return bool(_YEAR.fullmatch(word)) or not _NUMBERS.fullmatch(word)


def _divided(labels: list[str]) -> list[list[str]]:
    """The labels as the product of two or more lists, or as the one list they are."""
    for width in range(2, len(labels) // 2 + 1):
        if len(labels) % width == 0 and (pair := _product(labels, width)):
            first, second = pair
            return [*_divided(first), *_divided(second)]
    return [labels]


def _product(labels: list[str], width: int) -> tuple[list[str], list[str]] | None:
    """Two lists whose every pair, the second varying fastest, makes the labels; or None."""
    blocks = [labels[start : start + width] for start in range(0, len(labels), width)]
    starts, rests = [], []
    for block in blocks:
        words = [label.split() for label in block]
        start = _shared(words)
        starts.append(" ".join(start))
        rests.append([" ".join(row[len(start) :]) for row in words])
    same = all(rest == rests[0] for rest in rests) and all(rests[0])
    if same and all(starts) and len(set(starts)) == len(starts):
        return starts, rests[0]
    return None


def _shared(rows: Sequence[Sequence[str]]) -> list[str]:
    shared = []
    for column in zip(*rows, strict=False):
        if any(word != column[0] for word in column):
            break
        shared.append(column[0])
    return shared


def _named(categories: list[str]) -> Factor:
    if all(_YEAR.fullmatch(category) for category in categories):
        return "Vuosi", categories
    return ("Tiedot" if len(categories) == 1 else "", categories)


def _labelled(found: list[Factor]) -> list[Factor]:
    """A dimension without a name is called by its first categories."""
    return [(label or ", ".join(categories[:SHOWN]), categories) for label, categories in found]
