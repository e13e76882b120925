"""From the duals of a level to whole weights that no panel outweighs.

The duals of a level are rational, and their numerators are small: the rows are those of a table of
zeros and ones. Where the common denominator is found nothing is lost; elsewhere weights are rounded
and what no panel outweighs is found for the rounded ones, so that the claim holds exactly whatever
rounding did.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from selection.engine.lotteries.certificate import OPTIMAL, Certificate, Claim
from selection.engine.search.levels import Level
from selection.engine.types.grouping import Counts, Polytope

Floats = NDArray[np.float64]
SMALL = 2000
LARGE = 10_000_000
NEAR = 1e-5
NO_POINTS = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """Whole weights and what no panel outweighs.

    Attributes
    ----------
    kinds : types that are held to their level, ascending.
    weights : (T,) of each person; types neither among ``kinds`` nor of an earlier weighing: 0.
    heaviest : no panel weighs more.
    points : of each quota value and of a seat, which prove it; empty without such a proof.
    """

    kinds: Counts
    weights: Counts
    heaviest: int
    points: Counts


def by_points(
    polytope: Polytope, sizes: Counts, level: Level, *, open_: NDArray[np.bool_]
) -> Weighing:
    """The level of the relaxation in whole numbers, proven by prices of the limits alone."""
    each = level.weights / sizes
    scale = whole_scale(np.append(level.prices, each))
    prices = np.rint(level.prices * scale).astype(np.int64)
    homes = slice(polytope.quotas + 1, None)
    prices[homes] = np.maximum(prices[homes], 0)
    points = np.zeros(len(sizes), dtype=np.int64)
    np.add.at(points, polytope.columns, prices[polytope.rows])
    weights = whole_weights(each, level.kinds, may=open_ & ~level.open, scale=scale)
    weights = np.where(open_ & ~level.open, np.maximum(weights, points), weights)
    limits = np.where(prices > 0, polytope.upper, polytope.lower)
    over = np.maximum(weights - points, 0)
    heaviest = int(prices @ limits + over[open_] @ polytope.cap[open_])
    return Weighing(level.kinds, weights, heaviest, prices[: polytope.quotas + 1])


def whole_weights(each: Floats, kinds: Counts, *, may: NDArray[np.bool_], scale: float) -> Counts:
    """(T,) weights near ``scale * each``: at least 1 for ``kinds``, 0 where nobody ``may``."""
    weights = np.rint(each * scale).astype(np.int64)
    weights[kinds] = np.maximum(weights[kinds], 1)
    may = may.copy()
    may[kinds] = True
    return np.where(may, weights, 0)


def whole_scale(values: Floats) -> float:
    """What to multiply by, so that all values are whole or, if need be, nearly whole and large."""
    largest = float(np.abs(values).max())
    parts = np.unique(np.round(values / largest, 12))
    for denominator in range(1, SMALL + 1):
        whole = parts * denominator
        if np.abs(whole - np.rint(whole)).max() < NEAR:
            return denominator / largest
    return LARGE / largest


def certify(
    method: str,
    weighings: Sequence[Weighing],
    chances: Floats,
    sizes: Counts,
    *,
    seatable: NDArray[np.bool_],
    short: float = 0.0,
) -> Certificate:
    """What the weighings prove about these chances of the types' people.

    The gap is the most that the smallest chance at a level, that of people of later levels
    included, falls short of the level's bound, or ``short`` when that is more.
    """
    waiting = seatable.copy()
    claims = []
    gap = max(0.0, short)
    for weighing in weighings:
        weights = weighing.weights * sizes
        held = fsum((weights * chances)[~waiting].tolist())
        bound = (weighing.heaviest - held) / int(weights[weighing.kinds].sum())
        gap = max(gap, bound - float(chances[waiting].min()))
        claims.append(_claim(weighing, bound))
        waiting[weighing.kinds] = False
    smallest = claims[0].bound if claims else 1.0
    shut_out = tuple(np.flatnonzero(~seatable).tolist())
    return Certificate(gap <= OPTIMAL, smallest, gap, method, tuple(claims), shut_out)


def _claim(weighing: Weighing, bound: float) -> Claim:
    kinds, weights, points = (
        tuple(values.tolist()) for values in (weighing.kinds, weighing.weights, weighing.points)
    )
    return Claim(kinds, weights, weighing.heaviest, bound, points)
