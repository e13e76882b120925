"""The mixture of points that comes nearest to a target.

P. Wolfe, "Finding the nearest point in a polytope", Mathematical Programming 11 (1976): keep a few
affinely independent points; let the one that points most towards the target enter; go to the
nearest point of their affine hull; where that is outside, stop at the edge and drop a point. The
inverse of the points' product matrix is kept by bordering, so that a step costs a few products of
a matrix with a vector. These go through ``einsum``: on small matrices the threads of a BLAS cost
more than they give, and very much more on a busy machine.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NOTHING = 1e-13
DEPENDENT = 1e-11
DRIFT = 1e-9
GAIN = 1e-7


class Nearest:
    """Points seen from the target, and the weights of the best mixture of them.

    Attributes
    ----------
    points : (N, d) the points minus the target.
    weights : (N,) at least 0, summing to 1 once there is a point.
    missing : (d,) the mixture minus the target.
    """

    def __init__(self, dimensions: int) -> None:
        self.points: Floats = np.zeros((0, dimensions))
        self.weights: Floats = np.zeros(0)
        self.missing: Floats = np.zeros(dimensions)
        self._active: list[int] = []
        self._hull: Floats = np.zeros((dimensions + 2, dimensions))
        self._room: Floats = np.zeros((dimensions + 2, dimensions + 2))

    def add(self, points: Floats) -> None:
        """Take up points and find the best mixture anew."""
        self.points = np.vstack([self.points, points])
        self.weights = np.append(self.weights, np.zeros(len(points)))
        if not self._active:
            self._enter(int(np.argmin((self.points**2).sum(axis=1))))
            self._walk()
        refused = np.zeros(len(self.points), dtype=bool)
        while True:
            towards = np.where(refused, np.inf, _times(self.points, self.missing))
            entering = int(np.argmin(towards))
            left = _dot(self.missing, self.missing)
            if towards[entering] >= left * (1 - GAIN) - 1e-16:
                return
            if entering not in self._active and self._enter(entering):
                self._walk()
            refused[entering] = _dot(self.missing, self.missing) > left * (1 - GAIN)

    @property
    def _inverse(self) -> Floats:
        count = len(self._active)
        return self._room[:count, :count]

    @property
    def _corners(self) -> Floats:
        return self._hull[: len(self._active)]

    def _enter(self, entering: int) -> bool:
        """Border the inverse by one point; false when it depends on the others."""
        point, count = self.points[entering], len(self._active)
        if count == len(self._hull):
            return False
        column = _times(self._corners, point) + 1
        square = _dot(point, point) + 1
        part = _times(self._inverse, column)
        rest = square - _dot(column, part)
        if rest <= DEPENDENT * square:
            return False
        border = np.append(part, -1.0)
        self._room[count, : count + 1] = self._room[: count + 1, count] = 0.0
        self._hull[count] = point
        self._active.append(entering)
        inverse = self._inverse
        inverse += np.multiply.outer(border / rest, border)
        return True

    def _leave(self, place: int) -> None:
        """Take a point out of the inverse; the last one takes its place."""
        last = len(self._active) - 1
        inverse = self._inverse
        inverse[[place, last]] = inverse[[last, place]]
        inverse[:, [place, last]] = inverse[:, [last, place]]
        self._hull[place] = self._hull[last]
        self.weights[self._active[place]] = 0.0
        self._active[place] = self._active[last]
        self._active.pop()
        row = inverse[last, :last]
        inverse[:last, :last] -= np.multiply.outer(row / inverse[last, last], row)

    def _walk(self) -> None:
        """Go to the nearest point of the affine hull, dropping the points in the way."""
        while True:
            goal = self._affine()
            now = self.weights[self._active]
            behind = goal <= NOTHING
            if not behind.any():
                self.weights[self._active] = goal
                self.missing = _mixed(goal, self._corners)
                return
            reach = now[behind] / np.maximum(now[behind] - goal[behind], 1e-300)
            step = float(min(1.0, reach.min()))
            after = np.maximum(now + step * (goal - now), 0.0)
            gone = behind & (after <= NOTHING)
            gone[np.flatnonzero(behind)[int(np.argmin(reach))]] = True
            self.weights[self._active] = after / after[~gone].sum()
            for place in reversed(np.flatnonzero(gone).tolist()):
                self._leave(place)

    def _affine(self) -> Floats:
        """Weights, of any sign, of the point of the affine hull that is nearest to the target."""
        goal, error = self._solved()
        if np.abs(error).max() > DRIFT:
            corners = self._corners
            self._inverse[:] = np.linalg.inv(corners @ corners.T + 1)
            goal, error = self._solved()
        goal = goal + _times(self._inverse, error)
        return np.asarray(goal / goal.sum())

    def _solved(self) -> tuple[Floats, Floats]:
        """The solution of ``(corners corners^T + 1) goal = 1`` and its error."""
        goal = self._inverse.sum(axis=1)
        return goal, 1 - _times(self._corners, _mixed(goal, self._corners)) - goal.sum()


def _times(matrix: Floats, vector: Floats) -> Floats:
    return np.asarray(np.einsum("ij,j->i", matrix, vector))


def _mixed(weights: Floats, rows: Floats) -> Floats:
    return np.asarray(np.einsum("i,ij->j", weights, rows))


def _dot(one: Floats, other: Floats) -> float:
    return float(np.einsum("i,i->", one, other))
