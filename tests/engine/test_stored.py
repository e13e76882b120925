"""Pools of a real size: everything promised holds, and the figures do not move."""

import os
import subprocess
import sys

import numpy as np
import pytest

from selection.engine import Cancelled, find_panel, leximin, maximin, number_tickets
from tests.engine import brute
from tests.engine.stored import council, village

POOLS = {"council": council, "village": village}
PRINT = """
import json, sys, numpy
from selection.engine import leximin, maximin, number_tickets
from tests.engine.stored import council, odd_marks, village
for pool, quotas in (council(), village(), odd_marks(4, 2, 10)):
    for rule in (leximin, maximin):
        lottery = rule(pool, quotas, rng=numpy.random.default_rng(3))
        tickets = number_tickets(lottery, count=100, rng=numpy.random.default_rng(4))
        panels = [panel.tolist() for panel in lottery.panels]
        print(lottery.chances.tolist(), lottery.probabilities.tolist(), panels)
        print(lottery.certificate, tickets.panels.tolist())
"""


def seeded(seed: int = 3) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("rule", [leximin, maximin])
@pytest.mark.parametrize("name", POOLS)
def test_every_panel_meets_the_quotas_and_makes_the_chances(name, rule):
    pool, quotas = POOLS[name]()

    lottery = rule(pool, quotas, rng=seeded())

    chances = np.zeros(len(pool))
    for panel, probability in zip(lottery.panels, lottery.probabilities, strict=True):
        assert brute.is_panel(pool, quotas, tuple(panel.tolist()))
        chances[panel] += probability
    assert np.abs(chances - lottery.chances).max() < 1e-9
    assert lottery.probabilities.sum() == pytest.approx(1, abs=1e-9)
    assert lottery.chances.sum() == pytest.approx(quotas.size, abs=1e-9)
    assert len({panel.tobytes() for panel in lottery.panels}) == len(lottery.panels)
    assert lottery.certificate.optimal


@pytest.mark.parametrize("rule", [leximin, maximin])
def test_people_with_the_same_traits_have_the_same_chance(rule):
    pool, quotas = council()

    lottery = rule(pool, quotas, rng=seeded())

    for traits in np.unique(pool.traits, axis=0):
        alike = (pool.traits == traits).all(axis=1)
        assert np.ptp(lottery.chances[alike]) < 1e-9
    assert len(lottery.panels) <= 2 * len(pool)


def test_households_alike_share_evenly():
    pool, quotas = village()

    lottery = leximin(pool, quotas, rng=seeded())

    looks = {}
    for home in range(22):
        members = np.flatnonzero(pool.households == home)
        if pool.fixed[members].any() or pool.excluded[members].any():
            continue
        shape = tuple(map(tuple, pool.traits[members].tolist()))
        looks.setdefault(shape, []).append(lottery.chances[members])
    assert max(len(alike) for alike in looks.values()) > 1
    for alike in looks.values():
        assert np.ptp(np.array(alike), axis=0).max() < 1e-8


def test_fixed_people_are_certain_and_their_household_and_the_excluded_have_no_chance():
    pool, quotas = village()

    lottery = leximin(pool, quotas, rng=seeded())

    assert lottery.chances[[0, 59]] == pytest.approx(1)
    assert not lottery.chances[[1, 5, 21, 50]].any()


def test_leximin_has_no_smaller_smallest_chance_than_maximin():
    pool, quotas = council()

    fair, quick = (rule(pool, quotas, rng=seeded()) for rule in (leximin, maximin))

    assert fair.rule, quick.rule == ("leximin", "maximin")
    assert fair.chances.min() == pytest.approx(quick.chances.min(), abs=1e-6)
    assert fair.certificate.bound == pytest.approx(quick.certificate.bound, abs=1e-6)


def test_another_process_with_another_hash_seed_and_more_threads_finds_the_same_to_the_last_digit():
    threads = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    runs = [
        subprocess.run(
            [sys.executable, "-c", PRINT],
            env={**os.environ, "PYTHONHASHSEED": seed, **dict.fromkeys(threads, count)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed, count in (("1", "1"), ("2", "2"))
    ]

    assert runs[0] == runs[1]
    assert len(runs[0].splitlines()) == 12


def test_another_seed_moves_people_but_not_chances():
    pool, quotas = council()

    one, other = (leximin(pool, quotas, rng=seeded(seed)) for seed in (0, 1))

    assert np.abs(one.chances - other.chances).max() < 1e-9
    assert [panel.tolist() for panel in one.panels] != [panel.tolist() for panel in other.panels]


@pytest.mark.parametrize("rule", [leximin, maximin])
def test_progress_passes_through_the_phases_and_can_cancel(rule):
    phases = []

    def watch(phase, share):
        assert 0 <= share <= 1
        phases.append(phase)
        if phase == "decomposition":
            raise Cancelled

    with pytest.raises(Cancelled):
        rule(*council(), rng=seeded(), progress=watch)

    assert list(dict.fromkeys(phases)) == ["types", "relaxation", "decomposition"]


@pytest.mark.parametrize("count", [1, 100, 1000])
def test_tickets_are_feasible_panels_near_the_chances(count):
    pool, quotas = council()
    lottery = leximin(pool, quotas, rng=seeded())

    tickets = number_tickets(lottery, count=count, rng=seeded())

    assert len(tickets.panels) == count
    shares = np.zeros(len(pool))
    for panel in tickets.panels:
        assert brute.is_panel(pool, quotas, tuple(panel.tolist()))
        shares[panel] += 1 / count
    assert np.abs(shares - lottery.chances).max() == pytest.approx(tickets.largest_shift)
    assert tickets.largest_shift <= (1 if count == 1 else 3 / count)


@pytest.mark.parametrize("name", POOLS)
def test_some_panel_is_found(name):
    pool, quotas = POOLS[name]()

    panel = find_panel(pool, quotas)

    assert brute.is_panel(pool, quotas, tuple(panel.tolist()))


def test_results_cannot_be_changed():
    lottery = leximin(*village(), rng=seeded())

    for values in (lottery.chances, lottery.probabilities, lottery.panels[0]):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 0
