"""The engine's key figures against programs written from the definition for scipy's solvers.

One column a person, no types and no polytope: what the engine gains by types must not change what
it finds.
"""

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, linprog, milp

from selection.engine import NoFeasiblePanel, Pool, Quotas, find_panel, leximin, maximin
from selection.engine.answers.heaviest import heaviest_by_program
from selection.engine.progress import silent
from selection.engine.search.method import prepare
from selection.engine.search.relaxation import fairest
from tests.engine import brute
from tests.engine.stored import council, odd_marks, scattered, village

POOLS = {
    "council": council(),
    "village": village(),
    "odd marks": odd_marks(4, 2, 10),
    "households": scattered(60, (2, 3, 3, 2), 9, salt=0, homes=4),
    "shut out": scattered(80, (3, 4, 3, 4, 2), 10, salt=2, slack=1),
}


def definition(pool: Pool, quotas: Quotas) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows over people with the least and the most: size, quotas, households; then the people's
    own limits are 0 to 1, the fixed at 1, the excluded at 0."""
    rows, least, most = [np.ones(len(pool))], [quotas.size], [quotas.size]
    for criterion, bounds in enumerate(zip(quotas.minimum, quotas.maximum, strict=True)):
        for value, (low, high) in enumerate(zip(*bounds, strict=True)):
            rows.append((pool.traits[:, criterion] == value).astype(float))
            least.append(low)
            most.append(high)
    for home in np.unique(pool.households[pool.households >= 0]):
        rows.append((pool.households == home).astype(float))
        least.append(0)
        most.append(1)
    return np.array(rows), np.array(least, float), np.array(most, float)


def heaviest(pool: Pool, quotas: Quotas, weights: np.ndarray) -> int | None:
    """The weight of the heaviest panel; None when there is none."""
    rows, least, most = definition(pool, quotas)
    found = milp(
        -weights,
        constraints=LinearConstraint(rows, least, most),
        integrality=np.ones(len(pool)),
        bounds=(pool.fixed.astype(float), 1.0 - pool.excluded),
        options={"mip_rel_gap": 0.0},
    )
    assert found.status in (0, 2), found.message
    return None if found.status == 2 else round(weights @ np.round(found.x))


def largest_level(pool: Pool, quotas: Quotas, counted: np.ndarray) -> float:
    """The largest smallest chance of ``counted`` if people could be seated in parts; others not at
    all, the fixed aside."""
    rows, least, most = definition(pool, quotas)
    rows = np.column_stack([rows, np.zeros(len(rows))])
    level = np.zeros((int(counted.sum()), len(pool) + 1))
    level[np.arange(len(level)), np.flatnonzero(counted)] = -1.0
    level[:, -1] = 1.0
    upper = np.where(counted | pool.fixed, 1.0, 0.0)
    found = linprog(
        -np.eye(len(pool) + 1)[-1],
        A_ub=np.vstack([rows, -rows, level]),
        b_ub=np.concatenate([most, -least, np.zeros(len(level))]),
        bounds=[*zip(pool.fixed.astype(float), upper, strict=True), (0, None)],
    )
    assert found.status == 0, found.message
    return float(-found.fun)


@pytest.mark.parametrize("name", POOLS)
def test_the_relaxations_smallest_chance_is_scipys(name):
    pool, quotas = POOLS[name]
    task = prepare(pool, quotas, progress=silent)
    counted = np.zeros(len(pool), dtype=bool)
    for kind in np.flatnonzero(task.seatable):
        counted[task.types.people[kind]] = True

    _, levels = fairest(
        task.pricer.polytope, task.types.sizes, open_=task.seatable, progress=silent
    )

    assert levels[0].chance == pytest.approx(largest_level(pool, quotas, counted), abs=1e-8)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", POOLS)
def test_the_heaviest_panel_weighs_what_scipys_does(name, seed):
    pool, quotas = POOLS[name]
    task = prepare(pool, quotas, progress=silent)
    kinds = np.random.default_rng(seed).integers(0, 1000, size=len(task.types))
    weights = np.zeros(len(pool), dtype=np.int64)
    for kind, people in enumerate(task.types.people):
        weights[people] = kinds[kind]

    best = task.pricer.heaviest(kinds.astype(float))

    assert best is not None
    assert kinds @ best == heaviest(pool, quotas, weights)
    assert kinds @ best == heaviest_by_program(pool, quotas, weights)


@pytest.mark.parametrize("name", POOLS)
def test_scipy_seats_nobody_whom_the_engine_says_no_panel_seats(name):
    pool, quotas = POOLS[name]
    chances = leximin(pool, quotas, rng=np.random.default_rng(0)).chances
    nobody = (chances == 0).astype(int)

    assert heaviest(pool, quotas, nobody) == 0


@pytest.mark.parametrize("salt", range(40))
def test_there_is_a_panel_when_scipy_says_so(salt):
    pool, quotas = scattered(40, (3, 3, 4), 8, salt=salt, homes=salt % 3, fixed=salt % 2)
    minimum, maximum = (
        [*bounds[:2], np.roll(bounds[2], 1)] for bounds in (quotas.minimum, quotas.maximum)
    )
    quotas = Quotas.of(8, minimum, maximum)
    there_is = heaviest(pool, quotas, np.zeros(len(pool), dtype=int)) is not None

    try:
        panel = find_panel(pool, quotas)
    except NoFeasiblePanel:
        assert not there_is
    else:
        assert there_is
        assert brute.is_panel(pool, quotas, tuple(panel.tolist()))


@pytest.mark.parametrize("name", POOLS)
def test_scipy_finds_no_panel_that_outweighs_a_claim(name):
    pool, quotas = POOLS[name]
    for rule in (leximin, maximin):
        certificate = rule(pool, quotas, rng=np.random.default_rng(0)).certificate
        types = prepare(pool, quotas, progress=silent).types
        for claim in certificate.claims[:6]:
            weights = np.zeros(len(pool), dtype=np.int64)
            for kind, people in enumerate(types.people):
                weights[people] = claim.weights[kind]
            assert heaviest(pool, quotas, weights) == claim.heaviest
