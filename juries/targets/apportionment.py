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


def banded(seats: Sequence[int], band: int) -> list[tuple[int, int]]:
    """Minimum and maximum of each group: ``band`` seats either way, never below 0 or above all."""
    size = sum(seats)
    return [(max(0, seat - band), min(size, seat + band)) for seat in seats]
