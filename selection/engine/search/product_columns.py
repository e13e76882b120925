"""The largest product of chances over real panels, by column generation.

Where the relaxation is not tight: mix the panels known so far as well as possible; each person's
price is then one over their chance, and the product can only grow by a panel that costs more than
there are people. After Flanigan, Gölz, Gupta, Hennig, Procaccia, Nature 596 (2021),
doi 10.1038/s41586-021-03788-6.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.progress import Progress
from selection.engine.search.pricing import Pricer
from selection.engine.search.product import best_mixture
from selection.engine.types.grouping import Counts

Floats = NDArray[np.float64]
HEAVIER = 1e-9
ROUNDS = 1000
SPARE = 100
UNUSED = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Product:
    """The best mixture of the panels known.

    Attributes
    ----------
    panels : the panels with a probability, and some more.
    chances : (T,) their best mixture's.
    """

    panels: list[Counts]
    chances: Floats


def largest_product(
    pricer: Pricer,
    sizes: Counts,
    panels: list[Counts],
    *,
    seatable: NDArray[np.bool_],
    progress: Progress,
) -> Product:
    """The best over all panels, up to rounding, unless the rounds allowed have run out.

    Every seatable type is on one of the panels.
    """
    search = _Columns(pricer, sizes, panels, seatable)
    for step in range(ROUNDS):
        progress("exact", step / ROUNDS)
        search.mix()
        if not (search.dive() or search.ask(pricer.heavier) or search.ask(pricer.heaviest)):
            break
    return Product(search.panels, search.chances)


class _Columns:
    """The panels known, and what people cost in their best mixture."""

    def __init__(
        self, pricer: Pricer, sizes: Counts, panels: list[Counts], seatable: NDArray[np.bool_]
    ) -> None:
        self.panels = list(panels)
        self.chances = np.zeros(len(sizes))
        self._prices = np.zeros(len(sizes))
        self._pricer, self._sizes = pricer, sizes
        self._seatable = np.flatnonzero(seatable)
        self._enough = float(sizes[seatable].sum()) * (1 + HEAVIER)

    def mix(self) -> None:
        """The best mixture; where there are many panels those without a share are forgotten."""
        inner = self._seatable
        shares, chances = best_mixture(np.array(self.panels)[:, inner], self._sizes[inner])
        self.chances[inner], self._prices[inner] = chances, 1 / chances
        if len(shares) > 2 * len(self._sizes) + SPARE:
            self.panels = [self.panels[used] for used in np.flatnonzero(shares > UNUSED)]

    def dive(self) -> bool:
        """Take up several dear panels; false when there was none."""
        return self._pricer.several(self._prices, self._take)

    def ask(self, oracle: Callable[[Floats], Counts | None]) -> bool:
        """Take up the oracle's panel; false when it costs no more than there are people."""
        return self._take(oracle(self._prices))

    def _take(self, panel: Counts | None) -> bool:
        if panel is None or float(self._prices @ panel) <= self._enough:
            return False
        if any(np.array_equal(panel, known) for known in self.panels):
            return False
        self.panels.append(panel)
        return True
