"""A reserve list for the members who will drop out.

Assos, Baharav, Flanigan, Procaccia, "Alternates, assemble! Selecting optimal alternates for
citizens' assemblies", EC 2025, doi 10.1145/3736252.3742614: draw scenarios of who drops out, and
choose the reserves whose best use loses least on average over them (sample average approximation).
There one integer program chooses; here a local search does, which reaches nearly the same loss in
seconds and without a commercial solver.

The loss is the people too few or too many, value by value (the paper's L1 loss with the weights
given), and an empty seat counts as one person too few besides.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from selection.engine.feasibility.existence import seat
from selection.engine.pool import Pool, Quotas
from selection.engine.progress import Progress, silent
from selection.engine.replacing.alternates import Alternates, in_order
from selection.engine.replacing.deviation import Weights, prices
from selection.engine.replacing.recourse import NOTHING, Limits, Recourse
from selection.engine.replacing.replacement import after
from selection.engine.types.grouping import Counts, HouseholdClass, Types, group

Floats = NDArray[np.float64]
FRESH = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Reserves:
    """A reserve list in the order in which its people help.

    The entry j of the last three is for the first j people of the list; 0 is without reserves.
    They are measured on scenarios that the list was not made for.

    Attributes
    ----------
    people : (m,) int32 positions.
    expected : (m + 1,) the mean loss, in people.
    error : (m + 1,) the standard error of that mean.
    broken : (m + 1,) the share of scenarios in which a seat or a quota is missed.
    planned : the mean loss with the whole list over the scenarios that it was made for.
    """

    people: NDArray[np.int32]
    expected: Floats
    error: Floats
    broken: Floats
    planned: float


def reserve_list(
    pool: Pool,
    quotas: Quotas,
    *,
    panel: ArrayLike,
    dropout: ArrayLike,
    count: int,
    rng: np.random.Generator,
    scenarios: int = 150,
    weights: Weights | None = None,
    progress: Progress = silent,
) -> Reserves:
    """The ``count`` people outside the panel who keep the expected loss small, the best first.

    ``panel`` are the positions of the members, ``dropout`` (n,) is everybody's probability to drop
    out; only the members' is used, and they drop out independently. Reserves do not live with a
    member or with one another, and nobody excluded is among them; the list is shorter than
    ``count`` where the pool has no more. Ties are decided by lot.

    Raises ``ValueError`` when a member is excluded or the probabilities are none.
    """
    chances = np.asarray(dropout, dtype=np.float64)
    if chances.shape != (len(pool),) or not bool(np.all((chances >= 0) & (chances <= 1))):
        raise ValueError("dropout must be one probability for each person")
    if count < 0 or scenarios < 1:
        raise ValueError("there must be a scenario, and not fewer than no reserves")
    outside = Pool.of(pool.traits, households=pool.households, excluded=pool.excluded)
    types = group(after(outside, kept=panel, gone=[]))
    setting = _Setting(pool, quotas, types.fixed, prices(quotas, weights))
    planning, choosing, judging = rng.spawn(3)
    start = setting.scenarios(chances[types.fixed], scenarios, planning)
    listing = Alternates(start, types, setting.marks(types.traits), rng=choosing)
    listing.fill(count)
    listing.exchange(progress)
    people = _people(types, listing.kinds, choosing)
    people = people[in_order(start, setting.marks(pool.traits[people]))]
    people.setflags(write=False)
    fresh = setting.scenarios(chances[types.fixed], FRESH, judging)
    return Reserves(people, *_measured(fresh, setting.marks(pool.traits[people])), listing.loss)


class _Setting:
    """The panel and its quotas, with the seats as one more quota that everybody counts towards."""

    def __init__(self, pool: Pool, quotas: Quotas, seated: Counts, price: Floats) -> None:
        quotas.require_fit(pool)
        lengths = [len(bounds) for bounds in quotas.minimum]
        self._starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        self._limits = Limits(
            np.concatenate([*quotas.minimum, [quotas.size]]).astype(np.float64),
            np.concatenate([*quotas.maximum, [quotas.size]]).astype(np.float64),
            np.append(price, 1.0),
        )
        self._members = self.marks(pool.traits[seated])
        self._size = quotas.size

    def marks(self, traits: NDArray[np.int32]) -> Floats:
        """(m, V + 1) 1 where somebody with these traits (m, c) counts."""
        marks = np.zeros((len(traits), int(self._starts[-1]) + 1))
        rows = np.arange(len(traits))[:, None]
        marks[rows, traits + self._starts[:-1]] = 1.0
        marks[:, -1] = 1.0
        return marks

    def scenarios(self, chances: Floats, count: int, rng: np.random.Generator) -> Recourse:
        """As many panels after drop-outs, with no reserves yet."""
        stay = rng.random((count, len(chances))) >= chances
        room = np.maximum(self._size - stay.sum(axis=1), 0)
        return Recourse(self._limits, stay @ self._members, room)


def _people(types: Types, kinds: list[int], rng: np.random.Generator) -> NDArray[np.int32]:
    """People of these types by lot, each household once."""
    shuffled = replace(
        types,
        people=tuple(rng.permutation(people) for people in types.people),
        classes=tuple(
            replace(household, people=_shuffled(household, rng)) for household in types.classes
        ),
    )
    counts = np.bincount(np.array(kinds, dtype=np.int64), minlength=len(types))
    return seat(shuffled, counts).astype(np.int32)


def _shuffled(household: HouseholdClass, rng: np.random.Generator) -> Counts:
    """The households in another order, and so are the people of one type within each."""
    homes = rng.permutation(household.people)
    for kind in np.unique(household.slots):
        twins = np.flatnonzero(household.slots == kind)
        homes[:, twins] = rng.permuted(homes[:, twins], axis=1)
    return homes


def _measured(recourse: Recourse, marks: Floats) -> tuple[Floats, Floats, Floats]:
    """Mean loss, its standard error and the share of scenarios with any, for each beginning."""
    losses = [recourse.losses]
    for mark in marks:
        recourse.add(mark)
        losses.append(recourse.losses)
    table = np.array(losses)
    error = table.std(axis=1, ddof=1) / np.sqrt(table.shape[1])
    return table.mean(axis=1), error, (table > NOTHING).mean(axis=1)
