"""``letters``: how many invitations each stratum gets."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from juries.files.pools import Criterion, criteria_of
from juries.files.quota_files import quota_rows
from selection.engine.errors import NoFeasiblePanel, SolverFailure
from selection.engine.inviting.letters import Forecast, forecast, letters_needed
from selection.engine.inviting.strata import Stratum
from selection.engine.pool import Pool, Quotas
from selection.terminal.bar import Watching
from selection.terminal.conflicts import about_conflict
from selection.terminal.exits import Exit, GaveUp
from selection.terminal.inputs import Case, open_table
from selection.terminal.options import add_json, add_quiet, add_seed, describe, whole
from selection.terminal.paths import require_writable, write_text
from selection.terminal.people import table_text
from selection.terminal.strata import StrataFile, read_strata

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
        print(json.dumps(_facts(file, needed, flat), ensure_ascii=False, indent=1))
    elif not options.quiet:
        print("\n".join(_lines(file, needed, flat, options)))
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


def _lines(
    file: StrataFile, needed: Forecast, flat: dict[int, Forecast], options: Namespace
) -> Iterator[str]:
    yield f"{'letters':>8} {'of 1000':>8} {'expected':>9}   stratum"
    columns = [file.table.column(name) for name in file.known]
    parts = zip(
        file.table.rows,
        file.strata,
        needed.letters.tolist(),
        needed.registrants.tolist(),
        strict=True,
    )
    for row, stratum, letters, expected in parts:
        share = 1000 * letters / stratum.people if stratum.people else 0.0
        name = ", ".join(row.cells[column] for column in columns)
        yield f"{letters:>8} {share:>8.1f} {expected:>9.1f}   {name}"
    low, middle, high = needed.total
    yield (
        f"{int(needed.letters.sum())} letters; {middle:.0f} people register, in 9 campaigns of 10 "
        f"{low:.0f} to {high:.0f}"
    )
    yield f"a panel of {options.size} is possible with {_probability(needed)}"
    if needed.probability < options.probability / 100:
        yield f"that is less than {options.probability}%: more letters are not enough"
    for percent, each in flat.items():
        yield (
            f"if {percent} of 100 answer everywhere: {each.registrants.sum():.0f} register, "
            f"possible with {_probability(each)}"
        )
    if options.out:
        yield f"written to {options.out}"


def _probability(found: Forecast) -> str:
    return f"{found.probability:.1%} (± {found.error:.1%})"


def _facts(file: StrataFile, needed: Forecast, flat: dict[int, Forecast]) -> dict[str, Any]:
    columns = [file.table.column(name) for name in file.known]
    return {
        "columns": list(file.known),
        "strata": [
            {
                "stratum": [row.cells[column] for column in columns],
                "letters": letters,
                "expected": round(expected, 3),
            }
            for row, letters, expected in zip(
                file.table.rows, needed.letters.tolist(), needed.registrants.tolist(), strict=True
            )
        ],
        "letters": int(needed.letters.sum()),
        **_forecast_facts(needed),
        "flat": {str(percent): _forecast_facts(each) for percent, each in flat.items()},
    }


def _forecast_facts(found: Forecast) -> dict[str, Any]:
    return {
        "registrants": list(found.total),
        "probability": round(found.probability, 6),
        "error": round(found.error, 6),
    }
