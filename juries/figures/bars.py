"""Numbers that are shown as bars and can be read as a table."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class BarRow:
    """One row: its label, the text of each column, and the lengths that picture it.

    ``bars`` and ``marker`` are in any unit, the same for the whole table. ``state`` is "", "ok"
    or "missing"; ``note`` says in words what it means.
    """

    label: str
    cells: tuple[str, ...]
    bars: tuple[float, ...]
    marker: float | None = None
    state: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BarGroup:
    """Rows under one name, as the values of one criterion."""

    name: str
    rows: tuple[BarRow, ...]


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row as printed: cells know their column, lengths are per cent of the longest."""

    row: BarRow
    cells: list[tuple[str, str]]
    bars: list[float]
    marker: float | None


@dataclass(frozen=True, slots=True)
class BarTable:
    """The whole table; ``legend`` names the bars of a row, ``marker`` the upright line.

    ``of`` heads the column of labels; without it they are groups.
    """

    caption: str
    headings: tuple[str, ...]
    groups: tuple[BarGroup, ...]
    legend: tuple[str, ...] = ()
    marker: str = ""
    of: str = ""
    longest: float = field(init=False)

    def __post_init__(self) -> None:
        lengths = (
            length
            for group in self.groups
            for row in group.rows
            for length in (*row.bars, row.marker or 0.0)
        )
        object.__setattr__(self, "longest", max(lengths, default=0.0) or 1.0)

    def drawn(self) -> Iterator[tuple[str, list[DrawnRow]]]:
        """The name and the printed rows of each group."""
        for group in self.groups:
            yield group.name, [self._draw(row) for row in group.rows]

    def _draw(self, row: BarRow) -> DrawnRow:
        return DrawnRow(
            row=row,
            cells=list(zip(self.headings, row.cells, strict=True)),
            bars=[self._per_cent(length) for length in row.bars],
            marker=None if row.marker is None else self._per_cent(row.marker),
        )

    def _per_cent(self, length: float) -> float:
        return round(100 * length / self.longest, 1)
