"""What would be fairest if a panel could hold parts of people.

The averages of any lottery over panels lie in the polytope of continuous panels. The best point
there is found by a few small linear programs, and its sorted chances are an upper bound, in the
leximin order, for every lottery over real panels. After Flanigan, Gölz, Gupta, Hennig, Procaccia,
Nature 596 (2021), doi 10.1038/s41586-021-03788-6.
"""

import numpy as np
from numpy.typing import NDArray

from selection.engine.progress import Progress
from selection.engine.search.levels import Level, levels
from selection.engine.types.grouping import Counts, Polytope

Floats = NDArray[np.float64]


def fairest(
    polytope: Polytope, sizes: Counts, *, open_: NDArray[np.bool_], progress: Progress
) -> tuple[Floats, list[Level]]:
    """(T,) chances that are leximin over continuous panels, and the levels that prove it.

    Only the types in ``open_`` count; the others must have a cap of 0.
    """
    chances = np.zeros(len(sizes))
    found = []
    for level in levels(polytope, sizes, open_=open_, progress=progress):
        chances[level.kinds] = level.chance
        found.append(level)
    return chances, found
