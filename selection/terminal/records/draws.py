"""What a ticket decided: ``draw.json`` and the panel as CSV."""

import csv
import hashlib
import json
from collections.abc import Mapping
from io import StringIO
from typing import Any

from selection.terminal.records.stored import StoredLottery

DRAW_FORMAT = "raatihuone-draw/1"


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


def draw_text(drawn: Mapping[str, Any]) -> str:
    """The file of the draw, ``draw.json``."""
    return json.dumps(drawn, ensure_ascii=False, indent=1) + "\n"
