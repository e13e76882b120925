"""Slow and obviously right: every panel is listed, every question is a linear program."""

from itertools import combinations

import numpy as np
from scipy.optimize import linprog

from selection.engine import Pool, Quotas


def is_panel(pool: Pool, quotas: Quotas, people: tuple[int, ...]) -> bool:
    """These people meet every rule."""
    chosen = list(people)
    homes = [home for home in pool.households[chosen].tolist() if home >= 0]
    if len(chosen) != quotas.size or len(set(homes)) < len(homes):
        return False
    if pool.excluded[chosen].any() or pool.fixed.sum() != pool.fixed[chosen].sum():
        return False
    for criterion, (least, most) in enumerate(zip(quotas.minimum, quotas.maximum, strict=True)):
        held = np.bincount(pool.traits[chosen, criterion], minlength=len(least))
        if (held < least).any() or (held > most).any():
            return False
    return True


def panels(pool: Pool, quotas: Quotas) -> list[tuple[int, ...]]:
    """Every panel."""
    everybody = range(len(pool))
    return [each for each in combinations(everybody, quotas.size) if is_panel(pool, quotas, each)]


def leximin(pool: Pool, quotas: Quotas) -> np.ndarray:
    """Everybody's chance in the leximin lottery; 0 for people in no panel."""
    seats = _seats(pool, quotas)
    seatable = seats.any(axis=0)
    floor: dict[int, float] = {}
    while len(floor) < seatable.sum():
        waiting = [person for person in np.flatnonzero(seatable) if person not in floor]
        level, chances = _largest(seats, floor, waiting, None)
        at_least = floor | {person: level for person in waiting}
        for person in waiting:
            if chances[person] > level + 1e-6:
                continue
            if _largest(seats, at_least, [], person)[0] < level + 1e-6:
                floor[person] = level
    return np.array([floor.get(person, 0.0) for person in range(len(pool))])


def smallest_chance(pool: Pool, quotas: Quotas) -> float:
    """The largest smallest chance of the people who are on some panel."""
    seats = _seats(pool, quotas)
    return _largest(seats, {}, list(np.flatnonzero(seats.any(axis=0))), None)[0]


def _seats(pool: Pool, quotas: Quotas) -> np.ndarray:
    every = panels(pool, quotas)
    seats = np.zeros((len(every), len(pool)))
    for row, people in enumerate(every):
        seats[row, list(people)] = 1
    return seats


def _largest(
    seats: np.ndarray, floor: dict[int, float], waiting: list[int], person: int | None
) -> tuple[float, np.ndarray]:
    """The largest chance of ``person``, or the largest level of everybody ``waiting``; and
    everybody's chance where it is reached."""
    count = len(seats)
    gain = np.append(np.zeros(count), 1.0) if person is None else np.append(seats[:, person], 0.0)
    rows = [np.append(-seats[:, other], 1.0) for other in waiting]
    limits = [0.0 for _ in waiting]
    rows += [np.append(-seats[:, other], 0.0) for other in floor]
    limits += [1e-9 - chance for chance in floor.values()]
    found = linprog(
        -gain,
        A_ub=np.array(rows),
        b_ub=limits,
        A_eq=[np.append(np.ones(count), 0.0)],
        b_eq=[1.0],
        bounds=(0, None),
    )
    assert found.status == 0, found.message
    return float(-found.fun), found.x[:count] @ seats
