"""The floor and the ceiling of chances as a linear program, over continuous panels or known ones.

Maximise ``slope * floor - ceiling`` subject to ``floor <= chance <= ceiling`` for every type that
counts. Over continuous panels the program bounds every lottery. Over known panels it is the master
program of a column generation: its duals weigh people, positive who hold up the floor, negative
who hold down the ceiling, and a panel heavier than those known can make the lottery better.
"""

import numpy as np
from numpy.typing import NDArray

from selection.engine.errors import SolverFailure
from selection.engine.search.tradeoff import Pair
from selection.engine.solver import Matrix, Program, Solution
from selection.engine.types.grouping import Counts, Polytope
from selection.engine.types.mixture import Mixture, settled

Floats = NDArray[np.float64]


class Continuous:
    """Columns: the counts, the floor, the ceiling; rows: the polytope's, floors, ceilings."""

    def __init__(self, polytope: Polytope, sizes: Counts, *, open_: NDArray[np.bool_]) -> None:
        self._sizes, self._open = sizes, np.flatnonzero(open_)
        self._kinds, self._rows = len(sizes), len(polytope.lower)
        held = len(self._open)
        floors, ceilings = _sides(self._open, sizes, self._rows, self._kinds)
        matrix = Matrix(
            (self._rows + 2 * held, self._kinds + 2),
            np.concatenate([polytope.rows, floors.row, ceilings.row]),
            np.concatenate([polytope.columns, floors.column, ceilings.column]),
            np.concatenate([np.ones(len(polytope.rows)), floors.value, ceilings.value]),
        )
        self._program = Program(
            np.zeros(self._kinds + 2),
            np.zeros(self._kinds + 2),
            np.concatenate([polytope.cap, [1.0, np.inf]]),
            matrix,
            np.concatenate([polytope.lower, np.zeros(2 * held)]),
            np.concatenate([polytope.upper, np.full(2 * held, np.inf)]),
        )

    def furthest(self, slope: float) -> Pair:
        """The floor and the ceiling furthest in this direction."""
        best = self._solved(slope)
        return Pair(float(best.columns[-2]), float(best.columns[-1]))

    def weights(self, slope: float) -> Floats:
        """(T,) of each person."""
        return _people(self._solved(slope).duals[self._rows :], self._open, self._sizes)

    def _solved(self, slope: float) -> Solution:
        self._program.gain(np.concatenate([np.zeros(self._kinds), [slope, -1.0]]))
        return _best(self._program)


class Known:
    """Columns: the floor, the ceiling, the panels; rows: floors, ceilings, the whole."""

    def __init__(self, panels: list[Counts], sizes: Counts, *, open_: NDArray[np.bool_]) -> None:
        self._sizes, self._open = sizes, np.flatnonzero(open_)
        self._panels: list[Counts] = []
        self._known: set[bytes] = set()
        held = len(self._open)
        every = np.arange(2 * held)
        level = Matrix(
            (2 * held + 1, 2), every, every // max(1, held), np.where(every < held, -1.0, 1.0)
        )
        low, high = np.zeros(2 * held + 1), np.full(2 * held + 1, np.inf)
        low[-1] = high[-1] = 1.0
        self._program = Program([0.0, 0.0], [0.0, 0.0], [1.0, np.inf], level, low, high)
        for panel in panels:
            self.add(panel)

    def add(self, panel: Counts) -> bool:
        """Take up a panel; false when it is known."""
        if panel.tobytes() in self._known:
            return False
        self._known.add(panel.tobytes())
        self._panels.append(panel)
        held = len(self._open)
        on = np.flatnonzero(panel[self._open])
        share = panel[self._open][on] / self._sizes[self._open][on]
        rows = np.concatenate([on, held + on, [2 * held]]).astype(np.int32)
        self._program.add_column(0.0, rows, np.concatenate([share, -share, [1.0]]))
        return True

    def furthest(self, slope: float) -> Pair:
        """The floor and the ceiling furthest in this direction."""
        best = self._solved(slope)
        return Pair(float(best.columns[0]), float(best.columns[1]))

    def weights(self, slope: float) -> tuple[Floats, float]:
        """(T,) of each person, and what the known panels weigh at most."""
        duals = self._solved(slope).duals
        return _people(duals[:-1], self._open, self._sizes), float(duals[-1])

    def mixture(self, slope: float, least: float, most: float) -> Mixture:
        """A lottery with a floor within these limits, and the ceiling furthest."""
        which = np.zeros(1, dtype=np.int32)
        self._program.limit_columns(which, np.array([least]), np.array([most]))
        best = self._solved(slope)
        self._program.limit_columns(which, np.zeros(1), np.ones(1))
        return settled(Mixture(np.array(self._panels), np.maximum(best.columns[2:], 0.0)))

    def _solved(self, slope: float) -> Solution:
        self._program.gain(np.concatenate([[slope, -1.0], np.zeros(len(self._panels))]))
        return _best(self._program)


def _sides(
    kinds: NDArray[np.intp], sizes: Counts, rows: int, columns: int
) -> tuple[Matrix, Matrix]:
    """The entries of the rows ``chance - floor >= 0`` and ``ceiling - chance >= 0``."""
    every, held = np.arange(len(kinds)), len(kinds)
    shape = rows + 2 * held, columns + 2
    column = [np.concatenate([kinds, np.full(held, columns + side)]) for side in (0, 1)]
    ones = np.ones(held)
    value = np.concatenate([1 / sizes[kinds], -ones])
    row = rows + np.concatenate([every, every])
    return Matrix(shape, row, column[0], value), Matrix(shape, row + held, column[1], -value)


def _people(duals: Floats, kinds: NDArray[np.intp], sizes: Counts) -> Floats:
    floors, ceilings = np.split(np.maximum(-duals, 0.0), 2)
    weights = np.zeros(len(sizes))
    weights[kinds] = (floors - ceilings) / sizes[kinds]
    return weights


def _best(program: Program) -> Solution:
    best = program.solve()
    if best is None:
        raise SolverFailure("no floor and ceiling")
    return best
