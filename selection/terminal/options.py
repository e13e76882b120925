"""The words of the command line that commands have in common."""

import argparse
import difflib
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from selection.terminal.exits import Exit

COMMANDS: Mapping[str, str] = {
    "check": "say what is wrong with the files, or that all is well",
    "explain": "say why chances are what they are, and who would help",
    "lottery": "find the fairest lottery over panels",
    "compare": "what each rule makes of the same people, side by side",
    "draw": "the panel on a numbered ticket of a lottery",
    "replace": "draw again the seats of members who leave",
    "reserves": "choose people who stand by for members who drop out",
    "verify": "check a lottery or the record of a draw, claim by claim",
    "seat": "seat people at tables over rounds",
    "letters": "say how many invitations each stratum gets",
    "sample": "draw from an address file who gets a letter",
}

PROGRAM = "python -m selection"

DESCRIPTION = """\
Draw a panel that meets its quotas, with chances as equal as the quotas allow.

First check the files, then find the lottery, then draw a numbered ticket:

  python -m selection check   --quotas quotas.csv --pool pool.csv --size 30
  python -m selection lottery --quotas quotas.csv --pool pool.csv --size 30 \\
                              --tickets 1000 --out lottery.json
  python -m selection draw    lottery.json --ticket 417 --out panel.csv
"""

EXIT_CODES = """\
exit codes:
  0    all is well
  1    something was found: a problem in the files, or a claim that is wrong
  2    a file or an argument cannot be used; one sentence says where and why
  3    no panel can meet the quotas
  4    the solver gave up
  130  interrupted
"""


def command_module(name: str) -> Any:
    """The module of a command: ``add_arguments(parser)`` and ``run(options)``."""
    return import_module(f"selection.terminal.commands.{name}")


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of the command that the arguments name; ``SystemExit`` where they are wrong."""
    words = [word for word in arguments if not word.startswith("-")]
    chosen = words[0] if words else None
    top = parser(chosen if chosen in COMMANDS else None)
    if chosen is not None and chosen not in COMMANDS:
        top.error(_no_such_command(chosen))
    if not arguments:
        top.print_help(sys.stderr)
        top.exit(Exit.WRONG_FILE)
    return top.parse_args(arguments)


def _no_such_command(word: str) -> str:
    near = difflib.get_close_matches(word, COMMANDS, n=1)
    hint = f"did you mean “{near[0]}”?" if near else f"there are: {', '.join(COMMANDS)}"
    return f"there is no command “{word}”; {hint}"


def parser(chosen: str | None) -> argparse.ArgumentParser:
    """Reads the arguments of the chosen command; ``options.command`` becomes its name.

    Only the chosen command's module is loaded, so that help does not wait for the engine.
    """
    top = argparse.ArgumentParser(
        prog=PROGRAM,
        description=DESCRIPTION,
        epilog=f"Each command explains itself: {PROGRAM} COMMAND --help\n\n{EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("-V", "--version", action=_Version, help="which engine this is, and stop")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        command = commands.add_parser(
            name, help=summary, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if name == chosen:
            command_module(name).add_arguments(command)
            parts = [command.epilog, EXIT_CODES]
            command.epilog = "\n\n".join(part.strip("\n") for part in parts if part)
            command.usage = _usage(command)
    return top


def _usage(command: argparse.ArgumentParser) -> str:
    """What has to be given; the rest is in the list of options."""
    parts = [command.prog, "[options]"]
    for action in command._actions:
        if action.required:
            named = str(action.metavar or action.dest)
            parts.append("\0".join([*action.option_strings[-1:], named]))
    lines = textwrap.wrap(" ".join(parts), width=70, subsequent_indent=" " * 9)
    return "\n".join(lines).replace("\0", " ")


class _Version(argparse.Action):
    """Says the engine's version, which is loaded only then."""

    def __init__(self, option_strings: Sequence[str], dest: str, *, help: str) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        version = import_module("selection.engine.version")
        print(f"{version.NAME} {version.VERSION}")
        parser.exit()


def describe(command: argparse.ArgumentParser, text: str, *, example: str) -> None:
    """What the command does and how it is called, as its ``--help`` shows it.

    Lines are kept as they are: at most 79 letters each.
    """
    command.description = text
    command.epilog = f"example:\n{example}"


def add_files(command: argparse.ArgumentParser) -> None:
    """The quota file, the pool file and how they are read."""
    command.add_argument(
        "--quotas",
        type=Path,
        required=True,
        metavar="FILE",
        help="CSV or XLSX with the columns feature, value, min, max: one row for each value, such "
        "as “age, 16-29, 4, 6”",
    )
    command.add_argument(
        "--pool",
        type=Path,
        required=True,
        metavar="FILE",
        help="CSV or XLSX with one row for each person: an id, and one column for each feature",
    )
    command.add_argument(
        "--size", type=whole(1, 1_000_000), required=True, metavar="N", help="seats on the panel"
    )
    command.add_argument(
        "--id", metavar="COLUMN", help="column that identifies people (found by itself if named id)"
    )
    command.add_argument(
        "--household",
        nargs="+",
        default=[],
        metavar="COLUMN",
        help="columns of the address, the street first: at most one person of each address is "
        "drawn; a blank street is no address",
    )
    add_quiet(command)


def add_out(command: argparse.ArgumentParser, what: str) -> None:
    """The file to write."""
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help=f"{what}; a file that is there is replaced",
    )


def add_quiet(command: argparse.ArgumentParser) -> None:
    command.add_argument("--quiet", action="store_true", help="no progress, no summary")


def add_json(command: argparse.ArgumentParser, what: str) -> None:
    command.add_argument("--json", action="store_true", help=f"{what} as JSON")


def add_seed(command: argparse.ArgumentParser, *, help: str) -> None:
    command.add_argument("--seed", type=whole(0, 2**63 - 1), default=0, metavar="N", help=help)


def whole(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number within limits."""

    def read(text: str) -> int:
        digits = text.isascii() and text.isdigit()
        if not digits or (len(text) < 20 and int(text) < least):
            raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from {least} on")
        if len(text) >= 20 or int(text) > most:
            raise argparse.ArgumentTypeError(f"“{text}” is larger than {most}")
        return int(text)

    return read
