"""One list of panels for a lottery and its tickets, so that a ticket is a place in the list."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.lotteries.lottery import Lottery
from selection.engine.lotteries.tickets import Tickets


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """All panels once.

    Attributes
    ----------
    panels : (Q, size) the lottery's panels, then those that are on tickets only.
    probabilities : (Q,) the lottery's, 0 for panels that are on tickets only.
    tickets : (count,) int32, for each ticket the place of its panel in ``panels``.
    """

    panels: NDArray[np.int32]
    probabilities: NDArray[np.float64]
    tickets: NDArray[np.int32]


def list_panels(lottery: Lottery, tickets: Tickets | None = None) -> Listing:
    """The panels of the lottery and of its tickets in one list."""
    if tickets is None:
        return Listing(lottery.panels, lottery.probabilities, np.zeros(0, dtype=np.int32))
    wanted = {panel.tobytes() for panel in tickets.panels}
    places = {
        panel.tobytes(): place
        for place, panel in enumerate(lottery.panels)
        if panel.tobytes() in wanted
    }
    first, extra = len(lottery.panels), 0
    for panel in tickets.panels:
        if places.setdefault(panel.tobytes(), first + extra) == first + extra:
            extra += 1
    numbers = np.array([places[panel.tobytes()] for panel in tickets.panels], dtype=np.int32)
    panels = np.zeros((first + extra, tickets.panels.shape[1]), dtype=np.int32)
    panels[:first] = lottery.panels
    panels[numbers] = tickets.panels
    return Listing(panels, np.append(lottery.probabilities, np.zeros(extra)), numbers)
