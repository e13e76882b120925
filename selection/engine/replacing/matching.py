"""Who follows whom: the matching that keeps most in common.

The assignment problem as a linear program, whose vertices are whole (Birkhoff, "Tres observaciones
sobre el algebra lineal", Universidad Nacional de Tucumán, Revista A 5, 1946).
"""

import numpy as np
from numpy.typing import NDArray

from selection.engine.errors import SolverFailure
from selection.engine.replacing.draft import Draft


def best_matching(
    likeness: NDArray[np.integer], *, rng: np.random.Generator
) -> tuple[tuple[int, int], ...]:
    """Pairs (row, column), rows ascending, with the largest sum of ``likeness``, ties by lot.

    As many pairs as there are rows or columns, whichever are fewer; each is in one pair at most.
    """
    rows, columns = likeness.shape
    if not rows or not columns:
        return ()
    draft = Draft()
    table = draft.block(rows * columns, 1.0).reshape(rows, columns)
    for row in table:
        draft.row((row, 1.0), lower=float(rows <= columns), upper=1.0)
    for column in table.T:
        draft.row((column, 1.0), lower=float(columns <= rows), upper=1.0)
    # All lots together weigh less than one criterion.
    lots = rng.random(likeness.shape) / (2 * min(rows, columns))
    best = draft.program((likeness + lots).ravel(), whole=False).solve()
    if best is None:
        raise SolverFailure("people who cannot be matched")
    paired = np.argwhere(best.columns.reshape(rows, columns) > 0.5)
    return tuple((int(row), int(column)) for row, column in paired)
