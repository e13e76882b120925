"""``compare``: what each rule makes of the same people and quotas, side by side."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from selection.engine.errors import NoFeasiblePanel, NothingDrawn, SolverFailure
from selection.engine.rules.catalogue import RULES
from selection.engine.rules.comparison import RuleSummary, compare
from selection.terminal.bar import Watching
from selection.terminal.conflicts import about_conflict
from selection.terminal.exits import Exit, GaveUp
from selection.terminal.inputs import read_case
from selection.terminal.options import add_files, add_json, add_seed, describe

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
        print(json.dumps([_facts(summary) for summary in summaries], indent=1))
    else:
        print("\n".join(_table(summaries)))
    return Exit.FINE


type Shown = Callable[[RuleSummary], str]


def _share(chance: float | None) -> str:
    return "–" if chance is None else f"{chance:.2%}"


def _number(figure: float | None) -> str:
    return "–" if figure is None else f"{figure:.3f}"


def _proof(summary: RuleSummary) -> str:
    if summary.certificate.method == "draws":
        return "estimate"
    return "yes" if summary.certificate.optimal else f"to {summary.certificate.gap:.0e}"


ROWS: tuple[tuple[str, Shown], ...] = (
    ("smallest chance", lambda summary: _share(summary.smallest)),
    ("largest chance", lambda summary: _share(summary.largest)),
    ("geometric mean", lambda summary: _share(summary.geometric_mean)),
    ("Gini coefficient", lambda summary: _number(summary.gini)),
    ("goldilocks measure", lambda summary: _number(summary.goldilocks)),
    ("people without chance", lambda summary: str(summary.without)),
    ("proven best by its rule", _proof),
)


def _table(summaries: Sequence[RuleSummary]) -> Iterator[str]:
    """One line a figure, one column a rule."""
    first = max(len(name) for name, _ in ROWS)
    widths = [max(10, len(summary.rule)) for summary in summaries]
    heads = (summary.rule for summary in summaries)
    yield _line("", first, heads, widths)
    for name, shown in ROWS:
        yield _line(name, first, map(shown, summaries), widths)


def _line(name: str, first: int, cells: Iterator[str], widths: Sequence[int]) -> str:
    columns = (f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
    return f"{name:<{first}}  {' '.join(columns)}".rstrip()


def _facts(summary: RuleSummary) -> dict[str, Any]:
    certificate = summary.certificate
    return {
        "rule": summary.rule,
        "people": summary.people,
        "without_chance": summary.without,
        "smallest_chance": _rounded(summary.smallest),
        "largest_chance": _rounded(summary.largest),
        "gini": _rounded(summary.gini),
        "geometric_mean": _rounded(summary.geometric_mean),
        "goldilocks": _rounded(summary.goldilocks),
        "optimal": certificate.optimal,
        "bound": _rounded(certificate.bound),
        "gap": round(certificate.gap, 12),
        "method": certificate.method,
    }


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 9)
