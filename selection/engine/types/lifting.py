"""From panels as counts of types to panels of people who have equal chances exactly.

McNaughton's wrap-around rule, Management Science 6 (1959): see each panel as an interval as long
as its probability. Take the people of a type one after the other; each gets whole intervals until
the type's chance is nearly reached and cuts the last one. Every person but the last costs at most
one cut, so P panels of T types and n people become at most P + n - T panels of people.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from selection.engine.errors import SolverFailure
from selection.engine.types.grouping import Counts, HouseholdClass, Types
from selection.engine.types.shares import share_alone, share_households, share_turns
from selection.engine.types.stays import SLIVER, Stays, joined

Floats = NDArray[np.float64]
Panels = NDArray[np.int32]
LOST = 1e-9
"""Slivers in which somebody comes a rounding after somebody left are left out up to this."""


def spread(
    types: Types, counts: Counts, probabilities: Floats, *, rng: np.random.Generator
) -> tuple[Panels, Floats]:
    """(P, size) distinct panels of people, ascending in each row, and their probabilities.

    People of one type share evenly. The rows of ``counts`` are distinct and of one sum.
    """
    stays = joined(_stays(types, counts, probabilities, rng))
    first = np.searchsorted(stays.panel, np.arange(len(probabilities) + 1))
    panels, lengths = [], []
    for place, probability in enumerate(probabilities.tolist()):
        here = stays.part(slice(first[place], first[place + 1]))
        people, length = _slices(here, probability, int(counts[place].sum()))
        always = np.broadcast_to(types.fixed, (len(people), len(types.fixed)))
        people, length = _distinct(np.concatenate([people, always], axis=1), length)
        panels.append(people.astype(np.int32))
        lengths.append(length)
    total = np.concatenate(lengths)
    return np.concatenate(panels), total / total.sum()


def _stays(
    types: Types, counts: Counts, probabilities: Floats, rng: np.random.Generator
) -> Iterator[Stays]:
    """Which person sits from where to where within which panel's interval."""
    for kind in types.alone.tolist():
        people = rng.permutation(types.people[kind])
        yield share_alone(people, counts[:, kind], probabilities)
    for household in types.classes:
        yield from _household_stays(household, counts, probabilities, rng)


def _household_stays(
    household: HouseholdClass, counts: Counts, probabilities: Floats, rng: np.random.Generator
) -> Iterator[Stays]:
    """The same for a class of households: households share evenly, and so do twins in one."""
    kinds = np.unique(household.slots)
    homes = rng.permutation(household.people)
    shares = share_households(len(homes), counts[:, kinds], probabilities)
    for (home, place), stays in shares.items():
        twins = homes[home][household.slots == kinds[place]]
        yield share_turns(twins, stays)


def _slices(stays: Stays, probability: float, seats: int) -> tuple[Counts, Floats]:
    """The interval cut wherever somebody comes or goes: who sits there, and how long it is."""
    points = np.unique(np.concatenate([stays.start, stays.end]))
    inner = points[(points > SLIVER) & (points < probability - SLIVER)]
    inner = inner[np.diff(inner, prepend=0.0) > SLIVER]
    cuts = np.concatenate([[0.0], inner, [probability]])
    middle = (cuts[:-1] + cuts[1:]) / 2
    come, leave = np.searchsorted(middle, stays.start), np.searchsorted(middle, stays.end)
    row = np.repeat(leave - np.cumsum(leave - come), leave - come) + np.arange((leave - come).sum())
    who = np.repeat(stays.who, leave - come)
    full = np.bincount(row, minlength=len(middle)) == seats
    length = np.diff(cuts)
    if float(length[~full].sum()) > LOST:
        raise SolverFailure("seats of a panel are empty")
    order = np.argsort(row, kind="stable")
    seated = who[order[full[row[order]]]]
    return seated.reshape(int(full.sum()), seats), length[full]


def _distinct(people: Counts, length: Floats) -> tuple[Counts, Floats]:
    """Each panel once, with the summed length of its slices."""
    panels, first, place = np.unique(
        np.sort(people, axis=1), axis=0, return_index=True, return_inverse=True
    )
    total = np.bincount(np.asarray(place).reshape(-1), weights=length, minlength=len(panels))
    order = np.argsort(first)
    return panels[order], total[order]
