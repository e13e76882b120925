"""Who can sit at all: panels that seat every type that any panel seats."""

import numpy as np
from numpy.typing import NDArray

from selection.engine.grouping import Counts
from selection.engine.pricing import Pricer
from selection.engine.progress import Progress

TRIES = 4


def cover(pricer: Pricer, *, progress: Progress) -> tuple[list[Counts], NDArray[np.bool_]] | None:
    """Panels, and the types they seat; no panel seats any other. None when there is no panel.

    Always the heaviest panel by the types not seated yet: when it seats none of them, none can.
    """
    kinds = len(pricer.polytope.cap)
    panels: list[Counts] = []
    seated = np.zeros(kinds, dtype=bool)
    while not panels or not seated.all():
        progress("types", float(seated.mean()) if kinds else 1.0)
        unseen = (~seated).astype(np.float64)
        found = list(pricer.heavy(unseen, above=0.5, tries=TRIES))
        if not found:
            heaviest = pricer.best(unseen)
            if heaviest is None:
                return None
            if panels and not (heaviest[0] * unseen).any():
                break
            found = [heaviest[0]]
        panels.extend(found)
        seated |= np.any(found, axis=0)
    return panels, seated
