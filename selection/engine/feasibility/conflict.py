"""Why there is no panel, and the cheapest changes of quotas after which there is one."""

from itertools import islice

import numpy as np

from selection.engine.errors import Change, Conflict
from selection.engine.feasibility.changes import cheapest_changes
from selection.engine.feasibility.limits import Limit, quota_limits
from selection.engine.feasibility.trial import Trial, irreducible
from selection.engine.pool import Pool, Quotas
from selection.engine.types.grouping import Polytope, Types, group, polytope

ALTERNATIVES = 3


def find_conflict(pool: Pool, quotas: Quotas, *, alternatives: int = ALTERNATIVES) -> Conflict:
    """Why there is no panel, with so many alternatives; ``ValueError`` when there is one."""
    types = group(pool)
    return explain(pool, quotas, types, polytope(pool, quotas, types), alternatives=alternatives)


def explain(
    pool: Pool,
    quotas: Quotas,
    types: Types,
    space: Polytope,
    *,
    alternatives: int = ALTERNATIVES,
) -> Conflict:
    """The same for a caller who has the types already."""
    clashing = tuple(types.clashing.tolist())
    seatable = len(types.fixed) - len(clashing) + len(np.unique(pool.households[types.clashing]))
    seatable += _seatable(types)
    if clashing or quotas.size < len(types.fixed) or quotas.size > seatable:
        return Conflict((), (), quotas.size, seatable, clashing)
    limits = quota_limits(pool, quotas, types, space)
    bounds = tuple(limit.bound for limit in _conflicting(space, limits))
    if not bounds:
        raise ValueError("there is a panel, so there is no conflict")
    within = tuple(islice(cheapest_changes(space, limits, flexible=True), alternatives))
    beyond: tuple[Change, ...] = ()
    if not within:
        beyond = next(cheapest_changes(space, limits, flexible=False), ())
    relaxation = within[0] if within else beyond
    return Conflict(bounds, relaxation, quotas.size, seatable, (), within, beyond)


def _seatable(types: Types) -> int:
    alone = sum(len(types.people[kind]) for kind in types.alone.tolist())
    return alone + sum(len(household.people) for household in types.classes)


def _conflicting(space: Polytope, limits: list[Limit]) -> list[Limit]:
    """An irreducible conflict.

    A minimum that nobody can fill comes first, so that the plain case is said plainly; then large
    minima, which say more about a pool than its maxima do.
    """
    for limit in limits:
        if limit.sign > 0 and limit.bound.limit > limit.bound.available:
            return [limit]
    plain_last = sorted(limits, key=lambda limit: (limit.sign, limit.sign * limit.bound.limit))
    found = irreducible(Trial(space), plain_last)
    return [limit for limit in limits if limit in found]
