"""Panels that weigh much: the oracle of column generation.

Three answers to the same question, each dearer and better than the one before. ``heavy`` solves the
linear program over continuous panels and dives from there. ``heavier`` holds the counts that are
clearly decided and settles the rest by a small integer program. ``heaviest`` is the integer program
over all, which is a proof.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from selection.engine.errors import SolverFailure
from selection.engine.feasibility.panels import warm_program
from selection.engine.search.diving import WHOLE, Diver
from selection.engine.search.remainder import narrowed
from selection.engine.solver import Program
from selection.engine.types.grouping import Counts, Polytope

Floats = NDArray[np.float64]
UNDECIDED = 50
TRIES = 8
SEATED = 0.6


class Pricer:
    """Finds panels for weights of the types; keeps its programs between questions."""

    def __init__(self, polytope: Polytope) -> None:
        self.polytope = polytope
        self._diver = Diver(polytope)
        self._exact: Program | None = None

    def heavy(self, weights: Floats) -> Counts | None:
        """A heavy panel, or None when the dive found none."""
        panel = self._diver.heavy(weights)
        return None if panel is None else self._checked(panel)

    def several(self, weights: Floats, take: Callable[[Counts | None], bool]) -> bool:
        """Offer heavy panels until one is not taken; true when one was.

        Whoever was seated weighs less for the next one, also where that is below nothing.
        """
        now, new = weights, False
        for _ in range(TRIES):
            panel = self.heavy(now)
            if panel is None or not take(panel):
                break
            new = True
            now = np.where(panel > 0, now * np.where(now < 0, 2 - SEATED, SEATED), now)
        return new

    def heavier(self, weights: Floats) -> Counts | None:
        """A panel among the heaviest, or None when there is none near the continuous best."""
        found = self._diver.vertex(weights) if len(weights) > 2 * UNDECIDED else None
        if found is None:
            return None
        loose = np.abs(found.columns - np.round(found.columns)) >= WHOLE
        order = np.argsort(np.where(loose, -1.0, np.abs(found.reduced)), kind="stable")
        free = np.sort(order[: int(loose.sum()) + UNDECIDED])
        held = np.round(found.columns).astype(np.int64)
        held[free] = 0
        rest = warm_program(narrowed(self.polytope, free, held), whole=True)
        rest.gain(weights[free])
        best = rest.solve()
        if best is None:
            return None
        held[free] = np.round(best.columns)
        return self._checked(held)

    def heaviest(self, weights: Floats) -> Counts | None:
        """The heaviest panel; None when there is no panel at all."""
        if self._exact is None:
            self._exact = warm_program(self.polytope, whole=True)
        self._exact.gain(weights)
        best = self._exact.solve()
        if best is None:
            return None
        panel = self._checked(np.round(best.columns).astype(np.int64))
        if panel is None:
            raise SolverFailure("a whole solution that is no panel")
        return panel

    def _checked(self, panel: Counts) -> Counts | None:
        return panel if self.polytope.holds(panel) else None
