"""``compare``: what each rule makes of the same people and quotas, side by side."""

import json
import sys
from argparse import ArgumentParser, Namespace

import numpy as np

from selection.engine.errors import NoFeasiblePanel, NothingDrawn, SolverFailure
from selection.engine.rules.catalogue import RULES
from selection.engine.rules.comparison import compare
from selection.terminal.exits import Exit, GaveUp
from selection.terminal.options import add_files, add_json, add_seed, describe
from selection.terminal.reading.inputs import read_case
from selection.terminal.wording.bar import Watching
from selection.terminal.wording.comparisons import comparison_facts, comparison_table
from selection.terminal.wording.conflicts import about_conflict

DESCRIPTION = """\
Compare the rules on the same people and quotas: one column for each rule. The
figures are about the people whom the lottery decides about and who have a
chance under the rule.

  leximin     the smallest chance as large as possible, then the next smallest
  maximin     only the smallest chance as large as possible
  nash        the product of all chances as large as possible
  goldilocks  the smallest chance large and the largest small
  plain       panels filled at random, the practice before 2020; its chances
              are estimates from 1000 panels, and it is for comparison only

The Gini coefficient is 0 when all chances are equal and near 1 when few people
have nearly all of it. The goldilocks measure is 2 when all are equal.
"""
EXAMPLE = """\
  python -m selection compare --quotas quotas.csv --pool pool.csv --size 30 \\
                              --rules leximin nash plain
"""


def add_arguments(command: ArgumentParser) -> None:
    describe(command, DESCRIPTION, example=EXAMPLE)
    add_files(command)
    command.add_argument(
        "--rules",
        nargs="+",
        choices=tuple(RULES),
        default=tuple(RULES),
        metavar="RULE",
        help=f"which rules, in which order: {', '.join(RULES)} (default: all)",
    )
    add_seed(command, help="seed of the random panels of plain (default 0)")
    add_json(command, "the figures")


def run(options: Namespace) -> Exit:
    """Print a table, or say why there is nothing to compare."""
    case = read_case(options)
    rules = tuple(dict.fromkeys(options.rules))
    try:
        with Watching(quiet=options.quiet) as progress:
            rng = np.random.default_rng(options.seed)
            summaries = compare(case.pool, case.quotas, rules=rules, rng=rng, progress=progress)
    except NoFeasiblePanel as error:
        print("\n".join(about_conflict(error.conflict, case)), file=sys.stderr)
        return Exit.IMPOSSIBLE
    except NothingDrawn as error:
        raise GaveUp(
            f"none of {error.attempts} panels filled at random met the quotas; leave out plain"
        ) from None
    except SolverFailure as error:
        raise GaveUp(error.detail) from None
    if options.json:
        print(json.dumps([comparison_facts(summary) for summary in summaries], indent=1))
    else:
        print("\n".join(comparison_table(summaries)))
    return Exit.FINE
