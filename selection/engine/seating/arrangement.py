"""A first arrangement of one round: limits, open tables and keep-apart pairs all hold."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from selection.engine.seating.matching import Matching, match
from selection.engine.seating.obstacles import Obstacle, SeatingImpossible

_PATIENCE = 20_000


def arrange(
    limits: Sequence[int],
    open_tables: NDArray[np.bool_],
    apart: Iterable[tuple[int, int]],
    *,
    rng: np.random.Generator,
) -> list[int]:
    """A table for each person, rules kept; or ``SeatingImpossible``.

    Tables are as even as the rules let them be, none above its limit. ``Stuck`` where people have
    too few seats already without the keep-apart pairs.
    """
    enemies = _enemies_of(len(open_tables), apart)
    _require_no_fixed_quarrel(open_tables, enemies)
    matching = match(open_tables, limits, rng.permutation(len(open_tables)).tolist())
    choices = open_tables.sum(axis=1).tolist()
    quarrelsome = [person for person in range(len(enemies)) if enemies[person]]
    quarrelsome.sort(key=lambda person: (choices[person] > 1, -len(enemies[person])))
    if not _Settling(matching, limits, open_tables, enemies, rng).settle_all(quarrelsome):
        raise SeatingImpossible(Obstacle.APART_TOO_TIGHT, people=sorted(quarrelsome))
    matching.even_out()
    return matching.at


def _enemies_of(people: int, apart: Iterable[tuple[int, int]]) -> list[set[int]]:
    enemies: list[set[int]] = [set() for _ in range(people)]
    for one, other in apart:
        if one != other:
            enemies[one].add(other)
            enemies[other].add(one)
    return enemies


def _require_no_fixed_quarrel(open_tables: NDArray[np.bool_], enemies: Sequence[set[int]]) -> None:
    only = [int(row.argmax()) if row.sum() == 1 else -1 for row in open_tables]
    for person, table in enumerate(only):
        for enemy in sorted(enemies[person]):
            if table >= 0 and only[enemy] == table:
                raise SeatingImpossible(
                    Obstacle.APART_BUT_FIXED_TOGETHER,
                    people=sorted((person, enemy)),
                    tables=(table,),
                )


class _Settling:
    """Seats quarrelsome people for good, one by one, everybody else moving out of their way."""

    def __init__(
        self,
        matching: Matching,
        limits: Sequence[int],
        open_tables: NDArray[np.bool_],
        enemies: Sequence[set[int]],
        rng: np.random.Generator,
    ) -> None:
        self._matching = matching
        self._enemies = enemies
        self._rng = rng
        self._open = open_tables
        self._alike = [
            (limit, column.tobytes()) for limit, column in zip(limits, open_tables.T, strict=True)
        ]

    def settle_all(self, people: Sequence[int]) -> bool:
        """Depth-first search; false when there is no way, or none is in sight."""
        choices: list[list[int]] = []
        before: list[tuple[list[int], list[int]]] = []
        tries = 0
        while len(choices) < len(people):
            choices.append(self._friendly_tables(people[len(choices)]))
            before.append(self._matching.snapshot())
            while not self._settle_next(people[len(choices) - 1], choices[-1]):
                choices.pop()
                before.pop()
                tries += 1
                if not choices or tries > _PATIENCE:
                    return False
                self._matching.settled.discard(people[len(choices) - 1])
                self._matching.restore(before[-1])
        return True

    def _settle_next(self, person: int, choices: list[int]) -> bool:
        while choices:
            if self._matching.settle(person, choices.pop()):
                return True
        return False

    def _friendly_tables(self, person: int) -> list[int]:
        """Open tables without an enemy who is settled, the person's own table last.

        Of the others that nobody settled is at, and that are alike, there is only one.
        """
        at, settled = self._matching.at, self._matching.settled
        hostile = {at[enemy] for enemy in self._enemies[person] if enemy in settled}
        visited = {at[who] for who in settled}
        found: list[int] = []
        alike: set[tuple[int, bytes]] = set()
        own = at[person]
        others = self._rng.permutation(len(self._alike)).tolist()
        for table in sorted(others, key=lambda table: table != own):
            if table in hostile or not self._open[person, table]:
                continue
            if table not in visited:
                if self._alike[table] in alike:
                    continue
                alike.add(self._alike[table])
            found.append(table)
        return found[::-1]
