"""What is left to choose when some counts are settled: a smaller polytope."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from selection.engine.search.peeling import Rest
from selection.engine.types.grouping import Counts, Polytope

Floats = NDArray[np.float64]
TIGHT = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class Remainder:
    """The smallest face of a polytope around a point, without the counts that are settled on it.

    Attributes
    ----------
    polytope : of the free counts.
    free : positions of the free counts, ascending.
    held : (T,) the settled counts, 0 where free.
    point : the point's free counts.
    """

    polytope: Polytope
    free: NDArray[np.intp]
    held: Counts
    point: Floats

    def panels(self, counts: Counts) -> list[Counts]:
        """Panels of all types from (P, free) counts."""
        panels = np.tile(self.held, (len(counts), 1))
        panels[:, self.free] = counts
        return list(panels)


def remainder(polytope: Polytope, rest: Rest) -> Remainder:
    """The face around what is left of a point."""
    point, tight = rest.counts / rest.mass, TIGHT / rest.mass
    full, empty = point >= polytope.cap - tight, point <= tight
    held = np.where(full & ~empty, polytope.cap, 0)
    free = np.flatnonzero(~full & ~empty)
    face = replace(
        polytope,
        lower=np.where(
            rest.use / rest.mass >= polytope.upper - tight, polytope.upper, polytope.lower
        ),
        upper=np.where(
            rest.use / rest.mass <= polytope.lower + tight, polytope.lower, polytope.upper
        ),
    )
    return Remainder(narrowed(face, free, held), free, held, point[free])


def narrowed(polytope: Polytope, free: NDArray[np.intp], held: Counts) -> Polytope:
    """What is left to choose for the free types when the others are held."""
    place = np.full(len(held), -1)
    place[free] = np.arange(len(free))
    inside = place[polytope.columns] >= 0
    used = np.round(polytope.use(held)).astype(np.int64)
    return Polytope(
        polytope.cap[free],
        polytope.rows[inside],
        place[polytope.columns[inside]],
        polytope.lower - used,
        polytope.upper - used,
        polytope.quotas,
    )
