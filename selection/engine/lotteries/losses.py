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

    A type of n people with s seats loses ``n * (|s / n - due| / unit) ** power``, and with
    ``strict`` much more for each ticket by which a person is below the due rounded down or above
    the due rounded up.

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

    def misses(self, seats: Counts) -> Floats:
        """(T,) the same where it is a ticket or more; else by how much people miss on average."""
        shifts = self.shifts(seats)
        return np.where(shifts < 1 - ROUNDING, np.abs(seats / self.sizes - self.due), shifts)

    def more(self, seats: Counts) -> Counts:
        """(T,) what one seat more adds."""
        return self.each(seats + 1) - self.each(seats)

    def fewer(self, seats: Counts) -> Counts:
        """(T,) what one seat fewer adds."""
        return self.each(seats - 1) - self.each(seats)

    def each(self, seats: Counts, kinds: NDArray[np.intp] | slice = slice(None)) -> Counts:
        """The loss of each of these types."""
        sizes, due, seats = self.sizes[kinds], self.due[kinds], seats[kinds]
        miss = np.abs(seats / sizes - due) / self.unit
        loss = np.rint(SCALE * sizes * miss**self.power).astype(np.int64)
        if self.strict:
            low, high = np.floor(due + ROUNDING), np.ceil(due - ROUNDING)
            outside = np.maximum(sizes * low - seats, seats - sizes * high)
            loss += OUTSIDE * np.maximum(outside, 0).astype(np.int64)
        return loss
