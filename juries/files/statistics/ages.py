"""Ages as statistics write them, and age groups as an organiser types them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from juries.files.tables import fold

OLDEST = 130

_DASH = "-‐‑‒–—−"
_RANGE = re.compile(rf"(\d{{1,3}})\s*[{_DASH}]\s*(\d{{1,3}})(?!\d)")
_OPEN = re.compile(
    rf"(\d{{1,3}})\s*(?:[{_DASH}]\s*(?:$|[(,])|\+"
    r"|(?:[-–]?\s*vuotiaat\s+|vuotta\s+)?(?:täyttäne|(?:ja|tai) (?:yli|vanhem))"
    r"|(?:år\s+)?(?:(?:och|eller) (?:äldre|över)|fyllda)"
    r"|(?:years?\s+)?(?:old\s+)?(?:or|and) (?:over|older|above))"
)
_BELOW = re.compile(r"^(?:alle|under|below|less than)\s+(\d{1,3})")
_SINGLE = re.compile(rf"^(\d{{1,3}})\s*[{_DASH}]?\s*(?:$|\(|v\.|vuotia|vuotta|år|year)")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Ages from ``youngest`` to ``oldest``, both included; without ``oldest`` there is no end."""

    youngest: int
    oldest: int | None = None

    @property
    def end(self) -> int:
        return OLDEST if self.oldest is None else self.oldest

    def holds(self, other: "Span") -> bool:
        return self.youngest <= other.youngest and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Whether any age belongs to both."""
        return self.youngest <= other.end and other.youngest <= self.end

    def __str__(self) -> str:
        if self.oldest is None:
            return f"{self.youngest}–"
        if self.oldest == self.youngest:
            return str(self.youngest)
        return f"{self.youngest}–{self.oldest}"


def age_span(label: str) -> Span | None:
    """The ages a label names: 15–19, 75-, 0-2 years (HE), 85 vuotta täyttäneet, 099; or None."""
    text = fold(label)
    if below := _BELOW.match(text):
        return _span(0, int(below[1]) - 1)
    if bounded := _RANGE.match(text):
        return _span(int(bounded[1]), int(bounded[2]))
    if unbounded := _OPEN.match(text):
        return _span(int(unbounded[1]), None)
    if single := _SINGLE.match(text):
        return _span(int(single[1]), int(single[1]))
    return None


def _span(youngest: int, oldest: int | None) -> Span | None:
    end = OLDEST if oldest is None else oldest
    return Span(youngest, oldest) if youngest <= end <= OLDEST else None


def age_groups(text: str) -> list[Span] | None:
    """The groups that were typed, ``16-29, 30-44, 75-``, youngest first; or None."""
    parts = [part.strip() for part in re.split(r"[,;\n]+|\s{2,}", text) if part.strip()]
    spans = [age_span(part) for part in parts]
    found = [span for span in spans if span is not None]
    return sorted(found) if found and len(found) == len(spans) else None


def overlapping(spans: Sequence[Span]) -> tuple[Span, Span] | None:
    """Two neighbours that share an age; None when nobody belongs to two groups."""
    return next((pair for pair in pairwise(sorted(spans)) if pair[0].meets(pair[1])), None)


def gaps(spans: Sequence[Span]) -> list[Span]:
    """The ages between the groups that belong to none of them."""
    return [
        Span(earlier.end + 1, later.youngest - 1)
        for earlier, later in pairwise(sorted(spans))
        if earlier.end + 1 < later.youngest
    ]


def finest(spans: Sequence[Span | None]) -> list[int]:
    """The positions of the narrowest labels that share no age: 15-19 rather than 15-64 or 15-."""
    order = sorted(
        (position for position, span in enumerate(spans) if span is not None),
        key=lambda position: _breadth(spans[position]),
    )
    kept: list[int] = []
    for position in order:
        span = spans[position]
        if span and not any(span.meets(other) for at in kept if (other := spans[at])):
            kept.append(position)
    return sorted(kept)


def _breadth(span: Span | None) -> tuple[bool, int]:
    """Of two labels without an end the later is the narrower one."""
    if span is None:
        return True, 0
    return span.oldest is None, span.end - span.youngest
