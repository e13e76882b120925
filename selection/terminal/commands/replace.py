"""``replace``: some members leave, and their seats are drawn again."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from selection.engine.errors import NoFeasiblePanel, SolverFailure
from selection.engine.lotteries.listing import list_panels
from selection.engine.lotteries.lottery import Lottery
from selection.engine.lotteries.tickets import Tickets, number_tickets
from selection.engine.replacing.likeness import nearest_panel
from selection.terminal.commands.lottery import RULES
from selection.terminal.exits import Exit, GaveUp, Unusable
from selection.terminal.options import add_json, add_quiet, add_seed, describe, whole
from selection.terminal.paths import require_writable, write_text
from selection.terminal.reading.people import people_text
from selection.terminal.records.departures import Departure, read_departure
from selection.terminal.records.lottery_text import lottery_text
from selection.terminal.wording.bar import Watching
from selection.terminal.wording.conflicts import about_conflict
from selection.terminal.wording.replacing import (
    about_moves,
    about_replacement,
    about_substitution,
    substitution_facts,
)

DESCRIPTION = """\
Draw again the seats of members who leave. Everybody else on the panel stays,
the seats are drawn by the rule of the lottery among the others, and the
quotas are those of the whole panel. Name everybody who has left, in this
round and in earlier ones, so that nobody is drawn who has declined.

Here the seed draws: it picks one of the tickets, so agree on it beforehand.
For a draw in public write the new lottery with --lottery-out and no --out,
publish it, and give the number that comes up to “draw”.

When the quotas cannot be met any more, the conflict is printed. With
--like-for-like the seats then go to the people who miss the quotas least and
are most like those who leave, ties decided by the seed; what the panel
misses is printed.
"""
EXAMPLE = """\
  python -m selection replace lottery.json --panel panel.csv --gone p012,p040 \\
                              --seed 20260914 --out panel2.csv
"""


def add_arguments(command: ArgumentParser) -> None:
    describe(command, DESCRIPTION, example=EXAMPLE)
    command.add_argument("lottery", type=Path, help="the lottery that the panel was drawn from")
    command.add_argument(
        "--panel", type=Path, required=True, metavar="FILE", help="the panel, as “draw” wrote it"
    )
    command.add_argument(
        "--gone", required=True, metavar="ID,ID…", help="everybody who has left, with commas"
    )
    add_seed(command, help="seed that picks the ticket and breaks ties (default 0)")
    command.add_argument(
        "--tickets",
        type=whole(1, 1_000_000),
        default=1000,
        metavar="N",
        help="tickets of the new lottery (default 1000)",
    )
    command.add_argument(
        "--ticket", type=whole(0, 10**9), metavar="N", help="this ticket instead of the seed's"
    )
    command.add_argument(
        "--like-for-like",
        action="store_true",
        help="the nearest people when the quotas cannot be met any more",
    )
    command.add_argument("--out", type=Path, metavar="FILE", help="the panel with its new members")
    command.add_argument(
        "--lottery-out", type=Path, metavar="FILE", help="the new lottery with its tickets"
    )
    add_json(command, "who stays, leaves and comes")
    add_quiet(command)


def run(options: Namespace) -> Exit:
    """Write the new panel, the new lottery or both."""
    _require_places(options)
    left = read_departure(options)
    try:
        with Watching(quiet=options.quiet) as progress:
            rngs = np.random.default_rng(options.seed).spawn(3)
            started = perf_counter()
            rule = RULES[left.rule]
            lottery = rule(left.case.pool, left.case.quotas, rng=rngs[0], progress=progress)
            progress("tickets", 0.0)
            tickets = number_tickets(lottery, count=options.tickets, rng=rngs[1])
    except NoFeasiblePanel as error:
        if options.like_for_like and options.out:
            return _nearest(left, options)
        print("\n".join(about_conflict(error.conflict, left.case)), file=sys.stderr)
        return Exit.IMPOSSIBLE
    except SolverFailure as error:
        raise GaveUp(error.detail) from None
    if options.lottery_out:
        seconds = perf_counter() - started
        text = lottery_text(left.case, lottery, tickets, seed=options.seed, seconds=seconds)
        write_text(options.lottery_out, text)
    _tell(options, *_drawn(left, options, lottery, tickets, rngs[2]))
    return Exit.FINE


def _require_places(options: Namespace) -> None:
    """Complain now about files that could not be written and a ticket that there is not."""
    if not options.out and not options.lottery_out:
        raise Unusable("Say where to write: --out for the panel, --lottery-out for the lottery.")
    if options.ticket is not None and options.ticket >= options.tickets:
        raise Unusable(f"There is no ticket {options.ticket}: the last is {options.tickets - 1}.")
    for path in filter(None, (options.out, options.lottery_out)):
        require_writable(path)


type Told = tuple[list[str], dict[str, Any]]


def _drawn(
    left: Departure,
    options: Namespace,
    lottery: Lottery,
    tickets: Tickets,
    rng: np.random.Generator,
) -> Told:
    """Draw the panel where that is asked for; the lines and the facts."""
    lines = [about_replacement(left.case, lottery)]
    facts: dict[str, Any] = {"rule": lottery.rule, "tickets": len(tickets.panels)}
    if options.lottery_out:
        lines.append(f"{len(tickets.panels)} tickets; lottery written to {options.lottery_out}")
    if options.out:
        drawn = int(rng.integers(len(tickets.panels)))
        ticket = drawn if options.ticket is None else options.ticket
        by = f"drawn by the seed {options.seed}" if options.ticket is None else "as given"
        listing = list_panels(lottery, tickets)
        panel = listing.panels[int(listing.tickets[ticket])].tolist()
        lines.append(f"ticket {ticket} of {len(tickets.panels)}, {by}")
        moves = _written(left, options, panel)
        lines += [*about_moves(moves), f"written to {options.out}"]
        facts |= {"ticket": ticket} | moves
    return lines, facts


def _written(left: Departure, options: Namespace, panel: list[int]) -> dict[str, Any]:
    """Write the panel; who comes and who leaves."""
    write_text(options.out, people_text(left.case, panel))
    came = [left.case.ids[person] for person in panel if person not in left.kept]
    gone = [left.case.ids[person] for person in left.gone]
    return {"gone": gone, "came": came, "kept": len(left.kept)}


def _nearest(left: Departure, options: Namespace) -> Exit:
    """The nearest people instead of a draw."""
    rng = np.random.default_rng(options.seed).spawn(4)[3]
    case = left.case
    try:
        found = nearest_panel(case.pool, case.quotas, kept=left.kept, gone=left.gone, rng=rng)
    except NoFeasiblePanel as error:
        print("\n".join(about_conflict(error.conflict, case)), file=sys.stderr)
        return Exit.IMPOSSIBLE
    except SolverFailure as error:
        raise GaveUp(error.detail) from None
    moves = _written(left, options, found.panel.tolist())
    lines = [*about_substitution(case, found), f"written to {options.out}"]
    _tell(options, lines, moves | substitution_facts(case, found))
    return Exit.FINE


def _tell(options: Namespace, lines: list[str], facts: dict[str, Any]) -> None:
    if options.json:
        print(json.dumps(facts, ensure_ascii=False, indent=1))
    elif not options.quiet:
        print("\n".join(lines))
