"""Time sortition-algorithms on one pool; its licence is the GPL, so it has a process of its own.

    python benchmarks/peer.py FOLDER RULE

Prints the seconds from features and people read to a lottery found, and the rule that was used:
its leximin needs a commercial solver, and where that is missing its maximin is timed. Nothing of
Raatihuone is imported, and nothing imports this.
"""

import csv
import sys
import time
from pathlib import Path

from sortition_algorithms import Settings, find_random_sample, read_in_features, read_in_people
from sortition_algorithms.committee_generation import GUROBI_AVAILABLE


def rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """The headers and the rows of a file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        body = list(reader)
        return list(reader.fieldnames or ()), body


def main() -> None:
    folder, rule = Path(sys.argv[1]), sys.argv[2]
    if rule == "leximin" and not GUROBI_AVAILABLE:
        rule = "maximin"
    size = int(folder.name.rpartition("_")[2])
    features, _, _ = read_in_features(*rows(folder / "categories.csv"), size)
    settings = Settings(id_column="id", columns_to_keep=[])
    people, _ = read_in_people(*rows(folder / "respondents.csv"), features, settings)
    start = time.perf_counter()
    find_random_sample(features, people, size, [], selection_algorithm=rule)
    print(f"{time.perf_counter() - start:.2f} {rule}")


if __name__ == "__main__":
    main()
