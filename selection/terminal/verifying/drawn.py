"""What the record of a draw claims: that this panel is the one on the ticket of this lottery."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from selection.terminal.exits import Unusable
from selection.terminal.records.archive import DRAW, LOTTERY, PANEL, SUMS, sums
from selection.terminal.records.draws import DRAW_FORMAT, draw_content, panel_text
from selection.terminal.records.stored import Malformed, StoredLottery, parse_json, take
from selection.terminal.verifying.claims import Claim, Verdict


def check_record(
    files: Mapping[str, bytes], lottery: StoredLottery, *, path: Path
) -> Iterator[Claim]:
    """The claims of the files beside the lottery; ``Unusable`` where they are no draw at all."""
    drawn = parse_json(files[DRAW], file=f"{path}, {DRAW}", what="a draw")
    if drawn.get("format") != DRAW_FORMAT:
        raise Unusable(f"{path}, {DRAW}: this is not a draw.")
    try:
        ticket = take(drawn, "ticket", int)
    except Malformed as error:
        raise Unusable(f"{path}, {DRAW}: {error}.") from None
    rest = {name: content for name, content in files.items() if name != SUMS}
    yield _claim(
        "sums",
        files[SUMS] == sums(rest),
        "the files in the record have the SHA-256 sums that it says",
        "a file in the record is not the one whose SHA-256 sum it says",
    )
    if not 0 <= ticket < len(lottery.tickets):
        yield Claim("ticket", Verdict.WRONG, f"there is no ticket {ticket}")
        return
    panel = lottery.tickets[ticket]
    yield _claim(
        "ticket",
        drawn == draw_content(files[LOTTERY], lottery, ticket),
        f"ticket {ticket} of this lottery is panel {panel}, as {DRAW} says",
        f"{DRAW} does not say what ticket {ticket} of this lottery is, panel {panel}",
    )
    yield _claim(
        "panel",
        files[PANEL] == panel_text(lottery, panel).encode(),
        f"{PANEL} is that panel, with everybody's values",
        f"{PANEL} is not panel {panel} with everybody's values",
    )


def _claim(code: str, holds: bool, claim: str, fault: str) -> Claim:
    return Claim(code, Verdict.FINE if holds else Verdict.WRONG, claim if holds else fault)
