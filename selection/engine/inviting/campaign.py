"""Simulated campaigns: letters go out, some of them bring a registration.

In each campaign every stratum has a response rate from its band (triangular, the usual choice when
only least, likeliest and most are known), and each letter is answered by itself with that
probability (binomial). With the probability ``together`` a stratum's place within its band is the
campaign's, common to all, or else its own: a campaign that goes badly goes badly in many strata,
though not in all.
"""

import numpy as np
from numpy.typing import NDArray

from selection.engine.inviting.strata import Cells, Stratum

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


class Campaigns:
    """Many simulated campaigns; more letters can go out in all of them.

    Attributes
    ----------
    rates : (m, S) the response rate of each stratum.
    registrants : (m, S) how many people have registered.
    counts : (m, T) the same people by cell.
    """

    def __init__(
        self,
        strata: tuple[Stratum, ...],
        cells: Cells,
        *,
        count: int,
        together: float,
        rng: np.random.Generator,
    ) -> None:
        self.cells, self._rng = cells, rng
        common, own = rng.random((count, 1)), rng.random((count, len(strata)))
        place = np.where(rng.random(own.shape) < together, common, own)
        self.rates: Floats = np.column_stack(
            [stratum.rate(place[:, column]) for column, stratum in enumerate(strata)]
        )
        self.registrants: Counts = np.zeros((count, len(strata)), dtype=np.int64)
        self.counts: Counts = np.zeros((count, cells.shares.shape[1]), dtype=np.int64)

    def post(self, letters: Counts) -> None:
        """Send this many more letters to each stratum."""
        for stratum in np.flatnonzero(letters):
            came = self._rng.binomial(int(letters[stratum]), self.rates[:, stratum])
            self.registrants[:, stratum] += came
            kinds = np.flatnonzero(self.cells.shares[stratum])
            self.counts[:, kinds] += self._rng.multinomial(came, self.cells.shares[stratum, kinds])
