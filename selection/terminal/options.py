"""The words of the command line that commands have in common."""

import argparse
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

COMMANDS: Mapping[str, str] = {
    "check": "say what is wrong with the files, or that all is well",
    "lottery": "find the fairest lottery over panels",
    "draw": "the panel on a numbered ticket of a lottery",
}

EPILOG = """\
exit codes: 0 all is well; 1 the check found problems, one line each; 2 a file is wrong;
3 no panel can meet the quotas; 4 the solver gave up
"""


def command_module(name: str) -> Any:
    """The module of a command: ``add_arguments(parser)`` and ``run(options)``."""
    return import_module(f"selection.terminal.commands.{name}")


def parser(chosen: str | None) -> argparse.ArgumentParser:
    """Reads the arguments of the chosen command; ``options.command`` becomes its name.

    Only the chosen command's module is loaded, so that help does not wait for the engine.
    """
    top = argparse.ArgumentParser(
        prog="python -m selection",
        description="Draw a panel that meets its quotas, with chances as equal as they can be.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(dest="command", required=True, metavar=" | ".join(COMMANDS))
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary)
        if name == chosen:
            command_module(name).add_arguments(command)
    return top


def add_files(command: argparse.ArgumentParser) -> None:
    """The quota file, the pool file and how they are read."""
    command.add_argument(
        "--quotas",
        type=Path,
        required=True,
        metavar="FILE",
        help="CSV or XLSX with feature, value, min, max",
    )
    command.add_argument(
        "--pool",
        type=Path,
        required=True,
        metavar="FILE",
        help="CSV or XLSX with one person a row and one column for each feature",
    )
    command.add_argument(
        "--size", type=whole(1, 1_000_000), required=True, metavar="N", help="seats on the panel"
    )
    command.add_argument("--id", metavar="COLUMN", help="column that identifies people")
    command.add_argument(
        "--household",
        nargs="+",
        default=[],
        metavar="COLUMN",
        help="columns of the address, the street first: at most one person of each address is "
        "drawn; a blank street is no address",
    )
    add_quiet(command)


def add_quiet(command: argparse.ArgumentParser) -> None:
    command.add_argument("--quiet", action="store_true", help="no progress, no summary")


def add_seed(command: argparse.ArgumentParser, *, help: str) -> None:
    command.add_argument("--seed", type=whole(0, 2**63 - 1), default=0, metavar="N", help=help)


def whole(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number within limits."""

    def read(text: str) -> int:
        digits = text.isascii() and text.isdigit() and len(text) < 20
        if not digits or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from {least} on")
        return int(text)

    return read
