"""``check``: what is wrong with the files, one line each, and whether a panel exists."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from typing import Any

from juries.files.errors import FileError, Problem, UnreadableFile
from selection.engine.answers.recruits import fewest_recruits
from selection.engine.answers.shut_out import shut_out
from selection.engine.errors import Conflict, NoFeasiblePanel, SolverFailure
from selection.terminal.exits import Exit, GaveUp
from selection.terminal.options import add_files, add_json, describe
from selection.terminal.reading.inputs import Case, read_case
from selection.terminal.wording.bar import Watching
from selection.terminal.wording.conflicts import (
    about_conflict,
    about_recruits,
    conflict_facts,
    recruits_facts,
)
from selection.terminal.wording.reasons import about_shut_out, shut_out_facts
from selection.terminal.wording.sentences import about_problem

DESCRIPTION = """\
Check the quota file and the pool file: one line for each problem, with file,
row and column. Where the files are right, say whether a panel is possible.

Where none is, say which quotas cannot hold together, which changes of quotas
would make one possible, the cheapest first, and how many more people of which
values would. Changes stay within the columns min_flex and max_flex where the
quota file has them.

Where one is, name the people who can never be drawn and the quotas that shut
them out.
"""
EXAMPLE = """\
  python -m selection check --quotas quotas.csv --pool pool.csv --size 30 \\
                            --household street postcode
"""


def add_arguments(command: ArgumentParser) -> None:
    describe(command, DESCRIPTION, example=EXAMPLE)
    add_files(command)
    add_json(command, "the findings")


def run(options: Namespace) -> Exit:
    """Print every problem, or the conflict, or that all is well."""
    try:
        case = read_case(options)
    except UnreadableFile:
        raise
    except FileError as error:
        lines = [about_problem(problem) for problem in error.problems]
        _report(lines, as_json=options.json, problems=_problem_facts(error.problems))
        return Exit.PROBLEMS
    try:
        return _check(case, options)
    except SolverFailure as error:
        raise GaveUp(error.detail) from None


def _check(case: Case, options: Namespace) -> Exit:
    try:
        with Watching(quiet=options.quiet) as progress:
            groups = shut_out(case.pool, case.quotas, progress=progress)
    except NoFeasiblePanel as error:
        report_conflict(error.conflict, case, as_json=options.json)
        return Exit.IMPOSSIBLE
    if options.json or not options.quiet:
        lines = [_all_well(case), *about_shut_out(groups, case)]
        facts = shut_out_facts(groups, case)
        _report(lines, as_json=options.json, possible=True, shut_out=facts)
    return Exit.FINE


def _all_well(case: Case) -> str:
    values = sum(len(criterion.quotas) for criterion in case.criteria)
    return (
        f"All is well: {len(case.ids)} people, {len(case.criteria)} criteria with {values} values, "
        f"and a panel of {case.quotas.size} is possible."
    )


def report_conflict(conflict: Conflict, case: Case, *, as_json: bool) -> None:
    """Why no panel is possible, and what would make one so."""
    recruits = fewest_recruits(case.pool, case.quotas)
    _report(
        [*about_conflict(conflict, case), *about_recruits(recruits, case)],
        as_json=as_json,
        possible=False,
        conflict=conflict_facts(conflict, case),
        recruits=recruits_facts(recruits, case),
    )


def _problem_facts(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [{"code": problem.code, **problem.params} for problem in problems]


def _report(
    lines: Iterable[str], *, as_json: bool, possible: bool | None = None, **facts: Any
) -> None:
    """The lines, or the facts with the lines among them."""
    if not as_json:
        print("\n".join(lines))
        return
    findings = {"possible": possible, "lines": list(lines), "problems": [], **facts}
    print(json.dumps(findings, ensure_ascii=False, indent=1))
