"""People who look alike to the quotas: their values as one whole number."""

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
MOST = 2.0**62


def find_looks(traits: NDArray[np.int32]) -> tuple[NDArray[np.int32], Counts]:
    """The distinct rows in ascending order, and for each person the place of theirs."""
    weights = digits(traits)
    if weights is None:
        looks, look = np.unique(traits, axis=0, return_inverse=True)
        return looks, np.asarray(look, dtype=np.int64).reshape(-1)
    _, first, look = np.unique(traits @ weights, return_index=True, return_inverse=True)
    return traits[first], np.asarray(look, dtype=np.int64).reshape(-1)


def digits(traits: NDArray[np.integer]) -> Counts | None:
    """(c,) what one more of each criterion's value adds to a row's number, the first most.

    ``traits @ digits`` ascends as the rows do. None where 62 bits are too few for all rows.
    """
    base = traits.max(axis=0, initial=0).astype(np.int64) + 1
    if np.prod(base.astype(np.float64)) > MOST:
        return None
    return np.asarray(np.cumprod(base[::-1])[::-1] // base)
