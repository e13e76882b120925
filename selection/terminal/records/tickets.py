"""The panel on a ticket of ``lottery.json``, read without the engine."""

from collections import Counter
from pathlib import Path

from selection.terminal.exits import Unusable
from selection.terminal.records.stored import StoredLottery


def panel_of_ticket(lottery: StoredLottery, ticket: int, *, path: Path) -> int:
    """The position of the ticket's panel, its quotas checked anew; or ``Unusable``."""
    if not lottery.tickets:
        raise Unusable(f"{path}: the lottery has no tickets; make it with --tickets 1000.")
    if ticket >= len(lottery.tickets):
        last = len(lottery.tickets) - 1
        raise Unusable(f"{path}: there is no ticket {ticket}; they are numbered from 0 to {last}.")
    panel = lottery.tickets[ticket]
    fault = fault_of_panel(lottery, panel)
    if fault:
        raise Unusable(f"{path}: panel {panel} {fault}; the file has been changed or cut.")
    return panel


def fault_of_panel(lottery: StoredLottery, panel: int) -> str:
    """Which rule the panel breaks first; empty when it meets them all."""
    members = lottery.panels[panel]
    if len(set(members)) != lottery.size or len(members) != lottery.size:
        return f"has {len(set(members))} people instead of {lottery.size}"
    for criterion, broken in enumerate(lottery.criteria):
        held = Counter(lottery.traits[person][criterion] for person in members)
        for value, quota in enumerate(broken.quotas):
            if not quota.minimum <= held[value] <= quota.maximum:
                return (
                    f"has {held[value]} people of {broken.name} “{quota.value}”, and "
                    f"{quota.minimum} to {quota.maximum} are asked for"
                )
    homes = Counter(lottery.households[person] for person in members)
    if any(home >= 0 and guests > 1 for home, guests in homes.items()):
        return "has two people of one household"
    return ""
