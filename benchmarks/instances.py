"""Time the leximin lottery on every pool of a folder.

    python benchmarks/instances.py FOLDER [--rule maximin] [--only NAME...]

Each pool is a folder ``<shape>_<panel size>`` with ``categories.csv`` (feature, value, min, max)
and ``respondents.csv`` (id and one column each feature).
"""

import argparse
import csv
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from selection.engine import Lottery, Pool, Quotas, leximin, maximin, number_tickets  # noqa: E402

RULES = {"leximin": leximin, "maximin": maximin}
HEAD = f"{'shape':<16}{'n':>7}{'k':>5}{'T':>6}{'seconds':>9}{'gap':>10}{'panels':>8}{'shift':>9}"


def read(folder: Path) -> tuple[Pool, Quotas]:
    """The pool of a folder and its quotas."""
    with (folder / "categories.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with (folder / "respondents.csv").open(encoding="utf-8-sig", newline="") as file:
        people = list(csv.DictReader(file))
    features = list(dict.fromkeys(row["feature"] for row in rows))
    values = {name: [row["value"] for row in rows if row["feature"] == name] for name in features}
    bounds = [
        [[int(row[bound]) for row in rows if row["feature"] == name] for name in features]
        for bound in ("min", "max")
    ]
    traits = [[values[name].index(person[name]) for name in features] for person in people]
    size = int(folder.name.rpartition("_")[2])
    return Pool.of(np.array(traits)), Quotas.of(size, *bounds)


def line(name: str, size: int, lottery: Lottery, seconds: float) -> str:
    """One row of the table."""
    tickets = number_tickets(lottery, rng=np.random.default_rng(2))
    return (
        f"{name:<16}{len(lottery.chances):>7}{size:>5}{lottery.types:>6}{seconds:>9.1f}"
        f"{lottery.certificate.gap:>10.1e}{len(lottery.panels):>8}{tickets.largest_shift:>9.5f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rule", choices=sorted(RULES), default="leximin")
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    chosen = parser.parse_args()
    print(HEAD, flush=True)
    whole = 0.0
    for folder in sorted(path.parent for path in chosen.folder.glob("*/respondents.csv")):
        if chosen.only and folder.name not in chosen.only:
            continue
        pool, quotas = read(folder)
        start = time.perf_counter()
        lottery = RULES[chosen.rule](pool, quotas, rng=np.random.default_rng(1))
        seconds = time.perf_counter() - start
        whole += seconds
        print(line(folder.name, quotas.size, lottery, seconds), flush=True)
    print(f"{'together':<34}{whole:>9.1f}")


if __name__ == "__main__":
    main()
