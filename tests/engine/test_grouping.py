"""Types against a loop over people that is slow and obviously right."""

from collections import defaultdict

import numpy as np
import pytest

from selection.engine import Pool
from selection.engine.types.grouping import group
from selection.engine.types.looks import find_looks
from tests.engine.pools import random_task
from tests.engine.stored import council, village


def shapes_one_by_one(pool: Pool) -> list[tuple[tuple, list[list[int]]]]:
    """Each shape of a household, with the people of all such households."""
    taken = {int(home) for home in pool.households[pool.fixed] if home >= 0}
    homes = defaultdict(list)
    for person in range(len(pool)):
        home = int(pool.households[person])
        if not pool.fixed[person] and not pool.excluded[person] and home not in taken:
            look = tuple(pool.traits[person].tolist())
            homes[home if home >= 0 else ("alone", person)].append((look, person))
    shapes = defaultdict(list)
    for members in homes.values():
        members.sort()
        shapes[tuple(look for look, _ in members)].append([person for _, person in members])
    return [(shape, sorted(shapes[shape])) for shape in sorted(shapes)]


def require_same(pool: Pool) -> None:
    types = group(pool)
    kind, alone, classes = 0, [], iter(types.classes)
    for shape, tables in shapes_one_by_one(pool):
        looks = sorted(set(shape))
        if len(shape) == 1:
            alone.append(kind)
        else:
            household = next(classes)
            assert household.people.tolist() == tables
            assert household.slots.tolist() == [kind + looks.index(look) for look in shape]
        for look in looks:
            people = [
                person
                for members in tables
                for person, other in zip(members, shape, strict=True)
                if other == look
            ]
            assert types.people[kind].tolist() == sorted(people)
            assert tuple(types.traits[kind].tolist()) == look
            kind += 1
    assert kind == len(types)
    assert types.alone.tolist() == alone
    assert next(classes, None) is None


@pytest.mark.parametrize("block", range(4))
def test_types_of_small_pools_are_those_found_one_by_one(block):
    for seed in range(block * 60, block * 60 + 60):
        require_same(random_task(seed)[0])


@pytest.mark.parametrize("seed", range(6))
def test_types_of_pools_with_large_households_are_those_found_one_by_one(seed):
    rng = np.random.default_rng(seed)
    traits = rng.integers(0, 3, size=(400, 1 + seed % 3))
    households = rng.integers(-1, (40, 200)[seed % 2], size=400)
    fixed = rng.random(400) < 0.02
    excluded = (rng.random(400) < 0.05) & ~fixed

    require_same(Pool.of(traits, households=households, fixed=fixed, excluded=excluded))


@pytest.mark.parametrize("make", [council, village])
def test_types_of_the_stored_pools_are_those_found_one_by_one(make):
    require_same(make()[0])


def test_nobody_is_of_no_type():
    types = group(Pool.of(np.zeros((0, 2))))

    assert len(types) == 0
    assert types.classes == ()
    assert types.sizes.tolist() == []


@pytest.mark.parametrize("values", [4, 2_000_000])
def test_looks_are_the_distinct_rows_in_order_however_many_values_there_are(values):
    traits = np.random.default_rng(5).integers(0, values, size=(300, 4)).astype(np.int32)
    traits[150:] = traits[:150]

    looks, look = find_looks(traits)

    expected, places = np.unique(traits, axis=0, return_inverse=True)
    assert np.array_equal(looks, expected)
    assert np.array_equal(look, places.reshape(-1))
