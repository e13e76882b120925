"""D4: a thousand tickets are as fair as a thousand tickets can be, on pools of every kind.

What is best is not taken from the lottery under test: it was stored when it was proven. Times, and
pools of known shapes, are measured by ``benchmarks/instances.py``, which is held here to its word.
"""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from math import floor
from pathlib import Path

import numpy as np
import pytest

from benchmarks.instances import Measured, measure, read
from selection.engine import leximin, number_tickets, plain
from tests.engine.optima import FILE, POOLS

OPTIMA = json.loads(FILE.read_text(encoding="utf-8"))
ROOT = Path(__file__).resolve().parents[2]
TICKETS, LARGEST_SHIFT, LARGEST_GAP = 1000, 0.002, 0.001
NOISE = 1e-6
QUICK = [name for name in POOLS if name != "odd marks, many"]


def best_chances(name: str) -> np.ndarray:
    """The chances of the fairest lottery, ascending, those of people in some panel."""
    chances, people = zip(*OPTIMA[name]["levels"], strict=True)
    best = np.repeat(chances, people)
    return best[best > NOISE]


def counts_of(panels: np.ndarray, people: int) -> np.ndarray:
    return np.bincount(panels.ravel(), minlength=people)


def is_fair(counts: np.ndarray, best: np.ndarray) -> bool:
    """Whether as many people as the best lottery can draw are on as many tickets as D4 asks."""
    return int((counts >= floor(TICKETS * best.min() + NOISE) - 1).sum()) >= len(best)


@pytest.mark.parametrize("name", QUICK)
def test_d4_a_thousand_tickets_keep_what_the_fairest_lottery_gives(name):
    pool, quotas = POOLS[name]()
    best = best_chances(name)

    lottery = leximin(pool, quotas, rng=np.random.default_rng(1))
    tickets = number_tickets(lottery, count=TICKETS, rng=np.random.default_rng(2))

    counts = counts_of(tickets.panels, len(pool))
    assert is_fair(counts, best)
    assert np.abs(counts / TICKETS - lottery.chances).max() <= LARGEST_SHIFT + NOISE
    assert np.abs(np.sort(lottery.chances)[-len(best) :] - best).max() <= LARGEST_GAP
    assert lottery.certificate.gap <= LARGEST_GAP


def test_d4_control_seats_filled_at_random_until_they_fit_are_not_fair():
    pool, quotas = POOLS["council"]()

    lottery = plain(pool, quotas, rng=np.random.default_rng(1))
    tickets = number_tickets(lottery, count=TICKETS, rng=np.random.default_rng(2))

    assert not is_fair(counts_of(tickets.panels, len(pool)), best_chances("council"))


def test_d4_control_tickets_picked_at_random_move_chances_too_far():
    pool, quotas = POOLS["council"]()
    lottery = leximin(pool, quotas, rng=np.random.default_rng(1))

    counts = counts_of(picked_at_random(lottery), len(pool))

    assert np.abs(counts / TICKETS - lottery.chances).max() > LARGEST_SHIFT


def picked_at_random(lottery) -> np.ndarray:
    """A panel for each ticket, by its probability and nothing else."""
    chance = np.random.default_rng(2)
    shares = lottery.probabilities / lottery.probabilities.sum()
    return lottery.panels[chance.choice(len(lottery.panels), TICKETS, p=shares)]


@pytest.fixture
def example(tmp_path) -> Path:
    """The pool of docs/example, as the benchmark finds its pools."""
    folder = tmp_path / "example_30"
    folder.mkdir()
    shutil.copy(ROOT / "docs/example/quotas.csv", folder / "categories.csv")
    shutil.copy(ROOT / "docs/example/pool.csv", folder / "respondents.csv")
    return folder


def test_d4_the_example_holds_every_bound_and_the_benchmark_ends_well(example):
    run = subprocess.run(
        [sys.executable, ROOT / "benchmarks/instances.py", example.parent],
        capture_output=True,
        text=True,
        check=False,
    )

    row = next(line for line in run.stdout.splitlines() if line.startswith("example"))
    assert row.split()[-1] in {"held", "seconds"}  # a busy machine may be slow, and that is all
    assert run.returncode == (0 if row.endswith("held") else 1)


def test_d4_the_benchmark_names_each_bound_that_is_missed(example):
    pool, quotas = read(example)
    found = replace(measure(pool, quotas, "leximin"), seconds=1.0, to_tickets=1.0)
    lottery, tickets = found.lottery, found.tickets
    loose = replace(lottery.certificate, gap=2 * LARGEST_GAP)
    rare = int(np.argmin(lottery.chances))
    others = tickets.panels[~(tickets.panels == rare).any(axis=1)]

    def missed(**changes: object) -> list[str]:
        changed: Measured = replace(found, **changes)
        return changed.missed

    assert missed() == []
    assert missed(seconds=59.5) == ["seconds"]
    assert missed(lottery=replace(lottery, certificate=loose)) == ["gap"]
    assert missed(tickets=replace(tickets, largest_shift=0.0021)) == ["shift"]
    assert missed(tickets=replace(tickets, panels=others)) == ["least"]
