"""What can keep people from being seated: codes with data, never sentences for people."""

from collections.abc import Iterable
from enum import StrEnum

from selection.engine.errors import EngineError


class Obstacle(StrEnum):
    """What keeps people from being seated, and what ``SeatingImpossible`` then names."""

    MORE_TABLES_THAN_PEOPLE = "more_tables_than_people"
    TOO_FEW_SEATS = "too_few_seats"  # seats: how many the tables have together
    NO_TABLE_OPEN = "no_table_open"  # people: each may sit at none of the tables
    TABLE_OVERFULL = "table_overfull"  # people may sit only at tables, which have fewer seats
    TABLE_DESERTED = "table_deserted"  # tables: nobody may, or needs to, sit there
    APART_BUT_FIXED_TOGETHER = "apart_but_fixed_together"  # people, tables
    APART_TOO_TIGHT = "apart_too_tight"  # people: those with somebody to be kept apart from
    FACILITATORS_WITHOUT_TABLE = "facilitators_without_table"  # people: facilitators; tables, seats


class SeatingImpossible(EngineError):
    """No arrangement keeps the rules of round ``turn`` (from 0).

    ``people`` and ``tables`` are the positions it fails at, ``seats`` how many seats there are;
    each is empty or 0 where it says nothing.
    """

    def __init__(
        self,
        obstacle: Obstacle,
        *,
        people: Iterable[int] = (),
        tables: Iterable[int] = (),
        seats: int = 0,
        turn: int = 0,
    ) -> None:
        self.obstacle = obstacle
        self.people = tuple(people)
        self.tables = tuple(tables)
        self.seats = seats
        self.turn = turn
        super().__init__(obstacle, self.people, self.tables, seats, turn)
