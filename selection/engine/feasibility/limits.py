"""Quota bounds one by one, as rows of the polytope."""

from dataclasses import dataclass

import numpy as np

from selection.engine.errors import Bound
from selection.engine.pool import Pool, Quotas
from selection.engine.types.grouping import Polytope, Types


@dataclass(frozen=True, slots=True)
class Limit:
    """One quota bound.

    Attributes
    ----------
    row : of the polytope.
    sign : 1 for a minimum, -1 for a maximum.
    limit : the bound with the fixed people taken off.
    flex : how many people a change may move it by.
    bound : what it is to people.
    """

    row: int
    sign: int
    limit: int
    flex: int
    bound: Bound


def quota_limits(pool: Pool, quotas: Quotas, types: Types, space: Polytope) -> list[Limit]:
    """Every quota bound that says something, criterion after criterion."""
    people = np.concatenate([*types.people, types.fixed]).astype(int)
    homes = np.where(pool.households[people] < 0, -1 - people, pool.households[people])
    limits: list[Limit] = []
    row = 0
    for criterion, (least, most) in enumerate(zip(quotas.minimum, quotas.maximum, strict=True)):
        for value in range(len(least)):
            available = len(np.unique(homes[pool.traits[people, criterion] == value]))
            low, high = int(least[value]), int(most[value])
            down, up = _flex(quotas, criterion, value, available)
            if low > 0:
                bound = Bound(criterion, value, "minimum", low, available)
                limits.append(Limit(row, 1, int(space.lower[row]), down, bound))
            if high < available:
                bound = Bound(criterion, value, "maximum", high, available)
                limits.append(Limit(row, -1, int(space.upper[row]), up, bound))
            row += 1
    return limits


def _flex(quotas: Quotas, criterion: int, value: int, available: int) -> tuple[int, int]:
    """How far the minimum may be lowered and the maximum raised, and it still makes sense."""
    low, high = int(quotas.minimum[criterion][value]), int(quotas.maximum[criterion][value])
    lowest, highest = 0, available
    if quotas.minimum_flex is not None:
        lowest = max(lowest, int(quotas.minimum_flex[criterion][value]))
    if quotas.maximum_flex is not None:
        highest = min(highest, int(quotas.maximum_flex[criterion][value]))
    return max(0, low - lowest), max(0, highest - high)
