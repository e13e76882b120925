"""Why there is no panel, and what would help, in English."""

from collections.abc import Iterator

from selection.engine.errors import Bound, Change, Conflict
from selection.terminal.inputs import Case


def about_conflict(conflict: Conflict, case: Case) -> Iterator[str]:
    """One line for each bound of the conflict and each change of the cheapest relaxation."""
    if not conflict.bounds:
        yield (
            f"No panel is possible: it has {conflict.size} seats, and the pool can fill only "
            f"{conflict.seatable} of them."
        )
        return
    alone = len(conflict.bounds) == 1
    trouble = "This quota cannot be met" if alone else "These quotas cannot hold together"
    yield f"No panel of {conflict.size} is possible. {trouble}:"
    for bound in conflict.bounds:
        yield f"  {_about_bound(bound, case)}"
    if not conflict.relaxation:
        yield "No change of quotas alone makes a panel possible."
        return
    yield "The cheapest change that makes one possible:"
    for change in conflict.relaxation:
        yield f"  {_about_change(change, case)}"


def _about_bound(bound: Bound, case: Case) -> str:
    quota = case.criteria[bound.criterion].quotas[bound.value]
    needed = "at least" if bound.kind == "minimum" else "at most"
    return (
        f"{quota.criterion} “{quota.value}” (row {quota.line}): {needed} {bound.limit}, "
        f"the pool has {bound.available}"
    )


def _about_change(change: Change, case: Case) -> str:
    quota = case.criteria[change.criterion].quotas[change.value]
    verb = "lower the minimum" if change.kind == "minimum" else "raise the maximum"
    name = f"{quota.criterion} “{quota.value}” (row {quota.line})"
    sentence = f"{verb} of {name} from {change.from_} to {change.to}"
    flex = quota.minimum_flex if change.kind == "minimum" else quota.maximum_flex
    inside = flex is None or (change.to >= flex if change.kind == "minimum" else change.to <= flex)
    return sentence if inside else f"{sentence}, beyond its flexible bound {flex}"
