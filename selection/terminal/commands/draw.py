"""``draw``: the panel on the ticket that came up."""

import csv
import hashlib
import json
from argparse import ArgumentParser, Namespace
from io import StringIO
from pathlib import Path
from typing import Any

from selection.terminal.archive import DRAW, LOTTERY, PANEL, pack
from selection.terminal.exits import Exit
from selection.terminal.options import add_json, add_out, add_quiet, describe, whole
from selection.terminal.paths import read_bytes, require_writable, write_bytes, write_text
from selection.terminal.stored import StoredLottery, parse_lottery
from selection.terminal.tickets import panel_of_ticket

DRAW_FORMAT = "raatihuone-draw/1"

DESCRIPTION = """\
Write the panel on the ticket that came up. The number comes from outside:
dice, numbered balls, a public lottery; never from this program. With 1000
tickets, three ten-sided dice give 000 to 999.

The panel is looked at anew before it is written: its size, its quotas, its
households. It is CSV in UTF-8: the id and the value of every criterion.

With --record, everything that is needed to check the draw goes into one zip:
the lottery, the ticket, the panel and their SHA-256 sums. The same draw gives
the same bytes. Check it with “verify”.
"""
EXAMPLE = """\
  python -m selection draw lottery.json --ticket 417 --out panel.csv \\
                           --record record.zip
"""


def add_arguments(command: ArgumentParser) -> None:
    describe(command, DESCRIPTION, example=EXAMPLE)
    command.add_argument("lottery", type=Path, help="lottery.json, made with --tickets")
    command.add_argument(
        "--ticket",
        type=whole(0, 10**9),
        required=True,
        metavar="N",
        help="the number that came up, from 0: three ten-sided dice give 000 to 999",
    )
    add_out(command, "the panel, such as panel.csv")
    command.add_argument(
        "--record", type=Path, metavar="FILE", help="the record of the draw, such as record.zip"
    )
    add_json(command, "the ticket and its panel")
    add_quiet(command)


def run(options: Namespace) -> Exit:
    """Write the panel and, where asked for, the record."""
    for path in filter(None, (options.out, options.record)):
        require_writable(path)
    content = read_bytes(options.lottery)
    lottery = parse_lottery(content, file=str(options.lottery))
    panel = panel_of_ticket(lottery, options.ticket, path=options.lottery)
    text, drawn = panel_text(lottery, panel), draw_content(content, lottery, options.ticket)
    write_text(options.out, text)
    if options.record:
        files = {LOTTERY: content, PANEL: text.encode(), DRAW: _json(drawn).encode()}
        write_bytes(options.record, pack(files))
    if options.json:
        print(_json(drawn), end="")
    elif not options.quiet:
        also = f"; record in {options.record}" if options.record else ""
        print(
            f"ticket {options.ticket}: panel {panel} with {lottery.size} people, all quotas met; "
            f"written to {options.out}{also}"
        )
    return Exit.FINE


def draw_content(content: bytes, lottery: StoredLottery, ticket: int) -> dict[str, Any]:
    """What the ticket decided, and from which lottery file."""
    panel = lottery.tickets[ticket]
    return {
        "format": DRAW_FORMAT,
        "lottery_sha256": hashlib.sha256(content).hexdigest(),
        "tickets": len(lottery.tickets),
        "ticket": ticket,
        "panel": panel,
        "members": [lottery.ids[person] for person in lottery.panels[panel]],
    }


def panel_text(lottery: StoredLottery, panel: int) -> str:
    """The panel as CSV."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["id", *(criterion.name for criterion in lottery.criteria)])
    writer.writerows(
        [lottery.ids[person], *lottery.values(person)] for person in lottery.panels[panel]
    )
    return text.getvalue()


def _json(drawn: dict[str, Any]) -> str:
    return json.dumps(drawn, ensure_ascii=False, indent=1) + "\n"
