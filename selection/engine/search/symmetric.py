"""Small symmetric systems, solved without the linear algebra library.

The library's sums depend on how many threads it has, and with them the last digit of every result.
These are taken one column after the other and are the same everywhere. J. H. Wilkinson, C. Reinsch,
"Handbook for Automatic Computation II: Linear Algebra", 1971, contribution I/1.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NOTHING = 1e-13


class Factor:
    """``L D L^T`` of a symmetric matrix without negative directions.

    Rows that depend on those before them count as nothing: their unknowns are 0. The system must
    then be consistent, as that of redundant equations is. Columns are eliminated in the order
    given, and only where they are not 0: sparse ones should come first.
    """

    def __init__(self, matrix: Floats) -> None:
        rest = matrix.copy()
        size = np.diagonal(matrix).copy()
        self._pivots = np.zeros(len(matrix))
        self._below: list[NDArray[np.intp]] = []
        self._shares: list[Floats] = []
        for column in range(len(matrix)):
            pivot = float(rest[column, column])
            below = column + 1 + np.flatnonzero(rest[column + 1 :, column])
            if pivot <= NOTHING * size[column]:
                below = below[:0]
                pivot = np.inf
            share = rest[below, column] / pivot
            rest[np.ix_(below, below)] -= np.multiply.outer(share, rest[below, column])
            self._pivots[column] = pivot
            self._below.append(below)
            self._shares.append(share)

    def solve(self, right: Floats) -> Floats:
        """The unknowns for this right-hand side."""
        found = right.copy()
        for column, (below, share) in enumerate(zip(self._below, self._shares, strict=True)):
            found[below] -= share * found[column]
        found /= self._pivots
        for column in reversed(range(len(found))):
            below, share = self._below[column], self._shares[column]
            found[column] -= float((share * found[below]).sum())
        return found
