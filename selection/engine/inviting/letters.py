"""How many letters to each stratum, so that a panel can very likely be drawn from those who come.

A simulation over response rates that are known only as bands (see ``campaign``). Letters first go
out evenly, as many as bring one registrant a seat on average; then more go where the people missing
to a panel would come from with the fewest letters: the reduced costs of the linear program in
``shortage`` say what one more registrant of each kind is worth. This is a greedy search on common
random numbers (Law, "Simulation Modeling and Analysis", chapter 11), so the number of letters is
small and not proven smallest. The probability is estimated anew on campaigns that the search has
not seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from selection.engine.errors import NoFeasiblePanel
from selection.engine.feasibility.conflict import find_conflict
from selection.engine.inviting.campaign import Campaigns
from selection.engine.inviting.shortage import Shortage
from selection.engine.inviting.strata import Cells, Stratum, cells_of
from selection.engine.pool import Pool, Quotas, frozen
from selection.engine.progress import Progress, silent

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
PROBES = 40
STEP = 0.06
ROUNDS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """What so many letters bring.

    Attributes
    ----------
    letters : (S,) letters to each stratum.
    registrants : (S,) the mean number of registrants of each stratum.
    total : the number of registrants in all that 5, 50 and 95 of 100 campaigns stay below.
    probability : that a panel can be drawn from them.
    error : the standard error of that probability, from the number of campaigns simulated.
    """

    letters: Counts
    registrants: Floats
    total: tuple[float, float, float]
    probability: float
    error: float


def letters_needed(
    strata: Sequence[Stratum],
    quotas: Quotas,
    *,
    probability: float = 0.95,
    rng: np.random.Generator,
    together: float = 0.5,
    campaigns: int = 500,
    progress: Progress = silent,
) -> Forecast:
    """Few letters with which a panel can be drawn with this probability, and what they bring.

    When even a letter to everybody is not enough, everybody gets one and the forecast's
    probability says so. People who register and drop out before the draw are not reckoned with.

    Raises ``NoFeasiblePanel`` when no registrants of these strata could fill a panel, and
    ``ValueError`` when strata and quotas do not fit.
    """
    if not 0 < probability < 1 or not 0 <= together <= 1 or campaigns < 1:
        raise ValueError("probabilities must be between 0 and 1, and there must be a campaign")
    known = tuple(strata)
    cells = cells_of(known, quotas)
    shortage = Shortage(cells, quotas)
    _require_possible(cells, quotas, shortage)
    searching, judging = rng.spawn(2)
    tried = Campaigns(known, cells, count=campaigns, together=together, rng=searching)
    search = _Search(known, tried, shortage, progress)
    search.post(_even(known, quotas.size))
    aim = probability
    for unseen in judging.spawn(ROUNDS):
        more = search.reach(aim)
        fresh = Campaigns(known, cells, count=2 * campaigns, together=together, rng=unseen)
        forecast = _judged(fresh, search.letters, shortage)
        if forecast.probability >= probability or not more:
            break
        aim = min(1.0, aim + probability - forecast.probability)
    return forecast


def forecast(
    strata: Sequence[Stratum],
    quotas: Quotas,
    letters: ArrayLike,
    *,
    rng: np.random.Generator,
    together: float = 0.5,
    campaigns: int = 1000,
) -> Forecast:
    """What ``letters`` (S,) to each stratum bring; ``ValueError`` when they do not fit."""
    if not 0 <= together <= 1 or campaigns < 1:
        raise ValueError("a probability is between 0 and 1, and there must be a campaign")
    known, sent = tuple(strata), frozen(letters, np.int64)
    people = np.array([stratum.people for stratum in known])
    if sent.shape != people.shape or bool(np.any((sent < 0) | (sent > people))):
        raise ValueError("each stratum gets from no letter to one for each of its people")
    cells = cells_of(known, quotas)
    fresh = Campaigns(known, cells, count=campaigns, together=together, rng=rng)
    return _judged(fresh, sent, Shortage(cells, quotas))


def _judged(fresh: Campaigns, letters: Counts, shortage: Shortage) -> Forecast:
    fresh.post(letters)
    fine = shortage.plain(fresh.counts)
    for campaign in np.flatnonzero(fine):
        fine[campaign] = not shortage.missing(fresh.counts[campaign])[0]
    share = float(fine.mean())
    low, middle, high = np.quantile(fresh.registrants.sum(axis=1), [0.05, 0.5, 0.95]).tolist()
    return Forecast(
        frozen(letters, np.int64),
        frozen(fresh.registrants.mean(axis=0), np.float64),
        (low, middle, high),
        share,
        float(np.sqrt(share * (1 - share) / len(fine))),
    )


def _require_possible(cells: Cells, quotas: Quotas, shortage: Shortage) -> None:
    """A panel exists when there are as many people of every kind as there are seats."""
    if shortage.missing(np.full(len(cells.traits), quotas.size))[0]:
        crowd = Pool.of(np.repeat(cells.traits, quotas.size, axis=0))
        raise NoFeasiblePanel(find_conflict(crowd, quotas))


def _even(strata: tuple[Stratum, ...], seats: int) -> Counts:
    """The same share of every stratum, as many letters as bring one registrant a seat."""
    people = np.array([stratum.people for stratum in strata], dtype=np.int64)
    expected = float(people @ np.array([stratum.mean for stratum in strata]))
    share = min(1.0, seats / expected) if expected else 1.0
    return np.minimum(people, np.ceil(people * share)).astype(np.int64)


class _Search:
    """Letters to each stratum, and the simulated campaigns that have no panel yet."""

    def __init__(
        self,
        strata: tuple[Stratum, ...],
        campaigns: Campaigns,
        shortage: Shortage,
        progress: Progress,
    ) -> None:
        self._people = np.array([stratum.people for stratum in strata], dtype=np.int64)
        self._campaigns, self._shortage, self._progress = campaigns, shortage, progress
        self._open = np.arange(len(campaigns.rates))
        self.letters: Counts = np.zeros(len(strata), dtype=np.int64)

    def post(self, letters: Counts) -> None:
        self.letters = self.letters + letters
        self._campaigns.post(letters)
        counts = self._campaigns.counts
        near = self._shortage.plain(counts[self._open])
        done = [place for place in np.flatnonzero(near) if self._possible(self._open[place])]
        self._open = np.delete(self._open, done)

    def reach(self, probability: float) -> bool:
        """Send letters until that many campaigns have a panel; false when everybody has one."""
        count = len(self._campaigns.rates)
        while len(self._open) > (1 - probability) * count:
            self._progress("letters", 1 - len(self._open) / count)
            left = self._people - self.letters
            if not left.any():
                return False
            stratum = int(np.argmax(np.where(left > 0, self._worth(), -np.inf)))
            more = np.zeros(len(left), dtype=np.int64)
            step = STEP * len(self._open) / count * self.letters.sum()
            more[stratum] = min(left[stratum], max(1, round(step)))
            self.post(more)
        return True

    def _possible(self, campaign: np.int64) -> bool:
        return not self._shortage.missing(self._campaigns.counts[campaign])[0]

    def _worth(self) -> Floats:
        """(S,) how many missing people one letter brings, over some campaigns without a panel."""
        worth = np.zeros(len(self.letters))
        for campaign in self._open[:PROBES]:
            missing, gain = self._shortage.missing(self._campaigns.counts[campaign])
            worth += self._campaigns.rates[campaign] * (self._campaigns.cells.shares @ gain)
        return worth
