"""The panel on a ticket of ``lottery.json``, read without the engine."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selection.terminal.exits import Unusable
from selection.terminal.paths import read_bytes

FORMAT = "raatihuone-lottery/1"


@dataclass(frozen=True, slots=True)
class DrawnPanel:
    """One ticket's panel: ids with their values, and the quotas they are to meet."""

    criteria: tuple[str, ...]
    members: tuple[tuple[str, tuple[str, ...]], ...]
    panel: int


def read_ticket(path: Path, ticket: int) -> DrawnPanel:
    """The panel on the ticket, its quotas checked anew; or ``Unusable``."""
    content = _read(path)
    if content.get("format") != FORMAT:
        raise Unusable(f"{path}: this is not a lottery file.")
    tickets = content.get("tickets")
    if not tickets or not isinstance(tickets, list):
        raise Unusable(f"{path}: the lottery has no tickets; make it with --tickets 1000.")
    if ticket >= len(tickets):
        raise Unusable(
            f"{path}: there is no ticket {ticket}; they are numbered from 0 to {len(tickets) - 1}."
        )
    try:
        drawn = _drawn(content, tickets[ticket])
        sound = _meets_quotas(content, drawn)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError):
        sound = False
    if not sound:
        raise Unusable(f"{path}: the file has been changed or cut; make the lottery anew.")
    return drawn


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(read_bytes(path))
    except (ValueError, RecursionError):
        raise Unusable(f"{path}: this is not a lottery file.") from None
    return content if isinstance(content, dict) else {}


def _drawn(content: Mapping[str, Any], panel: int) -> DrawnPanel:
    values = {person["id"]: tuple(person["values"]) for person in content["people"]}
    members = content["panels"][panel]["members"]
    return DrawnPanel(
        criteria=tuple(criterion["name"] for criterion in content["criteria"]),
        members=tuple((name, values[name]) for name in members),
        panel=panel,
    )


def _meets_quotas(content: Mapping[str, Any], drawn: DrawnPanel) -> bool:
    if len({name for name, _ in drawn.members}) != content["size"]:
        return False
    for position, criterion in enumerate(content["criteria"]):
        have = [values[position] for _, values in drawn.members]
        for quota in criterion["quotas"]:
            if not quota["min"] <= have.count(quota["value"]) <= quota["max"]:
                return False
    return True
