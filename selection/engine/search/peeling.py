"""Take a point of the polytope apart into panels, one after the other.

The constructive side of Carathéodory's theorem (Grötschel, Lovász, Schrijver, "Geometric Algorithms
and Combinatorial Optimization", 1988, theorem 6.5.11): choose a panel, take away as much of it as
leaves the rest in the polytope, go on with the rest, which lies on a smaller face. The panel is the
one of which most can be taken away, as in the greedy decompositions of doubly stochastic matrices
of Dufossé, Uçar, Linear Algebra and its Applications 497 (2016). A leximin point has few different
chances; then a panel's types run out together, and a few dozen panels make it up.

For a length s the panels that can be taken away that long are the whole points of a part of the
polytope, whose limits are whole numbers:

    r - s p >= 0,  r - s p <= (m - s) cap,  and the same for every row,

with r what is left of the counts and m what is left of the probability. Where that part has no
whole point that a dive finds, a smaller length is tried, and where none is left, peeling stops.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.progress import Progress
from selection.engine.search.diving import Diver, Limits
from selection.engine.types.grouping import Counts, Polytope

Floats = NDArray[np.float64]
NOTHING = 1e-9
ROUNDING = 2e-8
DONE = 1e-8
SHORTEST = 1e-3
CLOSE = 1.05
PARTS = (1, 2, 3)
DIGITS = 9


@dataclass(frozen=True, slots=True, eq=False)
class Rest:
    """What has not been taken away yet.

    Attributes
    ----------
    counts : (T,) counts times probability.
    use : (r,) of the rows.
    mass : probability.
    """

    counts: Floats
    use: Floats
    mass: float


@dataclass(frozen=True, slots=True, eq=False)
class Peeled:
    """Panels, and how much of the probability was taken away with each, first to last."""

    panels: list[Counts]
    lengths: list[float]

    @property
    def left(self) -> Floats:
        """(panels + 1,) the probability that was left before each panel, and at last."""
        return np.asarray(1 - np.cumsum([0.0, *self.lengths]))

    @property
    def mass(self) -> float:
        """The probability that is left."""
        return float(self.left[-1])

    def back(self, mass: float) -> "Peeled":
        """The first panels only, as many as leave at least this much probability."""
        keep = int(np.flatnonzero(self.left >= mass)[-1])
        return Peeled(self.panels[:keep], self.lengths[:keep])

    def rest(self, polytope: Polytope, point: Floats) -> Rest:
        """What is left of the point."""
        counts = point.copy()
        for panel, length in zip(self.panels, self.lengths, strict=True):
            counts = counts - length * panel
        counts[counts < NOTHING] = 0.0
        return Rest(counts, polytope.use(counts), self.mass)


def peel(polytope: Polytope, point: Floats, *, progress: Progress) -> Peeled:
    """Panels whose mixture is the point, or comes near to it where peeling got stuck.

    ``point`` is (T,) counts within the polytope.
    """
    peeled = Peeled([], [])
    diver = Diver(polytope)
    rest, longest = Rest(point.copy(), polytope.use(point), 1.0), 1.0
    # Every panel makes one more limit tight, so that no more are needed than there are limits.
    for _ in range(2 * (len(polytope.cap) + len(polytope.lower)) + 1):
        progress("decomposition", 1 - rest.mass)
        found = _next(polytope, diver, rest, longest) if rest.mass > DONE else None
        if found is None:
            break
        panel, longest = found
        length = _length(polytope, rest, panel)
        peeled.panels.append(panel)
        peeled.lengths.append(length)
        rest = _without(polytope, rest, panel, length)
    return peeled


def _next(
    polytope: Polytope, diver: Diver, rest: Rest, longest: float
) -> tuple[Counts, float] | None:
    """A panel that can be taken away, and the length that was asked for."""
    weights = rest.counts / np.maximum(polytope.cap, 1)
    for length in _lengths(polytope, rest, longest).tolist():
        part = _part(polytope, rest, length)
        if part is None:
            continue
        diver.inside(part)
        panel = diver.heavy(weights / rest.mass)
        if panel is None or not polytope.holds(panel):
            continue
        if _length(polytope, rest, panel) > NOTHING:
            return panel, length
    return None


def _lengths(polytope: Polytope, rest: Rest, longest: float) -> Floats:
    """The lengths at which a type runs out or a limit is met, longest first.

    Of those that are close to each other, the one that most have in common.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        every = np.concatenate(
            [
                *(rest.counts / part for part in PARTS),
                rest.mass - rest.counts / polytope.cap,
                rest.mass - rest.use / polytope.upper,
                rest.use / polytope.lower,
                [rest.mass],
            ]
        )
    shortest = max(rest.mass * SHORTEST, DONE)
    longest = min(longest * (1 + NOTHING) + NOTHING, rest.mass)
    every = every[np.isfinite(every) & (every >= shortest) & (every <= longest)]
    lengths, often = np.unique(np.round(every, DIGITS), return_counts=True)
    near = -np.floor(np.log(lengths) / np.log(CLOSE))
    order = np.lexsort((-often, near))
    _, first = np.unique(near[order], return_index=True)
    return np.asarray(lengths[order][first])


def _part(polytope: Polytope, rest: Rest, length: float) -> Limits | None:
    """The panels that can be taken away at this length; None where limits cross."""
    slack, after = min(0.3, ROUNDING / length), rest.mass - length
    lower = np.ceil((rest.counts - polytope.cap * after) / length - slack)
    upper = np.floor(rest.counts / length + slack)
    row_lower = np.ceil((rest.use - polytope.upper * after) / length - slack)
    row_upper = np.floor((rest.use - polytope.lower * after) / length + slack)
    part = Limits(
        np.maximum(0, lower),
        np.minimum(polytope.cap, upper),
        np.maximum(polytope.lower, row_lower),
        np.minimum(polytope.upper, row_upper),
    )
    crossed = (part.lower > part.upper).any() or (part.row_lower > part.row_upper).any()
    if crossed or (polytope.use(part.lower) > part.row_upper).any():
        return None
    return None if (polytope.use(part.upper) < part.row_lower).any() else part


def _length(polytope: Polytope, rest: Rest, panel: Counts) -> float:
    """How much of the panel can be taken away before the rest leaves the polytope."""
    use = polytope.use(panel)
    return min(
        rest.mass,
        _ratio(rest.counts, panel),
        _ratio(polytope.cap * rest.mass - rest.counts, polytope.cap - panel),
        _ratio(polytope.upper * rest.mass - rest.use, polytope.upper - use),
        _ratio(rest.use - polytope.lower * rest.mass, use - polytope.lower),
    )


def _ratio(room: Floats, speed: NDArray[np.generic]) -> float:
    moving = np.asarray(speed) > 0
    return float((room[moving] / np.asarray(speed)[moving]).min(initial=np.inf))


def _without(polytope: Polytope, rest: Rest, panel: Counts, length: float) -> Rest:
    counts = rest.counts - length * panel
    counts[counts < NOTHING] = 0.0
    return Rest(counts, rest.use - length * polytope.use(panel), rest.mass - length)
