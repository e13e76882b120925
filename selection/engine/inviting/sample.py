"""Who gets a letter: a stratified sample of an address file."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from selection.engine.errors import EngineError


class TooFewPeople(EngineError):
    """A stratum has fewer people than letters to be sent: one of each address, and nobody of an
    address where somebody of another stratum was chosen.

    ``stratum`` is its position; ``wanted`` letters, ``available`` people.
    """

    def __init__(self, stratum: int, wanted: int, available: int) -> None:
        super().__init__(stratum, wanted, available)
        self.stratum = stratum
        self.wanted = wanted
        self.available = available


def stratified_sample(
    strata: ArrayLike,
    letters: ArrayLike,
    *,
    rng: np.random.Generator,
    addresses: ArrayLike | None = None,
) -> NDArray[np.int64]:
    """The ascending positions of the people who get a letter.

    ``strata`` (N,) is the position of each person's stratum, -1 for people who get no letter;
    ``letters`` (S,) how many letters each stratum gets. Within a stratum everybody has the same
    chance. With ``addresses`` (N,) at most one letter goes to people of the same non-negative
    number: the strata that need most of their people choose first, so a person's chance also
    depends on those they live with.

    The sample depends on the order of the people: sort them by a key that does not change. Raises
    ``TooFewPeople``.
    """
    place, wanted = np.asarray(strata, dtype=np.int64), np.asarray(letters, dtype=np.int64)
    if place.ndim != 1 or place.max(initial=-1) >= len(wanted) or wanted.min(initial=0) < 0:
        raise ValueError("each stratum must have its number of letters")
    homes = np.full(len(place), -1) if addresses is None else np.asarray(addresses, dtype=np.int64)
    if homes.shape != place.shape:
        raise ValueError("addresses must have one entry for each person")
    people = np.bincount(place[place >= 0], minlength=len(wanted))
    chosen = [np.zeros(0, dtype=np.int64)]
    taken = np.zeros(0, dtype=np.int64)
    for stratum in np.argsort(-wanted / np.maximum(people, 1), kind="stable").tolist():
        order = rng.permutation(np.flatnonzero(place == stratum))
        order = _one_each(order, homes, taken)
        if len(order) < wanted[stratum]:
            raise TooFewPeople(stratum, int(wanted[stratum]), len(order))
        chosen.append(order[: wanted[stratum]])
        taken = np.concatenate([taken, homes[chosen[-1]]])
    return np.sort(np.concatenate(chosen))


def _one_each(
    order: NDArray[np.int64], homes: NDArray[np.int64], taken: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The first person of each address that is not taken, in the same order."""
    home = np.where(homes[order] < 0, -1 - np.arange(len(order)), homes[order])
    _, first = np.unique(home, return_index=True)
    first.sort()
    free = (home[first] < 0) | ~np.isin(home[first], taken)
    return order[first[free]]
