"""People who are interchangeable, and the panels seen as counts of them.

People with the same values and the same household situation form a type. Some best lottery
treats them alike, so it is enough to know how many of each type sit on a panel: cost follows
the number of types, not the number of people.

Households of which at most one person may sit are grouped by the multiset of their members'
values. A class of H such households with member types a and b gives counts with
``count[a] + count[b] <= H``, and every such pair of counts is some choice of households.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.pool import Pool, Quotas
from selection.engine.types.looks import find_looks

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class HouseholdClass:
    """Households with the same multiset of member types.

    Attributes
    ----------
    slots : (m,) the type of each member, ascending; m is the size of such a household.
    people : (H, m) positions of the people.
    """

    slots: Counts
    people: Counts


@dataclass(frozen=True, slots=True, eq=False)
class Types:
    """The pool by type. Fixed people and people who cannot sit are of no type.

    Attributes
    ----------
    people : T arrays of positions, each ascending.
    traits : (T, c) the values of each type.
    classes : household classes; together they hold every type with a household.
    alone : types without a household, ascending.
    fixed : positions of the fixed people.
    clashing : fixed people who share a household with another fixed person.
    """

    people: tuple[Counts, ...]
    traits: NDArray[np.int32]
    classes: tuple[HouseholdClass, ...]
    alone: Counts
    fixed: Counts
    clashing: Counts

    def __len__(self) -> int:
        return len(self.people)

    @property
    def sizes(self) -> Counts:
        """(T,) people of each type."""
        return np.array([len(people) for people in self.people], dtype=np.int64)

    @property
    def caps(self) -> Counts:
        """(T,) most people of each type on one panel: one of each household."""
        caps = self.sizes
        for household in self.classes:
            caps[household.slots] = len(household.people)
        return caps


@dataclass(frozen=True, slots=True, eq=False)
class Polytope:
    """Panels as counts ``x`` of each type: ``0 <= x <= cap`` and ``lower <= R x <= upper``.

    Every coefficient of R is 0 or 1. Rows are first the quota values, criterion after criterion,
    then the panel size, then one row for each household class of more than one type. The fixed
    people are already taken off the limits.

    Attributes
    ----------
    cap : (T,) most people of each type on one panel.
    rows, columns : where R is 1.
    lower, upper : (r,) limits of the rows.
    quotas : how many of the rows are quota values.
    """

    cap: Counts
    rows: Counts
    columns: Counts
    lower: Counts
    upper: Counts
    quotas: int

    def use(self, counts: NDArray[np.generic]) -> Floats:
        """R @ counts."""
        weights = np.asarray(counts, dtype=np.float64)[self.columns]
        return np.bincount(self.rows, weights=weights, minlength=len(self.lower))

    def holds(self, counts: Counts) -> bool:
        """These whole counts are a panel."""
        use = self.use(counts)
        fits = np.all(counts >= 0) and np.all(counts <= self.cap)
        return bool(fits and np.all(use >= self.lower) and np.all(use <= self.upper))


def group(pool: Pool) -> Types:
    """The types of the pool; the same pool always gives the same types in the same order."""
    fixed = np.flatnonzero(pool.fixed)
    taken = pool.households[fixed]
    taken = taken[taken >= 0]
    homes, guests = np.unique(taken, return_counts=True)
    clashing = fixed[np.isin(pool.households[fixed], homes[guests > 1])]
    free = ~pool.fixed & ~pool.excluded & ~np.isin(pool.households, homes)
    eligible = np.flatnonzero(free)
    looks, look = find_looks(pool.traits[eligible])
    shapes = _shapes(eligible, look, pool.households[eligible])
    return _typed(looks, shapes, fixed.astype(np.int64), clashing.astype(np.int64))


type Shapes = list[tuple[tuple[int, ...], Counts]]


def _shapes(people: NDArray[np.int64], look: Counts, households: NDArray[np.int64]) -> Shapes:
    """The looks of a household's members, and the members of all such households.

    Looks ascend within a household, and so do households by their first members. A person alone
    is a household of one.
    """
    order = np.lexsort((look, households))
    people, look, home = people[order], look[order], households[order]
    start = np.flatnonzero(np.diff(home, prepend=-1) | (home < 0))
    size = np.diff(start, append=len(home))
    shapes: Shapes = []
    for members in np.unique(size).tolist():
        seats = start[size == members][:, None] + np.arange(members)
        seats = seats[np.lexsort((people[seats[:, 0]], *look[seats].T[::-1]))]
        looks = look[seats]
        change = np.flatnonzero(np.any(looks[1:] != looks[:-1], axis=1)) + 1
        kinds = looks[np.append(0, change)].tolist()
        shapes += zip(map(tuple, kinds), np.split(people[seats], change), strict=True)
    return sorted(shapes, key=lambda shape: shape[0])


def _typed(looks: NDArray[np.int32], shapes: Shapes, fixed: Counts, clashing: Counts) -> Types:
    people: list[Counts] = []
    traits: list[int] = []
    classes: list[HouseholdClass] = []
    alone: list[int] = []
    for shape, table in shapes:
        if len(shape) == 1:
            alone.append(len(people))
            people.append(table[:, 0])
            traits.append(shape[0])
            continue
        kinds = sorted(set(shape))
        slots = np.array([len(people) + kinds.index(kind) for kind in shape], dtype=np.int64)
        classes.append(HouseholdClass(slots, table))
        for kind in kinds:
            mine = table[:, [slot for slot, other in enumerate(shape) if other == kind]]
            people.append(np.sort(mine, axis=None))
            traits.append(kind)
    return Types(
        tuple(people),
        looks[traits] if traits else looks[:0],
        tuple(classes),
        np.array(alone, dtype=np.int64),
        fixed,
        clashing,
    )


def polytope(pool: Pool, quotas: Quotas, types: Types) -> Polytope:
    """The panels of these types, as counts."""
    quotas.require_fit(pool)
    starts = np.concatenate([[0], np.cumsum([len(bounds) for bounds in quotas.minimum])])
    values = int(starts[-1])
    held = np.bincount(
        (pool.traits[types.fixed] + starts[:-1]).ravel().astype(int), minlength=values
    )
    minimum = np.concatenate([*quotas.minimum, np.zeros(0, np.int32)]).astype(np.int64) - held
    maximum = np.concatenate([*quotas.maximum, np.zeros(0, np.int32)]).astype(np.int64) - held
    seats = quotas.size - len(types.fixed)
    rows = [(types.traits + starts[:-1]).ravel(), np.full(len(types), values)]
    columns = [np.repeat(np.arange(len(types)), len(quotas.minimum)), np.arange(len(types))]
    limits: list[int] = []
    for household in types.classes:
        members = np.unique(household.slots)
        if len(members) > 1:
            rows.append(np.full(len(members), values + 1 + len(limits)))
            columns.append(members)
            limits.append(len(household.people))
    return Polytope(
        types.caps,
        np.concatenate(rows).astype(np.int64),
        np.concatenate(columns).astype(np.int64),
        np.concatenate([minimum, [seats], np.full(len(limits), -1)]).astype(np.int64),
        np.concatenate([maximum, [seats], limits]).astype(np.int64),
        values,
    )
