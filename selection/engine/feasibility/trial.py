"""Which quota bounds can hold together.

An irreducible infeasible set is found by the deletion filter (Chinneck, Dravnieks, ORSA Journal on
Computing 3, 1991): leave the bounds out one after the other, and out for good when the rest still
cannot hold. Bounds that continuous panels cannot meet need no integer program, so the filter runs
over continuous panels first, where a question takes less than a millisecond, and over whole ones
only with what is left.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from selection.engine.feasibility.limits import Limit
from selection.engine.feasibility.panels import warm_program
from selection.engine.solver import Program
from selection.engine.types.grouping import Polytope

Floats = NDArray[np.float64]
WHOLE = 1e-9


class Trial:
    """Asks for panels of the right size, each household once, that meet some quota bounds."""

    def __init__(self, space: Polytope) -> None:
        self._space = space
        self._continuous: _Question | None = None
        self._whole: _Question | None = None

    def continuous(self, limits: Iterable[Limit], seated: int | None = None) -> bool:
        """A continuous panel meets the bounds, with somebody of the type ``seated`` on it."""
        return self._continuous_panel(limits, seated) is not None

    def whole(self, limits: Sequence[Limit], seated: int | None = None) -> bool:
        """A panel meets the bounds, with somebody of the type ``seated`` on it."""
        panel = self._continuous_panel(limits, seated)
        if panel is None:
            return False
        if np.abs(panel - np.round(panel)).max(initial=0.0) < WHOLE:
            return True
        if self._whole is None:
            self._whole = _Question(self._space, whole=True)
        return self._whole.answer(limits, seated) is not None

    def _continuous_panel(self, limits: Iterable[Limit], seated: int | None) -> Floats | None:
        if self._continuous is None:
            self._continuous = _Question(self._space, whole=False)
        return self._continuous.answer(limits, seated)


def irreducible(trial: Trial, limits: Sequence[Limit], seated: int | None = None) -> list[Limit]:
    """Bounds that no panel meets together, though a panel meets all but any one of them.

    Empty when a panel meets all of them, or when there is none even without. Of several such sets
    it is one with bounds that stand late in ``limits``.
    """
    left = _filtered(limits, lambda some: not trial.continuous(some, seated))
    if len(left) == len(limits) and trial.whole(left, seated):
        return []
    return _filtered(left, lambda some: not trial.whole(some, seated))


def _filtered(limits: Sequence[Limit], clash: Callable[[Sequence[Limit]], bool]) -> list[Limit]:
    """A smallest part of the limits that still clashes; all of them when they do not."""
    kept = list(limits)
    if not clash(kept):
        return kept
    for limit in limits:
        without = [other for other in kept if other is not limit]
        if clash(without):
            kept = without
    return kept


class _Question:
    """A program whose quota rows are put in force as asked."""

    def __init__(self, space: Polytope, *, whole: bool) -> None:
        self._program: Program = warm_program(space, whole=whole)
        self._space = space
        self._lower = space.lower.astype(np.float64)
        self._upper = space.upper.astype(np.float64)

    def answer(self, limits: Iterable[Limit], seated: int | None) -> Floats | None:
        """Some panel, or None when there is none."""
        self._put_in_force(limits)
        if seated is not None:
            self._seat(seated, 1.0)
        found = self._program.solve()
        if seated is not None:
            self._seat(seated, 0.0)
        return None if found is None else found.columns

    def _put_in_force(self, limits: Iterable[Limit]) -> None:
        lower, upper = self._lower.copy(), self._upper.copy()
        lower[: self._space.quotas], upper[: self._space.quotas] = -np.inf, np.inf
        for limit in limits:
            (lower if limit.sign > 0 else upper)[limit.row] = limit.limit
        for row in np.flatnonzero((lower != self._lower) | (upper != self._upper)).tolist():
            self._program.limit_row(row, float(lower[row]), float(upper[row]))
        self._lower, self._upper = lower, upper

    def _seat(self, kind: int, least: float) -> None:
        most = float(self._space.cap[kind])
        self._program.limit_columns(np.array([kind], np.int32), np.array([least]), np.array([most]))
