"""``draw``: the panel on the ticket that came up."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from selection.terminal.exits import Exit
from selection.terminal.options import add_json, add_out, add_quiet, describe, whole
from selection.terminal.paths import read_bytes, require_writable, write_bytes, write_text
from selection.terminal.records.archive import DRAW, LOTTERY, PANEL, pack
from selection.terminal.records.draws import draw_content, draw_text, panel_text
from selection.terminal.records.stored import parse_lottery
from selection.terminal.records.tickets import panel_of_ticket

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
        files = {LOTTERY: content, PANEL: text.encode(), DRAW: draw_text(drawn).encode()}
        write_bytes(options.record, pack(files))
    if options.json:
        print(draw_text(drawn), end="")
    elif not options.quiet:
        also = f"; record in {options.record}" if options.record else ""
        print(
            f"ticket {options.ticket}: panel {panel} with {lottery.size} people, all quotas met; "
            f"written to {options.out}{also}"
        )
    return Exit.FINE
