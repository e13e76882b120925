"""Numbers that are shown as bars and can be read as a table."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BarRow:
    """One row: its label, the text of each column, and the picture of it.

    ``bars`` and ``marker`` are in the same unit; ``scaled`` turns them into per cent of the width.
    ``state`` is "", "ok" or "missing"; ``note`` says in words what the state means.
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


def scaled(groups: Sequence[BarGroup]) -> list[BarGroup]:
    """The same groups with the longest bar or marker of all at 100 per cent."""
    lengths = [
        length
        for group in groups
        for row in group.rows
        for length in (*row.bars, row.marker or 0.0)
    ]
    longest = max(lengths, default=0.0) or 1.0
    return [
        BarGroup(group.name, tuple(_scaled_row(row, longest) for row in group.rows))
        for group in groups
    ]


def _scaled_row(row: BarRow, longest: float) -> BarRow:
    return BarRow(
        label=row.label,
        cells=row.cells,
        bars=tuple(_per_cent(length, longest) for length in row.bars),
        marker=None if row.marker is None else _per_cent(row.marker, longest),
        state=row.state,
        note=row.note,
    )


def _per_cent(length: float, longest: float) -> float:
    return round(100 * length / longest, 1)
