"""How many people sit at each table."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from selection.engine.seating.matching import Stuck, match
from selection.engine.seating.obstacles import Obstacle, SeatingImpossible


def table_sizes(
    open_tables: NDArray[np.bool_], capacity: Sequence[int | None] | None = None
) -> tuple[int, ...]:
    """Sizes as even as they can be, given the tables at which each person may sit.

    No table is larger than its capacity, or where it has none, than the even share of what the
    smaller tables leave over; or ``SeatingImpossible``.
    """
    people, tables = open_tables.shape
    if people < tables:
        raise SeatingImpossible(Obstacle.MORE_TABLES_THAN_PEOPLE)
    homeless = np.flatnonzero(~open_tables.any(axis=1)).tolist()
    if homeless:
        raise SeatingImpossible(Obstacle.NO_TABLE_OPEN, people=homeless)
    limits = _limits(open_tables, capacity or (None,) * tables)
    try:
        sizes = match(open_tables, limits, range(people)).loads
    except Stuck as stuck:
        raise SeatingImpossible(
            Obstacle.TABLE_OVERFULL,
            people=stuck.people,
            tables=stuck.tables,
            seats=sum(limits[table] for table in stuck.tables),
        ) from None
    deserted = [table for table, size in enumerate(sizes) if not size]
    if deserted:
        raise SeatingImpossible(Obstacle.TABLE_DESERTED, tables=deserted)
    return tuple(sizes)


def _limits(open_tables: NDArray[np.bool_], capacity: Sequence[int | None]) -> list[int]:
    """The most people at each table; where nothing limits them, tables fill to one level."""
    people = len(open_tables)
    wanted = open_tables.sum(axis=0).tolist()
    firm = [
        min(want, people if most is None else most)
        for want, most in zip(wanted, capacity, strict=True)
    ]
    if sum(firm) < people:
        raise SeatingImpossible(Obstacle.TOO_FEW_SEATS, seats=sum(firm))

    def at_level(level: int) -> list[int]:
        return [
            min(level, room) if most is None else room
            for room, most in zip(firm, capacity, strict=True)
        ]

    return next(limits for limits in map(at_level, range(people + 1)) if sum(limits) >= people)
