"""Is there a panel at all?"""

import numpy as np
from numpy.typing import NDArray

from selection.engine.errors import NoFeasiblePanel
from selection.engine.feasibility.conflict import explain
from selection.engine.feasibility.panels import panel_program
from selection.engine.pool import Pool, Quotas
from selection.engine.solver import settle
from selection.engine.types.grouping import Counts, Polytope, Types, group, polytope


def find_panel(pool: Pool, quotas: Quotas) -> NDArray[np.int32]:
    """The ascending positions of some panel; ``NoFeasiblePanel`` when there is none."""
    types = group(pool)
    space = polytope(pool, quotas, types)
    counts = None if len(types.clashing) else _find_counts(space)
    if counts is None:
        raise NoFeasiblePanel(explain(pool, quotas, types, space))
    return np.sort(np.concatenate([seat(types, counts), types.fixed])).astype(np.int32)


def _find_counts(space: Polytope) -> Counts | None:
    if not len(space.cap):
        return np.zeros(0, np.int64) if space.holds(np.zeros(0, np.int64)) else None
    panel = panel_program(space)
    bounds = zip(panel.used, space.lower.tolist(), space.upper.tolist(), strict=True)
    for count, least, most in list(bounds)[: space.quotas]:
        if not len(count) and (least > 0 or most < 0):
            return None
        if len(count):
            panel.program.addConstraint(count >= least)
            panel.program.addConstraint(count <= most)
    if not settle(panel.program):
        return None
    return np.array([round(seats.value() or 0) for seats in panel.seats], dtype=np.int64)


def seat(types: Types, counts: Counts) -> Counts:
    """Positions of people who fill the counts, the first of each type that may."""
    chosen = [types.people[kind][: counts[kind]] for kind in types.alone.tolist()]
    for household in types.classes:
        home = 0
        for kind in np.unique(household.slots).tolist():
            slot = int(np.argmax(household.slots == kind))
            chosen.append(household.people[home : home + counts[kind], slot])
            home += int(counts[kind])
    return np.concatenate([*chosen, np.zeros(0, np.int64)])
