"""Simulated annealing, many swaps at a time.

S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi: Optimization by simulated annealing, Science 220
(1983), doi 10.1126/science.220.4598.671. Each step looks at every swap within one round. Swaps at
different tables of a round do not touch each other's cost, so all that Metropolis' test lets
through are made at once, the better one where two want the same table.
"""

from collections.abc import Sequence
from itertools import cycle, islice

import numpy as np
from numpy.typing import NDArray

from selection.engine.progress import Progress
from selection.engine.seating.hall import REPEAT, Hall, House, Matrix

type Visit = tuple[int, slice]
"""A round, and those who may change places with each other."""

# The first and the last temperature, in the unit of cost. A small panel is looked at so often that
# a hotter search still comes to rest.
_SMALL = 30
_SMALL_HEAT = 2.5 * REPEAT, 0.45 * REPEAT
_HEAT = 1.5 * REPEAT, 0.25 * REPEAT
_LUCK = 1 << 20
# Facilitators are few: their places are looked at once while those of the people are thrice.
_OFTEN = 3
_TOLD_EVERY = 100


def anneal(
    house: House,
    rows: NDArray[np.int64],
    *,
    rng: np.random.Generator,
    steps: int,
    goal: int,
    progress: Progress,
) -> NDArray[np.int64]:
    """The best seats met on the way from hot to cold, and no single swap betters them.

    A step is one look at one round. The search ends early where the cost is down to ``goal``.
    """
    hall = Hall(house, rows)
    turns, (people, *facilitators) = range(len(rows)), house.blocks()
    looks = [(turn, people) for turn in turns]
    rare = [(turn, block) for turn in turns for block in facilitators]
    hot, cold = _SMALL_HEAT if house.people <= _SMALL else _HEAT
    luck = _Luck(len(house.has), rng)
    cost = best_cost = hall.cost()
    best = hall.rows.copy()
    for step, visit in enumerate(islice(cycle(looks * _OFTEN + rare), steps)):
        if best_cost <= goal:
            break
        if step % _TOLD_EVERY == 0:
            progress("seating", step / steps)
        temperature = hot * (cold / hot) ** (step / steps)
        cost += _swap_some(hall, visit, temperature * luck.draw(visit[1]))
        if cost < best_cost:
            best, best_cost = hall.rows.copy(), cost
    return _descend(Hall(house, best), looks + rare)


def _swap_some(hall: Hall, visit: Visit, allowance: Matrix) -> int:
    """Make swaps that cost less than their allowance; what they changed the cost by."""
    turn, block = visit
    change = hall.changes(turn, block)
    fine = np.flatnonzero(change < allowance)
    excess = change.ravel()[fine] - allowance.ravel()[fine]
    tables = hall.rows[turn, block].tolist()
    taken: set[int] = set()
    total, ones, others = 0.0, [], []
    for pair in fine[excess.argsort(kind="stable")].tolist():
        one, other = divmod(pair, len(tables))
        here, there = tables[one], tables[other]
        if here not in taken and there not in taken:
            taken.update((here, there))
            total += float(change[one, other])
            ones.append(block.start + one)
            others.append(block.start + other)
    if ones:
        hall.swap(turn, ones, others)
    return round(total)


def _descend(hall: Hall, visits: Sequence[Visit]) -> NDArray[np.int64]:
    """The seats after every swap that betters them."""
    while any([_swap_some(hall, visit, _nothing(visit)) for visit in visits]):
        pass
    return hall.rows


def _nothing(visit: Visit) -> Matrix:
    width = visit[1].stop - visit[1].start
    return np.zeros((width, width), dtype=np.float32)


class _Luck:
    """Exponential variates: a swap is let through when its cost is below temperature times luck.

    They are drawn once and read from anywhere, because drawing some for every look would take
    longer than the look.
    """

    def __init__(self, widest: int, rng: np.random.Generator) -> None:
        self._rng = rng
        self._drawn = rng.standard_exponential(_LUCK + widest * widest, dtype=np.float32)

    def draw(self, block: slice) -> Matrix:
        """(b, b) for a block of b people."""
        width = block.stop - block.start
        start = int(self._rng.integers(_LUCK))
        return self._drawn[start : start + width * width].reshape(width, width)
