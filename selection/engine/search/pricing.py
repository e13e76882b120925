"""Panels that weigh much: the oracle of column generation.

Three answers to the same question, each dearer and better than the one before. ``heavy`` solves the
linear program over continuous panels, kept warm, and dives: it rounds one count and solves again,
until all are whole; a step takes about a millisecond. ``heavier`` holds the counts that are clearly
decided and settles the rest by a small integer program. ``heaviest`` is the integer program over
all, which is a proof.
"""

import numpy as np
from numpy.typing import NDArray

from selection.engine.errors import SolverFailure
from selection.engine.solver import Matrix, Program, Solution
from selection.engine.types.grouping import Counts, Polytope

Floats = NDArray[np.float64]
WHOLE = 1e-6
UNDECIDED = 50


class Pricer:
    """Finds panels for weights of the types; keeps its programs between questions."""

    def __init__(self, polytope: Polytope) -> None:
        self.polytope = polytope
        self._most = polytope.cap.astype(np.float64)
        self._relaxed = _program(polytope, whole=False)
        self._exact: Program | None = None

    def heavy(self, weights: Floats) -> Counts | None:
        """A heavy panel, or None when the dive found none."""
        found = self._vertex(weights)
        touched: set[int] = set()
        while found is not None:
            kind = _undecided(found.columns)
            if kind is None:
                break
            touched.add(kind)
            found = self._rounded(kind, float(found.columns[kind]))
        which = np.array(sorted(touched), dtype=np.int32)
        self._relaxed.limit_columns(which, np.zeros(len(which)), self._most[which])
        return None if found is None else self._checked(found.columns)

    def heavier(self, weights: Floats) -> Counts | None:
        """A panel among the heaviest, or None when there is none near the continuous best."""
        found = self._vertex(weights) if len(weights) > 2 * UNDECIDED else None
        if found is None:
            return None
        loose = np.abs(found.columns - np.round(found.columns)) >= WHOLE
        order = np.argsort(np.where(loose, -1.0, np.abs(found.reduced)), kind="stable")
        free = np.sort(order[: int(loose.sum()) + UNDECIDED])
        held = np.round(found.columns)
        held[free] = 0
        rest = _program(_narrowed(self.polytope, free, held), whole=True)
        rest.gain(weights[free])
        best = rest.solve()
        if best is None:
            return None
        held[free] = best.columns
        return self._checked(held)

    def heaviest(self, weights: Floats) -> Counts | None:
        """The heaviest panel; None when there is no panel at all."""
        if self._exact is None:
            self._exact = _program(self.polytope, whole=True)
        self._exact.gain(weights)
        best = self._exact.solve()
        if best is None:
            return None
        panel = self._checked(best.columns)
        if panel is None:
            raise SolverFailure("a whole solution that is no panel")
        return panel

    def _vertex(self, weights: Floats) -> Solution | None:
        self._relaxed.gain(weights)
        return self._relaxed.solve()

    def _rounded(self, kind: int, count: float) -> Solution | None:
        """The best with one count rounded up or, where that is impossible, down."""
        which = np.array([kind], dtype=np.int32)
        for low, high in ((np.ceil(count), self._most[kind]), (0.0, np.floor(count))):
            self._relaxed.limit_columns(which, np.array([low]), np.array([high]))
            found = self._relaxed.solve()
            if found is not None:
                return found
        return None

    def _checked(self, columns: Floats) -> Counts | None:
        panel = np.round(columns).astype(np.int64)
        return panel if self.polytope.holds(panel) else None


def _undecided(columns: Floats) -> int | None:
    """The count that is nearest to being rounded up."""
    part = columns - np.floor(columns + WHOLE)
    if part.max(initial=0.0) < WHOLE:
        return None
    return int(np.argmax(part))


def _narrowed(polytope: Polytope, free: NDArray[np.intp], held: Floats) -> Polytope:
    """What is left to choose for the free types when the others are held."""
    place = np.full(len(held), -1)
    place[free] = np.arange(len(free))
    inside = place[polytope.columns] >= 0
    used = np.round(polytope.use(held)).astype(np.int64)
    return Polytope(
        polytope.cap[free],
        polytope.rows[inside],
        place[polytope.columns[inside]],
        polytope.lower - used,
        polytope.upper - used,
        polytope.quotas,
    )


def _program(polytope: Polytope, *, whole: bool) -> Program:
    nothing = np.zeros(len(polytope.cap))
    matrix = Matrix(
        (len(polytope.lower), len(polytope.cap)),
        polytope.rows,
        polytope.columns,
        np.ones(len(polytope.rows)),
    )
    limits = polytope.lower, polytope.upper
    return Program(nothing, nothing, polytope.cap, matrix, *limits, whole=whole)
