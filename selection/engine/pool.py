"""Who can be drawn and what a panel must look like, as numbers only."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """People are positions 0..n-1; the caller keeps their names.

    Attributes
    ----------
    traits : (n, c) int32
        ``traits[i, j]`` is the position of person i's value within criterion j.
    households : (n,) int64
        Equal non-negative numbers share a household; -1 is no household.
    fixed : (n,) bool
        In every panel; counts towards the quotas.
    excluded : (n,) bool
        In no panel.
    """

    traits: NDArray[np.int32]
    households: NDArray[np.int64]
    fixed: NDArray[np.bool_]
    excluded: NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        traits: ArrayLike,
        *,
        households: ArrayLike | None = None,
        fixed: ArrayLike | None = None,
        excluded: ArrayLike | None = None,
    ) -> Self:
        """A pool of copies that nobody can change; nobody is fixed or excluded by default."""
        people = frozen(traits, np.int32)
        if people.ndim != 2:
            raise ValueError(
                "traits must have one row for each person and one column each criterion"
            )
        n = len(people)
        return cls(
            people,
            frozen(np.full(n, -1) if households is None else households, np.int64),
            frozen(np.zeros(n, bool) if fixed is None else fixed, np.bool_),
            frozen(np.zeros(n, bool) if excluded is None else excluded, np.bool_),
        )

    def __post_init__(self) -> None:
        if any(column.shape != (len(self),) for column in self._columns()):
            raise ValueError("households, fixed and excluded must have one entry for each person")
        if self.traits.size and int(self.traits.min()) < 0:
            raise ValueError("traits must not be negative")
        if bool(np.any(self.fixed & self.excluded)):
            raise ValueError("nobody can be both fixed and excluded")

    def __len__(self) -> int:
        return len(self.traits)

    def _columns(self) -> tuple[NDArray[Any], ...]:
        return self.households, self.fixed, self.excluded


@dataclass(frozen=True, slots=True, eq=False)
class Quotas:
    """How many people of each value a panel must and may have.

    Attributes
    ----------
    size : seats on the panel.
    minimum, maximum : one int32 array for each criterion, indexed by value position.
    minimum_flex, maximum_flex : of the same shapes, how far a change of the quotas may lower a
        minimum and raise a maximum; None sets no limit.
    """

    size: int
    minimum: tuple[NDArray[np.int32], ...]
    maximum: tuple[NDArray[np.int32], ...]
    minimum_flex: tuple[NDArray[np.int32], ...] | None = None
    maximum_flex: tuple[NDArray[np.int32], ...] | None = None

    @classmethod
    def of(
        cls,
        size: int,
        minimum: Iterable[ArrayLike],
        maximum: Iterable[ArrayLike],
        *,
        minimum_flex: Iterable[ArrayLike] | None = None,
        maximum_flex: Iterable[ArrayLike] | None = None,
    ) -> Self:
        """Quotas of copies that nobody can change."""
        return cls(
            size,
            _bounds(minimum),
            _bounds(maximum),
            None if minimum_flex is None else _bounds(minimum_flex),
            None if maximum_flex is None else _bounds(maximum_flex),
        )

    def __post_init__(self) -> None:
        if self.size < 1:
            raise ValueError("a panel has at least one seat")
        shape = [len(bounds) for bounds in self.minimum]
        if [len(bounds) for bounds in self.maximum] != shape:
            raise ValueError("each value needs a minimum and a maximum")
        given = [flex for flex in (self.minimum_flex, self.maximum_flex) if flex is not None]
        if any([len(bounds) for bounds in flex] != shape for flex in given):
            raise ValueError("flexible bounds must have the shape of the quotas")
        if any(bool(np.any(bounds < 0)) for bounds in (*self.minimum, *self.maximum)):
            raise ValueError("quotas must not be negative")

    def require_fit(self, pool: Pool) -> None:
        """Every trait in the pool has a quota row, or ``ValueError``."""
        values = [len(bounds) for bounds in self.minimum]
        if pool.traits.shape[1] != len(values):
            raise ValueError("pool and quotas must have the same criteria")
        if len(pool) and bool(np.any(pool.traits.max(axis=0) >= np.array(values, dtype=int))):
            raise ValueError("a person has a value without a quota")


def _bounds(columns: Iterable[ArrayLike]) -> tuple[NDArray[np.int32], ...]:
    return tuple(frozen(bounds, np.int32) for bounds in columns)


def frozen[Scalar: np.generic](values: ArrayLike, kind: type[Scalar]) -> NDArray[Scalar]:
    """A read-only copy."""
    copy = np.array(values, dtype=kind)
    copy.setflags(write=False)
    return copy
