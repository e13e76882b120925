"""Panels filled at random, the most urgent value first, as was the practice before 2020.

"LEGACY" in the supplementary information of Flanigan, Gölz, Gupta, Hennig, Procaccia, Nature 596
(2021), doi 10.1038/s41586-021-03788-6. One seat after the other: of all values the most urgent is
that with the largest ratio of the people its minimum still lacks to the people left who have it;
one of these people, each as likely, takes the seat; who has a value whose maximum is reached
leaves, as do people of the same household. When too few are left for a minimum the panel is thrown
away and filled anew.

Many panels are filled side by side, as counts of types: people of one type are interchangeable
here too. All numbers are whole and fit single precision, so that no sum depends on its order.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from selection.engine.types.grouping import Counts, Polytope, Types

Singles = NDArray[np.float32]
SAME = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Urn:
    """The people to draw from, by type, and the limits of the values.

    Attributes
    ----------
    has : (V, T) 1 where the type has the value.
    people : (T,) how many there are.
    leave : (T, m) the types that become fewer when somebody of the type sits: those of the same
        household. Where there are fewer than m, T stands for none.
    fewer : (T, m) by how many.
    minimum, maximum : (V,) of each value, the fixed people taken off.
    seats : to be filled.
    """

    has: Singles
    people: Singles
    leave: Counts
    fewer: Singles
    minimum: Singles
    maximum: Singles
    seats: int

    @classmethod
    def of(cls, types: Types, space: Polytope) -> Self:
        """The urn of these types."""
        has = np.zeros((space.quotas, len(types)), dtype=np.float32)
        quota = space.rows < space.quotas
        has[space.rows[quota], space.columns[quota]] = 1
        homes = [np.unique(household.slots, return_counts=True) for household in types.classes]
        most = max((len(kinds) for kinds, _ in homes), default=1)
        leave = np.full((len(types), most), len(types), dtype=np.int64)
        leave[:, 0] = np.arange(len(types))
        fewer = np.ones((len(types), most), dtype=np.float32)
        for kinds, twins in homes:
            leave[kinds, : len(kinds)], fewer[kinds, : len(kinds)] = kinds, twins
        low, high = (side[: space.quotas].astype(np.float32) for side in (space.lower, space.upper))
        seats = int(space.upper[space.quotas])
        return cls(has, types.sizes.astype(np.float32), leave, fewer, low, high, seats)


@dataclass(slots=True, eq=False)
class _Tables:
    """Panels being filled, one a row: seats of each type, of each value, people left of each
    type (and in the last column whoever leaves from nowhere)."""

    seats: NDArray[np.int32]
    held: Singles
    left: Singles

    def keep(self, rows: NDArray[np.bool_]) -> None:
        if not rows.all():
            self.seats, self.held, self.left = self.seats[rows], self.held[rows], self.left[rows]


def fill(urn: Urn, attempts: int, *, rng: np.random.Generator) -> Counts:
    """(A, T) the panels that came out of so many attempts; each meets every quota."""
    values, kinds = urn.has.shape
    tables = _Tables(
        np.zeros((attempts, kinds), dtype=np.int32),
        np.zeros((attempts, values), dtype=np.float32),
        np.tile(np.append(urn.people, np.float32(0)), (attempts, 1)),
    )
    _close(urn, tables, np.tile(urn.maximum <= 0, (attempts, 1)))
    for _ in range(urn.seats):
        _seat(urn, tables, rng)
    tables.keep(((tables.held >= urn.minimum) & (tables.held <= urn.maximum)).all(axis=1))
    return tables.seats.astype(np.int64)


def _seat(urn: Urn, tables: _Tables, rng: np.random.Generator) -> None:
    """One more seat on every panel; panels that can no longer be filled are thrown away."""
    having = tables.left[:, :-1] @ urn.has.T
    possible = (urn.minimum - tables.held <= having).all(axis=1) & tables.left[:, :-1].any(axis=1)
    tables.keep(possible)
    kinds = _drawn(urn, tables, having[possible], rng)
    every = np.arange(len(kinds))
    tables.seats[every, kinds] += 1
    tables.held += urn.has.T[kinds]
    rows, leave = every[:, None], urn.leave[kinds]
    tables.left[rows, leave] = np.maximum(tables.left[rows, leave] - urn.fewer[kinds], 0)
    _close(urn, tables, (urn.has.T[kinds] > 0) & (tables.held >= urn.maximum))


def _close(urn: Urn, tables: _Tables, full: NDArray[np.bool_]) -> None:
    """Whoever has a value that is now full leaves."""
    rows, values = np.nonzero(full)
    for row, value in zip(rows.tolist(), values.tolist(), strict=True):
        tables.left[row, :-1][urn.has[value] > 0] = 0


def _drawn(
    urn: Urn, tables: _Tables, having: Singles, rng: np.random.Generator
) -> NDArray[np.intp]:
    """The type of the next person on each panel."""
    reach = np.cumsum(tables.left[:, :-1] * _urgent(urn, tables, having, rng), axis=1)
    lot = np.floor(rng.random(len(reach)) * reach[:, -1])
    return np.asarray((reach <= lot[:, None]).sum(axis=1))


def _urgent(urn: Urn, tables: _Tables, having: Singles, rng: np.random.Generator) -> Singles:
    """(A, T) 1 where the type has the most urgent value; equally urgent values go by lot.

    Without criteria everybody is as urgent.
    """
    if not len(urn.has):
        return np.ones((len(having), len(urn.people)), dtype=np.float32)
    lacking = urn.minimum - tables.held
    ratio = np.where(having > 0, lacking / np.maximum(having, 1), -np.inf)
    most = ratio >= ratio.max(axis=1, keepdims=True, initial=-np.inf) - SAME
    return urn.has[np.argmax(np.where(most, rng.random(ratio.shape), -1.0), axis=1)]
