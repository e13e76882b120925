"""How many people of each value a mixed table has."""

import numpy as np
from numpy.typing import NDArray


def shares_at(
    totals: NDArray[np.int64], size: int, people: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each value's share of a table of this size, rounded down and rounded up."""
    return totals * size // people, -(-totals * size // people)
