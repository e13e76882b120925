"""How well people are seated, and why they cannot be, in English."""

from collections.abc import Iterator, Sequence
from typing import Any

from selection.engine.seating.tables import (
    Obstacle,
    SeatingImpossible,
    SeatingPlan,
    Surplus,
    UnevenTable,
)
from selection.terminal.reading.seating import Room

_WORST = 3
_NAMED = 12

_OBSTACLES = {
    Obstacle.MORE_TABLES_THAN_PEOPLE: "There are more tables than people.",
    Obstacle.TOO_FEW_SEATS: "The tables have only {seats} seats, for {everybody} people.",
    Obstacle.NO_TABLE_OPEN: "No table is open to {people}: their language is spoken at none, or "
    "they are fixed elsewhere.",
    Obstacle.TABLE_OVERFULL: "{count} people may sit only at {tables}, with {seats} seats: "
    "{people}.",
    Obstacle.TABLE_DESERTED: "Nobody is left to sit at {tables}.",
    Obstacle.APART_BUT_FIXED_TOGETHER: "{people} are to be kept apart, but both may sit only at "
    "{tables}.",
    Obstacle.APART_TOO_TIGHT: "No arrangement was found that keeps everybody apart who is to be: "
    "{people}.",
    Obstacle.FACILITATORS_WITHOUT_TABLE: "{count} facilitators may lead only {tables}, with room "
    "for {seats}: {people}.",
}


def about_obstacle(error: SeatingImpossible, room: Room, *, held: int) -> str:
    """One sentence, with the round where it is not the first one already."""
    leading = error.obstacle == Obstacle.FACILITATORS_WITHOUT_TABLE
    names = room.facilitators if leading else room.guests.ids
    sentence = _OBSTACLES[error.obstacle].format(
        people=_several([names[person] for person in error.people]),
        count=len(error.people),
        tables=_tables(error.tables),
        seats=error.seats,
        everybody=len(room.guests.ids),
    )
    return f"Round {held + error.turn + 1}: {sentence}" if error.turn else sentence


def about_plan(plan: SeatingPlan, room: Room, *, held: int) -> Iterator[str]:
    """What was done and how good it is, one line each."""
    yield _frame(plan, room)
    yield from _about_columns(room)
    yield from _about_languages(room)
    yield f"{plan.distinct_pairs} pairs meet, of at most {plan.most_pairs}"
    yield f"{plan.repeats} repeats; at least {plan.repeats_bound} cannot be avoided"
    if room.facilitators:
        sittings = plan.tables.size
        yield (
            f"{plan.facilitator_repeats} of {sittings} sittings are with a facilitator whom the "
            "person has had before"
        )
    if not plan.uneven:
        yield "every table is as mixed as rounding allows"
        return
    yield f"imbalance {plan.imbalance}: people too many or too few of a value, over all tables"
    for table in plan.uneven[:_WORST]:
        yield f"  {_about_table(table, room, held)}"
    if len(plan.uneven) > _WORST:
        yield f"  and {len(plan.uneven) - _WORST} more"


def plan_data(plan: SeatingPlan, room: Room, *, held: int) -> dict[str, Any]:
    """The same as data."""
    return {
        "people": len(room.guests.ids),
        "tables": plan.table_count,
        "rounds": len(plan.tables),
        "held": held,
        "criteria": list(room.guests.criteria),
        "passed_over": [*room.guests.too_distinct, *room.guests.incomplete],
        "table_languages": [sorted(languages) for languages in room.languages],
        "distinct_pairs": plan.distinct_pairs,
        "most_pairs": plan.most_pairs,
        "repeats": plan.repeats,
        "repeats_bound": plan.repeats_bound,
        "imbalance": plan.imbalance,
        "facilitator_repeats": plan.facilitator_repeats,
        "worst": [
            {
                "round": held + table.turn + 1,
                "table": table.table + 1,
                "off": table.off,
                "values": [
                    {
                        "criterion": room.guests.criteria[surplus.criterion],
                        "value": _value(surplus, room),
                        "count": surplus.count,
                        "least": surplus.least,
                        "most": surplus.most,
                    }
                    for surplus in table.surpluses
                ],
            }
            for table in plan.uneven[:_WORST]
        ],
    }


def _frame(plan: SeatingPlan, room: Room) -> str:
    sizes = sorted(
        {len(guests) for turn in range(len(plan.tables)) for guests in plan.seated(turn)}
    )
    rounds = len(plan.tables)
    return (
        f"{len(room.guests.ids)} people at {plan.table_count} tables of "
        f"{' or '.join(map(str, sizes))} in {rounds} round{'s' if rounds > 1 else ''}"
    )


def _about_columns(room: Room) -> Iterator[str]:
    guests = room.guests
    yield f"tables are mixed by {', '.join(guests.criteria) or 'nothing'}"
    if guests.too_distinct:
        yield (
            f"not by {', '.join(guests.too_distinct)}: most people have a value of their own "
            "(--criteria chooses columns)"
        )
    if guests.incomplete:
        yield f"not by {', '.join(guests.incomplete)}: somebody has no value"


def _about_languages(room: Room) -> Iterator[str]:
    for spoken in sorted({tuple(sorted(languages)) for languages in room.languages}):
        at = [table for table, known in enumerate(room.languages) if known == frozenset(spoken)]
        yield f"{' or '.join(spoken)} at {_tables(at)}"


def _about_table(table: UnevenTable, room: Room, held: int) -> str:
    values = "; ".join(
        f"{room.guests.criteria[surplus.criterion]} “{_value(surplus, room)}” {surplus.count} "
        f"instead of {_range(surplus)}"
        for surplus in table.surpluses
    )
    return f"round {held + table.turn + 1}, table {table.table + 1}: {values}"


def _value(surplus: Surplus, room: Room) -> str:
    values = sorted({values[surplus.criterion] for values in room.guests.values})
    return values[surplus.value]


def _range(surplus: Surplus) -> str:
    if surplus.least == surplus.most:
        return str(surplus.least)
    return f"{surplus.least} or {surplus.most}"


def _tables(tables: Sequence[int]) -> str:
    numbers = [str(table + 1) for table in tables]
    return f"table{'s' if len(numbers) > 1 else ''} {_several(numbers)}"


def _several(names: Sequence[str]) -> str:
    if len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + "".join(names[-1:])
