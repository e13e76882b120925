"""Larger pools keep the chances that were once proven to be the best."""

import json

import numpy as np
import pytest

from selection.engine.answers.checking import check_certificate
from tests.engine.optima import FILE, POOLS, lottery_of

OPTIMA = json.loads(FILE.read_text(encoding="utf-8"))
SAME = 2e-6


@pytest.mark.parametrize("name", POOLS)
def test_a_larger_pool_has_the_stored_optimum_and_its_proof_holds(name):
    pool, quotas = POOLS[name]()

    lottery = lottery_of(name)

    best = _sorted(name)
    assert np.abs(np.sort(lottery.chances) - best).max() < SAME
    assert lottery.certificate.optimal
    assert lottery.certificate.method == OPTIMA[name]["method"]
    findings = check_certificate(
        pool, quotas, rule="leximin", chances=lottery.chances, certificate=lottery.certificate
    )
    assert all(finding.fine for finding in findings)


def _sorted(name: str) -> np.ndarray:
    chances, people = zip(*OPTIMA[name]["levels"], strict=True)
    return np.repeat(chances, people)


def test_the_stored_pools_are_tight_and_not_and_of_every_kind():
    methods = [each["method"] for each in OPTIMA.values()]
    tasks = [make() for make in POOLS.values()]

    assert methods.count("exact") >= 5
    assert methods.count("relaxation") >= 5
    assert sum((pool.households >= 0).any() for pool, _ in tasks) >= 3
    assert sum(pool.fixed.any() for pool, _ in tasks) >= 2
    assert max(len(pool) for pool, _ in tasks) >= 300
