"""The words of the command line."""

import argparse
from collections.abc import Callable
from pathlib import Path

EPILOG = """\
exit codes: 0 all is well; 1 the check found problems, one line each; 2 a file is wrong;
3 no panel can meet the quotas; 4 the solver gave up
"""


def parser() -> argparse.ArgumentParser:
    """Reads the arguments; ``deed`` becomes the command's name."""
    top = argparse.ArgumentParser(
        prog="python -m selection",
        description="Draw a panel that meets its quotas, with chances as equal as they can be.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    deeds = top.add_subparsers(dest="deed", required=True, metavar="check | lottery | draw")
    _add_check(deeds)
    _add_lottery(deeds)
    _add_draw(deeds)
    return top


type Deeds = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add_check(deeds: Deeds) -> None:
    check = deeds.add_parser("check", help="say what is wrong with the files, or that all is well")
    _add_files(check)
    check.add_argument("--json", action="store_true", help="the findings as JSON")


def _add_lottery(deeds: Deeds) -> None:
    lottery = deeds.add_parser("lottery", help="find the fairest lottery over panels")
    _add_files(lottery)
    lottery.add_argument(
        "--rule",
        choices=("leximin", "maximin"),
        default="leximin",
        help="leximin (default): the smallest chance as large as possible, then the next, and so "
        "on; maximin: only the smallest",
    )
    lottery.add_argument(
        "--tickets",
        type=_whole(1, 1_000_000),
        metavar="N",
        help="round the lottery to N equally likely numbered panels, such as 1000",
    )
    lottery.add_argument(
        "--seed",
        type=_whole(0, 2**63 - 1),
        default=0,
        metavar="N",
        help="seed of the search (default 0); who is drawn is decided by the ticket, not by this",
    )
    lottery.add_argument("--out", type=Path, required=True, metavar="FILE", help="lottery.json")


def _add_draw(deeds: Deeds) -> None:
    draw = deeds.add_parser("draw", help="the panel on a numbered ticket of a lottery")
    draw.add_argument("lottery", type=Path, help="lottery.json, made with --tickets")
    draw.add_argument(
        "--ticket",
        type=_whole(0, 10**9),
        required=True,
        metavar="N",
        help="the number that came up, from 0: three ten-sided dice give 000 to 999",
    )
    draw.add_argument("--out", type=Path, required=True, metavar="FILE", help="panel.csv")
    draw.add_argument("--quiet", action="store_true", help="say nothing unless something is wrong")


def _add_files(deed: argparse.ArgumentParser) -> None:
    deed.add_argument(
        "--quotas",
        type=Path,
        required=True,
        metavar="FILE",
        help="CSV or XLSX with feature, value, min, max",
    )
    deed.add_argument(
        "--pool",
        type=Path,
        required=True,
        metavar="FILE",
        help="CSV or XLSX with one person a row and one column for each feature",
    )
    deed.add_argument(
        "--size", type=_whole(1, 1_000_000), required=True, metavar="N", help="seats on the panel"
    )
    deed.add_argument("--id", metavar="COLUMN", help="column that identifies people")
    deed.add_argument(
        "--household",
        nargs="+",
        default=[],
        metavar="COLUMN",
        help="columns of the address, the street first: at most one person of each address is "
        "drawn; a blank street is no address",
    )
    deed.add_argument("--quiet", action="store_true", help="no progress, no summary")


def _whole(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number within limits."""

    def read(text: str) -> int:
        digits = text.isascii() and text.isdigit() and len(text) < 20
        if not digits or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from {least} on")
        return int(text)

    return read
