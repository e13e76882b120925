"""``sample``: who gets a letter."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

import numpy as np

from juries.files.addresses import household_numbers, same_address_key
from juries.files.tables import read_table
from selection.engine.inviting.sample import TooFewPeople, stratified_sample
from selection.terminal.exits import Exit, Unusable
from selection.terminal.options import add_json, add_out, add_quiet, add_seed, describe
from selection.terminal.paths import read_bytes, require_writable, write_text
from selection.terminal.reading.addresses import (
    common_columns,
    labels_of,
    letters_of,
    sorted_rows,
)
from selection.terminal.reading.people import table_text

MOST = 2_000_000

DESCRIPTION = """\
Draw the people who get a letter from an address file: in each stratum the
number of letters that the letters file says, everybody in it with the same
chance. The letters file has one row for each stratum: columns that the
address file has as well, such as age and area, and a column “letters”. It is
what “letters --out” writes; other columns are left aside.

The same files and seed give the same sample in any order of rows. What is
written are the rows drawn, with all their columns, sorted by id.
"""
EXAMPLE = """\
  python -m selection sample --addresses addresses.csv --letters letters.csv \\
                             --household street --seed 20260901 --out sample.csv
"""


def add_arguments(command: ArgumentParser) -> None:
    describe(command, DESCRIPTION, example=EXAMPLE)
    command.add_argument(
        "--addresses",
        type=Path,
        required=True,
        metavar="FILE",
        help="CSV or XLSX with one person a row",
    )
    command.add_argument(
        "--letters",
        type=Path,
        required=True,
        metavar="FILE",
        help="CSV or XLSX with one stratum a row and the column letters",
    )
    command.add_argument(
        "--id", default="id", metavar="COLUMN", help="column that identifies people (default id)"
    )
    command.add_argument(
        "--household",
        nargs="+",
        default=[],
        metavar="COLUMN",
        help="columns of the address, the street first: at most one letter goes to each address; "
        "a blank street is no address",
    )
    add_seed(command, help="the seed that draws (default 0); agree on it beforehand")
    add_out(command, "the rows drawn, such as sample.csv")
    add_json(command, "the strata, their people and letters")
    add_quiet(command)


def run(options: Namespace) -> Exit:
    """Write the rows drawn."""
    require_writable(options.out)
    table = read_table(
        read_bytes(options.addresses), file=str(options.addresses), maximum_rows=MOST
    )
    wanted = read_table(read_bytes(options.letters), file=str(options.letters))
    rows = sorted_rows(table, options)
    names = common_columns(table, wanted, options)
    labels = labels_of(wanted.rows, wanted, names)
    letters = letters_of(wanted, labels)
    place = {label: position for position, label in enumerate(labels)}
    strata = [place.get(label, -1) for label in labels_of(rows, table, names)]
    at = [table.column(name) for name in options.household]
    homes = household_numbers(same_address_key(row.cells[cell] for cell in at) for row in rows)
    try:
        chosen = stratified_sample(
            strata, letters, rng=np.random.default_rng(options.seed), addresses=homes
        )
    except TooFewPeople as error:
        raise Unusable(
            f"{options.letters}, row {wanted.rows[error.stratum].line}: {error.wanted} letters, "
            f"and only {error.available} can be sent to “{', '.join(labels[error.stratum])}”."
        ) from None
    drawn = [rows[position].cells for position in chosen.tolist()]
    write_text(options.out, table_text([table.header, *drawn]))
    _report(options, names, np.array(strata), labels, letters)
    return Exit.FINE


def _report(
    options: Namespace,
    names: list[str],
    strata: np.ndarray,
    labels: list[tuple[str, ...]],
    letters: list[int],
) -> None:
    people = np.bincount(strata[strata >= 0], minlength=len(labels)).tolist()
    outside = int((strata < 0).sum())
    if options.json:
        counts = [
            {"stratum": list(label), "people": held, "letters": sent}
            for label, held, sent in zip(labels, people, letters, strict=True)
        ]
        facts = {"columns": names, "strata": counts, "outside": outside, "seed": options.seed}
        print(json.dumps(facts, ensure_ascii=False, indent=1))
    elif not options.quiet:
        print(
            f"{sum(letters)} letters to {len(labels)} strata by {', '.join(names)}, drawn from "
            f"{len(strata)} people with the seed {options.seed}"
        )
        if outside:
            who = "1 person is" if outside == 1 else f"{outside} people are"
            print(f"{who} in no stratum and got none")
        print(f"written to {options.out}")
