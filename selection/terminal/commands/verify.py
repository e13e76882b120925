"""``verify``: whether a lottery file or the record of a draw is what it claims to be."""

import json
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from selection.engine.solver import HIGHS, available
from selection.terminal.exits import Exit, Unusable
from selection.terminal.options import add_json, add_quiet, describe
from selection.terminal.paths import read_bytes
from selection.terminal.records.archive import LOTTERY, is_packed, unpack
from selection.terminal.records.stored import parse_lottery
from selection.terminal.verifying.claims import Claim, Verdict, count_again
from selection.terminal.verifying.drawn import check_record
from selection.terminal.verifying.weighing import weigh_again

DESCRIPTION = """\
Check a lottery.json, or the record.zip of a draw, without trusting whoever
made it. One line for each claim: fine, WRONG, or not checkable.

Counted anew: the probabilities, the panels with their sizes, quotas and
households, everybody's chance, the tickets, and in a record the check sums
and the panel on the ticket. The certificate of fairness claims that no
possible panel weighs more than so much: that is added up, and where adding is
not enough an integer program looks for a heavier one, with any solver.
"""
EXAMPLE = """\
  python -m selection verify record.zip
"""


def add_arguments(command: ArgumentParser) -> None:
    describe(command, DESCRIPTION, example=EXAMPLE)
    command.add_argument("file", type=Path, help="lottery.json or record.zip")
    command.add_argument(
        "--solver",
        default=HIGHS,
        metavar="NAME",
        help="who looks for heavier panels where adding is not enough: HiGHS (default), or another "
        "that is installed, by PuLP's name, such as COIN_CMD for CBC",
    )
    add_json(command, "the claims")
    add_quiet(command)


def run(options: Namespace) -> Exit:
    """Print the claims; one that is wrong makes the exit code 1."""
    if options.solver != HIGHS and options.solver not in available():
        known = ", ".join(available())
        raise Unusable(f"There is no solver “{options.solver}” here; there is {known}.")
    claims = list(_claims(options.file, options.solver))
    wrong = any(claim.verdict is Verdict.WRONG for claim in claims)
    if options.json:
        print(json.dumps(_content(claims, fine=not wrong), ensure_ascii=False, indent=1))
    elif not options.quiet:
        for claim in claims:
            print(f"{claim.verdict:<13}  {claim.sentence}")
        print(_total(claims))
    return Exit.PROBLEMS if wrong else Exit.FINE


def _claims(path: Path, solver: str) -> Iterator[Claim]:
    content = read_bytes(path)
    packed = unpack(content, path=path) if is_packed(content) else None
    name = f"{path}, {LOTTERY}" if packed else str(path)
    lottery = parse_lottery(packed[LOTTERY] if packed else content, file=name)
    if packed:
        yield from check_record(packed, lottery, path=path)
    yield from count_again(lottery)
    yield from weigh_again(lottery, solver=solver)


def _total(claims: Sequence[Claim]) -> str:
    found = Counter(claim.verdict for claim in claims)
    return ", ".join(f"{found[verdict]} {verdict}" for verdict in Verdict if found[verdict])


def _content(claims: Sequence[Claim], *, fine: bool) -> dict[str, object]:
    return {
        "fine": fine,
        "claims": [
            {"code": claim.code, "verdict": claim.verdict.lower(), "sentence": claim.sentence}
            for claim in claims
        ],
    }
