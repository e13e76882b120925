"""``reserves``: who stands by for members who drop out."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

import numpy as np

from selection.engine.errors import SolverFailure
from selection.engine.replacing.replacement import after
from selection.engine.replacing.reserves import reserve_list
from selection.terminal.exits import Exit, GaveUp, Unusable
from selection.terminal.options import add_json, add_out, add_quiet, add_seed, describe, whole
from selection.terminal.paths import require_writable, write_text
from selection.terminal.reading.inputs import Case
from selection.terminal.reading.people import (
    decimal_column,
    listed,
    people_text,
    positions_of,
    read_panel,
)
from selection.terminal.records.stored import read_lottery
from selection.terminal.records.stored_case import stored_case
from selection.terminal.wording.bar import Watching
from selection.terminal.wording.reserves import about_reserves, reserve_facts

DESCRIPTION = """\
Choose people who stand by for members who drop out. The list loses as little
as can be expected: many times it is drawn by lot who drops out, each time
the best of the reserves take their seats, and the loss is the number of
people too few or too many, quota by quota, and of empty seats.

The file has the reserves in the order in which they help: with fewer, keep
the first. What is printed is measured on draws that the list was not made
for. Nobody on it shares a household with a member or with one another.
"""
EXAMPLE = """\
  python -m selection reserves lottery.json --panel panel.csv --count 6 \\
                               --dropout 15 --out reserves.csv
"""


def add_arguments(command: ArgumentParser) -> None:
    describe(command, DESCRIPTION, example=EXAMPLE)
    command.add_argument("lottery", type=Path, help="the lottery that the panel was drawn from")
    command.add_argument(
        "--panel", type=Path, required=True, metavar="FILE", help="the panel, as “draw” wrote it"
    )
    command.add_argument(
        "--count", type=whole(1, 1000), required=True, metavar="N", help="people on the list"
    )
    command.add_argument(
        "--dropout",
        required=True,
        metavar="PERCENT",
        help="how many of 100 members drop out, such as 15; or the name of a column of the panel "
        "file that says it for each member",
    )
    command.add_argument(
        "--gone",
        default="",
        metavar="ID,ID…",
        help="everybody who has left or cannot be a reserve, with commas",
    )
    command.add_argument(
        "--scenarios",
        type=whole(1, 2000),
        default=150,
        metavar="N",
        help="how often it is drawn who drops out (default 150); more take longer",
    )
    add_seed(command, help="seed of the scenarios, and of the lot between equals (default 0)")
    add_out(command, "the reserves, such as reserves.csv")
    add_json(command, "the reserves and what they are worth")
    add_quiet(command)


def run(options: Namespace) -> Exit:
    """Write the list and say what it is worth."""
    require_writable(options.out)
    case = stored_case(read_lottery(options.lottery))
    members, dropout = _members(options, case)
    away = positions_of(listed(options.gone), case, path=options.lottery)
    if set(away) & set(members):
        raise Unusable(f"{options.panel}: somebody on the panel is said to be gone.")
    pool = after(case.pool, kept=members, gone=away)
    try:
        with Watching(quiet=options.quiet) as progress:
            found = reserve_list(
                pool,
                case.quotas,
                panel=members,
                dropout=dropout,
                count=options.count,
                rng=np.random.default_rng(options.seed),
                scenarios=options.scenarios,
                progress=progress,
            )
    except SolverFailure as error:
        raise GaveUp(error.detail) from None
    ranks = ["rank", *(str(rank) for rank in range(1, len(found.people) + 1))]
    write_text(options.out, people_text(case, found.people.tolist(), first=ranks))
    if options.json:
        print(json.dumps(reserve_facts(case, found), ensure_ascii=False, indent=1))
    elif not options.quiet:
        print("\n".join(about_reserves(found, options)))
    return Exit.FINE


def _members(options: Namespace, case: Case) -> tuple[list[int], np.ndarray]:
    """The panel, and everybody's probability to drop out."""
    table, members = read_panel(options.panel, case)
    if any(case.pool.excluded[members]):
        raise Unusable(f"{options.panel}: somebody on the panel is excluded in the lottery.")
    dropout = np.zeros(len(case.ids))
    try:
        dropout[members] = float(options.dropout.rstrip("% ").replace(",", ".")) / 100
    except ValueError:
        dropout[members] = np.array(decimal_column(table, options.dropout, most=100.0)) / 100
    if not ((dropout >= 0) & (dropout <= 1)).all():
        raise Unusable(f"--dropout {options.dropout}: this is not a number from 0 to 100.")
    return members, dropout
