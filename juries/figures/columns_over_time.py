"""Counts over time that are shown as columns and can be read as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from django.utils.formats import date_format, number_format

FEWEST_COLUMNS, MOST_COLUMNS = 14, 62
WEEK = 7


@dataclass(frozen=True, slots=True)
class Column:
    """One day, or one week by its first day: its count, and all up to its end."""

    label: str
    count: str
    so_far: str
    left: float
    width: float
    height: float

    @property
    def top(self) -> float:
        return round(100 - self.height, 2)


@dataclass(frozen=True, slots=True)
class ColumnPlot:
    """The columns, lengths in per cent of the picture; weeks where there are too many days."""

    columns: tuple[Column, ...]
    weekly: bool
    highest: int

    @property
    def first(self) -> str:
        return self.columns[0].label

    @property
    def last(self) -> str:
        return self.columns[-1].label


def columns_by_day(counts: Mapping[date, int], *, until: date) -> ColumnPlot | None:
    """A column for each day from the first count on, noughts too; None where there is none."""
    if not counts:
        return None
    first = min(counts)
    days = [
        first + timedelta(days=one) for one in range((max(until, max(counts)) - first).days + 1)
    ]
    weekly = len(days) > MOST_COLUMNS
    step = WEEK if weekly else 1
    starts = days[::step]
    heights = [
        sum(counts.get(day, 0) for day in days[place : place + step])
        for place in range(0, len(days), step)
    ]
    return ColumnPlot(_drawn(starts, heights), weekly, max(heights))


def _drawn(starts: Sequence[date], heights: Sequence[int]) -> tuple[Column, ...]:
    room = 100 / max(len(starts), FEWEST_COLUMNS)
    highest = max(heights) or 1
    return tuple(
        Column(
            label=date_format(start, "SHORT_DATE_FORMAT"),
            count=number_format(height),
            so_far=number_format(so_far),
            left=round(place * room, 2),
            width=round(room * 0.8, 2),
            height=round(100 * height / highest, 2),
        )
        for place, (start, height, so_far) in enumerate(
            zip(starts, heights, accumulate(heights), strict=True)
        )
    )
