"""The largest product of chances, over continuous panels and over mixtures of known panels.

Both are the point with the largest weighted product within linear limits. Over continuous panels
these are the polytope's. Over mixtures of panels it is the dual that has this form: prices of
people with the largest product such that no known panel costs more than there are people; what
the panels' limits cost are then the probabilities. So for mixture models in R. Koenker, I. Mizera,
"Convex optimization, shape constraints, compound decisions, and empirical Bayes rules", J. Am.
Stat. Assoc. 109 (2014).
"""

import numpy as np
from numpy.typing import NDArray

from selection.engine.search.centre import Limits, centre
from selection.engine.search.interior import Inside, inside
from selection.engine.solver import Matrix
from selection.engine.types.grouping import Counts, Polytope

Floats = NDArray[np.float64]


def even_product(polytope: Polytope, sizes: Counts, *, open_: NDArray[np.bool_]) -> Floats:
    """(T,) the chances with the largest product over people, over continuous panels.

    Only the types in ``open_`` count; the others must have a cap of 0.
    """
    within = inside(polytope)
    counts = np.where(within.full, polytope.cap, within.point)
    free = np.flatnonzero(open_ & ~within.full)
    if len(free):
        limits = _limits(polytope, within, free)
        counts[free] = centre(sizes[free].astype(np.float64), limits, counts[free]).point
    return np.asarray(counts / sizes)


def _limits(polytope: Polytope, within: Inside, free: NDArray[np.intp]) -> Limits:
    """The limits of the free counts: those met exactly are equations, idle ones are left out."""
    held = np.where(within.full, polytope.cap, 0)
    used, most = polytope.use(held), polytope.use(polytope.cap)
    lower = np.where(polytope.lower > used, polytope.lower - used, -np.inf)
    upper = np.where(polytope.upper < most, polytope.upper - used, np.inf)
    lower = np.where(within.high, polytope.upper - used, lower)
    upper = np.where(within.low, polytope.lower - used, upper)
    lower, upper = np.where(within.low, upper, lower), np.where(within.high, lower, upper)
    place = np.full(len(held), -1)
    place[free] = np.arange(len(free))
    inner = place[polytope.columns] >= 0
    rows, columns = polytope.rows[inner], place[polytope.columns[inner]]
    filled = np.bincount(rows, minlength=len(lower))
    kept = np.flatnonzero((filled > 0) & (np.isfinite(lower) | np.isfinite(upper)))
    # Sparse rows first: the rows of household classes share no type.
    kept = kept[np.lexsort((kept, kept < polytope.quotas + 1))]
    turn = np.full(len(lower), -1)
    turn[kept] = np.arange(len(kept))
    stays = turn[rows] >= 0
    matrix = Matrix(
        (len(kept), len(free)), turn[rows[stays]], columns[stays], np.ones(int(stays.sum()))
    )
    return Limits(polytope.cap[free].astype(np.float64), matrix, lower[kept], upper[kept])


def best_mixture(panels: Counts, sizes: Counts) -> tuple[Floats, Floats]:
    """(P,) probabilities of the panels with the largest product over people, and (T,) the chances.

    Every type is on one of the panels.
    """
    people = float(sizes.sum())
    row, column = np.nonzero(panels)
    value = panels[row, column] / sizes[column]
    matrix = Matrix(panels.shape, row, column, value)
    limits = Limits(
        np.full(len(sizes), np.inf),
        matrix,
        np.full(len(panels), -np.inf),
        np.full(len(panels), people),
    )
    start = np.full(len(sizes), people / np.bincount(row, value).max() / 2)
    found = centre(sizes.astype(np.float64), limits, start)
    shares = np.maximum(found.prices, 0.0)
    shares /= shares.sum()
    return shares, shares @ panels / sizes
