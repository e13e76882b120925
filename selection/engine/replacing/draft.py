"""A program written row by row, before the solver sees it."""

from copy import deepcopy
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from selection.engine.solver import Matrix, Program

Floats = NDArray[np.float64]


class Draft:
    """Columns come in blocks with limits, rows as parts of blocks; ``program`` hands it over."""

    def __init__(self) -> None:
        self._lower: list[Floats] = []
        self._upper: list[Floats] = []
        self._limits: list[tuple[float, float]] = []
        self._entries: list[tuple[int, NDArray[np.int64], Floats]] = []
        self._closed: list[NDArray[np.int64]] = []
        self.columns = 0

    def block(self, count: int, upper: ArrayLike, lower: ArrayLike = 0.0) -> NDArray[np.int64]:
        """The positions of ``count`` more columns between ``lower`` and ``upper``."""
        self._lower.append(np.broadcast_to(np.asarray(lower, dtype=np.float64), count))
        self._upper.append(np.broadcast_to(np.asarray(upper, dtype=np.float64), count))
        self.columns += count
        return np.arange(self.columns - count, self.columns)

    def row(
        self,
        *parts: tuple[NDArray[np.int64], ArrayLike],
        lower: float = -np.inf,
        upper: float = np.inf,
    ) -> int:
        """The position of one more row: ``lower <= sum of factors @ columns <= upper``."""
        row = len(self._limits)
        self._limits.append((lower, upper))
        for columns, factors in parts:
            values = np.broadcast_to(np.asarray(factors, dtype=np.float64), columns.shape)
            self._entries.append((row, columns, values))
        return row

    def without(self, columns: NDArray[np.int64]) -> Self:
        """A copy in which these columns are 0."""
        copy = deepcopy(self)
        copy._closed.append(columns)
        return copy

    def program(self, gain: Floats, *, whole: bool) -> Program:
        """The program that maximises ``gain @ columns``."""
        nothing = np.zeros(0, dtype=np.int64)
        rows = [np.full(len(columns), row) for row, columns, _ in self._entries]
        limits = np.array(self._limits, dtype=np.float64).reshape(-1, 2)
        matrix = Matrix(
            (len(limits), self.columns),
            np.concatenate([*rows, nothing]),
            np.concatenate([*(columns for _, columns, _ in self._entries), nothing]),
            np.concatenate([*(values for _, _, values in self._entries), np.zeros(0)]),
        )
        lower = np.concatenate([*self._lower, np.zeros(0)])
        upper = np.concatenate([*self._upper, np.zeros(0)])
        upper[np.concatenate([*self._closed, nothing])] = 0.0
        return Program(gain, lower, upper, matrix, limits[:, 0], limits[:, 1], whole=whole)
