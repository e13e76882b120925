"""``check``: what is wrong with the files, one line each, and whether a panel exists."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence

from juries.files.errors import FileError, Problem, UnreadableFile
from selection.engine.errors import NoFeasiblePanel, SolverFailure
from selection.engine.feasibility.existence import find_panel
from selection.terminal.conflicts import about_conflict
from selection.terminal.exits import Exit, GaveUp
from selection.terminal.inputs import Case, read_case
from selection.terminal.options import add_files
from selection.terminal.sentences import about_problem


def add_arguments(command: ArgumentParser) -> None:
    add_files(command)
    command.add_argument("--json", action="store_true", help="the findings as JSON")


def run(options: Namespace) -> Exit:
    """Print every problem, or the conflict, or that all is well."""
    try:
        case = read_case(options)
    except UnreadableFile:
        raise
    except FileError as error:
        lines = [about_problem(problem) for problem in error.problems]
        _report(lines, error.problems, as_json=options.json)
        return Exit.PROBLEMS
    try:
        find_panel(case.pool, case.quotas)
    except NoFeasiblePanel as error:
        _report(about_conflict(error.conflict, case), (), as_json=options.json, possible=False)
        return Exit.IMPOSSIBLE
    except SolverFailure as error:
        raise GaveUp(error.detail) from None
    if options.json or not options.quiet:
        _report([_all_well(case)], (), as_json=options.json, possible=True)
    return Exit.FINE


def _all_well(case: Case) -> str:
    values = sum(len(criterion.quotas) for criterion in case.criteria)
    return (
        f"All is well: {len(case.ids)} people, {len(case.criteria)} criteria with {values} values, "
        f"and a panel of {case.quotas.size} is possible."
    )


def _report(
    lines: Iterable[str],
    problems: Sequence[Problem],
    *,
    as_json: bool,
    possible: bool | None = None,
) -> None:
    if not as_json:
        print("\n".join(lines))
        return
    findings = {
        "possible": possible,
        "lines": list(lines),
        "problems": [{"code": problem.code, **problem.params} for problem in problems],
    }
    print(json.dumps(findings, ensure_ascii=False, indent=1))
