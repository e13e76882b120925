"""How a lottery is found: types, relaxation, decomposition, certificate, exact fall-back."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from selection.engine.errors import NoFeasiblePanel
from selection.engine.feasibility.conflict import explain
from selection.engine.pool import Pool, Quotas
from selection.engine.progress import Progress
from selection.engine.search.coverage import cover
from selection.engine.search.pricing import Pricer
from selection.engine.types.grouping import Counts, Types, group, polytope


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """A pool by type, with what the proven rules start from.

    Attributes
    ----------
    people : how many people the pool has.
    types : the pool by type.
    pricer : finds panels of types that some panel seats.
    panels : panels that together seat every type that any panel seats.
    seatable : (T,) those types.
    """

    people: int
    types: Types
    pricer: Pricer
    panels: list[Counts]
    seatable: NDArray[np.bool_]


def prepare(pool: Pool, quotas: Quotas, *, progress: Progress) -> Task:
    """What the proven rules start from, or ``NoFeasiblePanel``."""
    types = group(pool)
    space = polytope(pool, quotas, types)
    covered = None
    if not len(types.clashing):
        covered = cover(Pricer(space), progress=progress)
    if covered is None:
        raise NoFeasiblePanel(explain(pool, quotas, types, space))
    panels, seatable = covered
    inside = replace(space, cap=np.where(seatable, space.cap, 0))
    return Task(len(pool), types, Pricer(inside), panels, seatable)
