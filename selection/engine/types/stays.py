"""Who sits from where to where within a panel's interval, for many at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
SLIVER = 1e-12
"""Shorter pieces of an interval are rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Stays:
    """Stays on panels; each panel is an interval as long as its probability.

    Attributes
    ----------
    who : (s,) the person.
    panel : (s,) the panel.
    start, end : (s,) the part of the panel's interval.
    """

    who: Places
    panel: Places
    start: Floats
    end: Floats

    def part(self, which: slice) -> Self:
        """Some of the stays."""
        return type(self)(self.who[which], self.panel[which], self.start[which], self.end[which])


def joined(stays: Iterable[Stays]) -> Stays:
    """All of them, panel after panel."""
    every = list(stays)
    panel = np.concatenate([np.zeros(0, np.int64), *(some.panel for some in every)])
    order = np.argsort(panel, kind="stable")
    nothing = np.zeros(0)
    return Stays(
        np.concatenate([np.zeros(0, np.int64), *(some.who for some in every)])[order],
        panel[order],
        np.concatenate([nothing, *(some.start for some in every)])[order],
        np.concatenate([nothing, *(some.end for some in every)])[order],
    )
