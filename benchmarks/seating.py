"""Seat panels of twelve sizes over five rounds, and print how well beside figures to beat.
Then the same for a panel with facilitators, and for one seated again after absences.

    python benchmarks/seating.py [--panels 3] [--only 40/8...]

Panels are generated: gender, age, education, region and language with shares as in Finland. Each
figure is the mean over panels; seconds are processor time of this process.
"""

import argparse
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from selection.engine.seating.tables import Facilitators, SeatingProblem, seat

ROUNDS = 5
SHARES = (
    (0.49, 0.49, 0.02),
    (0.12, 0.2, 0.24, 0.22, 0.22),
    (0.25, 0.45, 0.3),
    (0.4, 0.3, 0.2, 0.1),
    (0.85, 0.08, 0.07),
)
# People and tables; then pairs, repeats and imbalance that annealing one swap at a time in plain
# Python reached in 5 s on one panel of each size.
TO_BEAT = (
    (15, 3, 85, 83, 4),
    (24, 4, 208, 101, 1),
    (33, 5, 373, 96, 0),
    (40, 6, 491, 81, 0),
    (40, 8, 366, 34, 1),
    (40, 10, 270, 30, 2),
    (100, 10, 2072, 179, 0),
    (100, 13, 1642, 38, 0),
    (100, 17, 1222, 3, 0),
    (100, 20, 1000, 0, 0),
    (160, 16, 3527, 73, 0),
    (160, 20, 2794, 6, 0),
)
HEAD = (
    f"{'people/tables':<14}{'pairs':>8}{'to beat':>8}{'repeats':>9}{'to beat':>8}{'bound':>7}"
    f"{'imbalance':>11}{'to beat':>8}{'seconds':>9}"
)


def panel(people: int, *, seed: int) -> np.ndarray:
    """(people, 5) values of a generated panel."""
    rng = np.random.default_rng([people, seed])
    columns = [rng.choice(len(shares), size=people, p=shares) for shares in SHARES]
    return np.stack(columns, axis=1).astype(np.int32)


def measured(people: int, tables: int, seed: int) -> tuple[float, float, float, float, float]:
    """Pairs, repeats, bound, imbalance, seconds."""
    problem = SeatingProblem(panel(people, seed=seed), tables=tables, rounds=ROUNDS)
    start = time.process_time()
    plan = seat(problem, rng=np.random.default_rng(seed))
    seconds = time.process_time() - start
    return plan.distinct_pairs, plan.repeats, plan.repeats_bound, plan.imbalance, seconds


def led(seed: int) -> tuple[float, ...]:
    """100 people at 10 tables, each led by one of ten facilitators: repeated, imbalance, pairs."""
    team = Facilitators(10)
    problem = SeatingProblem(panel(100, seed=seed), tables=10, rounds=ROUNDS, facilitators=team)
    plan = seat(problem, rng=np.random.default_rng(seed))
    return plan.facilitator_repeats, plan.imbalance, plan.distinct_pairs


def seated_again(seed: int) -> tuple[float, ...]:
    """40 people at 6 tables, of whom 6 leave after two of five rounds.

    The smallest and the largest table of the rounds to come, their imbalance, and the repeats of
    all five rounds among those who stay.
    """
    everybody, rng = panel(40, seed=seed), np.random.default_rng([seed, 1])
    before = seat(SeatingProblem(everybody, tables=6, rounds=ROUNDS), rng=rng)
    stay = np.sort(rng.choice(40, 34, replace=False))
    held = before.tables[:2, stay]
    problem = SeatingProblem(everybody[stay], tables=6, rounds=ROUNDS - 2, held=held)
    plan = seat(problem, rng=rng)
    sizes = [len(people) for turn in range(problem.rounds) for people in plan.seated(turn)]
    met_twice = (held[:, :, None] == held[:, None, :]).all(axis=0)
    repeats = plan.repeats + int(np.triu(met_twice, k=1).sum())
    return min(sizes), max(sizes), plan.imbalance, repeats


def print_cases(panels: int) -> None:
    """The two cases, means over panels but for the sizes of tables."""
    again, imbalance, pairs = np.mean([led(seed) for seed in range(panels)], axis=0)
    print(
        f"100/10 with ten facilitators: {again:.1f} of 500 sittings repeat one (to beat 45), "
        f"imbalance {imbalance:.1f} (0), {pairs:.1f} pairs"
    )
    runs = np.array([seated_again(seed) for seed in range(panels)])
    imbalance, repeats = runs[:, 2:].mean(axis=0)
    print(
        f"40/6 without six after two rounds: tables of {runs[:, 0].min()}-{runs[:, 1].max()} "
        f"(5-6), imbalance {imbalance:.1f} (1), {repeats:.1f} repeats (61)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--panels", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=[], metavar="PEOPLE/TABLES")
    chosen = parser.parse_args()
    print(HEAD, flush=True)
    for people, tables, *figures in TO_BEAT:
        name = f"{people}/{tables}"
        if chosen.only and name not in chosen.only:
            continue
        runs = [measured(people, tables, seed) for seed in range(chosen.panels)]
        pairs, repeats, bound, imbalance, seconds = np.mean(runs, axis=0)
        print(
            f"{name:<14}{pairs:>8.1f}{figures[0]:>8}{repeats:>9.1f}{figures[1]:>8}{bound:>7.0f}"
            f"{imbalance:>11.1f}{figures[2]:>8}{seconds:>9.1f}",
            flush=True,
        )
    if not chosen.only:
        print_cases(chosen.panels)


if __name__ == "__main__":
    main()
