"""What would be fairest if a panel could hold parts of people.

The averages of any lottery over panels lie in the polytope of continuous panels. The best point
there is found by a few small linear programs, and its sorted chances are an upper bound, in the
leximin order, for every lottery over real panels.

Leximin by linear programs: maximise the smallest chance, fix those whose dual is positive (they
are at that chance in every best point), repeat; as for the nucleolus in Maschler, Peleg, Shapley,
Math. Oper. Res. 4 (1979), and Flanigan et al., Nature 596 (2021), doi 10.1038/s41586-021-03788-6.
"""

import numpy as np
from numpy.typing import NDArray

from selection.engine.errors import SolverFailure
from selection.engine.progress import Progress
from selection.engine.solver import Matrix, Program, Solution
from selection.engine.types.grouping import Counts, Polytope

Floats = NDArray[np.float64]
POSITIVE = 1e-7
SLACK = 1e-9


def largest_smallest(
    polytope: Polytope, sizes: Counts, *, open_: NDArray[np.bool_], progress: Progress
) -> float:
    """The largest smallest chance of the open types over continuous panels."""
    progress("relaxation", 0.0)
    return _solved(_program(polytope, sizes, open_)).value if open_.any() else 1.0


def fairest(
    polytope: Polytope, sizes: Counts, *, open_: NDArray[np.bool_], progress: Progress
) -> tuple[Floats, float]:
    """(T,) chances that are leximin over continuous panels, and the smallest of them.

    Only the types in ``open_`` count; the others must have a cap of 0.
    """
    program = _program(polytope, sizes, open_)
    waiting = open_.copy()
    chances, smallest = np.zeros(len(sizes)), 1.0
    while waiting.any():
        progress("relaxation", 1 - float(waiting.sum() / open_.sum()))
        best = _solved(program)
        smallest = min(smallest, best.value)
        weights = -best.duals[len(polytope.lower) :]
        fixed = waiting & (weights >= min(POSITIVE, float(weights[waiting].max())))
        for kind in np.flatnonzero(fixed).tolist():
            program.limit_row(len(polytope.lower) + kind, -np.inf, np.inf)
        which = np.flatnonzero(fixed).astype(np.int32)
        floor = np.maximum(0.0, (best.value - SLACK) * sizes[which])
        program.limit_columns(which, floor, polytope.cap[which].astype(np.float64))
        chances[which] = best.value
        waiting &= ~fixed
    return chances, smallest


def _solved(program: Program) -> Solution:
    best = program.solve()
    if best is None:
        raise SolverFailure("relaxation infeasible")
    return best


def _program(polytope: Polytope, sizes: Counts, open_: NDArray[np.bool_]) -> Program:
    """Columns: the counts and the level; rows: the polytope's, then chance >= level each type."""
    count, rows = len(sizes), len(polytope.lower)
    every = np.arange(count)
    matrix = Matrix(
        (rows + count, count + 1),
        np.concatenate([polytope.rows, rows + every, rows + every]),
        np.concatenate([polytope.columns, every, np.full(count, count)]),
        np.concatenate([np.ones(len(polytope.rows)), 1 / sizes, np.full(count, -1.0)]),
    )
    return Program(
        np.append(np.zeros(count), 1.0),
        np.zeros(count + 1),
        np.append(polytope.cap, np.inf),
        matrix,
        np.concatenate([polytope.lower, np.where(open_, 0.0, -np.inf)]),
        np.concatenate([polytope.upper, np.full(count, np.inf)]),
    )
