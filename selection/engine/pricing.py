"""Panels that weigh much: the oracle of column generation.

A linear program over continuous panels, kept warm, often ends in a whole vertex. Nudging the
weights gives more of them. Where a vertex is not whole, the columns that are clearly decided are
held and a small integer program settles the rest. A proof needs the integer program over all.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from selection.engine.grouping import Counts, Polytope
from selection.engine.solver import Matrix, Program, Solution

Floats = NDArray[np.float64]
WHOLE = 1e-6
UNDECIDED = 50


class Pricer:
    """Finds panels for weights of the types; keeps its programs between questions."""

    def __init__(self, polytope: Polytope, *, rng: np.random.Generator) -> None:
        self.polytope = polytope
        self._rng = rng
        self._matrix = Matrix(
            (len(polytope.lower), len(polytope.cap)),
            polytope.rows,
            polytope.columns,
            np.ones(len(polytope.rows)),
        )
        self._relaxed = self._program(whole=False)
        self._exact: Program | None = None

    def _program(self, *, whole: bool) -> Program:
        polytope = self.polytope
        nothing = np.zeros(len(polytope.cap))
        return Program(
            nothing,
            nothing,
            polytope.cap,
            self._matrix,
            polytope.lower,
            polytope.upper,
            whole=whole,
        )

    def relaxed(self, weights: Floats) -> Solution | None:
        """The heaviest continuous panel, or None when there is not even one."""
        self._relaxed.gain(weights)
        return self._relaxed.solve()

    def best(self, weights: Floats) -> tuple[Counts, float] | None:
        """The heaviest panel and what no panel's weight exceeds; None when there is no panel."""
        if self._exact is None:
            self._exact = self._program(whole=True)
        self._exact.gain(weights)
        found = self._exact.solve()
        if found is None:
            return None
        return np.round(found.columns).astype(np.int64), found.bound

    def heavy(self, weights: Floats, *, above: float, tries: int) -> Iterator[Counts]:
        """Some panels heavier than ``above``, without a promise to find one."""
        nudge = weights
        for _ in range(tries):
            found = self.relaxed(nudge)
            if found is None or float(weights @ found.columns) <= above:
                return
            panel = self._whole(nudge, found)
            if panel is not None and float(weights @ panel) > above:
                yield panel
            nudge = weights * (1 + 0.1 * self._rng.standard_normal(len(weights)))

    def _whole(self, weights: Floats, found: Solution) -> Counts | None:
        nearest = np.round(found.columns)
        if np.abs(found.columns - nearest).max(initial=0.0) < WHOLE:
            return nearest.astype(np.int64)
        return self._complete(weights, found)

    def _complete(self, weights: Floats, found: Solution) -> Counts | None:
        """Hold the columns that are clearly decided, choose the others by an integer program."""
        polytope = self.polytope
        loose = np.abs(found.columns - np.round(found.columns)) >= WHOLE
        order = np.argsort(np.where(loose, -1.0, np.abs(found.reduced)), kind="stable")
        free = np.zeros(len(weights), dtype=bool)
        free[order[: int(loose.sum()) + UNDECIDED]] = True
        held = np.where(free, 0, np.round(found.columns)).astype(np.int64)
        used = polytope.use(held)
        place = np.cumsum(free) - 1
        inside = free[polytope.columns]
        small = Program(
            weights[free],
            np.zeros(int(free.sum())),
            polytope.cap[free],
            Matrix(
                (len(polytope.lower), int(free.sum())),
                polytope.rows[inside],
                place[polytope.columns[inside]],
                np.ones(int(inside.sum())),
            ),
            polytope.lower - used,
            polytope.upper - used,
            whole=True,
        )
        rest = small.solve()
        if rest is None:
            return None
        held[free] = np.round(rest.columns).astype(np.int64)
        return held
