"""Whether a panel can be drawn from these registrants, and whom one would like more of."""

import numpy as np
from numpy.typing import NDArray

from selection.engine.inviting.strata import Cells
from selection.engine.pool import Quotas
from selection.engine.solver import Matrix, Program

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
WHOLE = 1e-6
NUDGES = 12
LIGHT = 1e-5
GOLDEN = (np.sqrt(5) - 1) / 2


class Shortage:
    """Answers for one set of quotas; keeps its programs between questions.

    The linear program seats as many registrants of each cell as there are and no more than the
    quotas allow; people missing to a minimum or to the size cost 1 each. What is missing is 0 just
    when there is a continuous panel. Where the seats are whole that is a panel; where they are not,
    in a dozen vertices that different small gains lead to, an integer program decides.
    """

    def __init__(self, cells: Cells, quotas: Quotas) -> None:
        lengths = [len(bounds) for bounds in quotas.minimum]
        self._starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        self._least = np.concatenate([*quotas.minimum, np.zeros(0)])
        self._most = np.concatenate([*quotas.maximum, np.zeros(0)])
        self._size, self._traits = quotas.size, cells.traits
        self._gain = np.append(np.zeros(len(cells.traits)), np.full(len(self._least) + 1, -1.0))
        self._relaxed, self._exact = self._program(whole=False), self._program(whole=True)
        self._which = np.arange(len(cells.traits), dtype=np.int32)

    def plain(self, counts: Counts) -> NDArray[np.bool_]:
        """(m,) true where no minimum nor the size, criterion by criterion, is out of reach."""
        marks = np.zeros((len(self._traits), len(self._least)))
        marks[self._which[:, None], self._traits + self._starts[:-1]] = 1.0
        have = counts.astype(np.float64) @ marks
        enough = np.all(have >= self._least, axis=1)
        useful = np.add.reduceat(np.minimum(have, self._most), self._starts[:-1], axis=1)
        return np.asarray(enough & np.all(useful >= self._size, axis=1))

    def missing(self, counts: Counts) -> tuple[bool, Floats]:
        """Whether no panel can be drawn; (T,) how many people less are missing for one more."""
        most = counts.astype(np.float64)
        nothing = np.zeros(len(most))
        self._relaxed.limit_columns(self._which, nothing, most)
        found = self._relaxed.solve()
        if found is None or found.value < -WHOLE:
            gain = nothing if found is None else np.maximum(found.reduced[: len(most)], 0.0)
            return True, gain
        if _whole(found.columns) or self._nudged():
            return False, nothing
        self._exact.limit_columns(self._which, nothing, most)
        whole = self._exact.solve()
        return whole is None or whole.value < -WHOLE, nothing

    def _nudged(self) -> bool:
        """Another vertex of the continuous panels is whole."""
        kinds = len(self._which)
        gain = self._gain.copy()
        for nudge in range(1, NUDGES + 1):
            gain[:kinds] = LIGHT * np.modf(np.arange(1, kinds + 1) * nudge * GOLDEN)[0]
            self._relaxed.gain(gain)
            found = self._relaxed.solve()
            if found and _whole(found.columns) and not np.round(found.columns[kinds:]).any():
                break
        self._relaxed.gain(self._gain)
        return bool(found and _whole(found.columns) and not np.round(found.columns[kinds:]).any())

    def _program(self, *, whole: bool) -> Program:
        """Columns: seats of each cell, people missing to each minimum, and to the size."""
        kinds, values = len(self._traits), len(self._least)
        every = np.arange(kinds)
        held = (self._traits + self._starts[:-1]).ravel()
        who = np.repeat(every, self._traits.shape[1])
        need, last = np.arange(values), 2 * values
        rows = [held, need, held + values, np.full(kinds + 1, last)]
        columns = [who, kinds + need, who, np.append(every, kinds + values)]
        matrix = Matrix(
            (last + 1, kinds + values + 1),
            np.concatenate(rows).astype(np.int64),
            np.concatenate(columns).astype(np.int64),
            np.ones(sum(map(len, rows))),
        )
        seats = np.zeros(kinds)
        return Program(
            self._gain,
            np.zeros(kinds + values + 1),
            np.concatenate([seats, np.full(values + 1, np.inf)]),
            matrix,
            np.concatenate([self._least, np.full(values, -np.inf), [self._size]]),
            np.concatenate([np.full(values, np.inf), self._most, [self._size]]),
            whole=whole,
        )


def _whole(columns: Floats) -> bool:
    return float(np.abs(columns - np.round(columns)).max(initial=0.0)) < WHOLE
