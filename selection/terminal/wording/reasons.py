"""Who is shut out, what holds chances, and who would lift them, in English and as data."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from selection.engine.answers.chances import ChanceLevel, Pull, Standing
from selection.engine.answers.lifting import Lift
from selection.engine.answers.recruits import Need
from selection.engine.answers.shut_out import Barrier, ShutOut
from selection.terminal.reading.inputs import Case
from selection.terminal.wording.conflicts import about_bound, bound_facts, value_name

type Facts = dict[str, Any]

HANDFUL = 5
LEVELS = 10

BARRIERS: Mapping[Barrier, str] = {
    Barrier.EXCLUDED: "excluded from this draw",
    Barrier.HOUSEHOLD: "somebody of their household holds a seat already",
    Barrier.SEATS: "the people who hold a seat already fill the panel",
}


def about_shut_out(groups: Sequence[ShutOut], case: Case) -> Iterator[str]:
    """One line for each group of people who can never be drawn."""
    for group in groups:
        count = len(group.people)
        people = "1 person" if count == 1 else f"{count} people"
        ids = _some([case.ids[person] for person in group.people])
        yield f"{people} can never be drawn, {_why(group, case)}: {ids}"


def _why(group: ShutOut, case: Case) -> str:
    if group.barrier != Barrier.QUOTAS:
        return BARRIERS[group.barrier]
    bounds = "; ".join(about_bound(bound, case) for bound in group.bounds)
    return f"because of {bounds}"


def about_levels(levels: Sequence[ChanceLevel], case: Case) -> Iterator[str]:
    """One line for each of the lowest levels, with the bounds that hold it."""
    yield "The fairest chances that the quotas allow, lowest first, and what holds them there:"
    for level in levels[:LEVELS]:
        people = f"{len(level.people)} {'person' if len(level.people) == 1 else 'people'}"
        yield f"  {level.chance:7.2%}  {people:>12}  {_held(level, case)}"
    more = len(levels) - LEVELS
    if more > 0:
        yield f"  … {more} more {'level' if more == 1 else 'levels'} up to {levels[-1].chance:.2%}"


def _held(level: ChanceLevel, case: Case) -> str:
    """The dearest bound, and how many more there are."""
    if not level.pulls:
        return "the seats, shared out evenly"
    more = len(level.pulls) - 1
    return about_seats(level.pulls[0], case) + (f", and {more} more" if more else "")


def about_lifts(
    lifts: Sequence[Lift] | None, levels: Sequence[ChanceLevel], case: Case
) -> Iterator[str]:
    """What one more person of some profile would do for the smallest chance."""
    smallest = f"The smallest chance is {levels[0].chance:.2%}"
    if lifts is None:
        yield f"{smallest}. There are too many combinations of values to say who would lift it."
        return
    if not lifts:
        yield f"{smallest}. No additional person would lift it."
        return
    yield f"{smallest}. One more person would lift it:"
    for lift in lifts:
        values = [
            value_name(Need(criterion, value, 1), case)
            for criterion, value in enumerate(lift.profile)
            if value is not None
        ]
        yield f"  to {lift.after:.2%} with {', '.join(values) or 'whatever values'}"


def about_standing(
    person: int, chance: float, found: Standing, shut: Sequence[ShutOut], case: Case
) -> Iterator[str]:
    """One person's chance and the bounds behind it.

    ``chance`` is the lottery's; ``shut`` are the groups of people shut out with the person.
    """
    yield f"{case.ids[person]}: the chance of being drawn is {chance:.2%}."
    for group in shut:
        yield f"  Never drawn, {_why(group, case)}."
    if found.level is None:
        return
    if found.chance - chance > 1e-5:
        yield f"  More, {found.chance:.2%}, would need panels that seat parts of people."
    yield from _about_pulls("Held down by", found.down, case)
    yield from _about_pulls("Lifted by", found.up, case)
    if not found.down and found.chance < 1 - 1e-6:
        yield "  No quota holds it down: the seats are shared out evenly."


def _about_pulls(title: str, pulls: Sequence[Pull], case: Case) -> Iterator[str]:
    if pulls:
        yield f"  {title}:"
    for pull in pulls[:HANDFUL]:
        yield f"    {about_seats(pull, case)}"
    if len(pulls) > HANDFUL:
        yield f"    and {len(pulls) - HANDFUL} more"


def about_seats(pull: Pull, case: Case) -> str:
    """A bound that binds, and what it comes to for each of the people it is about."""
    bound = pull.bound
    most = "at least" if bound.kind == "minimum" else "at most"
    each = f"{bound.limit / bound.available:.0%} on average" if bound.available else "nobody"
    return (
        f"{most} {bound.limit} of {case.quotas.size} seats for {value_name(bound, case)}, "
        f"{bound.available} in the pool: {each}"
    )


def _some(items: Sequence[str]) -> str:
    """A handful of the items, and how many more there are."""
    more = len(items) - HANDFUL
    shown = ", ".join(items[:HANDFUL])
    return f"{shown} and {more} more" if more > 0 else shown


def shut_out_facts(groups: Sequence[ShutOut], case: Case) -> list[Facts]:
    """The groups for programs, with everybody's id."""
    return [
        {
            "code": group.barrier.value,
            "people": [case.ids[person] for person in group.people],
            "bounds": _bound_facts(group, case),
        }
        for group in groups
    ]


def level_facts(levels: Sequence[ChanceLevel], case: Case) -> list[Facts]:
    """Every level for programs."""
    return [
        {
            "chance": round(level.chance, 9),
            "people": len(level.people),
            "pulls": _pull_facts(level.pulls, case),
        }
        for level in levels
    ]


def standing_facts(
    person: int, chance: float, found: Standing, shut: Sequence[ShutOut], case: Case
) -> Facts:
    """One person's chance and its reasons for programs."""
    return {
        "id": case.ids[person],
        "chance": round(chance, 9),
        "bound": round(found.chance, 9),
        "level": found.level,
        "down": _pull_facts(found.down, case),
        "up": _pull_facts(found.up, case),
        "shut_out": [
            {"code": group.barrier.value, "bounds": _bound_facts(group, case)} for group in shut
        ],
    }


def lift_facts(lifts: Sequence[Lift], case: Case) -> list[Facts]:
    """The profiles for programs; criteria that do not matter are left out."""
    return [
        {
            "people": lift.people,
            "values": {
                criterion.name: criterion.values[value]
                for criterion, value in zip(case.criteria, lift.profile, strict=True)
                if value is not None
            },
            "before": round(lift.before, 9),
            "after": round(lift.after, 9),
        }
        for lift in lifts
    ]


def _bound_facts(group: ShutOut, case: Case) -> list[Facts]:
    return [bound_facts(bound, case) for bound in group.bounds]


def _pull_facts(pulls: Sequence[Pull], case: Case) -> list[Facts]:
    return [{**bound_facts(pull.bound, case), "price": round(pull.price, 9)} for pull in pulls]
