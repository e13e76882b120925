"""The levels of the fairest continuous panel, one after the other, each with what holds it there.

Leximin by linear programs: maximise the smallest chance, fix those whose dual is positive, repeat;
as for the nucleolus in Maschler, Peleg, Shapley, Math. Oper. Res. 4 (1979). The duals of a level
are its reasons: the price of every limit, and the weight of every person who is held there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.errors import SolverFailure
from selection.engine.progress import Progress
from selection.engine.solver import Matrix, Program, Solution
from selection.engine.types.grouping import Counts, Polytope

Floats = NDArray[np.float64]
POSITIVE = 1e-7
GIVES = (0.0, 1e-9, 1e-8, 1e-7)


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """One level of the relaxation.

    Every continuous panel ``x`` pays for the weight it carries: ``sum_t weights[t] x_t / n_t <=
    sum_r prices[r] limit[r] + sum_t over[t] cap[t]``, where ``limit`` is the upper or the lower
    one by the sign of the price, and ``over[t]`` is what of ``weights[t] / n_t`` the prices of
    its rows leave, at least 0. Earlier types at their chances and the weights of the open ones
    summing to 1, no lottery gives all the open ones more than ``chance``.

    Attributes
    ----------
    chance : the most that all the types still open can have together.
    kinds : (m,) types fixed at this level, ascending.
    open : (T,) types open when the level was found, ``kinds`` among them.
    weights : (T,) at least 0: of the open types, summing to 1, and of those fixed before.
    prices : (r,) for each row of the polytope how fast the level grows with its limit: positive
        where the upper limit holds the level down, negative where the lower one does.
    """

    chance: float
    kinds: Counts
    open: NDArray[np.bool_]
    weights: Floats
    prices: Floats


def levels(
    polytope: Polytope, sizes: Counts, *, open_: NDArray[np.bool_], progress: Progress
) -> Iterator[Level]:
    """The levels of the types in ``open_``, lowest first; the others must have a cap of 0."""
    rows = len(polytope.lower)
    program = level_program(polytope, sizes, open_)
    waiting = open_.copy()
    floor = np.zeros(len(sizes))
    while waiting.any():
        progress("relaxation", 1 - float(waiting.sum() / open_.sum()))
        best = _best(program, floor, polytope.cap)
        weights = _weights(best, sizes, waiting=waiting, fixed=open_ & ~waiting, rows=rows)
        kinds = waiting & (weights >= min(POSITIVE, float(weights[waiting].max())))
        which = np.flatnonzero(kinds)
        yield Level(best.value, which, waiting.copy(), weights, best.duals[:rows])
        for kind in which.tolist():
            program.limit_row(rows + kind, -np.inf, np.inf)
        floor[which] = best.value * sizes[which]
        waiting &= ~kinds


def _best(program: Program, floor: Floats, cap: Counts) -> Solution:
    """The best level; where rounding leaves the floors no room they give way, no more than needed.

    Giving way by default would add up: a later level can grow by many times what is given.
    """
    every, most = np.arange(len(cap), dtype=np.int32), cap.astype(np.float64)
    for give in GIVES:
        program.limit_columns(every, np.clip(floor - give, 0.0, most), most)
        best = program.solve()
        if best is not None:
            return best
    raise SolverFailure("relaxation infeasible")


def _weights(
    best: Solution,
    sizes: Counts,
    *,
    waiting: NDArray[np.bool_],
    fixed: NDArray[np.bool_],
    rows: int,
) -> Floats:
    """Open types weigh what their row costs, fixed ones what their floor costs."""
    floors = -best.reduced[: len(sizes)] * sizes
    weights = np.where(waiting, -best.duals[rows:], np.where(fixed, floors, 0.0))
    return np.maximum(weights, 0.0)


def level_program(polytope: Polytope, sizes: Counts, open_: NDArray[np.bool_]) -> Program:
    """Maximise the level.

    Columns: the counts and the level; rows: the polytope's, then chance >= level each type.
    """
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
