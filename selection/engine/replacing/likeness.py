"""Like for like: the nearest panel when the quotas cannot be met any more.

Three goals, each settled before the next (lexicographic goal programming; Charnes, Cooper,
"Management Models and Industrial Applications of Linear Programming", 1961): miss the quotas as
little as possible; be as like the people who leave as possible, each matched with one who comes;
and among the panels that are still equally good decide by lot. The first two are integer programs
over types, the last one over people: everybody has a random number, and the largest sum wins.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from selection.engine.errors import NoFeasiblePanel
from selection.engine.feasibility.conflict import explain
from selection.engine.pool import Pool, Quotas
from selection.engine.replacing.deviation import Deviation, Weights, cost, deviations, prices
from selection.engine.replacing.goals import Goals
from selection.engine.replacing.matching import best_matching
from selection.engine.replacing.replacement import after
from selection.engine.types.grouping import Counts, group, polytope


@dataclass(frozen=True, slots=True)
class Pair:
    """``substitute`` takes the seat of ``gone``; ``equal`` criteria have the same value in both."""

    gone: int
    substitute: int
    equal: int


@dataclass(frozen=True, slots=True, eq=False)
class Substitution:
    """The nearest panel.

    Attributes
    ----------
    panel : (size,) int32, ascending positions of its people.
    pairs : who takes whose seat, by the position of the one who leaves; people beyond the number
        of pairs leave without a substitute or come without a predecessor.
    missed : the quota bounds that the panel misses, and by how many people.
    loss : their price: the sum of ``by`` times the weight of the value.
    """

    panel: NDArray[np.int32]
    pairs: tuple[Pair, ...]
    missed: tuple[Deviation, ...]
    loss: float


def nearest_panel(
    pool: Pool,
    quotas: Quotas,
    *,
    kept: ArrayLike,
    gone: ArrayLike,
    rng: np.random.Generator,
    weights: Weights | None = None,
) -> Substitution:
    """The panel with all of ``kept`` and nobody ``gone`` that misses the quotas least.

    ``kept`` and ``gone`` are positions: the members who stay and those who leave. Each person
    under a minimum or over a maximum costs the ``weights`` of the value, 1 by default. Among the
    panels of least cost the people who come differ in as few criteria as possible, summed over
    the best matching, from those who leave; ties are decided by lot. Households are kept apart.

    Raises ``NoFeasiblePanel`` when there are not enough people for the seats even without quotas,
    and ``ValueError`` as ``replace`` does.
    """
    remaining = after(pool, kept=kept, gone=gone)
    types = group(remaining)
    space = polytope(remaining, quotas, types)
    left = np.unique(np.asarray(gone, dtype=np.int64).reshape(-1))
    price = prices(quotas, weights)
    goals = Goals(space, types, pool.traits[left], price=price)
    if len(types.clashing) or not goals.settle():
        raise NoFeasiblePanel(explain(remaining, quotas, types, space))
    came = goals.seated(rng)
    panel = np.sort(np.concatenate([types.fixed, came])).astype(np.int32)
    panel.setflags(write=False)
    missed = deviations(pool, quotas, panel)
    return Substitution(panel, _pairs(pool, left, came, rng), missed, cost(quotas, missed, price))


def _pairs(pool: Pool, left: Counts, came: Counts, rng: np.random.Generator) -> tuple[Pair, ...]:
    equal = (pool.traits[left][:, None, :] == pool.traits[came][None, :, :]).sum(axis=2)
    return tuple(
        Pair(int(left[row]), int(came[column]), int(equal[row, column]))
        for row, column in best_matching(equal, rng=rng)
    )
