"""``seat``: a panel at tables over rounds."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from selection.engine.seating.tables import Balance, SeatingImpossible, SeatingPlan, seat
from selection.terminal.exits import Exit
from selection.terminal.options import add_json, add_out, add_quiet, add_seed, describe, whole
from selection.terminal.paths import require_writable, write_text
from selection.terminal.reading.guests import read_guests
from selection.terminal.reading.history import History, read_history, seating_text
from selection.terminal.reading.seating import Room, listed, room_for
from selection.terminal.wording.bar import Watching
from selection.terminal.wording.tables import about_obstacle, about_plan, plan_data

DESCRIPTION = """\
Seat people at tables over rounds, so that every table is mixed and few people
meet twice. The same file, options and seed give the same seats.

The people come from any table with an id and one row for each person, such as
the panel that “draw” writes. Tables are mixed by all its columns, save those
in which most people have a value of their own, such as names; what they are
mixed by is said, and --criteria chooses.

The seats are CSV in UTF-8: the id and a column for each round with the number
of the table, from 1; facilitators come last. After some rounds the same file
is read with --history: what has been held stays as it was, those who are
absent keep a blank, and the others are seated anew for the rounds to come.

Everything asked for holds in every round: people kept apart, fixed seats,
languages, seats at a table. Where that is impossible, it is said why.
"""
EXAMPLE = """\
  python -m selection seat --people panel.csv --tables 6 --rounds 5 \\
                           --apart p01,p02 --fixed p03,1 --out seating.csv

  two rounds were held, then two people fell ill:
  python -m selection seat --people panel.csv --tables 6 --rounds 3 \\
                           --history seating.csv --held 2 --absent p07,p19 \\
                           --out seating2.csv

  table 3 speaks Swedish, and so does one of the facilitators:
  python -m selection seat --people panel.csv --tables 3 --rounds 4 \\
                           --languages language --table-language 3=sv \\
                           --facilitators Aino=fi Berit=fi+sv Caius=fi \\
                           --out seating.csv
"""


def add_arguments(command: ArgumentParser) -> None:
    describe(command, DESCRIPTION, example=EXAMPLE)
    command.add_argument(
        "--people",
        type=Path,
        required=True,
        metavar="FILE",
        help="CSV or XLSX with one row for each person: an id, and one column for each criterion",
    )
    command.add_argument(
        "--tables", type=whole(1, 1_000), required=True, metavar="N", help="how many tables"
    )
    command.add_argument(
        "--rounds", type=whole(1, 100), required=True, metavar="N", help="how many rounds to come"
    )
    command.add_argument(
        "--id", metavar="COLUMN", help="column that identifies people (found by itself if named id)"
    )
    command.add_argument(
        "--criteria", nargs="+", default=[], metavar="COLUMN", help="columns to mix the tables by"
    )
    command.add_argument(
        "--balance",
        choices=tuple(Balance),
        default=Balance.MIXED,
        help="mixed (default): mixed tables first; new: meeting new people first; even: between",
    )
    _add_rules(command)
    _add_history(command)
    add_seed(command, help="seed of the search (default 0)")
    add_out(command, "the seats, such as seating.csv")
    add_json(command, "how good the seats are")
    add_quiet(command)


def _add_rules(command: ArgumentParser) -> None:
    command.add_argument(
        "--apart",
        nargs="+",
        default=[],
        metavar="ID,ID",
        help="two people who never share a table",
    )
    command.add_argument(
        "--fixed",
        nargs="+",
        default=[],
        metavar="ID,TABLE[,ROUND]",
        help="somebody who always sits at this table, or does so in one round",
    )
    command.add_argument(
        "--seats",
        nargs="+",
        default=[],
        metavar="TABLE=N",
        help="the most people at a table, where it is not to have its even share",
    )
    command.add_argument(
        "--languages",
        metavar="COLUMN",
        help="column with the languages each person speaks, such as “fi” or “fi sv”: they sit "
        "only at tables of one of them",
    )
    command.add_argument(
        "--table-language",
        nargs="+",
        default=[],
        metavar="TABLE=LANGUAGE",
        help="the language of a table; the others have the one that most people speak",
    )
    command.add_argument(
        "--facilitators",
        nargs="+",
        default=[],
        metavar="NAME[=LANGUAGE]",
        help="those who lead tables: each at one table a round, with people who have not had them "
        "before as far as possible; without a language they may lead any",
    )


def _add_history(command: ArgumentParser) -> None:
    command.add_argument(
        "--history", type=Path, metavar="FILE", help="seats of earlier rounds, as this writes them"
    )
    command.add_argument(
        "--held",
        type=whole(1, 1_000),
        metavar="N",
        help="how many rounds of the history have been held (default: all of them)",
    )
    command.add_argument(
        "--absent",
        nargs="+",
        default=[],
        metavar="ID",
        help="people of the file who are not there in the rounds to come",
    )


def run(options: Namespace) -> Exit:
    """Write the seats and say how good they are, or why there are none."""
    require_writable(options.out)
    everybody = read_guests(options)
    history = read_history(options.history, options.held)
    room = room_for(options, everybody.without(listed(options.absent)), history)
    try:
        with Watching(quiet=options.quiet) as progress:
            plan = seat(room.problem, rng=np.random.default_rng(options.seed), progress=progress)
    except SeatingImpossible as error:
        print(about_obstacle(error, room, held=history.rounds), file=sys.stderr)
        return Exit.IMPOSSIBLE
    write_text(options.out, seating_text(_rows(everybody.ids, history, room, plan)))
    if options.json:
        print(json.dumps(plan_data(plan, room, held=history.rounds), ensure_ascii=False, indent=1))
    elif not options.quiet:
        print("\n".join(about_plan(plan, room, held=history.rounds)))
        print(f"written to {options.out}")
    return Exit.FINE


def _rows(
    everybody: Sequence[str], history: History, room: Room, plan: SeatingPlan
) -> list[tuple[str, Sequence[int]]]:
    """Everybody's held rounds and those to come: people by id, then facilitators as named.

    Who was there once and is not in the file of people keeps a row.
    """
    names = [*room.guests.ids, *room.facilitators]
    columns = np.hstack((plan.tables, plan.facilitators)).T.tolist()
    seats = dict(zip(names, columns, strict=True))
    people = sorted({*everybody, *history.seats} - {*room.facilitators})
    absent = [-1] * len(plan.tables)
    unknown = [-1] * history.rounds
    return [
        (name, [*history.seats.get(name, unknown), *seats.get(name, absent)])
        for name in (*people, *room.facilitators)
    ]
