"""How many people share every combination of attributes: k-anonymity. Sweeney, 2002."""

from collections import Counter
from collections.abc import Sequence

LEAST_SHARED = 5
"""A record may be open only when so many people share every combination."""


def shared_by(rows: Sequence[tuple[tuple[int, ...], int | None]]) -> int:
    """The smallest number of people alike in all attributes and in the size of their household.

    0 when there is nobody. Household numbers themselves are only names, but who shares one can be
    found by it, so its size counts as an attribute.
    """
    sizes = Counter(home for _values, home in rows if home is not None)
    alike = Counter((values, sizes[home] if home is not None else 1) for values, home in rows)
    return min(alike.values(), default=0)
