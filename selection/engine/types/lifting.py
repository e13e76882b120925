"""From panels as counts of types to panels of people who have equal chances exactly.

McNaughton's wrap-around rule, Management Science 6 (1959): see each panel as an interval as long
as its probability. Take the people of a type one after the other; each gets whole intervals until
the type's chance is nearly reached and cuts the last one. Every person but the last costs at most
one cut, so P panels of T types and n people become at most P + n - T panels of people.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from selection.engine.types.grouping import Counts, HouseholdClass, Types
from selection.engine.types.shares import SLIVER, Stay, share_alone, share_households, share_turns

Floats = NDArray[np.float64]


def spread(
    types: Types, counts: Counts, probabilities: Floats, *, rng: np.random.Generator
) -> tuple[NDArray[np.int32], Floats]:
    """Distinct panels of people and their probabilities; people of one type share evenly."""
    stays: list[list[Stay]] = [[] for _ in probabilities]
    for stay in _stays(types, counts, probabilities, rng):
        stays[stay.panel].append(stay)
    lengths: dict[tuple[int, ...], float] = {}
    for mine, probability in zip(stays, probabilities.tolist(), strict=True):
        for people, length in _slices(mine, probability):
            seated = tuple(sorted([*people, *types.fixed.tolist()]))
            lengths[seated] = lengths.get(seated, 0.0) + length
    total = np.array(list(lengths.values()))
    return np.array(list(lengths), dtype=np.int32), total / total.sum()


def _stays(
    types: Types, counts: Counts, probabilities: Floats, rng: np.random.Generator
) -> Iterator[Stay]:
    """Which person sits from where to where within which panel's interval."""
    for kind in types.alone.tolist():
        people = rng.permutation(types.people[kind])
        for stay in share_alone(len(people), counts[:, kind], probabilities):
            yield stay._replace(who=int(people[stay.who]))
    for household in types.classes:
        yield from _household_stays(household, counts, probabilities, rng)


def _household_stays(
    household: HouseholdClass, counts: Counts, probabilities: Floats, rng: np.random.Generator
) -> Iterator[Stay]:
    """The same for a class of households: households share evenly, and so do twins in one."""
    kinds = np.unique(household.slots)
    homes = rng.permutation(household.people)
    shares = share_households(len(homes), counts[:, kinds], probabilities)
    for (home, place), stays in shares.items():
        twins = homes[home][household.slots == kinds[place]]
        for stay in share_turns(len(twins), stays):
            yield stay._replace(who=int(twins[stay.who]))


def _slices(stays: list[Stay], probability: float) -> Iterator[tuple[list[int], float]]:
    """The interval cut wherever somebody comes or goes: who sits there, and how long it is."""
    who = np.array([stay.who for stay in stays], dtype=np.int64)
    start = np.array([stay.start for stay in stays])
    end = np.array([stay.end for stay in stays])
    cuts = [0.0]
    for cut in [*np.unique(np.concatenate([start, end])).tolist(), probability]:
        if cuts[-1] + SLIVER < cut <= probability:
            cuts.append(cut)
    for left, right in zip(cuts, cuts[1:], strict=False):
        middle = (left + right) / 2
        yield who[(start <= middle) & (middle < end)].tolist(), right - left
