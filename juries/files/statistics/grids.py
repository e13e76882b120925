"""Statistics in rows and columns: PxWeb's CSV with its title and years, and plain tables.

The first row as wide as most rows is the header; a title and blank lines above it are skipped, and
what follows the first blank line below the figures are footnotes. Columns of text divide the
figures; the headings of the columns of figures divide them too, where there are several.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from juries.files.errors import Code, Parameter, UnreadableFile
from juries.files.statistics.cubes import (
    Category,
    Cube,
    Dimension,
    distinct,
    plain,
    refuse_too_many,
)
from juries.files.statistics.headings import factors
from juries.files.statistics.recognising import NAMES, recognised
from juries.files.tables import MAXIMUM_COLUMNS, fold
from juries.files.texts import DELIMITERS, NumberedRow, hinted_delimiter, text_rows

FIGURE_WORDS = frozenset(
    {"n", "lkm", "lukumäärä", "väestö", "antal", "befolkning", "population", "count", "asukkaita"}
    | {"invånare", "people", "value", "arvo", "värde"}
)

_WITHHELD = {".", "..", "...", "…", "*", ""}
_NOTHING = {"-", "–", "−"}
_SPACES = re.compile(r"[ \u00a0\u2007\u2009\u202f']")
_NUMBER = re.compile(r"-?\d{1,15}(?:[.,]\d{1,10})?")
_CODED = re.compile(r"((?:KU|MK|SK|HVA)\d{2,5}|\d{5})\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class _Grid:
    title: str
    header: list[str]
    rows: list[NumberedRow]


def read_text_grid(text: str) -> Cube:
    """The cube of a CSV file, whatever its delimiter."""
    hint = hinted_delimiter(text)
    delimiter = hint or _delimiter(text)
    rows = text_rows(text, delimiter=delimiter, file="")
    if hint:
        next(rows)
    return read_grid(rows)


def read_grid(rows: Iterable[NumberedRow]) -> Cube:
    """The cube of numbered rows of cells."""
    grid = _grid([(number, [_clean(cell) for cell in cells]) for number, cells in rows])
    dividing = [at for at in range(len(grid.header)) if not _holds_figures(grid, at)]
    counting = [at for at in range(len(grid.header)) if at not in dividing]
    if not counting or not dividing:
        raise UnreadableFile.because(Code.NO_FIGURES, file="", found=", ".join(grid.header))
    across = [
        Dimension(label, label, tuple(Category(one, one) for one in categories))
        for label, categories in factors([grid.header[at] for at in counting])
    ]
    down = [_dimension(grid, at) for at in dividing]
    dimensions = recognised([*down, *across])
    return Cube(grid.title, "", dimensions, _figures(grid, dimensions, dividing, counting))


def _clean(cell: str) -> str:
    return plain(cell.replace("\ufeff", ""))


def _delimiter(text: str) -> str:
    """The one that cuts most rows into equally many cells; a title above them has a say too."""

    def merit(delimiter: str) -> int:
        widths: Counter[int] = Counter()
        try:
            for number, row in text_rows(text, delimiter=delimiter, file=""):
                widths[len(row)] += len(row) > 1
                if number > 60:
                    break
        except UnreadableFile:
            return 0
        return max(widths.values(), default=0)

    return max(DELIMITERS, key=merit)


def _grid(rows: Sequence[NumberedRow]) -> _Grid:
    filled = [(number, _without_empty_end(cells)) for number, cells in rows]
    widths = Counter(len(cells) for _number, cells in filled if len(cells) > 1)
    if not widths:
        raise UnreadableFile.because(Code.NO_FIGURES, file="", found=_beginning(filled))
    width = max(widths, key=lambda size: (widths[size], size))
    if width > MAXIMUM_COLUMNS:
        raise UnreadableFile.because(
            Code.TOO_MANY_COLUMNS, file="", row=filled[0][0], limit=MAXIMUM_COLUMNS
        )
    start = next(at for at, (_number, cells) in enumerate(filled) if len(cells) == width)
    title = next((cells[0] for _number, cells in filled[:start] if cells), "")
    return _Grid(
        title,
        list(distinct(filled[start][1])),
        list(_body(filled[start + 1 :], width)),
    )


def _without_empty_end(cells: Sequence[str]) -> list[str]:
    kept = list(cells)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _beginning(rows: Sequence[NumberedRow]) -> str:
    return next((" ".join(cells) for _number, cells in rows if cells), "")[:100]


def _body(rows: Iterable[NumberedRow], width: int) -> Iterator[NumberedRow]:
    """The rows below the header up to the footnotes."""
    begun = False
    for number, cells in rows:
        if not cells and begun:
            return
        if len(cells) > width:
            raise UnreadableFile.because(Code.ROW_TOO_LONG, file="", row=number, limit=width)
        if cells:
            begun = True
            yield number, cells + [""] * (width - len(cells))


def _holds_figures(grid: _Grid, at: int) -> bool:
    """Whether the column counts: it does not when it is called like something that divides."""
    name = fold(grid.header[at])
    if name in NAMES:
        return False
    cells = [cells[at] for _number, cells in grid.rows]
    numbers = [isinstance(_number_of(cell), float) for cell in cells if not _is_mark(cell)]
    return bool(numbers or name in FIGURE_WORDS) and all(numbers)


def _is_mark(cell: str) -> bool:
    return cell in _WITHHELD or cell in _NOTHING


def _number_of(cell: str) -> float | None:
    """The number, a mark for nobody as 0, a mark for a withheld figure as None."""
    if cell in _NOTHING:
        return 0.0
    digits = _SPACES.sub("", cell)
    return float(digits.replace(",", ".")) if _NUMBER.fullmatch(digits) else None


def _dimension(grid: _Grid, at: int) -> Dimension:
    labels = list(dict.fromkeys(cells[at] for _number, cells in grid.rows))
    coded = {label: _CODED.fullmatch(label) for label in labels}
    return Dimension(
        name=grid.header[at],
        label=grid.header[at],
        categories=tuple(
            Category(found[1] if (found := coded[label]) else label, label) for label in labels
        ),
    )


def _figures(
    grid: _Grid, dimensions: Sequence[Dimension], dividing: Sequence[int], counting: Sequence[int]
) -> tuple[float | None, ...]:
    """What no row tells of is nobody; what a row marks as missing is withheld."""
    count = refuse_too_many(len(one.categories) for one in dimensions)
    figures: list[float | None] = [0.0] * count
    places = [
        {category.label: position for position, category in enumerate(dimension.categories)}
        for dimension in dimensions[: len(dividing)]
    ]
    first_rows: dict[int, int] = {}
    for number, cells in grid.rows:
        block = 0
        for place, at in zip(places, dividing, strict=True):
            block = block * len(place) + place[cells[at]]
        if first_rows.setdefault(block, number) != number:
            where: dict[str, Parameter] = {"row": number, "first_row": first_rows[block]}
            raise UnreadableFile.because(Code.SAME_CELL_TWICE, file="", **where)
        start = block * len(counting)
        figures[start : start + len(counting)] = [_number_of(cells[at]) for at in counting]
    return tuple(figures)
