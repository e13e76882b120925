"""The master program of column generation: mix the panels known so far as well as possible.

Maximise the level z subject to ``sum_P x_P c_P[t] / n_t >= floor_t + z`` for the open types,
``>= floor_t`` for the fixed ones, and ``sum_P x_P = 1``. Its duals weigh the types: a panel heavier
than the price of those known makes the mixture better.
"""

import numpy as np
from numpy.typing import NDArray

from selection.engine.errors import SolverFailure
from selection.engine.solver import FEASIBILITY, Matrix, Program, Solution
from selection.engine.types.grouping import Counts
from selection.engine.types.mixture import Mixture, settled

Floats = NDArray[np.float64]
GIVE = 1e-7


class Master:
    """The program and its panels, kept warm."""

    def __init__(
        self, sizes: Counts, panels: list[Counts], *, floor: Floats, most: float = np.inf
    ) -> None:
        """All types are open; a floor of minus infinity leaves a type out."""
        self.sizes = sizes
        self._panels: list[Counts] = []
        self._known: set[bytes] = set()
        self._fixed: dict[int, float] = {}
        self._give = 0.0
        count = len(sizes)
        level = Matrix(
            (count + 1, 1), np.arange(count), np.zeros(count, np.int64), np.full(count, -1.0)
        )
        limits = np.append(floor, 1.0), np.append(np.full(count, np.inf), 1.0)
        self._program = Program([1.0], [-1.0], [most], level, *limits)
        self.add(panels)

    def add(self, panels: list[Counts]) -> bool:
        """Take up the panels that are new; true when there was one."""
        before = len(self._panels)
        for panel in panels:
            if panel.tobytes() in self._known:
                continue
            self._known.add(panel.tobytes())
            self._panels.append(panel)
            on = np.flatnonzero(panel)
            rows = np.append(on, len(self.sizes)).astype(np.int32)
            self._program.add_column(0.0, rows, np.append(panel[on] / self.sizes[on], 1.0))
        return len(self._panels) > before

    def solve(self) -> tuple[Solution, Floats, float]:
        """The best mixture, the weight of each type's person, and the price of a panel.

        Where rounding leaves the fixed types' floors no room they give way, no more than needed.
        """
        best = self._program.solve()
        while best is None:
            if self._give >= GIVE:
                raise SolverFailure("master infeasible")
            self._give = max(FEASIBILITY, 10 * self._give)
            for kind, chance in self._fixed.items():
                self._program.limit_row(kind, chance - self._give, np.inf)
            best = self._program.solve()
        return best, np.maximum(-best.duals[:-1], 0.0), float(best.duals[-1])

    def fix(self, kinds: Counts, chance: float) -> None:
        """These types keep this chance from now on, whatever the level."""
        for kind in kinds.tolist():
            self._fixed[kind] = chance
            self._program.coefficient(kind, 0, 0.0)
            self._program.limit_row(kind, chance - self._give, np.inf)

    def mixture(self, best: Solution) -> Mixture:
        """The lottery of a solution."""
        return settled(Mixture(np.array(self._panels), np.maximum(best.columns[1:], 0.0)))
