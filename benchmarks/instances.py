"""Time a rule's lottery on every pool of a folder, and say whether it is as fair as it has to be.

    python benchmarks/instances.py FOLDER [--rule nash] [--only NAME...] [--peer [PYTHON]]

Each pool is a folder ``<shape>_<panel size>`` with ``categories.csv`` (feature, value, min, max)
and ``respondents.csv`` (id and one column each feature). ``--peer`` runs sortition-algorithms on
the same files where the interpreter (this one, or the one given) can import it.

Seconds are of the clock: from arrays to the lottery, and from there to tickets. cpu is what the
processor worked for both, which a busy machine changes less. The ratio is of the published seconds
to those of the lottery.

D4 asks of the thousand tickets of leximin and maximin: nobody who can be drawn is on fewer than
``due``, which is one less than what no lottery could give everybody, rounded down; nobody's chance
moves by more than two tickets; the proof leaves a gap of one ticket at most; and all that within a
minute. The last column says which of these is missed; where any is, the exit code is 1.
"""

import argparse
import csv
import math
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from selection.engine import Lottery, Pool, Quotas, Tickets, number_tickets
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
TICKETS = 1000
LARGEST_SHIFT, LARGEST_GAP, LONGEST = 0.002, 0.001, 60.0
ROUNDING = 1e-9
BOUNDED = ("leximin", "maximin")
"""The rules whose certificate bounds the smallest chance."""
HEAD = (
    f"{'shape':<10}{'n':>6}{'k':>5}{'criteria':>9}{'T':>5}{'seconds':>9}{'tickets':>9}{'cpu':>7}"
    f"{'published':>11}{'ratio':>8}{'panels':>8}{'least':>7}{'due':>5}{'shift':>9}{'gap':>9}  D4"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """The lottery of a pool and its tickets, the seconds of each, and those of the processor."""

    lottery: Lottery
    tickets: Tickets
    seconds: float
    to_tickets: float
    cpu: float

    @property
    def least(self) -> int:
        """The fewest tickets that anybody is on who is in some panel at all."""
        people, shut_out = self.lottery.grouped.people, self.lottery.certificate.shut_out
        drawable = [people[kind] for kind in range(len(people)) if kind not in shut_out]
        counts = np.bincount(self.tickets.panels.ravel(), minlength=len(self.lottery.chances))
        return int(counts[np.concatenate(drawable)].min())

    @property
    def due(self) -> int:
        """What D4 asks of ``least``."""
        return math.floor(TICKETS * self.lottery.certificate.bound + ROUNDING) - 1

    @property
    def missed(self) -> list[str]:
        """The bounds of D4 that are not held."""
        held = {
            "least": self.least >= self.due,
            "shift": self.tickets.largest_shift <= LARGEST_SHIFT + ROUNDING,
            "gap": self.lottery.certificate.gap <= LARGEST_GAP + ROUNDING,
            "seconds": self.seconds + self.to_tickets <= LONGEST,
        }
        return [bound for bound, fine in held.items() if not fine]


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


def measure(pool: Pool, quotas: Quotas, rule: str) -> Measured:
    """From arrays to tickets."""
    start, cpu = time.perf_counter(), time.process_time()
    lottery = RULES[rule](pool, quotas, rng=np.random.default_rng(1))
    found = time.perf_counter()
    tickets = number_tickets(lottery, count=TICKETS, rng=np.random.default_rng(2))
    done, cpu = time.perf_counter(), time.process_time() - cpu
    return Measured(lottery, tickets, found - start, done - found, cpu)


def line(shape: str, pool: Pool, quotas: Quotas, found: Measured) -> str:
    """One row of the table."""
    lottery, published = found.lottery, PUBLISHED.get(shape)
    beside = f"{published:>11.1f}{published / found.seconds:>8.0f}" if published else f"{'':>19}"
    bounded = lottery.rule in BOUNDED
    due = found.due if bounded else "-"
    verdict = (", ".join(found.missed) or "held") if bounded else "-"
    return (
        f"{shape:<10}{len(pool):>6}{quotas.size:>5}{len(quotas.minimum):>9}{lottery.types:>5}"
        f"{found.seconds:>9.2f}{found.to_tickets:>9.2f}{found.cpu:>7.2f}{beside}"
        f"{len(lottery.panels):>8}{found.least:>7}{due:>5}{found.tickets.largest_shift:>9.5f}"
        f"{lottery.certificate.gap:>9.0e}  {verdict}"
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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rule", choices=list(RULES), default="leximin")
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    parser.add_argument("--peer", nargs="?", const=sys.executable, metavar="PYTHON")
    chosen = parser.parse_args()
    print(HEAD + ("  peer" if chosen.peer else ""), flush=True)
    whole = on_tickets = worked = 0.0
    missed = 0
    for folder in sorted(path.parent for path in chosen.folder.glob("*/respondents.csv")):
        if chosen.only and folder.name not in chosen.only:
            continue
        pool, quotas = read(folder)
        found = measure(pool, quotas, chosen.rule)
        whole, on_tickets = whole + found.seconds, on_tickets + found.to_tickets
        worked += found.cpu
        missed += chosen.rule in BOUNDED and bool(found.missed)
        row = line(folder.name.rpartition("_")[0], pool, quotas, found)
        beside = f"  {peer(chosen.peer, folder, chosen.rule)}" if chosen.peer else ""
        print(row + beside, flush=True)
    print(f"{'together':<35}{whole:>9.2f}{on_tickets:>9.2f}{worked:>7.2f}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
