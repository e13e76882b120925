"""A lottery over panels seen as counts of types, before people are seated."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """A lottery over panels seen as counts of types.

    Attributes
    ----------
    counts : (P, T) one panel each row, no two the same.
    probabilities : (P,) summing to 1.
    """

    counts: NDArray[np.int64]
    probabilities: NDArray[np.float64]

    def chances(self, sizes: NDArray[np.int64]) -> NDArray[np.float64]:
        """(T,) the chance of a person of each type."""
        return np.asarray(self.probabilities @ self.counts / sizes)


def settled(mixture: Mixture) -> Mixture:
    """Without panels of no probability, and summing to 1."""
    keep = mixture.probabilities > 1e-12
    probabilities = mixture.probabilities[keep]
    return Mixture(mixture.counts[keep], probabilities / probabilities.sum())
