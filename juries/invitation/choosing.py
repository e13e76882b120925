"""Who gets a letter: everybody, so many by lot in proportion to the groups, or so many of each.

The lot is drawn by the machine's own source of chance, and by no seed that somebody could choose.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from juries.targets.apportionment import whole_seats

type Candidates = Mapping[str, Sequence[int]]
"""By group, the keys of those who can be chosen."""


@dataclass(frozen=True, slots=True)
class Part:
    """Of a group: how many can be chosen, and how many shall be."""

    group: str
    left: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Plan:
    """How many of which group get a letter."""

    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        return sum(part.wanted for part in self.parts)


def everybody(candidates: Candidates) -> Plan:
    """A letter to each."""
    return Plan(
        tuple(Part(group, len(people), len(people)) for group, people in candidates.items())
    )


def in_proportion(candidates: Candidates, total: int) -> Plan:
    """``total`` letters, or as many as there are people, each group in proportion to its size."""
    sizes = [len(people) for people in candidates.values()]
    if not sum(sizes):
        return everybody(candidates)
    shares = whole_seats(sizes, min(total, sum(sizes)))
    return Plan(
        tuple(
            Part(group, size, wanted)
            for group, size, wanted in zip(candidates, sizes, shares, strict=True)
        )
    )


def of_each_group(candidates: Candidates, wanted: Mapping[str, int]) -> Plan:
    """So many of each group as asked for, or as many as there are."""
    return Plan(
        tuple(
            Part(group, len(people), min(len(people), wanted.get(group, 0)))
            for group, people in candidates.items()
        )
    )


def by_lot(candidates: Candidates, plan: Plan) -> list[int]:
    """The keys of the chosen in their order: within a group everybody has the same chance."""
    lot = secrets.SystemRandom()
    return sorted(
        person for part in plan.parts for person in lot.sample(candidates[part.group], part.wanted)
    )
