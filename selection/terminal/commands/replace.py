"""``replace``: some members leave, and their seats are drawn again."""

import json
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from selection.engine.errors import NoFeasiblePanel, SolverFailure
from selection.engine.lotteries.listing import list_panels
from selection.engine.lotteries.lottery import Lottery
from selection.engine.lotteries.tickets import Tickets, number_tickets
from selection.engine.replacing.likeness import nearest_panel
from selection.engine.replacing.replacement import after
from selection.terminal.bar import Watching
from selection.terminal.commands.lottery import RULES
from selection.terminal.conflicts import about_conflict
from selection.terminal.exits import Exit, GaveUp, Unusable
from selection.terminal.inputs import Case, stored_case
from selection.terminal.likeness import about_substitution, substitution_facts
from selection.terminal.options import add_json, add_quiet, add_seed, describe, whole
from selection.terminal.paths import require_writable, write_text
from selection.terminal.people import listed, people_text, positions_of, read_panel
from selection.terminal.record import lottery_text
from selection.terminal.stored import read_lottery

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


@dataclass(frozen=True, slots=True)
class Task:
    """The lottery's case, the rule it was made by, and who stays and leaves, as positions.

    ``gone`` are members who leave, ``away`` those and everybody else who is not to be drawn.
    """

    case: Case
    rule: str
    kept: list[int]
    gone: list[int]
    away: list[int]


def run(options: Namespace) -> Exit:
    """Write the new panel, the new lottery or both."""
    task = _task(options)
    try:
        with Watching(quiet=options.quiet) as progress:
            rngs = np.random.default_rng(options.seed).spawn(3)
            started = perf_counter()
            rule = RULES[task.rule]
            lottery = rule(task.case.pool, task.case.quotas, rng=rngs[0], progress=progress)
            progress("tickets", 0.0)
            tickets = number_tickets(lottery, count=options.tickets, rng=rngs[1])
    except NoFeasiblePanel as error:
        if options.like_for_like and options.out:
            return _nearest(task, options)
        print("\n".join(about_conflict(error.conflict, task.case)), file=sys.stderr)
        return Exit.IMPOSSIBLE
    except SolverFailure as error:
        raise GaveUp(error.detail) from None
    if options.lottery_out:
        seconds = perf_counter() - started
        text = lottery_text(task.case, lottery, tickets, seed=options.seed, seconds=seconds)
        write_text(options.lottery_out, text)
    _tell(options, *_drawn(task, options, lottery, tickets, rngs[2]))
    return Exit.FINE


def _task(options: Namespace) -> Task:
    if not options.out and not options.lottery_out:
        raise Unusable("Say where to write: --out for the panel, --lottery-out for the lottery.")
    if options.ticket is not None and options.ticket >= options.tickets:
        raise Unusable(f"There is no ticket {options.ticket}: the last is {options.tickets - 1}.")
    for path in filter(None, (options.out, options.lottery_out)):
        require_writable(path)
    stored = read_lottery(options.lottery)
    if stored.rule not in RULES:
        raise Unusable(f"{options.lottery}: there is no rule “{stored.rule}”.")
    case = stored_case(stored)
    _, members = read_panel(options.panel, case)
    away = positions_of(listed(options.gone), case, path=options.lottery)
    kept = [person for person in members if person not in away]
    gone = [person for person in members if person in away]
    if any(case.pool.excluded[kept]):
        raise Unusable(f"{options.panel}: somebody on the panel is excluded in the lottery.")
    pool = after(case.pool, kept=kept, gone=away)
    return Task(replace(case, pool=pool), stored.rule, kept, gone, away)


type Told = tuple[list[str], dict[str, Any]]


def _drawn(
    task: Task, options: Namespace, lottery: Lottery, tickets: Tickets, rng: np.random.Generator
) -> Told:
    """Draw the panel where that is asked for; the lines and the facts."""
    lines = [_about_chances(task.case, lottery)]
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
        more = _written(task, options, panel)
        lines, facts = lines + more[0], facts | {"ticket": ticket} | more[1]
    return lines, facts


def _about_chances(case: Case, lottery: Lottery) -> str:
    stay = int(case.pool.fixed.sum())
    some = lottery.chances[~case.pool.fixed & (lottery.chances > 0)]
    text = f"{lottery.rule}: {stay} members stay; {case.quotas.size - stay} seats are free"
    if not len(some):
        return text
    return f"{text}, for {len(some)} people with chances from {some.min():.2%} to {some.max():.2%}"


def _written(task: Task, options: Namespace, panel: list[int]) -> Told:
    """Write the panel; who comes and who leaves."""
    write_text(options.out, people_text(task.case, panel))
    came = [task.case.ids[person] for person in panel if person not in task.kept]
    gone = [task.case.ids[person] for person in task.gone]
    lines = [
        f"leave: {', '.join(gone) or 'nobody'}",
        f"come: {', '.join(came) or 'nobody'}",
        f"written to {options.out}",
    ]
    return lines, {"gone": gone, "came": came, "kept": len(task.kept)}


def _nearest(task: Task, options: Namespace) -> Exit:
    """The nearest people instead of a draw."""
    rng = np.random.default_rng(options.seed).spawn(4)[3]
    case = task.case
    try:
        found = nearest_panel(case.pool, case.quotas, kept=task.kept, gone=task.gone, rng=rng)
    except NoFeasiblePanel as error:
        print("\n".join(about_conflict(error.conflict, case)), file=sys.stderr)
        return Exit.IMPOSSIBLE
    except SolverFailure as error:
        raise GaveUp(error.detail) from None
    lines, facts = _written(task, options, found.panel.tolist())
    lines = [*about_substitution(case, found), lines[-1]]
    _tell(options, lines, facts | substitution_facts(case, found))
    return Exit.FINE


def _tell(options: Namespace, lines: list[str], facts: dict[str, Any]) -> None:
    if options.json:
        print(json.dumps(facts, ensure_ascii=False, indent=1))
    elif not options.quiet:
        print("\n".join(lines))
