"""Who can sit at all: panels that seat every type that any panel seats."""

import numpy as np
from numpy.typing import NDArray

from selection.engine.progress import Progress
from selection.engine.search.pricing import Pricer
from selection.engine.types.grouping import Counts


def cover(pricer: Pricer, *, progress: Progress) -> tuple[list[Counts], NDArray[np.bool_]] | None:
    """Panels, and the types they seat; no panel seats any other. None when there is no panel.

    Always a heavy panel by the types not seated yet: when the heaviest seats none of them, none
    can.
    """
    kinds = len(pricer.polytope.cap)
    if not kinds:
        nobody = np.zeros(0, dtype=np.int64)
        return ([nobody], nobody > 0) if pricer.polytope.holds(nobody) else None
    panels: list[Counts] = []
    seated = np.zeros(kinds, dtype=bool)
    while not panels or not seated.all():
        progress("types", float(seated.mean()))
        unseen = (~seated).astype(np.float64)
        panel = pricer.heavy(unseen)
        if panel is None or not (panel * unseen).any():
            panel = pricer.heaviest(unseen)
        if panel is None:
            return None
        if panels and not (panel * unseen).any():
            break
        panels.append(panel)
        seated |= panel > 0
    return panels, seated
