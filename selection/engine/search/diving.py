"""Dive for a whole point: solve the linear program, round a few counts up, solve again.

The program is kept warm, so that a step costs about a millisecond. Where the bold way (several
counts at once) meets a wall, the careful one (one at a time) tries again. Diving is the heuristic
of Berthold, "Primal heuristics for mixed integer programs" (TU Berlin, 2006), section 3.1.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.feasibility.panels import warm_program
from selection.engine.solver import Solution
from selection.engine.types.grouping import Counts, Polytope

Floats = NDArray[np.float64]
WHOLE = 1e-6
MANY = (4, 1)
LIKELY = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """A part of a polytope: ``lower <= x <= upper`` and ``row_lower <= R x <= row_upper``.

    Attributes
    ----------
    lower, upper : (T,)
    row_lower, row_upper : (r,)
    """

    lower: Floats
    upper: Floats
    row_lower: Floats
    row_upper: Floats


def limits(polytope: Polytope) -> Limits:
    """The whole polytope."""
    cap, low, high = (
        np.asarray(each, dtype=np.float64)
        for each in (polytope.cap, polytope.lower, polytope.upper)
    )
    return Limits(np.zeros(len(cap)), cap, low, high)


class Diver:
    """Dives in one polytope or in parts of it."""

    def __init__(self, polytope: Polytope) -> None:
        self._program = warm_program(polytope, whole=False)
        self._limits = limits(polytope)

    def inside(self, limits: Limits) -> None:
        """Dive in this part from now on."""
        self._limits = limits
        every = np.arange(len(limits.lower), dtype=np.int32)
        self._program.limit_columns(every, limits.lower, limits.upper)
        self._program.limit_rows(limits.row_lower, limits.row_upper)

    def vertex(self, weights: Floats) -> Solution | None:
        """The heaviest continuous point, or None when there is none."""
        self._program.gain(weights)
        return self._program.solve()

    def heavy(self, weights: Floats) -> Counts | None:
        """A heavy whole point, or None when no dive found one."""
        if not len(weights):
            return np.zeros(0, dtype=np.int64)
        start = self.vertex(weights)
        if start is None:
            return None
        for many in MANY:
            found = self._dive(start, many)
            if found is not None:
                return np.round(found.columns).astype(np.int64)
        return None

    def _dive(self, found: Solution | None, many: int) -> Solution | None:
        touched: set[int] = set()
        while found is not None:
            kinds = _undecided(found.columns, many)
            if not len(kinds):
                break
            touched.update(kinds.tolist())
            found = self._rounded(kinds, found.columns[kinds])
        self._free(np.array(sorted(touched), dtype=np.int32))
        return found

    def _rounded(self, kinds: NDArray[np.int32], counts: Floats) -> Solution | None:
        """The best with these counts rounded up, else the first of them up, else it down."""
        most = self._limits.upper[kinds]
        self._program.limit_columns(kinds, np.ceil(counts), most)
        found = self._program.solve()
        if found is None and len(kinds) > 1:
            self._free(kinds[1:])
            found = self._program.solve()
        if found is None:
            low = self._limits.lower[kinds[:1]]
            self._program.limit_columns(kinds[:1], low, np.floor(counts[:1]))
            found = self._program.solve()
        return found

    def _free(self, kinds: NDArray[np.int32]) -> None:
        self._program.limit_columns(kinds, self._limits.lower[kinds], self._limits.upper[kinds])


def _undecided(columns: Floats, many: int) -> NDArray[np.int32]:
    """The counts nearest to being rounded up: the nearest one, and others where it is likely."""
    part = columns - np.floor(columns + WHOLE)
    kinds = np.argsort(-part, kind="stable")[:many]
    wanted = part[kinds] >= np.append(WHOLE, np.full(len(kinds) - 1, LIKELY))[: len(kinds)]
    return kinds[wanted].astype(np.int32)
