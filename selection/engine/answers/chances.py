"""Why a person's chance is what it is.

The relaxation's levels come with prices (see ``search.levels``). At a person's own level the
limits with a price are what holds the level, and so the chance, where it is: a maximum on a value
of the person, or a minimum on a value of others, which takes seats for them. Up to that level a
minimum on a value of the person, or a maximum on the other values, is what gives the person more
than people below have.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from selection.engine.errors import Bound
from selection.engine.feasibility.limits import Limit, quota_limits
from selection.engine.pool import Pool, Quotas
from selection.engine.progress import Progress, silent
from selection.engine.search.levels import Level, levels
from selection.engine.search.method import prepare

PRICED = 1e-7
SAME = 1e-6


@dataclass(frozen=True, slots=True)
class Pull:
    """A quota bound that binds: ``price`` is how fast the level's chance would grow if the bound
    were eased by one person."""

    bound: Bound
    price: float


@dataclass(frozen=True, slots=True)
class ChanceLevel:
    """People who have the same chance in the fairest continuous panel.

    Attributes
    ----------
    chance : theirs.
    people : their ascending positions.
    pulls : the quota bounds that hold the level, the dearest first; empty when the seats are
        simply shared out among those still waiting.
    """

    chance: float
    people: tuple[int, ...]
    pulls: tuple[Pull, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person stands among the levels.

    Attributes
    ----------
    chance : of the person, in the fairest continuous panel.
    level : position of the level, lowest first; None for fixed people and those in no panel.
    down : bounds that hold the person's chance down, the dearest first; none at a chance of 1.
    up : bounds that give the person more than people of lower levels have.
    """

    chance: float
    level: int | None
    down: tuple[Pull, ...] = ()
    up: tuple[Pull, ...] = ()


def chance_levels(
    pool: Pool, quotas: Quotas, *, progress: Progress = silent
) -> tuple[ChanceLevel, ...]:
    """The levels of leximin over continuous panels, lowest first; ``NoFeasiblePanel`` if none.

    They are the lottery's own levels where its certificate's method is "relaxation". Fixed people
    and people in no panel are on none.
    """
    task = prepare(pool, quotas, progress=progress)
    types, space = task.types, task.pricer.polytope
    limits = quota_limits(pool, quotas, types, space)
    found: list[ChanceLevel] = []
    for level in levels(space, types.sizes, open_=task.seatable, progress=progress):
        people = np.concatenate([types.people[kind] for kind in level.kinds.tolist()])
        mine = ChanceLevel(level.chance, tuple(people.tolist()), _pulls(level, limits))
        if found and mine.chance - found[-1].chance <= SAME:
            found[-1] = _joined(found[-1], mine)
        else:
            found.append(mine)
    return tuple(replace(level, people=tuple(sorted(level.people))) for level in found)


def standing(pool: Pool, levels_: Sequence[ChanceLevel], person: int) -> Standing:
    """Where this person stands among the levels of the pool."""
    if pool.fixed[person]:
        return Standing(1.0, None)
    place = next((at for at, level in enumerate(levels_) if person in level.people), None)
    if place is None:
        return Standing(0.0, None)
    traits = pool.traits[person].tolist()
    below_one = levels_[place].chance < 1 - SAME
    down = [pull for pull in levels_[place].pulls if below_one and not _favours(pull.bound, traits)]
    up = [
        pull
        for level in levels_[: place + 1]
        for pull in level.pulls
        if _favours(pull.bound, traits)
    ]
    return Standing(levels_[place].chance, place, _dearest(down), _dearest(up))


def _favours(bound: Bound, traits: Sequence[int]) -> bool:
    """The bound gives seats to people with these values rather than takes them away."""
    return (traits[bound.criterion] == bound.value) == (bound.kind == "minimum")


def _pulls(level: Level, limits: Iterable[Limit]) -> tuple[Pull, ...]:
    prices = ((limit, -limit.sign * float(level.prices[limit.row])) for limit in limits)
    return _dearest(Pull(limit.bound, price) for limit, price in prices if price > PRICED)


def _joined(one: ChanceLevel, other: ChanceLevel) -> ChanceLevel:
    pulls = _dearest([*one.pulls, *other.pulls])
    return ChanceLevel(one.chance, one.people + other.people, pulls)


def _dearest(pulls: Iterable[Pull]) -> tuple[Pull, ...]:
    """Each bound once, at its highest price, the dearest first."""
    prices: dict[Bound, float] = {}
    for pull in pulls:
        prices[pull.bound] = max(pull.price, prices.get(pull.bound, 0.0))
    ordered = sorted(prices.items(), key=lambda item: -item[1])
    return tuple(Pull(bound, price) for bound, price in ordered)
