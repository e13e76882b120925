"""A lottery as equally likely numbered tickets, so that dice or balls can draw.

Flanigan, Kehne, Procaccia, "Fair sortition made transparent", NeurIPS 2021, round each panel's
probability so that chances move little. Here panels of types are rounded, and then the people of a
type sit by turns: where each type's seats lie between its people's due rounded down and rounded
up, everybody is on as many tickets as is due, rounded down or up, and no chance moves by a whole
ticket. Several random roundings are polished until one is such, and the best is kept.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from selection.engine.lotteries.exchanges import Exchanges
from selection.engine.lotteries.losses import ROUNDING, Loss
from selection.engine.lotteries.lottery import Lottery
from selection.engine.lotteries.rounding import Copies, Polish, at_random
from selection.engine.lotteries.turns import take_turns
from selection.engine.progress import Progress, silent
from selection.engine.types.grouping import Types
from selection.engine.types.mixture import Mixture

STARTS = 16
EFFORT = 3000
"""Starts times types: more than two starts only where they are quick."""
STEPS = 20_000
POWERS = (2, 4, 8, 16)
DECIMALS = 9
NONE = 1e-9
"""A chance up to this is noise."""


@dataclass(frozen=True, slots=True, eq=False)
class Tickets:
    """Numbered panels, each equally likely.

    Attributes
    ----------
    panels : (count, size) int32, the panel on each ticket, its people ascending. Every one meets
        the quotas; it need not be a panel of the lottery.
    largest_shift : the most that anybody's chance differs from the lottery's.
    least : the fewest tickets anybody is on whom the lottery gives a chance.
    """

    panels: NDArray[np.int32]
    largest_shift: float
    least: int


def number_tickets(
    lottery: Lottery,
    *,
    count: int = 1000,
    rng: np.random.Generator,
    progress: Progress = silent,
) -> Tickets:
    """``count`` tickets that give everybody nearly the lottery's chance.

    Chances seldom move by more than ``1 / count``; ``largest_shift`` says by how much.
    """
    if count < 1:
        raise ValueError("there must be at least one ticket")
    copies = _rounded(lottery.grouped, lottery.mixture, count, rng, progress)
    used = np.flatnonzero(copies.copies)
    panels = take_turns(lottery.grouped, copies.panels[:, used], copies.copies[used], rng=rng)
    panels.setflags(write=False)
    tickets = np.bincount(panels.ravel(), minlength=len(lottery.chances))
    shift = np.abs(tickets / count - lottery.chances).max()
    least = tickets[lottery.chances > NONE].min()
    return Tickets(panels, float(shift), int(least))


def _rounded(
    types: Types, mixture: Mixture, count: int, rng: np.random.Generator, progress: Progress
) -> Copies:
    """The best of some polished roundings; the first that is off by less than a ticket."""
    sizes = types.sizes
    due = np.round(count * mixture.chances(sizes), DECIMALS)
    exchanges = Exchanges(types)
    loss = Loss(sizes, due)
    starts = min(max(2, EFFORT // max(1, len(types))), STARTS)
    progress("tickets", 0.0)
    best = at_random(mixture, count, rng)
    least = _polished(best, types, exchanges, loss)
    for start in range(1, starts):
        if least < 1 - ROUNDING:
            break
        progress("tickets", start / starts)
        copies = at_random(mixture, count, rng)
        shift = _polished(copies, types, exchanges, loss)
        if shift < least:
            best, least = copies, shift
    return best


def _polished(copies: Copies, types: Types, exchanges: Exchanges, loss: Loss) -> float:
    """Polish by ever higher powers until nobody is a ticket off; the largest shift in tickets."""
    steps, shift = STEPS, float(loss.shifts(copies.seats).max(initial=0.0))
    for power in POWERS:
        if shift < 1 - ROUNDING:
            break
        stage = replace(loss, power=power, unit=1 + shift, strict=power > 2)
        steps -= Polish(copies, types, exchanges, stage).run(steps)
        shift = float(loss.shifts(copies.seats).max(initial=0.0))
    return shift
