"""What no feasible panel outweighs, from the definition of a panel alone.

Nothing of the search for lotteries is used, neither its types nor its polytope: who checks a claim
should not lean on what made it.
"""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from selection.engine.pool import Pool, Quotas
from selection.engine.solver import HIGHS, Variable, model, settle, total

type Whole = NDArray[np.int64]


def heaviest_by_points(
    pool: Pool, quotas: Quotas, weights: Whole, points: Whole, *, nobody: NDArray[np.bool_]
) -> int:
    """No panel weighs more, by addition alone.

    ``weights`` (n,) of each person; ``points`` one for each quota value, criterion after
    criterion, and one for a seat; ``nobody`` (n,) people who are on no panel. The free people of a
    panel weigh at most their points and, once a household, what a member weighs beyond them.
    """
    carried = np.full(len(pool), points[-1])
    limit = int(points[-1]) * (quotas.size - int(pool.fixed.sum()))
    start = 0
    for criterion, (least, most) in enumerate(zip(quotas.minimum, quotas.maximum, strict=True)):
        mine = points[start : start + len(least)]
        start += len(least)
        traits = pool.traits[:, criterion]
        carried = carried + mine[traits]
        held = np.bincount(traits[pool.fixed], minlength=len(least))
        limit += int(mine @ np.where(mine > 0, most - held, np.maximum(least - held, 0)))
    beyond = np.where(pool.fixed | nobody, 0, np.maximum(weights - carried, 0))
    homes = np.where(pool.households < 0, -1 - np.arange(len(pool)), pool.households)
    most_at_home: dict[int, int] = defaultdict(int)
    for person in np.flatnonzero(beyond).tolist():
        home = int(homes[person])
        most_at_home[home] = max(most_at_home[home], int(beyond[person]))
    return limit + sum(most_at_home.values())


def heaviest_by_program(
    pool: Pool, quotas: Quotas, weights: Whole, *, solver: str = HIGHS
) -> int | None:
    """The weight of the heaviest panel; None when there is no panel.

    People with the same values, weight and household, or none, are counted together.
    """
    alike = _alike(pool, weights)
    program = model("heaviest")
    seats = []
    for number, people in enumerate(alike):
        least = len(people) if pool.fixed[people[0]] else 0
        seats.append(program.add_variable(f"seats_{number}", least, len(people), "Integer"))
    worth = [int(weights[people[0]]) for people in alike]
    program.setObjective(total(-each * seat for each, seat in zip(worth, seats, strict=True)))
    for members, least, most in _limits(pool, quotas, alike, seats):
        if not members and least > 0:
            return None
        if members:
            program.addConstraint(total(members) >= least)
            program.addConstraint(total(members) <= most)
    if not settle(program, solver=solver):
        return None
    return sum(each * round(seat.value() or 0) for each, seat in zip(worth, seats, strict=True))


def _alike(pool: Pool, weights: Whole) -> list[list[int]]:
    """People who make no difference to the program."""
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    marks = np.column_stack([pool.traits, weights, np.maximum(pool.households, -1), pool.fixed])
    for person in np.flatnonzero(~pool.excluded).tolist():
        groups[tuple(marks[person].tolist())].append(person)
    return list(groups.values())


def _limits(
    pool: Pool, quotas: Quotas, alike: list[list[int]], seats: list[Variable]
) -> Iterator[tuple[list[Variable], int, int]]:
    """Seats together with the fewest and the most of them: size, quotas, one each household."""
    yield seats, quotas.size, quotas.size
    some = [people[0] for people in alike]
    for criterion, (least, most) in enumerate(zip(quotas.minimum, quotas.maximum, strict=True)):
        values = pool.traits[some, criterion]
        for value in range(len(least)):
            members = [seats[number] for number in np.flatnonzero(values == value).tolist()]
            yield members, int(least[value]), int(most[value])
    homes: dict[int, list[Variable]] = defaultdict(list)
    for person, seat in zip(some, seats, strict=True):
        if pool.households[person] >= 0:
            homes[int(pool.households[person])].append(seat)
    for members in homes.values():
        yield members, 0, 1
