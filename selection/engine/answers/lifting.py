"""Which additional registrants would lift the smallest chance most.

The duals of the relaxation say what a newcomer is worth before any program is solved anew: a seat
costs the price of a maximum that binds and earns the price of a minimum that binds. Where every
newcomer costs, none can help, since the same prices prove the old bound with the newcomer in the
pool (weak duality). The others are tried one after the other.

A newcomer's value may be left open where it does not matter: then room is kept below the maximum
of every value of that criterion, and no minimum counts on the newcomer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.errors import SolverFailure
from selection.engine.pool import Pool, Quotas
from selection.engine.progress import Progress, silent
from selection.engine.search.method import prepare
from selection.engine.solver import Matrix, Program, Solution
from selection.engine.types.grouping import Counts, Polytope

Floats = NDArray[np.float64]
type Profile = tuple[int | None, ...]
"""For each criterion the position of a value, or None where any value will do."""

GAIN = 1e-6
PRICED = 1e-9


@dataclass(frozen=True, slots=True)
class Lift:
    """What newcomers of one profile would do.

    Attributes
    ----------
    profile : for each criterion the value they have, or None where any value will do.
    people : how many of them.
    before, after : the smallest chance over continuous panels of the people who have one today,
        without them and, theirs included, with them.
    """

    profile: Profile
    people: int
    before: float
    after: float


def lifting_recruits(
    pool: Pool, quotas: Quotas, *, people: int = 1, most: int = 5, progress: Progress = silent
) -> tuple[Lift, ...]:
    """Profiles of which ``people`` newcomers lift the smallest chance, the best first.

    None of them demands all that another one demands and gives no more. Empty when no newcomer of
    any values lifts it; ``NoFeasiblePanel`` when there is no panel.
    """
    task = prepare(pool, quotas, progress=progress)
    if not task.seatable.any():
        return ()
    values = [len(bounds) for bounds in quotas.minimum]
    space = task.pricer.polytope
    program = _Newcomer(space, task.types.sizes, task.seatable, values, people)
    before = program.solve(None)
    profiles = list(_shortlist(program.prices(before), program.seat_price(before)))
    lifts = []
    for done, profile in enumerate(profiles):
        progress("reasons", done / len(profiles))
        after = program.solve(profile).value
        if after > before.value + GAIN:
            lifts.append(Lift(profile, people, before.value, after))
    lifts.sort(key=lambda lift: (-round(lift.after, 9), _demands(lift.profile)))
    return tuple(_undominated(lifts))[:most]


def _shortlist(prices: Sequence[Floats], seat: float) -> Iterator[Profile]:
    """Profiles that earn something: every single demand, and the best demands one after the other.

    ``prices[c][v]`` is the price of a value, and the last entry that of leaving it open.
    """
    nothing: Profile = (None,) * len(prices)
    singles = [
        _with(nothing, criterion, value)
        for criterion, price in enumerate(prices)
        for value in np.flatnonzero(price[:-1] < price[-1] - PRICED).tolist()
    ]
    best = [int(np.argmin(price)) for price in prices]
    saved = [float(price[-1] - price.min()) for price in prices]
    chain = [nothing]
    for criterion in sorted(range(len(prices)), key=lambda criterion: -saved[criterion]):
        if saved[criterion] > PRICED:
            chain.append(_with(chain[-1], criterion, best[criterion]))
    for profile in dict.fromkeys([*singles, *chain]):
        places = (-1 if value is None else value for value in profile)
        cost = seat + sum(price[place] for price, place in zip(prices, places, strict=True))
        if cost < -PRICED:
            yield profile


def _with(profile: Profile, criterion: int, value: int) -> Profile:
    return (*profile[:criterion], value, *profile[criterion + 1 :])


def _demands(profile: Profile) -> int:
    return sum(value is not None for value in profile)


def _undominated(lifts: Sequence[Lift]) -> Iterator[Lift]:
    """Best first, without those that demand more than an earlier one that lifts as much."""
    for place, lift in enumerate(lifts):
        if not any(_covers(other.profile, lift.profile) for other in lifts[:place]):
            yield lift


def _covers(loose: Profile, strict: Profile) -> bool:
    """Whoever has the strict profile has the loose one."""
    return all(one is None or one == other for one, other in zip(loose, strict, strict=True))


class _Newcomer:
    """The relaxation's first level with one column more, kept warm.

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

    def solve(self, profile: Profile | None) -> Solution:
        """The smallest chance with newcomers of this profile, or without any."""
        rows = [] if profile is None else list(self._counted(profile))
        for row in rows:
            self._program.coefficient(row, self._count, 1.0)
        self._admit(profile is not None)
        found = self._program.solve()
        for row in rows:
            self._program.coefficient(row, self._count, 0.0)
        if found is None:
            raise SolverFailure("relaxation infeasible")
        return found

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

    def prices(self, best: Solution) -> list[Floats]:
        """For each criterion the price of each value, and last that of leaving it open."""
        rows, start, prices = self._rows, 0, []
        for values in self._values:
            low = best.duals[start : start + values]
            high = best.duals[rows + start : rows + start + values]
            prices.append(np.append(low + high, high.sum()))
            start += values
        return prices

    def seat_price(self, best: Solution) -> float:
        """The price of a seat on the panel, whoever sits there."""
        size = sum(self._values)
        return float(best.duals[size] + best.duals[self._rows + size])
