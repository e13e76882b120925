"""What seats cost: how far people are from their due, as whole numbers so that sums are exact."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.types.grouping import Counts

Floats = NDArray[np.float64]
SCALE = 2.0**26
OUTSIDE = 2**30
ROUNDING = 1e-5


@dataclass(frozen=True, slots=True, eq=False)
class Loss:
    """The loss of seats to types whose people sit by turns.

    A person with x tickets loses ``(|x - due| / unit) ** power``, and with ``strict`` a thousand
    times as much for each ticket below the due rounded down or above the due rounded up.

    Attributes
    ----------
    sizes : (T,) people of each type.
    due : (T,) tickets each person should be on.
    """

    sizes: Counts
    due: Floats
    power: int = 2
    unit: float = 1.0
    strict: bool = False

    def shifts(self, seats: Counts) -> Floats:
        """(T,) the most tickets by which a person of each type misses the due."""
        low, high = seats // self.sizes, -(-seats // self.sizes)
        return np.maximum(np.abs(low - self.due), np.abs(high - self.due))

    def more(self, seats: Counts) -> Counts:
        """(T,) what one seat more adds."""
        tickets = seats // self.sizes
        return self._person(tickets + 1, self.due) - self._person(tickets, self.due)

    def fewer(self, seats: Counts) -> Counts:
        """(T,) what one seat fewer adds."""
        return -self.more(seats - 1)

    def of(self, seats: Counts, kinds: NDArray[np.intp]) -> int:
        """The loss of some types."""
        tickets, rest = np.divmod(seats[kinds], self.sizes[kinds])
        due = self.due[kinds]
        low, high = self._person(tickets, due), self._person(tickets + 1, due)
        return int(((self.sizes[kinds] - rest) * low + rest * high).sum())

    def _person(self, tickets: Counts, due: Floats) -> Counts:
        loss = np.rint(SCALE * (np.abs(tickets - due) / self.unit) ** self.power).astype(np.int64)
        if self.strict:
            outside = np.maximum(
                np.floor(due + ROUNDING) - tickets, tickets - np.ceil(due - ROUNDING)
            )
            loss += OUTSIDE * np.maximum(outside, 0).astype(np.int64)
        return loss
