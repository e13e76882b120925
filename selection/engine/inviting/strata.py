"""The people who can be invited, by what their register says of them."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike, NDArray

from selection.engine.pool import Quotas, frozen

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Stratum:
    """A cell of the address file, such as everybody of one age band in one area.

    Attributes
    ----------
    people : how many people the address file has; nobody gets two letters.
    low, likely, high : the share of letters that bring a registration, between 0 and 1: the least
        and the most to be reckoned with, and the likeliest.
    shares : one array for each criterion of the quotas, indexed by value position: how the people
        of the stratum who register divide over the values. A value that the register knows has
        the share 1, the others 0.
    """

    people: int
    low: float
    likely: float
    high: float
    shares: tuple[Floats, ...]

    @classmethod
    def of(
        cls, people: int, rate: tuple[float, float, float], shares: tuple[ArrayLike, ...]
    ) -> "Stratum":
        """A stratum of copies that nobody can change; shares are scaled to sum to 1."""
        parts = [np.asarray(each, dtype=np.float64) for each in shares]
        if not all(np.all(each >= 0) and 0 < each.sum() < np.inf for each in parts):
            raise ValueError("shares must not be negative, and one must be positive")
        return cls(people, *rate, tuple(frozen(each / each.sum(), np.float64) for each in parts))

    def __post_init__(self) -> None:
        if self.people < 0:
            raise ValueError("a stratum has no negative number of people")
        if not 0 <= self.low <= self.likely <= self.high <= 1:
            raise ValueError("rates must be 0 <= low <= likely <= high <= 1")

    def rate(self, quantiles: Floats) -> Floats:
        """The rate at these quantiles of the triangular distribution over the band."""
        width = self.high - self.low
        if not width:
            return np.full(quantiles.shape, self.low)
        rising = quantiles * width < self.likely - self.low
        below = self.low + np.sqrt(quantiles * width * (self.likely - self.low))
        above = self.high - np.sqrt((1 - quantiles) * width * (self.high - self.likely))
        return np.where(rising, below, above)

    @property
    def mean(self) -> float:
        """The mean rate."""
        return (self.low + self.likely + self.high) / 3


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The combinations of values that registrants can have.

    Attributes
    ----------
    traits : (T, c) int32, distinct rows.
    shares : (S, T) how the registrants of each stratum divide over them, summing to 1: the
        criteria are independent of one another within a stratum.
    """

    traits: NDArray[np.int32]
    shares: Floats


def cells_of(strata: tuple[Stratum, ...], quotas: Quotas) -> Cells:
    """The combinations with a positive share in some stratum, ascending."""
    shapes = [bounds.shape for bounds in quotas.minimum]
    if not strata or any([each.shape for each in one.shares] != shapes for one in strata):
        raise ValueError("each stratum must have shares for every value of the quotas")
    rows: dict[tuple[int, ...], dict[int, float]] = {}
    for place, stratum in enumerate(strata):
        for look in product(*(np.flatnonzero(each).tolist() for each in stratum.shares)):
            parts = [each[value] for each, value in zip(stratum.shares, look, strict=True)]
            rows.setdefault(look, {})[place] = float(np.prod(parts))
    looks = sorted(rows)
    shares = np.zeros((len(strata), len(looks)))
    for column, look in enumerate(looks):
        for place, share in rows[look].items():
            shares[place, column] = share
    traits = np.array(looks, dtype=np.int32).reshape(len(looks), len(shapes))
    return Cells(frozen(traits, np.int32), frozen(shares, np.float64))
