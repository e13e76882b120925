"""``lottery``: find the fairest lottery over panels and write it down."""

import json
import sys
import time
from argparse import ArgumentParser, Namespace

import numpy as np

from selection.engine.errors import NoFeasiblePanel, SolverFailure
from selection.engine.lotteries.lottery import Lottery
from selection.engine.lotteries.tickets import Tickets, number_tickets
from selection.engine.progress import Progress
from selection.engine.rules.catalogue import PROVEN
from selection.terminal.exits import Exit, GaveUp
from selection.terminal.options import add_files, add_json, add_out, add_seed, describe, whole
from selection.terminal.paths import require_writable, write_text
from selection.terminal.reading.inputs import Case, read_case
from selection.terminal.records.lottery_text import lottery_text
from selection.terminal.wording.bar import Watching
from selection.terminal.wording.conflicts import about_conflict
from selection.terminal.wording.lotteries import about_lottery, lottery_facts

RULES = dict(PROVEN)

DESCRIPTION = """\
Find the fairest lottery over panels and write it down as lottery.json: the
people with their chances, the panels with their probabilities, the tickets,
and the proof that nothing is fairer. Everybody's chance is as equal as the
quotas allow; nobody is drawn yet.

Tickets make the draw public: they are numbered panels, each as likely as any
other, so that dice or balls in a hall can draw one. The same files, rule,
seed and version give the same lottery, on any machine and in any order of
rows.
"""
EXAMPLE = """\
  python -m selection lottery --quotas quotas.csv --pool pool.csv --size 30 \\
                              --household street postcode \\
                              --tickets 1000 --out lottery.json
"""


def add_arguments(command: ArgumentParser) -> None:
    describe(command, DESCRIPTION, example=EXAMPLE)
    add_files(command)
    command.add_argument(
        "--rule",
        choices=tuple(RULES),
        default="leximin",
        help="leximin (default): the smallest chance as large as possible, then the next, and so "
        "on; maximin: only the smallest; nash: the product of chances; goldilocks: the smallest "
        "large and the largest small",
    )
    command.add_argument(
        "--tickets",
        type=whole(1, 1_000_000),
        metavar="N",
        help="round the lottery to N equally likely numbered panels, such as 1000",
    )
    add_seed(
        command,
        help="seed of the search (default 0); who is drawn is decided by the ticket, not by this",
    )
    add_out(command, "the lottery, such as lottery.json")
    add_json(command, "the summary")


def run(options: Namespace) -> Exit:
    """Write the lottery, or say why there is none."""
    require_writable(options.out)
    case = read_case(options)
    started = time.perf_counter()
    try:
        with Watching(quiet=options.quiet) as progress:
            lottery, tickets = _find(case, options, progress)
    except NoFeasiblePanel as error:
        print("\n".join(about_conflict(error.conflict, case)), file=sys.stderr)
        return Exit.IMPOSSIBLE
    except SolverFailure as error:
        raise GaveUp(error.detail) from None
    seconds = time.perf_counter() - started
    text = lottery_text(case, lottery, tickets, seed=options.seed, seconds=seconds)
    write_text(options.out, text)
    if options.json:
        print(json.dumps(lottery_facts(case, lottery, tickets, seconds), indent=1))
    elif not options.quiet:
        print("\n".join(about_lottery(case, lottery, tickets)))
        print(f"{seconds:.1f} s; written to {options.out}")
    return Exit.FINE


def _find(case: Case, options: Namespace, progress: Progress) -> tuple[Lottery, Tickets | None]:
    """The lottery and its tickets, each from a random stream of its own."""
    search, numbering = np.random.default_rng(options.seed).spawn(2)
    lottery = RULES[options.rule](case.pool, case.quotas, rng=search, progress=progress)
    if options.tickets is None:
        return lottery, None
    tickets = number_tickets(lottery, count=options.tickets, rng=numbering, progress=progress)
    return lottery, tickets
