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
    rule : its name in ``rules.catalogue``.
    chances : (n,) each person's chance, the summed probability of the panels with the person.
    panels : (P, size) distinct panels, each the ascending positions of its people.
    probabilities : (P,) positive, summing to 1.
    certificate : how good it is.
    grouped : the people by type.
    mixture : the same lottery over panels as counts of types.
    """

    rule: str
    chances: NDArray[np.float64]
    panels: NDArray[np.int32]
    probabilities: NDArray[np.float64]
    certificate: Certificate
    grouped: Types
    mixture: Mixture

    @property
    def types(self) -> int:
        """How many kinds of people the pool has."""
        return len(self.grouped)


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
    for seat in panels.T:
        chances += np.bincount(seat, weights=probabilities, minlength=people)
    for column in (chances, panels, probabilities):
        column.setflags(write=False)
    return Lottery(rule, chances, panels, probabilities, certificate, types, mixture)
