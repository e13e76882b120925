"""Reach the relaxation's chances by a lottery over real panels.

First the target is peeled. Most often nothing is left of it. Where peeling gets stuck, some of its
last panels are given back, and the rest, in which many types have run out, is approached by a
mixture; when that stays short more is given back, and at last everything is.

Reached, the lottery is as good as the relaxation, which bounds every lottery, and no integer
program had to prove it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.progress import Progress
from selection.engine.search.mixing import REACHED, approach
from selection.engine.search.peeling import Peeled, peel
from selection.engine.search.pricing import Pricer
from selection.engine.search.remainder import remainder
from selection.engine.types.grouping import Counts
from selection.engine.types.mixture import Mixture, settled

Floats = NDArray[np.float64]
GIVEN_BACK = (0.2, 0.5)


@dataclass(frozen=True, slots=True, eq=False)
class Decomposed:
    """A lottery near the target.

    Attributes
    ----------
    mixture : the lottery.
    panels : all panels found on the way.
    short : the most that a type's chance falls short of the target.
    """

    mixture: Mixture
    panels: list[Counts]
    short: float


def decompose(
    pricer: Pricer, sizes: Counts, panels: list[Counts], target: Floats, *, progress: Progress
) -> Decomposed:
    """The lottery nearest to the target that could be found.

    ``target`` is (T,) chances, ``panels`` are known already. When the lottery falls short by more
    than ``REACHED``, an integer program has proven that no lottery reaches the target, or the
    rounds of the search have run out.
    """
    peeled = peel(pricer.polytope, target * sizes, progress=progress)
    known = [*peeled.panels, *panels]
    if peeled.mass < REACHED:
        near = _decomposed(_mixture(peeled, [], np.zeros(0)), known, sizes, target)
        if near.short <= REACHED:
            return near
    for mass in GIVEN_BACK:
        if peeled.mass < mass:
            found, mixture = _rest(pricer, sizes, peeled, mass, target, progress)
            known.extend(found)
            near = _decomposed(mixture, known, sizes, target)
            if near.short <= REACHED:
                return near
    mixture, found = approach(pricer, sizes, known, target, prove=True, progress=progress)
    return _decomposed(mixture, found, sizes, target)


def _rest(
    pricer: Pricer,
    sizes: Counts,
    peeled: Peeled,
    mass: float,
    target: Floats,
    progress: Progress,
) -> tuple[list[Counts], Mixture]:
    """The panels of a mixture for what is left when some are given back, and the whole lottery."""
    kept = peeled.back(mass)
    rest = remainder(pricer.polytope, kept.rest(pricer.polytope, target * sizes))
    inside = [panel[rest.free] for panel in peeled.panels[len(kept.panels) :]]
    aim = rest.point / sizes[rest.free]
    mixture, found = approach(
        Pricer(rest.polytope), sizes[rest.free], inside, aim, prove=False, progress=progress
    )
    whole = rest.panels(mixture.counts)
    return list(rest.panels(np.array(found))), _mixture(kept, whole, mixture.probabilities)


def _mixture(peeled: Peeled, panels: list[Counts], weights: Floats) -> Mixture:
    probabilities = np.concatenate([peeled.lengths, peeled.mass * weights])
    return settled(Mixture(np.array([*peeled.panels, *panels]), probabilities))


def _decomposed(
    mixture: Mixture, panels: list[Counts], sizes: Counts, target: Floats
) -> Decomposed:
    short = float(np.max(target - mixture.chances(sizes), initial=0.0))
    return Decomposed(mixture, panels, short)
