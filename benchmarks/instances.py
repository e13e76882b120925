"""Time a rule's lottery on every pool of a folder, beside the published times and beside a peer.

    python benchmarks/instances.py FOLDER [--rule nash] [--only NAME...] [--peer [PYTHON]]

Each pool is a folder ``<shape>_<panel size>`` with ``categories.csv`` (feature, value, min, max)
and ``respondents.csv`` (id and one column each feature). ``--peer`` runs sortition-algorithms on
the same files where the interpreter (this one, or the one given) can import it.

Seconds are of the clock, from arrays to the lottery; cpu is what the processor worked meanwhile,
which a busy machine changes less. The ratio is of the published seconds to ours.
"""

import argparse
import csv
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from selection.engine import Lottery, Pool, Quotas, number_tickets
from selection.engine.rules.catalogue import RULES

PUBLISHED = {
    "mass": 0.5,
    "sf_c": 6.0,
    "sf_b": 8.8,
    "sf_a": 19.6,
    "hd": 37.2,
    "sf_d": 46.2,
    "nexus": 83.4,
    "obf": 183.9,
    "cca": 433.5,
    "sf_e": 4011.6,
}
"""Seconds of LEXIMIN with Gurobi on the real pool of the same shape: reference output of the
replication package of Flanigan, Gölz, Gupta, Hennig, Procaccia, Nature 596 (2021)."""
PATIENCE = 900
HEAD = (
    f"{'shape':<10}{'n':>6}{'k':>5}{'criteria':>9}{'T':>5}{'seconds':>9}{'cpu':>7}"
    f"{'published':>11}{'ratio':>8}{'gap':>9}{'panels':>8}{'shift':>9}"
)


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


def line(
    shape: str, pool: Pool, quotas: Quotas, lottery: Lottery, seconds: float, cpu: float
) -> str:
    """One row of the table."""
    tickets = number_tickets(lottery, rng=np.random.default_rng(2))
    published = PUBLISHED.get(shape)
    beside = f"{published:>11.1f}{published / seconds:>8.0f}" if published else f"{'':>19}"
    return (
        f"{shape:<10}{len(pool):>6}{quotas.size:>5}{len(quotas.minimum):>9}{lottery.types:>5}"
        f"{seconds:>9.2f}{cpu:>7.2f}{beside}{lottery.certificate.gap:>9.0e}"
        f"{len(lottery.panels):>8}{tickets.largest_shift:>9.5f}"
    )


def peer(python: str, folder: Path, rule: str) -> str:
    """The peer's seconds and rule on the same files, or why there are none."""
    script = Path(__file__).with_name("peer.py")
    command = [python, str(script), str(folder), rule]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return f"over {PATIENCE}"
    lines = (run.stderr if run.returncode else run.stdout).splitlines()
    return lines[-1][:60] if lines else "failed"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rule", choices=list(RULES), default="leximin")
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    parser.add_argument("--peer", nargs="?", const=sys.executable, metavar="PYTHON")
    chosen = parser.parse_args()
    print(HEAD + ("  peer" if chosen.peer else ""), flush=True)
    whole = worked = 0.0
    for folder in sorted(path.parent for path in chosen.folder.glob("*/respondents.csv")):
        if chosen.only and folder.name not in chosen.only:
            continue
        pool, quotas = read(folder)
        start, cpu = time.perf_counter(), time.process_time()
        lottery = RULES[chosen.rule](pool, quotas, rng=np.random.default_rng(1))
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        whole, worked = whole + seconds, worked + cpu
        row = line(folder.name.rpartition("_")[0], pool, quotas, lottery, seconds, cpu)
        beside = f"  {peer(chosen.peer, folder, chosen.rule)}" if chosen.peer else ""
        print(row + beside, flush=True)
    print(f"{'together':<35}{whole:>9.2f}{worked:>7.2f}")


if __name__ == "__main__":
    main()
