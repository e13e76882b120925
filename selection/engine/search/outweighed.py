"""Whole weights near those given, and the heaviest panel by them.

What an integer program proves about whole numbers can be said without rounding.
"""

import numpy as np
from numpy.typing import NDArray

from selection.engine.errors import SolverFailure
from selection.engine.search.pricing import Pricer
from selection.engine.search.proof import whole_scale
from selection.engine.types.grouping import Counts

Floats = NDArray[np.float64]
NOTHING = 1e-12


def outweighed(pricer: Pricer, each: Floats) -> tuple[Counts, int]:
    """(T,) whole weights of people in proportion to ``each``, of any sign, and what no panel
    outweighs."""
    scale = whole_scale(each) if np.abs(each).max() > NOTHING else 0.0
    weights = np.rint(each * scale).astype(np.int64)
    panel = pricer.heaviest(weights.astype(np.float64))
    if panel is None:
        raise SolverFailure("panels vanished")
    return weights, int(weights @ panel)
