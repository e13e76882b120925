"""Which additional registrants would lift the smallest chance most.

The best profile is found by cutting planes over all profiles (J. E. Kelley, Journal of the SIAM 8,
1960): the duals of each relaxation solved bound what newcomers of every profile can do, since a
seat costs the price of each maximum that binds and earns that of each minimum that binds. The
profile with the highest bound is tried next, until the best tried reaches the bounds of the rest.
Where the very first bounds promise nothing, nobody can help.

Then its demands are dropped one after the other, the idlest first. A criterion without a demand
means any value at all: room is kept below the maximum of every value, and no minimum counts on the
newcomer.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from selection.engine.answers.newcomers import Newcomers, Outlook, Profile
from selection.engine.errors import TooManyProfiles
from selection.engine.pool import Pool, Quotas
from selection.engine.progress import Progress, silent
from selection.engine.search.method import prepare

GAIN = 1e-6
TRIES = 60
PROFILES = 5_000_000


@dataclass(frozen=True, slots=True)
class Lift:
    """What newcomers of one profile would do.

    Attributes
    ----------
    profile : for each criterion the value they have, or None where any value will do.
    people : how many of them.
    before, after : the smallest chance over continuous panels of the people who have one today,
        without them and, theirs included, with them.
    """

    profile: Profile
    people: int
    before: float
    after: float


def lifting_recruits(
    pool: Pool, quotas: Quotas, *, people: int = 1, progress: Progress = silent
) -> tuple[Lift, ...]:
    """Profiles of which ``people`` newcomers lift the smallest chance, the best first.

    The first is proven to be the best unless sixty profiles had to be tried; each next one demands
    less and gives less. Empty when newcomers of no profile lift it. ``NoFeasiblePanel`` when there
    is no panel, ``TooManyProfiles`` when there are more than five million of them, ``ValueError``
    when there are no newcomers.
    """
    if people < 1:
        raise ValueError("there must be a newcomer")
    values = [len(bounds) for bounds in quotas.minimum]
    if np.prod(values, dtype=float) > PROFILES:
        raise TooManyProfiles
    task = prepare(pool, quotas, progress=progress)
    if not task.seatable.any():
        return ()
    space = task.pricer.polytope
    newcomers = Newcomers(space, task.types.sizes, task.seatable, values, people)
    today = newcomers.outlook(None)
    best = _best(newcomers, today, progress)
    return tuple(
        Lift(profile, people, today.value, after)
        for profile, after in _relaxed(newcomers, best, today.value + GAIN)
    )


def _best(newcomers: Newcomers, today: Outlook, progress: Progress) -> Profile | None:
    """The profile that lifts most, among those with a value for each criterion."""
    ceiling, reached = today.ceiling, today.value
    best: Profile | None = None
    for tries in range(TRIES):
        progress("reasons", tries / TRIES)
        place = np.unravel_index(int(np.argmax(ceiling)), ceiling.shape)
        if ceiling[place] <= reached + GAIN:
            break
        profile = tuple(int(value) for value in place)
        outlook = newcomers.outlook(profile)
        if outlook.value > reached:
            best, reached = profile, outlook.value
        ceiling = np.minimum(ceiling, outlook.ceiling)
        ceiling[place] = outlook.value
    return best


def _relaxed(
    newcomers: Newcomers, profile: Profile | None, floor: float
) -> Iterator[tuple[Profile, float]]:
    """The profile and what it reaches, then ever fewer demands, as long as that is above floor."""
    reached = -np.inf if profile is None else newcomers.outlook(profile).value
    while profile is not None and reached > floor:
        looser = [
            (newcomers.outlook(other).value, -criterion, other)
            for criterion, other in _without_one_demand(profile)
        ]
        after, _, other = max(looser, default=(-np.inf, 0, None))
        if after < reached - GAIN:
            yield profile, reached
        profile, reached = other, after


def _without_one_demand(profile: Profile) -> Iterator[tuple[int, Profile]]:
    for criterion, value in enumerate(profile):
        if value is not None:
            yield criterion, (*profile[:criterion], None, *profile[criterion + 1 :])
