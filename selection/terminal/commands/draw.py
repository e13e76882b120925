"""``draw``: the panel on the ticket that came up."""

import csv
from argparse import ArgumentParser, Namespace
from io import StringIO
from pathlib import Path

from selection.terminal.exits import Exit
from selection.terminal.options import add_quiet, whole
from selection.terminal.paths import write_text
from selection.terminal.tickets import DrawnPanel, read_ticket


def add_arguments(command: ArgumentParser) -> None:
    command.add_argument("lottery", type=Path, help="lottery.json, made with --tickets")
    command.add_argument(
        "--ticket",
        type=whole(0, 10**9),
        required=True,
        metavar="N",
        help="the number that came up, from 0: three ten-sided dice give 000 to 999",
    )
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="panel.csv")
    add_quiet(command)


def run(options: Namespace) -> Exit:
    """Write the panel with its values; the file is CSV in UTF-8."""
    drawn = read_ticket(options.lottery, options.ticket)
    write_text(options.out, panel_text(drawn))
    if not options.quiet:
        print(
            f"ticket {options.ticket}: panel {drawn.panel} with {len(drawn.members)} people, all "
            f"quotas met; written to {options.out}"
        )
    return Exit.FINE


def panel_text(drawn: DrawnPanel) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["id", *drawn.criteria])
    writer.writerows([name, *values] for name, values in drawn.members)
    return text.getvalue()
