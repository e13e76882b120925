"""``explain``: why chances are what they are, who is shut out, and who would help."""

import json
from argparse import ArgumentParser, Namespace
from typing import Any

import numpy as np

from selection.engine.answers.chances import chance_levels, standing
from selection.engine.answers.lifting import Lift, lifting_recruits
from selection.engine.answers.shut_out import shut_out
from selection.engine.errors import NoFeasiblePanel, SolverFailure, TooManyProfiles
from selection.engine.progress import Progress
from selection.engine.rules.leximin import leximin
from selection.terminal.commands.check import report_conflict
from selection.terminal.exits import Exit, GaveUp, Unusable
from selection.terminal.options import add_files, add_json, describe
from selection.terminal.reading.inputs import Case, read_case
from selection.terminal.wording.bar import Watching
from selection.terminal.wording.reasons import (
    about_levels,
    about_lifts,
    about_shut_out,
    about_standing,
    level_facts,
    lift_facts,
    shut_out_facts,
    standing_facts,
)

DESCRIPTION = """\
Say why the chances of the fairest lottery are what they are.

Without --person: who can never be drawn and why, the levels of chances with
the quotas that hold each where it is, and what kind of additional person
would lift the smallest chance.

With --person: that person's chance, the quotas that hold it down, and those
that lift it above the chances of others.
"""
EXAMPLE = """\
  python -m selection explain --quotas quotas.csv --pool pool.csv --size 30
  python -m selection explain --quotas quotas.csv --pool pool.csv --size 30 \\
                              --person p012 p047
"""

type Told = tuple[list[str], dict[str, Any]]
"""The lines, and the facts for programs."""


def add_arguments(command: ArgumentParser) -> None:
    describe(command, DESCRIPTION, example=EXAMPLE)
    add_files(command)
    command.add_argument(
        "--person", nargs="+", default=[], metavar="ID", help="people whose chance to explain"
    )
    add_json(command, "the reasons")


def run(options: Namespace) -> Exit:
    """Print the reasons, or why there is no panel."""
    case = read_case(options)
    people = [_position(name, case) for name in options.person]
    try:
        with Watching(quiet=options.quiet) as progress:
            told = _people(people, case, progress) if people else _overview(case, progress)
    except NoFeasiblePanel as error:
        report_conflict(error.conflict, case, as_json=options.json)
        return Exit.IMPOSSIBLE
    except SolverFailure as error:
        raise GaveUp(error.detail) from None
    lines, facts = told
    print(json.dumps(facts, ensure_ascii=False, indent=1) if options.json else "\n".join(lines))
    return Exit.FINE


def _position(name: str, case: Case) -> int:
    if name not in case.ids:
        raise Unusable(f"Nobody in the pool has the id “{name}”.")
    return list(case.ids).index(name)


def _overview(case: Case, progress: Progress) -> Told:
    groups = shut_out(case.pool, case.quotas, progress=progress)
    levels = chance_levels(case.pool, case.quotas, progress=progress)
    lines = list(about_shut_out(groups, case))
    lifts: tuple[Lift, ...] | None = None
    if levels:
        lifts = _lifts(case, progress)
        lines += [*about_levels(levels, case), *about_lifts(lifts, levels, case)]
    facts = {
        "shut_out": shut_out_facts(groups, case),
        "levels": level_facts(levels, case),
        "lifts": None if lifts is None else lift_facts(lifts, case),
    }
    return lines, facts


def _lifts(case: Case, progress: Progress) -> tuple[Lift, ...] | None:
    """None where there are too many combinations of values to look through."""
    try:
        return lifting_recruits(case.pool, case.quotas, progress=progress)
    except TooManyProfiles:
        return None


def _people(people: list[int], case: Case, progress: Progress) -> Told:
    """The chances are the lottery's, the reasons those of its upper bound."""
    groups = shut_out(case.pool, case.quotas, progress=progress)
    levels = chance_levels(case.pool, case.quotas, progress=progress)
    lottery = leximin(case.pool, case.quotas, rng=np.random.default_rng(0), progress=progress)
    lines: list[str] = []
    facts = []
    for person in people:
        chance, found = float(lottery.chances[person]), standing(case.pool, levels, person)
        mine = [group for group in groups if person in group.people]
        lines += about_standing(person, chance, found, mine, case)
        facts.append(standing_facts(person, chance, found, mine, case))
    return lines, {"people": facts}
