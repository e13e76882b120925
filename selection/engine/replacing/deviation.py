"""How far people are from the quotas: each person too few or too many of a value counts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from selection.engine.pool import Pool, Quotas

type Weights = Sequence[ArrayLike]
"""For each criterion the price of one person too few or too many, by value position."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """A quota bound not met: ``by`` people are missing ("minimum") or too many ("maximum").

    ``criterion`` and ``value`` are positions.
    """

    criterion: int
    value: int
    kind: str
    by: int


def deviations(pool: Pool, quotas: Quotas, people: NDArray[np.integer]) -> tuple[Deviation, ...]:
    """The bounds that these people miss, criterion after criterion; empty when all are met."""
    missed = []
    for criterion, (least, most) in enumerate(zip(quotas.minimum, quotas.maximum, strict=True)):
        held = np.bincount(pool.traits[people, criterion], minlength=len(least))
        for value, count in enumerate(held.tolist()):
            if count < least[value]:
                missed.append(Deviation(criterion, value, "minimum", int(least[value]) - count))
            if count > most[value]:
                missed.append(Deviation(criterion, value, "maximum", count - int(most[value])))
    return tuple(missed)


def prices(quotas: Quotas, weights: Weights | None) -> NDArray[np.float64]:
    """The price of each value, criterion after criterion; 1 where nothing is said.

    ``ValueError`` when the weights do not fit the quotas or one is not positive.
    """
    shapes = [len(bounds) for bounds in quotas.minimum]
    if weights is None:
        return np.ones(sum(shapes))
    given = [np.asarray(each, dtype=np.float64) for each in weights]
    if [each.shape for each in given] != [(length,) for length in shapes]:
        raise ValueError("weights must have one entry for each quota")
    flat = np.concatenate([*given, np.zeros(0)])
    if not bool(np.all((flat > 0) & np.isfinite(flat))):
        raise ValueError("weights must be positive")
    return flat


def cost(quotas: Quotas, missed: Sequence[Deviation], price: NDArray[np.float64]) -> float:
    """What the missed bounds cost together at the ``prices``."""
    starts = np.cumsum([0, *(len(bounds) for bounds in quotas.minimum)]).tolist()
    return float(sum(each.by * price[starts[each.criterion] + each.value] for each in missed))
