"""A lottery as equally likely numbered tickets, so that dice or balls can draw.

Each panel gets its probability times the number of tickets, rounded down or up: every ticket is a
feasible panel, and chances move a little. Rounding is as in Flanigan, Kehne, Procaccia, "Fair
sortition made transparent", NeurIPS 2021: at random keeping the number of tickets, and then
improved, here by swaps that lower the sum of squared shifts and finally the largest one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.lottery import Lottery

Floats = NDArray[np.float64]
SWAPS = 600
LAST_SWAPS = 120
CANDIDATES = 48


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
    """The rounding after every swap that helps has been made."""
    moving = np.flatnonzero((part > 1e-9) | up)
    rows, up_here = seats[moving], up[moving].copy()
    shift = (up_here - part[moving]) @ rows
    _lower_squares(rows, up_here, shift)
    _lower_largest(rows, up_here, shift)
    better = up.copy()
    better[moving] = up_here
    return better


def _lower_squares(rows: Floats, up: NDArray[np.bool_], shift: Floats) -> None:
    """Swap the pair that lowers the sum of squared shifts most, in place, until none does."""
    common = rows @ rows.T
    norms = np.diag(common)
    pull = rows @ shift
    for _ in range(SWAPS):
        out, into = np.flatnonzero(up), np.flatnonzero(~up)
        if not len(out) or not len(into):
            return
        gain = (norms[out] - 2 * pull[out])[:, None] + (norms[into] + 2 * pull[into])[None, :]
        gain -= 2 * common[np.ix_(out, into)]
        where = int(np.argmin(gain))
        leaving, coming = int(out[where // len(into)]), int(into[where % len(into)])
        if gain.flat[where] > -1e-9:
            return
        _swap(rows, up, shift, leaving, coming)
        pull += common[coming] - common[leaving]


def _lower_largest(rows: Floats, up: NDArray[np.bool_], shift: Floats) -> None:
    """Swap, in place, pairs that lower the largest shifts without making others as large."""
    for _ in range(LAST_SWAPS):
        worst = int(np.argmax(np.abs(shift)))
        heavy = shift[worst] > 0
        out = _promising(rows, shift, np.flatnonzero(up & ((rows[:, worst] > 0) == heavy)), 1.0)
        into = _promising(rows, shift, np.flatnonzero(~up & ((rows[:, worst] > 0) != heavy)), -1.0)
        if not len(out) or not len(into):
            return
        after = shift + rows[into][None, :, :] - rows[out][:, None, :]
        score = (after**8).sum(axis=2)
        where = int(np.argmin(score))
        if score.flat[where] >= (shift**8).sum() * (1 - 1e-9):
            return
        _swap(rows, up, shift, int(out[where // len(into)]), int(into[where % len(into)]))


def _promising(
    rows: Floats, shift: Floats, which: NDArray[np.intp], sign: float
) -> NDArray[np.intp]:
    """The panels whose people have the most (sign 1) or the least (sign -1) to give away."""
    worth = -sign * (rows[which] @ shift**3)
    return which[np.argsort(worth, kind="stable")[:CANDIDATES]]


def _swap(rows: Floats, up: NDArray[np.bool_], shift: Floats, leaving: int, coming: int) -> None:
    up[leaving], up[coming] = False, True
    shift += rows[coming] - rows[leaving]
