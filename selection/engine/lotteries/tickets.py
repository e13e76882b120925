"""A lottery as equally likely numbered tickets, so that dice or balls can draw.

Each panel gets its probability times the number of tickets, rounded down or up: every ticket is a
feasible panel, and chances move a little. Rounding is as in Flanigan, Kehne, Procaccia, "Fair
sortition made transparent", NeurIPS 2021: at random keeping the number of tickets, and then
improved, here by swaps that lower the sum of the shifts' squares, then of ever higher powers.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.lotteries.lottery import Lottery

Floats = NDArray[np.float64]
POWERS = (2, 4, 8, 16)
SWAPS = 150
CANDIDATES = 100


@dataclass(frozen=True, slots=True, eq=False)
class Tickets:
    """Numbered panels, each equally likely.

    Attributes
    ----------
    panels : (count,) int32, for each ticket a position in ``lottery.panels``, ascending.
    largest_shift : the most that anybody's chance differs from the lottery's.
    """

    panels: NDArray[np.int32]
    largest_shift: float


def number_tickets(lottery: Lottery, *, count: int = 1000, rng: np.random.Generator) -> Tickets:
    """``count`` tickets that give everybody nearly the lottery's chance."""
    if count < 1:
        raise ValueError("there must be at least one ticket")
    due = lottery.probabilities * count
    least = np.floor(due + 1e-9)
    part = np.clip(due - least, 0.0, 1.0)
    seats = _seats(lottery)
    up = _systematic(part, int(round(count - least.sum())), rng)
    up = _improved(seats, part, up)
    copies = (least + up).astype(np.int64)
    panels = np.repeat(np.arange(len(copies), dtype=np.int32), copies)
    panels.setflags(write=False)
    shift = np.abs(copies @ seats / count - lottery.chances)
    return Tickets(panels, float(shift.max()))


def _seats(lottery: Lottery) -> Floats:
    """(panels, people) 1 where the person is on the panel."""
    seats = np.zeros((len(lottery.panels), len(lottery.chances)))
    for row, panel in enumerate(lottery.panels):
        seats[row, panel] = 1.0
    return seats


def _systematic(part: Floats, count: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """``count`` panels to round up, each with its fractional part as the chance."""
    order = rng.permutation(len(part))
    reach = np.concatenate([[0.0], np.cumsum(part[order])])
    reach *= count / max(reach[-1], 1e-300)
    steps = np.floor(reach + rng.random())
    up = np.zeros(len(part), dtype=bool)
    up[order] = np.diff(steps) > 0
    spare = order[~up[order]]
    up[spare[: count - int(up.sum())]] = True
    return up


def _improved(seats: Floats, part: Floats, up: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The rounding after swaps that lower the shifts: all of them first, then the largest."""
    moving = np.flatnonzero((part > 1e-9) | up)
    rows, here = seats[moving], up[moving].copy()
    shift = (here - part[moving]) @ rows
    for power in POWERS:
        for _ in range(SWAPS):
            swap = _best_swap(rows, here, shift, power)
            if swap is None:
                break
            leaving, coming = swap
            here[leaving], here[coming] = False, True
            shift = shift + rows[coming] - rows[leaving]
    better = up.copy()
    better[moving] = here
    return better


def _best_swap(
    rows: Floats, up: NDArray[np.bool_], shift: Floats, power: int
) -> tuple[int, int] | None:
    """The panels to round down and up that lower ``sum |shift| ** power`` most, if any do.

    For people on just one of the two panels the change is known beforehand; it is taken back for
    the people they have in common.
    """
    now = np.abs(shift) ** power
    less, more = np.abs(shift - 1) ** power - now, np.abs(shift + 1) ** power - now
    out = _most_promising(up, rows @ less)
    into = _most_promising(~up, rows @ more)
    if not len(out) or not len(into):
        return None
    common = (rows[out] * (less + more)) @ rows[into].T
    change = (rows[out] @ less)[:, None] + (rows[into] @ more)[None, :] - common
    best = int(np.argmin(change))
    if change.flat[best] >= -1e-9 * float(now.sum()):
        return None
    return int(out[best // len(into)]), int(into[best % len(into)])


def _most_promising(allowed: NDArray[np.bool_], change: Floats) -> NDArray[np.intp]:
    which = np.flatnonzero(allowed)
    return which[np.argsort(change[which], kind="stable")[:CANDIDATES]]
