"""The result: who has which chance, over which panels, and how that can be checked."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.lotteries.certificate import Certificate
from selection.engine.types.grouping import Types
from selection.engine.types.lifting import spread
from selection.engine.types.mixture import Mixture


@dataclass(frozen=True, slots=True, eq=False)
class Lottery:
    """A probability distribution over panels.

    Attributes
    ----------
    rule : "leximin" or "maximin".
    chances : (n,) each person's chance, the summed probability of the panels with the person.
    panels : distinct panels, each the ascending positions of its people.
    probabilities : (len(panels),) positive, summing to 1.
    certificate : how good it is.
    types : how many kinds of people the pool has.
    """

    rule: str
    chances: NDArray[np.float64]
    panels: tuple[NDArray[np.int32], ...]
    probabilities: NDArray[np.float64]
    certificate: Certificate
    types: int


def publish(
    rule: str,
    types: Types,
    mixture: Mixture,
    certificate: Certificate,
    *,
    people: int,
    rng: np.random.Generator,
) -> Lottery:
    """The lottery over panels of people; people of one type have the same chance."""
    panels, probabilities = spread(types, mixture.counts, mixture.probabilities, rng=rng)
    chances = np.zeros(people)
    for panel, probability in zip(panels, probabilities, strict=True):
        chances[panel] += probability
    chances.setflags(write=False)
    probabilities.setflags(write=False)
    for panel in panels:
        panel.setflags(write=False)
    return Lottery(rule, chances, panels, probabilities, certificate, len(types))
