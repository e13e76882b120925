"""Why there is no panel, and what would help, in English and as data."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from selection.engine.answers.recruits import Need, Recruits
from selection.engine.errors import Bound, Change, Conflict
from selection.terminal.reading.inputs import Case

type Facts = dict[str, Any]


def about_conflict(conflict: Conflict, case: Case) -> Iterator[str]:
    """One line for each bound of the conflict, and the changes that make a panel possible."""
    if not conflict.bounds:
        yield _without_quotas(conflict)
        return
    alone = len(conflict.bounds) == 1
    trouble = "This quota cannot be met" if alone else "These quotas cannot hold together"
    yield f"No panel of {conflict.size} is possible. {trouble}:"
    for bound in conflict.bounds:
        yield f"  {about_bound(bound, case)}"
    yield from _about_changes(conflict, case)


def about_recruits(recruits: Recruits | None, case: Case) -> Iterator[str]:
    """What additional people could do where no panel is possible."""
    if recruits is None:
        yield "No additional people would make a panel possible."
        return
    people = "1 more person" if recruits.people == 1 else f"{recruits.people} more people"
    if not recruits.enough:
        yield f"It is also possible with {people}, whoever they are."
        return
    sure = ", in whatever combination" if recruits.people > 1 else ""
    if recruits.needed == recruits.enough:
        yield f"It is also possible with {people}{sure}, whatever else they are:"
    else:
        yield f"It is also possible with {people}."
        if recruits.needed:
            yield "In any case these must be among them:"
            yield from _about_needs(recruits.needed, case)
        yield f"It is sure with these{sure}, whatever else they are:"
    yield from _about_needs(recruits.enough, case)


def _about_needs(needs: Sequence[Need], case: Case) -> Iterator[str]:
    return (f"  {need.people} with {value_name(need, case)}" for need in needs)


def conflict_facts(conflict: Conflict, case: Case) -> Facts:
    """The conflict for programs, with the names and rows of the quota file."""
    return {
        "size": conflict.size,
        "seatable": conflict.seatable,
        "clashing": [case.ids[person] for person in conflict.clashing],
        "bounds": [bound_facts(bound, case) for bound in conflict.bounds],
        "alternatives": [_changes_facts(changes, case) for changes in conflict.alternatives],
        "beyond_flex": _changes_facts(conflict.beyond, case),
    }


def recruits_facts(recruits: Recruits | None, case: Case) -> Facts | None:
    """The newcomers for programs; None when newcomers do not help."""
    if recruits is None:
        return None
    return {
        "people": recruits.people,
        "enough": [{**_place(need, case), "people": need.people} for need in recruits.enough],
        "needed": [{**_place(need, case), "people": need.people} for need in recruits.needed],
    }


def bound_facts(bound: Bound, case: Case) -> Facts:
    """The bound for programs."""
    numbers = {"kind": bound.kind, "limit": bound.limit, "available": bound.available}
    return {**_place(bound, case), **numbers}


def about_bound(bound: Bound, case: Case) -> str:
    """The bound, and how many people the pool has for it."""
    needed = "at least" if bound.kind == "minimum" else "at most"
    return f"{value_name(bound, case)}: {needed} {bound.limit}, the pool has {bound.available}"


def value_name(place: Bound | Change | Need, case: Case) -> str:
    """The value as the quota file names it, and where it stands there."""
    quota = case.criteria[place.criterion].quotas[place.value]
    row = f" (row {quota.line})" if quota.line else ""
    return f"{quota.criterion} “{quota.value}”{row}"


def _without_quotas(conflict: Conflict) -> str:
    if conflict.clashing:
        return "No panel is possible: people who hold a seat already share a household."
    if conflict.seatable < conflict.size:
        return (
            f"No panel is possible: it has {conflict.size} seats, and the pool can fill only "
            f"{conflict.seatable} of them."
        )
    return f"No panel is possible: more people hold a seat than it has, {conflict.size}."


def _about_changes(conflict: Conflict, case: Case) -> Iterator[str]:
    if conflict.beyond:
        yield "No change within the flexible bounds makes one possible. The cheapest beyond them:"
    elif not conflict.alternatives:
        yield "No change of quotas alone makes a panel possible."
        return
    elif len(conflict.alternatives) == 1:
        yield "The cheapest change that makes one possible:"
    if len(conflict.alternatives) <= 1:
        for change in conflict.relaxation:
            yield f"  {_about_change(change, case)}"
        return
    yield "Each of these changes makes one possible, the cheapest first:"
    for number, changes in enumerate(conflict.alternatives, start=1):
        for place, change in enumerate(changes):
            yield f"  {f'{number}.' if not place else '  '} {_about_change(change, case)}"


def _about_change(change: Change, case: Case) -> str:
    verb = "lower the minimum" if change.kind == "minimum" else "raise the maximum"
    sentence = f"{verb} of {value_name(change, case)} from {change.from_} to {change.to}"
    quota = case.criteria[change.criterion].quotas[change.value]
    flex = quota.minimum_flex if change.kind == "minimum" else quota.maximum_flex
    inside = flex is None or (change.to >= flex if change.kind == "minimum" else change.to <= flex)
    return sentence if inside else f"{sentence}, beyond its flexible bound {flex}"


def _changes_facts(changes: Sequence[Change], case: Case) -> list[Facts]:
    return [
        {**_place(change, case), "kind": change.kind, "from": change.from_, "to": change.to}
        for change in changes
    ]


def _place(place: Bound | Change | Need, case: Case) -> Mapping[str, Any]:
    quota = case.criteria[place.criterion].quotas[place.value]
    return {"criterion": quota.criterion, "value": quota.value, "row": quota.line or None}
