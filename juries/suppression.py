"""Small counts of people are not published: a few people in a group might be known by it."""

from collections.abc import Sequence

SMALLEST_SHOWN = 5


def suppress(counts: Sequence[int]) -> list[int | None]:
    """The counts of one table row whose total is known; None where a count is kept back.

    Counts from 1 to 4 are kept back, and so many more, smallest first, that none of them can be
    computed from the total. Nought is shown: it is about nobody.
    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < SMALLEST_SHOWN}
    covers = sorted(
        set(range(len(counts))) - hidden,
        key=lambda place: (counts[place] == 0, counts[place], place),
    )
    while hidden and covers and _can_be_computed([counts[place] for place in hidden]):
        hidden.add(covers.pop(0))
    return [None if place in hidden else count for place, count in enumerate(counts)]


def _can_be_computed(counts: Sequence[int]) -> bool:
    """Whether the total of the hidden counts tells each: it is one count, or all are ones."""
    return len(counts) == 1 or sum(counts) == len(counts)
