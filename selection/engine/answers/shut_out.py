"""Who can never be drawn, and why.

The panels that cover everybody who can sit leave the others; for each of them a deletion filter
over the quota bounds, with a seat held for them, finds bounds that no panel with them meets
(Chinneck, Dravnieks, ORSA Journal on Computing 3, 1991). People of one type share the reason.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from selection.engine.errors import Bound, SolverFailure
from selection.engine.feasibility.limits import Limit, quota_limits
from selection.engine.feasibility.trial import Trial, irreducible
from selection.engine.pool import Pool, Quotas
from selection.engine.progress import Progress, silent
from selection.engine.search.method import Task, prepare
from selection.engine.types.grouping import polytope


class Barrier(StrEnum):
    """What shuts people out."""

    EXCLUDED = "excluded"
    HOUSEHOLD = "household"
    """Somebody of their household is in every panel."""
    SEATS = "seats"
    """The people who are in every panel fill it."""
    QUOTAS = "quotas"


@dataclass(frozen=True, slots=True)
class ShutOut:
    """People who are in no panel for the same reason.

    Attributes
    ----------
    barrier : what shuts them out.
    people : their ascending positions.
    bounds : with QUOTAS, bounds that no panel with one of them meets, though some panel with one
        of them meets all but any one of these.
    """

    barrier: Barrier
    people: tuple[int, ...]
    bounds: tuple[Bound, ...] = ()


def shut_out(pool: Pool, quotas: Quotas, *, progress: Progress = silent) -> tuple[ShutOut, ...]:
    """Everybody who is in no panel, by reason; ``NoFeasiblePanel`` when there is none at all."""
    task = prepare(pool, quotas, progress=progress)
    excluded = pool.excluded
    homes = pool.households[pool.fixed]
    guests = ~excluded & ~pool.fixed & np.isin(pool.households, homes[homes >= 0])
    groups = [
        ShutOut(Barrier.EXCLUDED, _positions(excluded)),
        ShutOut(Barrier.HOUSEHOLD, _positions(guests)),
        *_by_quotas(pool, quotas, task, progress),
    ]
    return tuple(group for group in groups if group.people)


def _positions(which: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(np.flatnonzero(which).tolist())


def _by_quotas(pool: Pool, quotas: Quotas, task: Task, progress: Progress) -> Iterator[ShutOut]:
    """One group for each set of bounds, in the order of their first types."""
    outside = np.flatnonzero(~task.seatable).tolist()
    people = task.types.people
    if quotas.size == len(task.types.fixed):
        everybody = np.concatenate([people[kind] for kind in outside] or [task.types.fixed[:0]])
        yield ShutOut(Barrier.SEATS, tuple(np.sort(everybody).tolist()))
        return
    groups: dict[tuple[Limit, ...], list[int]] = {}
    finder = _Finder(pool, quotas, task)
    for done, kind in enumerate(outside):
        progress("reasons", done / len(outside))
        groups.setdefault(finder.reason(kind, groups), []).extend(people[kind].tolist())
    for limits, members in groups.items():
        bounds = tuple(limit.bound for limit in limits)
        yield ShutOut(Barrier.QUOTAS, tuple(sorted(members)), bounds)


class _Finder:
    """Finds the bounds that shut a type out."""

    def __init__(self, pool: Pool, quotas: Quotas, task: Task) -> None:
        space = polytope(pool, quotas, task.types)
        self._limits = quota_limits(pool, quotas, task.types, space)
        self._trial = Trial(space)
        self._traits = task.types.traits

    def reason(self, kind: int, known: Iterable[tuple[Limit, ...]]) -> tuple[Limit, ...]:
        """A seat denied to a value of theirs; a known reason, so that people share it; a new one.

        Bounds on values of others are left out first: the type's own say more to its people.
        """
        for limit in self._limits:
            if limit.sign < 0 and limit.limit <= 0 and self._is_own(limit.bound, kind):
                return (limit,)
        for limits in known:
            if self._irreducible(limits, kind):
                return limits
        others_first = sorted(self._limits, key=lambda limit: self._is_own(limit.bound, kind))
        found = irreducible(self._trial, others_first, kind)
        if not found:
            raise SolverFailure("a panel seats people whom no panel seats")
        return tuple(limit for limit in self._limits if limit in found)

    def _irreducible(self, limits: Sequence[Limit], kind: int) -> bool:
        if self._trial.whole(limits, kind):
            return False
        rests = ([other for other in limits if other is not limit] for limit in limits)
        return all(self._trial.whole(rest, kind) for rest in rests)

    def _is_own(self, bound: Bound, kind: int) -> bool:
        return int(self._traits[kind, bound.criterion]) == bound.value
