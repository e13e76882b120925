"""``letters``: how many invitations each stratum gets."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from juries.files.pools import Criterion, criteria_of
from juries.files.quota_files import quota_rows
from selection.engine.errors import NoFeasiblePanel, SolverFailure
from selection.engine.inviting.letters import Forecast, forecast, letters_needed
from selection.engine.inviting.strata import Stratum
from selection.engine.pool import Pool, Quotas
from selection.terminal.exits import Exit, GaveUp
from selection.terminal.options import add_json, add_quiet, add_seed, describe, whole
from selection.terminal.paths import require_writable, write_text
from selection.terminal.reading.inputs import Case, open_table
from selection.terminal.reading.people import table_text
from selection.terminal.reading.strata import StrataFile, read_strata
from selection.terminal.wording.bar import Watching
from selection.terminal.wording.conflicts import about_conflict
from selection.terminal.wording.letters import about_letters, letter_facts

FLAT = (2, 4, 8)

DESCRIPTION = """\
Say how many letters each stratum of the address file gets, so that a panel
that meets the quotas can very likely be drawn from those who register.

The strata file has one row for each stratum: columns of the quota file that
the address file knows, such as age and area; people, how many the address
file has; and low, likely and high, how many of 100 letters bring a
registration. A wide band is honest where nobody knows. What the address file
does not know, such as education, is taken from --shares, a table with
feature, value and population, as if it were the same in every stratum.

Campaigns are simulated: in each, every stratum has a response from its band.
Letters first go out evenly, one registrant to be expected a seat; more go
where too few come. People who register and then drop out before the draw are
not reckoned with.
"""
EXAMPLE = """\
  python -m selection letters --strata strata.csv --shares shares.csv \\
                              --quotas quotas.csv --size 30 --out letters.csv
"""


def add_arguments(command: ArgumentParser) -> None:
    describe(command, DESCRIPTION, example=EXAMPLE)
    command.add_argument(
        "--strata", type=Path, required=True, metavar="FILE", help="CSV or XLSX, as above"
    )
    command.add_argument(
        "--shares", type=Path, metavar="FILE", help="CSV or XLSX: feature, value, population"
    )
    command.add_argument(
        "--quotas",
        type=Path,
        required=True,
        metavar="FILE",
        help="CSV or XLSX: feature, value, min, max",
    )
    command.add_argument(
        "--size", type=whole(1, 10_000), required=True, metavar="N", help="seats on the panel"
    )
    command.add_argument(
        "--probability",
        type=whole(1, 99),
        default=95,
        metavar="PERCENT",
        help="how likely a panel is to be possible (default 95)",
    )
    command.add_argument(
        "--together",
        type=whole(0, 100),
        default=50,
        metavar="PERCENT",
        help="how much strata have good and bad luck together: 0 each its own, 100 all the same "
        "(default 50)",
    )
    add_seed(command, help="seed of the simulation (default 0)")
    command.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="the strata with letters and expected registrants, for “sample”",
    )
    add_json(command, "letters and forecasts")
    add_quiet(command)


def run(options: Namespace) -> Exit:
    """Print the letters and, where asked for, write them down."""
    if options.out:
        require_writable(options.out)
    criteria = criteria_of(quota_rows(open_table(options.quotas)))
    file = read_strata(options.strata, criteria, options.shares)
    quotas = _quotas(options.size, criteria)
    try:
        with Watching(quiet=options.quiet) as progress:
            needed = letters_needed(
                file.strata,
                quotas,
                probability=options.probability / 100,
                rng=np.random.default_rng(options.seed),
                together=options.together / 100,
                progress=progress,
            )
        flat = _flat(file, quotas, needed, options.seed)
    except NoFeasiblePanel as error:
        nobody = Case((), (), criteria, Pool.of(np.zeros((0, len(criteria)))), quotas)
        print("\n".join(about_conflict(error.conflict, nobody)), file=sys.stderr)
        return Exit.IMPOSSIBLE
    except SolverFailure as error:
        raise GaveUp(error.detail) from None
    if options.out:
        write_text(options.out, table_text(_rows(file, needed)))
    if options.json:
        print(json.dumps(letter_facts(file, needed, flat), ensure_ascii=False, indent=1))
    elif not options.quiet:
        print("\n".join(about_letters(file, needed, flat, options)))
    return Exit.FINE


def _quotas(size: int, criteria: tuple[Criterion, ...]) -> Quotas:
    return Quotas.of(
        size,
        [[quota.minimum for quota in criterion.quotas] for criterion in criteria],
        [[quota.maximum for quota in criterion.quotas] for criterion in criteria],
    )


def _flat(file: StrataFile, quotas: Quotas, needed: Forecast, seed: int) -> dict[int, Forecast]:
    """What the same letters bring when so many of 100 people answer everywhere."""
    found = {}
    for percent, rng in zip(FLAT, np.random.default_rng([seed, 1]).spawn(len(FLAT)), strict=True):
        rate = percent / 100
        strata = [
            Stratum.of(stratum.people, (rate, rate, rate), stratum.shares)
            for stratum in file.strata
        ]
        found[percent] = forecast(strata, quotas, needed.letters, rng=rng, campaigns=500)
    return found


def _rows(file: StrataFile, needed: Forecast) -> Iterator[list[object]]:
    """The strata file with two more columns."""
    yield [*file.table.header, "letters", "expected"]
    parts = zip(file.table.rows, needed.letters.tolist(), needed.registrants.tolist(), strict=True)
    for row, letters, expected in parts:
        yield [*row.cells, letters, f"{expected:.1f}"]
