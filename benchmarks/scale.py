"""Time and memory of the lottery against the number of people.

    python benchmarks/scale.py [--people 10000 100000 1000000] [--households] [--size 100]

Pools are invented from a seed: six criteria with shares as in Finland, the quotas follow the
population and the volunteers do not. Each pool has a process of its own, so that its peak of
memory is its own.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from selection.engine import Pool, Quotas, leximin, number_tickets
from selection.engine.lotteries import lottery as lotteries
from selection.engine.types.grouping import group

POPULATION = {
    "gender": (0.505, 0.49, 0.005),
    "age": (0.15, 0.16, 0.16, 0.17, 0.16, 0.20),
    "area": (0.31, 0.24, 0.19, 0.16, 0.10),
    "education": (0.24, 0.41, 0.20, 0.15),
    "language": (0.86, 0.05, 0.09),
    "housing": (0.65, 0.35),
}
VOLUNTEERS = {
    "gender": (0.58, 0.41, 0.01),
    "age": (0.08, 0.12, 0.15, 0.19, 0.21, 0.25),
    "area": (0.38, 0.25, 0.17, 0.13, 0.07),
    "education": (0.10, 0.28, 0.27, 0.35),
    "language": (0.90, 0.06, 0.04),
    "housing": (0.73, 0.27),
}
HEAD = (
    f"{'people':>9}{'homes':>7}{'T':>7}{'grouping':>10}{'search':>9}{'lifting':>9}{'tickets':>9}"
    f"{'panels':>9}{'gap':>10}{'shift':>10}{'MB':>7}"
)


def generate(people: int, size: int, *, households: bool) -> tuple[Pool, Quotas]:
    """Volunteers who are skewed, and quotas that are not: the population's share, a seat's room."""
    rng = np.random.default_rng([20261122, people])
    traits = np.column_stack(
        [rng.choice(len(shares), size=people, p=shares) for shares in VOLUNTEERS.values()]
    )
    homes = np.full(people, -1)
    if households:
        couples = people // 20
        homes[: 2 * couples] = np.arange(2 * couples) // 2
        # People of one home live in one area, in one kind of home, and mostly speak one language.
        for shared in (2, 4, 5):
            traits[1 : 2 * couples : 2, shared] = traits[: 2 * couples : 2, shared]
    bounds = [np.array(shares) * size for shares in POPULATION.values()]
    minimum = [np.floor(due) for due in bounds]
    maximum = [np.maximum(np.ceil(due), 1) for due in bounds]
    return Pool.of(traits, households=homes), Quotas.of(size, minimum, maximum)


def measure(people: int, size: int, *, households: bool) -> dict[str, float]:
    """One pool, from grouping to tickets: seconds of processor time, and the peak of memory."""
    pool, quotas = generate(people, size, households=households)
    lifting = [0.0]
    spread = lotteries.spread

    def timed(*arguments, **named):
        start = time.process_time()
        found = spread(*arguments, **named)
        lifting[0] += time.process_time() - start
        return found

    lotteries.spread = timed
    start = time.process_time()
    types = len(group(pool))
    grouped = time.process_time()
    lottery = leximin(pool, quotas, rng=np.random.default_rng(1))
    searched = time.process_time()
    tickets = number_tickets(lottery, rng=np.random.default_rng(2))
    done = time.process_time()
    return {
        "types": types,
        "grouping": grouped - start,
        "search": searched - grouped - lifting[0] - (grouped - start),
        "lifting": lifting[0],
        "tickets": done - searched,
        "panels": len(lottery.panels),
        "gap": lottery.certificate.gap,
        "shift": tickets.largest_shift,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def line(people: int, found: dict[str, float], *, households: bool) -> str:
    """One row of the table."""
    homes = people // 20 if households else 0
    return (
        f"{people:>9}{homes:>7}{found['types']:>7.0f}{found['grouping']:>10.2f}"
        f"{found['search']:>9.1f}{found['lifting']:>9.1f}{found['tickets']:>9.1f}"
        f"{found['panels']:>9.0f}{found['gap']:>10.1e}{found['shift']:>10.6f}{found['memory']:>7.0f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--size", type=int, default=100)
    parser.add_argument("--households", action="store_true", help="a tenth live in couples")
    parser.add_argument("--one", type=int, metavar="N", help="one pool only, as JSON")
    chosen = parser.parse_args()
    if chosen.one:
        found = measure(chosen.one, chosen.size, households=chosen.households)
        print(json.dumps(found))
        return
    print(HEAD, flush=True)
    for people in chosen.people:
        command = [sys.executable, __file__, "--one", str(people), "--size", str(chosen.size)]
        command += ["--households"] if chosen.households else []
        run = subprocess.run(command, capture_output=True, check=True, text=True)
        print(line(people, json.loads(run.stdout), households=chosen.households), flush=True)


if __name__ == "__main__":
    main()
