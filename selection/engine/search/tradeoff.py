"""The best floor and ceiling of chances, when a higher floor costs a higher ceiling.

The pairs that lotteries reach are convex. For a slope, an oracle finds the pair furthest in its
direction; the measure is smallest either at a pair found or between two neighbours on the edge. The
next slope is the measure's own at the best place known, or that between its neighbours, until no
pair lies beyond: the pairs on the edge are finitely many.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, sqrt

SAME = 1e-10
ROUNDS = 200
STRIDE = 8.0


@dataclass(frozen=True, slots=True)
class Measure:
    """``above * ceiling + below / floor``, to be small; both factors are positive."""

    above: float
    below: float

    def of(self, pair: "Pair") -> float:
        """The measure of a lottery with this floor and ceiling."""
        return self.above * pair.ceiling + (self.below / pair.floor if pair.floor > 0 else inf)

    def slope(self, floor: float) -> float:
        """How much ceiling a little more floor is worth."""
        return self.below / (self.above * floor**2) if floor > 0 else inf

    def bound(self, slope: float, furthest: float) -> float:
        """The least measure when every lottery has ``slope * floor - ceiling <= furthest``."""
        return 2 * sqrt(self.above * self.below * slope) - self.above * furthest


@dataclass(frozen=True, slots=True)
class Pair:
    """The smallest and the largest chance."""

    floor: float
    ceiling: float


type Oracle = Callable[[float], Pair]
"""For a slope, the pair with the largest ``slope * floor - ceiling``."""


def best_tradeoff(measure: Measure, oracle: Oracle, *, slope: float) -> tuple[Pair, float]:
    """The pair with the smallest measure, and the slope that proves it.

    ``slope`` is the first one to ask for.
    """
    low: Pair | None = None
    high: Pair | None = None
    for _ in range(ROUNDS):
        found = oracle(slope)
        furthest = slope * found.floor - found.ceiling
        if measure.slope(found.floor) >= slope:
            low = found
        if measure.slope(found.floor) <= slope:
            high = found
        best, ahead = _between(measure, low, high)
        if measure.of(best) * (1 - SAME) <= measure.bound(slope, furthest):
            break
        slope = min(ahead, STRIDE * slope)
    return best, slope


def _between(measure: Measure, low: Pair | None, high: Pair | None) -> tuple[Pair, float]:
    """The best place between neighbours on the edge, and the slope to ask for next."""
    if low is None or high is None or high.floor - low.floor <= SAME:
        end = next(end for end in (low, high) if end is not None)
        return end, measure.slope(end.floor)
    steep = (high.ceiling - low.ceiling) / (high.floor - low.floor)
    floor = sqrt(measure.below / (measure.above * steep)) if steep > 0 else high.floor
    if not low.floor < floor < high.floor:
        end = low if floor <= low.floor else high
        return end, measure.slope(end.floor)
    ceiling = low.ceiling + steep * (floor - low.floor)
    return Pair(floor, ceiling), steep
