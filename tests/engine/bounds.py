"""Quotas with some of their bounds moved or let go."""

from collections.abc import Iterable

from selection.engine import Quotas

type Place = tuple[int, int, str]
"""Criterion, value, and "minimum" or "maximum"."""


def moved(quotas: Quotas, moves: dict[Place, int]) -> Quotas:
    """The quotas with these bounds put elsewhere."""
    minimum = [bounds.copy() for bounds in quotas.minimum]
    maximum = [bounds.copy() for bounds in quotas.maximum]
    for (criterion, value, kind), limit in moves.items():
        (minimum if kind == "minimum" else maximum)[criterion][value] = limit
    return Quotas.of(quotas.size, minimum, maximum)


def only(quotas: Quotas, kept: Iterable[Place]) -> Quotas:
    """The quotas with every bound let go but these."""
    free = {}
    for criterion, bounds in enumerate(quotas.minimum):
        for value in range(len(bounds)):
            free[criterion, value, "minimum"] = 0
            free[criterion, value, "maximum"] = quotas.size
    held = set(kept)
    return moved(quotas, {place: limit for place, limit in free.items() if place not in held})


def place(bound) -> Place:
    """Where a bound or a change is."""
    return bound.criterion, bound.value, bound.kind
