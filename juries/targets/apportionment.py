"""From a population to whole seats: the largest remainder method, and a band around it."""

from collections.abc import Sequence


def whole_seats(populations: Sequence[int], seats: int) -> list[int]:
    """The seats of each group: they add up to ``seats``, each within one of its exact share.

    Every group first gets the whole part of its share (Hamilton's method); the seats left over go
    to the largest remainders, and of equal remainders to the larger group, then the earlier one.
    Shares are compared as fractions, so that no rounding decides.
    """
    total = sum(populations)
    if total <= 0 or min(populations) < 0 or seats < 0:
        raise ValueError("seats are shared among people")
    shares = [divmod(population * seats, total) for population in populations]
    result = [whole for whole, _ in shares]
    by_remainder = sorted(
        range(len(populations)),
        key=lambda group: (-shares[group][1], -populations[group], group),
    )
    for group in by_remainder[: seats - sum(result)]:
        result[group] += 1
    return result


def seats_around(
    populations: Sequence[int], seats: int, held: Sequence[tuple[int, int] | None]
) -> list[int]:
    """The seats of each group when some groups keep the minimum and maximum they have.

    A group that keeps them gets its share as far as they allow, or its minimum where that is too
    much for all together; the others, if there are any, share what is left by the largest
    remainder. Refused with ``ValueError`` when that cannot be.
    """
    shares = whole_seats(populations, seats)
    nearest = [
        None if bounds is None else min(max(share, bounds[0]), bounds[1])
        for share, bounds in zip(shares, held, strict=True)
    ]
    if sum(kept or 0 for kept in nearest) > seats:
        nearest = [None if bounds is None else bounds[0] for bounds in held]
    left = seats - sum(kept or 0 for kept in nearest)
    free = [people for people, kept in zip(populations, nearest, strict=True) if kept is None]
    rest = iter(whole_seats(free, left) if free and (left or sum(free)) else [0] * len(free))
    return [next(rest) if kept is None else kept for kept in nearest]


def banded(seats: Sequence[int], band: int) -> list[tuple[int, int]]:
    """Minimum and maximum of each group: ``band`` seats either way, never below 0 or above all."""
    size = sum(seats)
    return [(max(0, seat - band), min(size, seat + band)) for seat in seats]
