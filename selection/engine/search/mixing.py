"""Approach a point by a mixture of panels, found as they are needed.

Panels are points; the mixture nearest to the target says which types are still missing most, and
panels heavy by what is missing are added until nothing is. Several are found for each mixture:
after each, a step of Frank and Wolfe (Naval Research Logistics Quarterly 3, 1956) moves on, so that
the next one aims at what the last one left.

When an integer program proves that no panel lies beyond the mixture, the target is out of reach.
"""

import numpy as np
from numpy.typing import NDArray

from selection.engine.progress import Progress
from selection.engine.search.nearest import Nearest
from selection.engine.search.pricing import Pricer
from selection.engine.types.grouping import Counts
from selection.engine.types.mixture import Mixture, settled

Floats = NDArray[np.float64]
REACHED = 1e-7
BEYOND = 1e-6
TRIES = 10
ROUNDS = 2000


def approach(
    pricer: Pricer,
    sizes: Counts,
    panels: list[Counts],
    target: Floats,
    *,
    prove: bool,
    progress: Progress,
) -> tuple[Mixture, list[Counts]]:
    """The mixture nearest to the target's chances that was found, and all panels found.

    At least one panel is known beforehand. With ``prove`` the search does not give up before an
    integer program says that no panel lies beyond the mixture.
    """
    search = _Search(pricer, sizes, target, progress)
    search.add(panels)
    for _ in range(ROUNDS):
        short = search.short()
        progress("decomposition", _share(short))
        if short <= REACHED:
            break
        found = search.towards_target() or (search.beyond() if prove else [])
        if not search.add(found):
            break
    return settled(Mixture(np.array(search.panels), search.nearest.weights)), search.panels


class _Search:
    """Panels as points ``(chance - target) * sqrt(people)``, so that each person counts alike."""

    def __init__(self, pricer: Pricer, sizes: Counts, target: Floats, progress: Progress) -> None:
        self.panels: list[Counts] = []
        self.nearest = Nearest(len(sizes))
        self._pricer = pricer
        self._progress = progress
        self._target = target * np.sqrt(sizes)
        self._scale = 1 / np.sqrt(sizes)
        self._known: set[bytes] = set()

    def add(self, panels: list[Counts]) -> bool:
        """Take up the panels that are new; true when there was one."""
        new = []
        for panel in panels:
            if panel.tobytes() not in self._known:
                self._known.add(panel.tobytes())
                new.append(panel)
        self.panels.extend(new)
        if new:
            self.nearest.add(np.array([self._point(panel) for panel in new]))
        return bool(new)

    def short(self) -> float:
        """The most that a type's chance falls short."""
        return float(np.max(-self.nearest.missing * self._scale, initial=0.0))

    def towards_target(self) -> list[Counts]:
        """Panels that make the mixture better."""
        start = self.nearest.missing
        here, found = start, []
        for _ in range(TRIES):
            panel = self._pricer.heavy(-here * self._scale)
            self._progress("decomposition", _share(self.short()))
            if panel is None:
                break
            point = self._point(panel)
            if self._lies_beyond(point, start):
                found.append(panel)
            way = point - here
            step = -float(here @ way) / max(float(way @ way), 1e-300)
            if step <= BEYOND:
                break
            here = here + min(step, 1.0) * way
        return found

    def beyond(self) -> list[Counts]:
        """The panel furthest beyond the mixture; none when it is proven that there is none."""
        missing = self.nearest.missing
        for ask in (self._pricer.heavier, self._pricer.heaviest):
            panel = ask(-missing * self._scale)
            if panel is not None and self._lies_beyond(self._point(panel), missing):
                return [panel]
        return []

    def _point(self, panel: Counts) -> Floats:
        return panel * self._scale - self._target

    @staticmethod
    def _lies_beyond(point: Floats, missing: Floats) -> bool:
        return float(point @ missing) < float(missing @ missing) * (1 - BEYOND)


def _share(short: float) -> float:
    """On a logarithmic scale from a chance of 1 to the goal."""
    return float(np.clip(np.log(max(short, REACHED)) / np.log(REACHED), 0.0, 1.0))
