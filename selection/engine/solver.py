"""The one door to the solvers.

Programs that people read (is there a panel, which quotas clash, what is the cheapest change) are
written with PuLP. The hot loops talk to HiGHS directly and keep their programs warm. One thread
and fixed seeds, so that the same question has the same answer everywhere. The libraries are loaded
on first use: importing the engine costs nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from selection.engine.errors import SolverFailure

if TYPE_CHECKING:
    import highspy
    import pulp

Floats = NDArray[np.float64]
FEASIBILITY = 1e-9
HIGHS = "HiGHS"


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """A sparse matrix by its entries: ``value[e]`` at ``(row[e], column[e])``."""

    shape: tuple[int, int]
    row: NDArray[np.int64]
    column: NDArray[np.int64]
    value: Floats

    def compressed(self) -> tuple[NDArray[np.int32], NDArray[np.int32], Floats]:
        """Column starts, row indices and values, column after column."""
        order = np.lexsort((self.row, self.column))
        filled = np.bincount(self.column, minlength=self.shape[1])
        starts = np.concatenate([[0], np.cumsum(filled)]).astype(np.int32)
        return starts, self.row[order].astype(np.int32), self.value[order]


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """A best point.

    Attributes
    ----------
    value : its gain.
    columns : the point.
    duals : for each row, how fast the best gain grows with the row's limit.
    reduced : for each column, the gain of one more unit after paying the duals.
    """

    value: float
    columns: Floats
    duals: Floats
    reduced: Floats


class Program:
    """Maximise ``gain @ x`` subject to ``lower <= x <= upper`` and row limits, kept warm in HiGHS.

    With ``whole`` every column is an integer. ``solve`` gives None when nothing is feasible.
    """

    def __init__(
        self,
        gain: ArrayLike,
        lower: ArrayLike,
        upper: ArrayLike,
        matrix: Matrix,
        row_lower: ArrayLike,
        row_upper: ArrayLike,
        *,
        whole: bool = False,
    ) -> None:
        import highspy  # noqa: PLC0415

        self._highs = _quiet(highspy.Highs())
        self._highs.passModel(_model(gain, lower, upper, matrix, row_lower, row_upper, whole=whole))

    def gain(self, gain: Floats) -> None:
        """Replace the objective."""
        count = len(gain)
        self._highs.changeColsCost(count, np.arange(count, dtype=np.int32), gain)

    def limit_columns(self, which: NDArray[np.int32], lower: Floats, upper: Floats) -> None:
        """Replace the limits of some columns."""
        self._highs.changeColsBounds(len(which), which, lower, upper)

    def limit_row(self, row: int, lower: float, upper: float) -> None:
        """Replace the limits of one row."""
        self._highs.changeRowBounds(row, lower, upper)

    def limit_rows(self, lower: Floats, upper: Floats) -> None:
        """Replace the limits of all rows."""
        for row, (low, high) in enumerate(zip(lower.tolist(), upper.tolist(), strict=True)):
            self._highs.changeRowBounds(row, low, high)

    def coefficient(self, row: int, column: int, value: float) -> None:
        """Replace one entry of the matrix."""
        self._highs.changeCoeff(row, column, value)

    def add_column(self, gain: float, rows: NDArray[np.int32], values: Floats) -> None:
        """Add a column between 0 and infinity."""
        self._highs.addCol(gain, 0.0, np.inf, len(rows), rows, values)

    def solve(self) -> Solution | None:
        """The best solution, or None when there is none.

        A warm start that ends in numerical trouble is followed by a cold one.
        """
        import highspy  # noqa: PLC0415

        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kUnknown:
            self._highs.clearSolver()
            self._highs.run()
            status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kModelEmpty:
            return self._nothing()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise SolverFailure(self._highs.modelStatusToString(status))
        found = self._highs.getSolution()
        return Solution(
            float(self._highs.getInfo().objective_function_value),
            np.array(found.col_value),
            np.array(found.row_dual),
            np.array(found.col_dual),
        )

    def _nothing(self) -> Solution | None:
        """Without columns every row is 0; HiGHS does not look whether it may be."""
        rows = self._highs.getLp()
        lower, upper = np.array(rows.row_lower_), np.array(rows.row_upper_)
        if np.any(lower > 0) or np.any(upper < 0):
            return None
        return Solution(0.0, np.zeros(0), np.zeros(len(lower)), np.zeros(0))


def _quiet(highs: "highspy.Highs") -> "highspy.Highs":
    options: dict[str, Any] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "primal_feasibility_tolerance": FEASIBILITY,
        "dual_feasibility_tolerance": FEASIBILITY,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": FEASIBILITY,
    }
    for name, setting in options.items():
        highs.setOptionValue(name, setting)
    return highs


def _model(
    gain: ArrayLike,
    lower: ArrayLike,
    upper: ArrayLike,
    matrix: Matrix,
    row_lower: ArrayLike,
    row_upper: ArrayLike,
    *,
    whole: bool,
) -> "highspy.HighsLp":
    import highspy  # noqa: PLC0415

    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = np.asarray(gain, dtype=np.float64)
    model.col_lower_ = np.asarray(lower, dtype=np.float64)
    model.col_upper_ = np.asarray(upper, dtype=np.float64)
    model.row_lower_ = np.asarray(row_lower, dtype=np.float64)
    model.row_upper_ = np.asarray(row_upper, dtype=np.float64)
    starts, index, value = matrix.compressed()
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = starts
    model.a_matrix_.index_ = index
    model.a_matrix_.value_ = value
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * matrix.shape[1]
    return model


type Model = pulp.LpProblem
type Variable = pulp.LpVariable
type Expression = pulp.LpAffineExpression


def model(name: str) -> Model:
    """An empty program to minimise."""
    import pulp  # noqa: PLC0415

    return pulp.LpProblem(name, pulp.LpMinimize)


def total(terms: Iterable[Any]) -> Expression:
    """The sum of variables and expressions."""
    import pulp  # noqa: PLC0415

    return pulp.lpSum(list(terms))


def available() -> tuple[str, ...]:
    """PuLP's names of the solvers that this machine has."""
    import pulp  # noqa: PLC0415

    return tuple(pulp.listSolvers(onlyAvailable=True))


def settle(program: Model, *, solver: str = HIGHS) -> bool:
    """Solve: true when the variables hold a best solution, false when there is none.

    ``solver`` is one of PuLP's names: who checks may use another than ours.
    """
    import pulp  # noqa: PLC0415

    if not program.numVariables():
        return True
    try:
        outcome = program.solve(_named(solver))
    except pulp.PulpSolverError as error:
        raise SolverFailure(solver) from error
    if outcome.status == pulp.LpSolveStatus.Infeasible:
        return False
    if outcome.status != pulp.LpSolveStatus.Optimal:
        raise SolverFailure(outcome.status.name)
    return True


def _named(solver: str) -> Any:
    import pulp  # noqa: PLC0415

    if solver == HIGHS:
        return pulp.HiGHS(msg=False, threads=1, gapRel=0.0, random_seed=0)
    return pulp.getSolver(solver, msg=False)
