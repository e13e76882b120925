"""The point of a polytope with the largest weighted product of its coordinates.

A primal-dual interior point method with predictor and corrector: S. Mehrotra, "On the
implementation of a primal-dual interior point method", SIAM J. Optim. 2 (1992). Each coordinate
times its price tends to the coordinate's weight, each distance from a limit times its price tends
to 0; a step solves one symmetric system as large as there are rows.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.search.symmetric import Factor
from selection.engine.solver import Matrix

Floats = NDArray[np.float64]
STEPS = 100
SHORT_OF_EDGE = 0.995
CLOSE = 1e-14
EXACT = 1e-11


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """``0 < x <= cap`` and ``lower <= R x <= upper``; infinite where there is no limit.

    A row whose limits are the same is an equation. There must be a point away from all others.
    """

    cap: Floats
    matrix: Matrix
    lower: Floats
    upper: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Centre:
    """The best point and what its limits cost.

    Attributes
    ----------
    point : (T,) positive.
    prices : (r,) how fast the sum of weighted logarithms grows with the row's limit: positive at
        an upper limit, negative at a lower one.
    """

    point: Floats
    prices: Floats


def centre(weights: Floats, limits: Limits, start: Floats) -> Centre:
    """Maximise ``sum weights * log x``; ``start`` is a point away from all limits."""
    edges = _Edges(limits)
    here = _begin(weights, edges, start)
    for _ in range(STEPS):
        if here.gap <= CLOSE * len(weights) and here.error(weights) <= EXACT:
            break
        newton = _Newton(edges, here)
        aim = newton.step(weights - here.x * here.z, -here.slack * here.price)
        far = min(here.reach(aim))
        level = here.gap / max(1, len(here.slack)) * max(1 - far, 0.0) ** 2
        bend = far**2
        step = newton.step(
            weights - here.x * here.z - bend * aim.x * aim.z,
            level - here.slack * here.price - bend * aim.slack * aim.price,
        )
        here = here.moved(step, *(SHORT_OF_EDGE * reach for reach in here.reach(step)))
    return Centre(here.x, -edges.row_prices(here.price, here.equal))


class _Edges:
    """The limits by index: which coordinates have a cap, which rows an upper or a lower limit."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.count, self.kinds = limits.matrix.shape
        same = limits.lower == limits.upper
        self.capped = np.flatnonzero(np.isfinite(limits.cap))
        self.high = np.flatnonzero(np.isfinite(limits.upper) & ~same)
        self.low = np.flatnonzero(np.isfinite(limits.lower) & ~same)
        self.equal = np.flatnonzero(same)
        self._parts = np.cumsum([len(self.capped), len(self.high)])
        self._pairs = _pairs(limits.matrix)

    def rows(self, x: Floats) -> Floats:
        """R x."""
        matrix = self.limits.matrix
        return np.bincount(matrix.row, matrix.value * x[matrix.column], minlength=self.count)

    def columns(self, prices: Floats) -> Floats:
        """R^T prices."""
        matrix = self.limits.matrix
        return np.bincount(matrix.column, matrix.value * prices[matrix.row], minlength=self.kinds)

    def slack(self, x: Floats) -> Floats:
        """Distances from the caps, the upper and the lower limits."""
        limits, used = self.limits, self.rows(x)
        return np.concatenate(
            [
                limits.cap[self.capped] - x[self.capped],
                limits.upper[self.high] - used[self.high],
                used[self.low] - limits.lower[self.low],
            ]
        )

    def slopes(self, point: Floats, rows: Floats) -> Floats:
        """How the distances change when the point and its rows change so."""
        return np.concatenate([-point[self.capped], -rows[self.high], rows[self.low]])

    def cap_part(self, values: Floats) -> Floats:
        """(T,) the values at the caps."""
        part = np.zeros(self.kinds)
        part[self.capped] = values[: self._parts[0]]
        return part

    def row_part(self, values: Floats, sign: float = 1.0) -> Floats:
        """(r,) the values at lower limits, plus ``sign`` times those at upper ones."""
        _, high, low = np.split(values, self._parts)
        part = np.zeros(self.count)
        part[self.low] += low
        part[self.high] += sign * high
        return part

    def row_prices(self, price: Floats, equal: Floats) -> Floats:
        prices = self.row_part(price, -1.0)
        prices[self.equal] = equal
        return prices

    def product(self, spread: Floats) -> Floats:
        """R diag(spread) R^T."""
        place, column, value = self._pairs
        flat = np.bincount(place, value * spread[column], minlength=self.count**2)
        return flat.reshape(self.count, self.count)


def _pairs(matrix: Matrix) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Every two entries of one column: where their product belongs, the column, the product."""
    order = np.argsort(matrix.column, kind="stable")
    row, column, value = matrix.row[order], matrix.column[order], matrix.value[order]
    filled = np.bincount(column, minlength=matrix.shape[1])
    starts = np.cumsum(filled) - filled
    one = np.repeat(np.arange(len(row)), filled[column])
    turn = np.arange(len(one)) - np.repeat(
        np.cumsum(filled[column]) - filled[column], filled[column]
    )
    other = starts[column[one]] + turn
    return row[one] * matrix.shape[0] + row[other], column[one], value[one] * value[other]


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """A change of everything."""

    x: Floats
    z: Floats
    slack: Floats
    price: Floats
    equal: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """The point, the prices of its coordinates, distances from limits, prices of limits and of
    equations."""

    edges: _Edges
    x: Floats
    z: Floats
    slack: Floats
    price: Floats
    equal: Floats

    @property
    def gap(self) -> float:
        return float((self.slack * self.price).sum())

    @property
    def dual_error(self) -> Floats:
        rows = self.edges.row_prices(self.price, self.equal)
        return self.z - self.edges.cap_part(self.price) + self.edges.columns(rows)

    def error(self, weights: Floats) -> float:
        """How far the prices are from those of the best point."""
        off = np.abs(self.x * self.z / weights - 1).max(initial=0.0)
        return max(float(off), float(np.abs(self.dual_error / self.z).max(initial=0.0)))

    def reach(self, step: _Step) -> tuple[float, float]:
        """How far the point and the prices can go before something is 0, at most the whole way."""
        here = _reach(self.x, step.x), _reach(self.slack, step.slack)
        return min(here), min(_reach(self.z, step.z), _reach(self.price, step.price))

    def moved(self, step: _Step, primal: float, dual: float) -> "_State":
        x = self.x + primal * step.x
        return _State(
            self.edges,
            x,
            self.z + dual * step.z,
            self.slack + primal * step.slack,
            self.price + dual * step.price,
            self.equal + dual * step.equal,
        )


def _reach(values: Floats, change: Floats) -> float:
    falling = change < 0
    return float((values[falling] / -change[falling]).min(initial=1.0))


def _begin(weights: Floats, edges: _Edges, start: Floats) -> _State:
    slack = edges.slack(start)
    price = np.full(len(slack), weights.mean()) / slack
    return _State(edges, start, weights / start, slack, price, np.zeros(len(edges.equal)))


class _Newton:
    """The linear system of one point; each right-hand side gives a step."""

    def __init__(self, edges: _Edges, here: _State) -> None:
        self._edges, self._here = edges, here
        pull = here.price / here.slack
        self._spread = 1 / (here.z / here.x + edges.cap_part(pull))
        stiff = edges.row_part(pull)
        self._give = np.divide(1.0, stiff, out=np.zeros_like(stiff), where=stiff > 0)
        self._factor = Factor(edges.product(self._spread) + np.diag(self._give))

    def step(self, points: Floats, distances: Floats) -> _Step:
        """Towards products of coordinate and price, of distance and price, that are larger by so
        much."""
        edges, here = self._edges, self._here
        push = distances / here.slack
        target = here.dual_error + points / here.x - edges.cap_part(push)
        pushed = edges.row_part(push, -1.0)
        right = self._give * pushed - edges.rows(self._spread * target)
        used = edges.rows(here.x)[edges.equal]
        right[edges.equal] += edges.limits.lower[edges.equal] - used
        rows = self._factor.solve(right)
        x = self._spread * (target + edges.columns(rows))
        # Taken from the prices, small distances keep all their digits.
        slack = edges.slopes(x, self._give * (pushed - rows))
        return _Step(
            x,
            (points - here.z * x) / here.x,
            slack,
            (distances - here.price * slack) / here.slack,
            rows[edges.equal],
        )
