"""A first arrangement of one round: table sizes, fixed seats and keep-apart pairs all hold."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

import numpy as np

from selection.engine.errors import EngineError

_PATIENCE = 100_000


class Obstacle(StrEnum):
    """What keeps people from being seated."""

    MORE_TABLES_THAN_PEOPLE = "more_tables_than_people"
    TABLE_OVERFULL = "table_overfull"
    APART_BUT_FIXED_TOGETHER = "apart_but_fixed_together"
    APART_TOO_TIGHT = "apart_too_tight"


class SeatingImpossible(EngineError):
    """No arrangement keeps the rules; ``people`` and ``table`` are the ones it fails at."""

    def __init__(
        self, obstacle: Obstacle, *, people: Iterable[int] = (), table: int | None = None
    ) -> None:
        self.obstacle = obstacle
        self.people = tuple(people)
        self.table = table
        super().__init__(obstacle, self.people, table)


def table_sizes(people: int, tables: int, fixed: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Sizes that differ by at most one; the larger tables are those with most fixed people."""
    if people < tables:
        raise SeatingImpossible(Obstacle.MORE_TABLES_THAN_PEOPLE)
    held: list[list[int]] = [[] for _ in range(tables)]
    for person, table in fixed:
        held[table].append(person)
    by_need = sorted(range(tables), key=lambda table: -len(held[table]))
    larger = set(by_need[: people % tables])
    sizes = tuple(people // tables + (table in larger) for table in range(tables))
    for table, size in enumerate(sizes):
        if len(held[table]) > size:
            raise SeatingImpossible(Obstacle.TABLE_OVERFULL, people=held[table], table=table)
    return sizes


def enemies_of(people: int, apart: Iterable[tuple[int, int]]) -> list[set[int]]:
    """For each person, the people who must not share a table with them."""
    enemies: list[set[int]] = [set() for _ in range(people)]
    for one, other in apart:
        if one != other:
            enemies[one].add(other)
            enemies[other].add(one)
    return enemies


def arrange(
    sizes: Sequence[int],
    apart: Iterable[tuple[int, int]],
    fixed: Iterable[tuple[int, int]],
    *,
    rng: np.random.Generator,
) -> list[int]:
    """A random table for each person, rules kept; or ``SeatingImpossible``."""
    people = sum(sizes)
    enemies = enemies_of(people, apart)
    tables = [-1] * people
    for person, table in fixed:
        tables[person] = table
    _require_no_fixed_quarrel(tables, enemies)
    shuffled = rng.permutation(people).tolist()
    quarrelsome = [person for person in shuffled if tables[person] < 0 and enemies[person]]
    quarrelsome.sort(key=lambda person: -len(enemies[person]))
    if not _place(quarrelsome, tables, sizes, enemies, rng):
        raise SeatingImpossible(Obstacle.APART_TOO_TIGHT, people=sorted(quarrelsome))
    free = [table for table, size in enumerate(sizes) for _ in range(size - tables.count(table))]
    for person in shuffled:
        if tables[person] < 0:
            tables[person] = free.pop()
    return tables


def _require_no_fixed_quarrel(tables: Sequence[int], enemies: Sequence[set[int]]) -> None:
    for person, table in enumerate(tables):
        for enemy in enemies[person]:
            if table >= 0 and tables[enemy] == table:
                raise SeatingImpossible(
                    Obstacle.APART_BUT_FIXED_TOGETHER, people=sorted((person, enemy)), table=table
                )


def _place(
    people: Sequence[int],
    tables: list[int],
    sizes: Sequence[int],
    enemies: Sequence[set[int]],
    rng: np.random.Generator,
) -> bool:
    """Seat these people by depth-first search; false when there is no way, or none is in sight."""
    choices: list[list[int]] = []
    for _ in range(_PATIENCE):
        seated = len(choices)
        if seated == len(people):
            return True
        choices.append(_open_tables(people[seated], tables, sizes, enemies, rng))
        while choices and not choices[-1]:
            choices.pop()
            if choices:
                tables[people[len(choices) - 1]] = -1
        if not choices:
            return False
        tables[people[len(choices) - 1]] = choices[-1].pop()
    return False


def _open_tables(
    person: int,
    tables: Sequence[int],
    sizes: Sequence[int],
    enemies: Sequence[set[int]],
    rng: np.random.Generator,
) -> list[int]:
    """Tables with a seat for this person and no enemy; of equal empty ones only the first."""
    hostile = {tables[enemy] for enemy in enemies[person]}
    taken = np.bincount([table for table in tables if table >= 0], minlength=len(sizes))
    found: list[int] = []
    empty_sizes: set[int] = set()
    for table in rng.permutation(len(sizes)).tolist():
        if table in hostile or taken[table] >= sizes[table]:
            continue
        if taken[table] == 0:
            if sizes[table] in empty_sizes:
                continue
            empty_sizes.add(sizes[table])
        found.append(table)
    return found
