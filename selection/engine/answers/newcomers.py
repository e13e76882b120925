"""The relaxation's first level with newcomers in the pool."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from selection.engine.errors import SolverFailure
from selection.engine.solver import Matrix, Program
from selection.engine.types.grouping import Counts, Polytope

Floats = NDArray[np.float64]
type Profile = tuple[int | None, ...]
"""For each criterion the position of a value, or None where any value will do."""


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """The smallest chance with some newcomers, and what that says about others.

    Attributes
    ----------
    value : the smallest chance.
    ceiling : by the values of a profile, what the smallest chance with newcomers of the profile
        cannot exceed; one axis for each criterion.
    """

    value: float
    ceiling: Floats


class Newcomers:
    """Maximises the smallest chance of the open types and of newcomers alike; kept warm.

    Columns: the counts of the types, of the newcomers, and the level. Rows: the polytope's with
    their lower limits only, the same with the upper ones, then chance >= level for each type and
    for the newcomers.
    """

    def __init__(
        self,
        space: Polytope,
        sizes: Counts,
        open_: NDArray[np.bool_],
        values: Sequence[int],
        people: int,
    ) -> None:
        self._values = values
        self._rows, self._count, self._people = len(space.lower), len(sizes), people
        rows, count = self._rows, self._count
        every = np.arange(count + 1)
        matrix = Matrix(
            (2 * rows + count + 1, count + 2),
            np.concatenate([space.rows, rows + space.rows, *[2 * rows + every] * 2]),
            np.concatenate([space.columns, space.columns, every, np.full(count + 1, count + 1)]),
            np.concatenate(
                [np.ones(2 * len(space.rows)), 1 / sizes, [1 / people], np.full(count + 1, -1.0)]
            ),
        )
        free = np.full(rows, np.inf)
        self._program = Program(
            np.append(np.zeros(count + 1), 1.0),
            np.zeros(count + 2),
            np.concatenate([space.cap, [0.0, np.inf]]),
            matrix,
            np.concatenate([space.lower, -free, np.where(open_, 0.0, -np.inf), [-np.inf]]),
            np.concatenate([free, space.upper, np.full(count + 1, np.inf)]),
        )

    def outlook(self, profile: Profile | None) -> Outlook:
        """With newcomers of this profile, or without any."""
        rows = [] if profile is None else list(self._counted(profile))
        for row in rows:
            self._program.coefficient(row, self._count, 1.0)
        self._admit(profile is not None)
        found = self._program.solve()
        for row in rows:
            self._program.coefficient(row, self._count, 0.0)
        if found is None:
            raise SolverFailure("relaxation infeasible")
        if profile is None:
            return Outlook(found.value, self._ceiling(found.value, 0.0, found.duals))
        over = max(0.0, float(found.reduced[self._count])) * self._people
        earned = -float(found.duals[-1]) / self._people
        return Outlook(found.value, self._ceiling(found.value - over, earned, found.duals))

    def _ceiling(self, value: float, earned: float, duals: Floats) -> Floats:
        """Weak duality: the same duals with newcomers of each profile.

        ``value`` is what the duals prove without newcomers, ``earned`` what the weight of a
        newcomer's own chance is worth for each seat; a seat costs the price of its rows.
        """
        both = duals[: self._rows] + duals[self._rows : 2 * self._rows]
        starts = np.cumsum([0, *self._values])
        prices = [both[start:end] for start, end in zip(starts, starts[1:], strict=False)]
        costs = reduce(np.add.outer, prices, both[starts[-1]])
        return np.asarray(value + self._people * np.maximum(0.0, earned - costs))

    def _admit(self, some: bool) -> None:
        """Newcomers may sit, and their chance counts; or there are none."""
        most = np.array([self._people if some else 0], np.float64)
        self._program.limit_columns(np.array([self._count], np.int32), np.zeros(1), most)
        chance = 2 * self._rows + self._count
        self._program.limit_row(chance, 0.0 if some else -np.inf, np.inf)

    def _counted(self, profile: Profile) -> Iterator[int]:
        """The rows towards which newcomers of this profile count."""
        start, upper = 0, self._rows
        for value, values in zip(profile, self._values, strict=True):
            if value is None:
                yield from range(upper + start, upper + start + values)
            else:
                yield from (start + value, upper + start + value)
            start += values
        yield from (start, upper + start)
