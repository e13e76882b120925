"""A point inside a polytope, and the limits that every point of it meets exactly.

R. M. Freund, R. Roundy, M. J. Todd, "Identifying the set of always-active constraints in a system
of linear inequalities by a single linear program", MIT Sloan working paper 1674-85 (1985): stretch
the polytope by a factor that is free, and let as many limits as possible keep a distance of 1.
Those that cannot keep any are met exactly everywhere; the point found, shrunk again, is away from
the others.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.errors import SolverFailure
from selection.engine.solver import Matrix, Program
from selection.engine.types.grouping import Polytope

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
AWAY = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Inside:
    """A point of the relative interior.

    Attributes
    ----------
    point : (T,) counts, positive wherever some point's count is.
    full : (T,) the count is at its cap in every point.
    low, high : (r,) the row is at its lower, upper limit in every point.
    """

    point: Floats
    full: Flags
    low: Flags
    high: Flags


def inside(polytope: Polytope) -> Inside:
    """A point inside; ``SolverFailure`` when the polytope is empty."""
    kinds, rows = len(polytope.cap), len(polytope.lower)
    distances = 2 * kinds + 2 * rows
    found = _program(polytope, kinds, rows, distances).solve()
    if found is None:
        raise SolverFailure("no point inside")
    away = found.columns[kinds + 1 :] > AWAY
    full, low, high = np.split(~away[kinds:], [kinds, kinds + rows])
    return Inside(found.columns[:kinds] / found.columns[kinds], full, low, high)


def _program(polytope: Polytope, kinds: int, rows: int, distances: int) -> Program:
    """Columns: stretched counts, the stretch, distances of counts from 0 and from their caps, and
    of rows from their lower and upper limits; one row says each distance."""
    every, stretch = np.arange(kinds), np.full(distances, kinds)
    own = np.arange(distances)
    lower, upper = 2 * kinds + polytope.rows, 2 * kinds + rows + polytope.rows
    ones = np.ones(len(polytope.rows))
    limits = np.concatenate([np.zeros(kinds), polytope.cap, -polytope.lower, polytope.upper])
    matrix = Matrix(
        (distances, kinds + 1 + distances),
        np.concatenate([every, kinds + every, lower, upper, own, own]),
        np.concatenate(
            [every, every, polytope.columns, polytope.columns, stretch, kinds + 1 + own]
        ),
        np.concatenate([np.ones(kinds), -np.ones(kinds), ones, -ones, limits, -np.ones(distances)]),
    )
    nothing = np.zeros(distances)
    return Program(
        np.concatenate([np.zeros(kinds + 1), np.ones(distances)]),
        np.concatenate([np.zeros(kinds), [1.0], nothing]),
        np.concatenate([np.full(kinds + 1, np.inf), np.ones(distances)]),
        matrix,
        nothing,
        np.full(distances, np.inf),
    )
