"""Small counts of people are not published: a few people in a group might be known by it."""

from collections.abc import Sequence

SMALLEST_SHOWN = 5


def suppress(counts: Sequence[int]) -> list[int | None]:
    """The counts of one criterion, whose total is known; None where a count is kept back.

    Counts from 1 to 4 are kept back, and so many more, smallest first, that none of them can be
    computed from the total. Nought is shown where it can be: it is about nobody.
    """
    return suppress_so_that(counts, hidden=set())


def suppress_so_that(counts: Sequence[int], *, hidden: set[int]) -> list[int | None]:
    """The same where the counts at the places ``hidden`` are to be kept back as well."""
    small = {place for place, count in enumerate(counts) if 0 < count < SMALLEST_SHOWN}
    hidden = hidden | small
    while hidden and len(hidden) < len(counts) and _follow([counts[place] for place in hidden]):
        hidden |= _next_smallest(counts, hidden)
    return [None if place in hidden else count for place, count in enumerate(counts)]


def _follow(counts: Sequence[int]) -> bool:
    """Whether the total of the hidden counts tells each: one count, all ones, or all fours."""
    extremes = (len(counts), (SMALLEST_SHOWN - 1) * len(counts))
    return len(counts) == 1 or sum(counts) in extremes


def _next_smallest(counts: Sequence[int], hidden: set[int]) -> set[int]:
    """Where the smallest count shown stands, noughts last.

    Equals go together: to choose one of them by its place would tell something.
    """
    shown = [place for place in range(len(counts)) if place not in hidden]
    smallest = min((counts[place] == 0, counts[place]) for place in shown)
    return {place for place in shown if (counts[place] == 0, counts[place]) == smallest}


def in_bands(counts: Sequence[int]) -> list[tuple[int, int] | None]:
    """The counts that can be shown while people look on as they change, in fives from 5 up.

    Nought is kept back like one: that somebody came to an empty group would be news of a person.
    What ``suppress`` keeps back is kept back here too, since both may be read side by side.
    """
    shown = zip(suppress(counts), suppress([max(count, 1) for count in counts]), strict=True)
    return [None if count is None or other is None else _band(count) for count, other in shown]


def _band(count: int) -> tuple[int, int]:
    lowest = count - count % SMALLEST_SHOWN
    return lowest, lowest + SMALLEST_SHOWN - 1
