"""Why there is no panel, and the cheapest change of quotas after which there is one.

The conflict is an irreducible infeasible set found by the deletion filter (Chinneck, Dravnieks,
ORSA Journal on Computing 3, 1991): leave the quota bounds out one after the other, and out for good
when there is still no panel without them. Single bounds that clash by themselves come first, so
that the plain case is said plainly.

The cheapest change: lowering a minimum m costs 1 + 2/m for each person, raising a maximum costs 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from selection.engine.errors import Bound, Change, Conflict
from selection.engine.feasibility.panels import panel_program
from selection.engine.pool import Pool, Quotas
from selection.engine.solver import Expression, Model, Variable, settle, total
from selection.engine.types.grouping import Polytope, Types, group, polytope


@dataclass(frozen=True, slots=True)
class _Limit:
    """One quota bound of the polytope's ``row``; ``sign`` is 1 for a minimum, -1 for a maximum."""

    row: int
    sign: int
    limit: int
    bound: Bound


def find_conflict(pool: Pool, quotas: Quotas) -> Conflict:
    """Why there is no panel; ``ValueError`` when there is one."""
    types = group(pool)
    return explain(pool, quotas, types, polytope(pool, quotas, types))


def explain(pool: Pool, quotas: Quotas, types: Types, space: Polytope) -> Conflict:
    """The same for a caller who has the types already."""
    clashing = tuple(types.clashing.tolist())
    seatable = len(types.fixed) - len(clashing) + len(np.unique(pool.households[types.clashing]))
    seatable += _seatable(types)
    if clashing or quotas.size < len(types.fixed) or quotas.size > seatable:
        return Conflict((), (), quotas.size, seatable, clashing)
    limits = _limits(pool, quotas, types, space)
    bounds = tuple(limit.bound for limit in _irreducible(space, limits))
    if not bounds:
        raise ValueError("there is a panel, so there is no conflict")
    return Conflict(bounds, _cheapest_change(space, limits), quotas.size, seatable)


def _seatable(types: Types) -> int:
    alone = sum(len(types.people[kind]) for kind in types.alone.tolist())
    return alone + sum(len(household.people) for household in types.classes)


def _limits(pool: Pool, quotas: Quotas, types: Types, space: Polytope) -> list[_Limit]:
    """Every quota bound that says something, criterion after criterion."""
    people = np.concatenate([*types.people, types.fixed]).astype(int)
    homes = np.where(pool.households[people] < 0, -1 - people, pool.households[people])
    limits: list[_Limit] = []
    row = 0
    for criterion, (least, most) in enumerate(zip(quotas.minimum, quotas.maximum, strict=True)):
        for value in range(len(least)):
            available = len(np.unique(homes[pool.traits[people, criterion] == value]))
            low, high = int(least[value]), int(most[value])
            if low > 0:
                bound = Bound(criterion, value, "minimum", low, available)
                limits.append(_Limit(row, 1, int(space.lower[row]), bound))
            if high < available:
                bound = Bound(criterion, value, "maximum", high, available)
                limits.append(_Limit(row, -1, int(space.upper[row]), bound))
            row += 1
    return limits


def _irreducible(space: Polytope, limits: Sequence[_Limit]) -> list[_Limit]:
    """Limits that no panel meets together, though a panel meets all but any one of them."""
    for limit in limits:
        if limit.sign > 0 and limit.bound.limit > limit.bound.available:
            return [limit]
    if _possible(space, limits):
        return []
    kept = list(limits)
    for limit in sorted(limits, key=lambda limit: (limit.sign, limit.sign * limit.bound.limit)):
        without = [other for other in kept if other is not limit]
        if not _possible(space, without):
            kept = without
    return kept


def _possible(space: Polytope, limits: Sequence[_Limit]) -> bool:
    """A panel of the right size, each household once, meets these quota bounds."""
    program, _, used = panel_program(space)
    for limit in limits:
        if not _require(program, used[limit.row], limit.sign, limit.limit):
            return False
    return settle(program)


def _cheapest_change(space: Polytope, limits: Sequence[_Limit]) -> tuple[Change, ...]:
    program, _, used = panel_program(space)
    slack = [_slack(program, number, limit) for number, limit in enumerate(limits)]
    for limit, give in zip(limits, slack, strict=True):
        _require(program, total([used[limit.row], limit.sign * give]), limit.sign, limit.limit)
    program.setObjective(
        total(_price(limit) * give for limit, give in zip(limits, slack, strict=True))
    )
    if not settle(program):
        return ()
    changes = []
    for limit, give in zip(limits, slack, strict=True):
        moved = limit.bound.limit - limit.sign * round(give.value() or 0)
        if moved != limit.bound.limit:
            bound = limit.bound
            changes.append(Change(bound.criterion, bound.value, bound.kind, bound.limit, moved))
    return tuple(changes)


def _price(limit: _Limit) -> float:
    return float(1 + Fraction(2, limit.bound.limit)) if limit.sign > 0 else 1.0


def _slack(program: Model, number: int, limit: _Limit) -> Variable:
    most = limit.bound.limit if limit.sign > 0 else limit.bound.available - limit.bound.limit
    return program.add_variable(f"give_{number}", 0, most, "Integer")


def _require(program: Model, count: Expression, sign: int, limit: int) -> bool:
    """Add the bound; false when it cannot be met because nobody counts towards it."""
    if not len(count):
        return sign * limit <= 0
    program.addConstraint(count >= limit if sign > 0 else count <= limit)
    return True
