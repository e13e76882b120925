"""Balls and beacon added up as on paper, as far as they are known."""

from dataclasses import dataclass

from selection.draw.drawing import confirmed_digits
from selection.models import Round
from selection.protocol import chance


@dataclass(frozen=True, slots=True)
class Sum:
    """Each number with all its digits, and blank until it is known.

    ``total`` is what stands under the line, ``ticket`` the same without the thousands.
    """

    balls: str = ""
    beacon: str = ""
    total: str = ""
    ticket: str = ""

    @property
    def drops(self) -> bool:
        """Whether there was a thousand to drop."""
        return self.total != self.ticket

    @property
    def adds(self) -> bool:
        """Whether there were two numbers to add."""
        return bool(self.balls and self.beacon and self.ticket)


def sum_of(round_: Round) -> Sum:
    """How the ticket came out, or what is known of it so far."""
    balls, beacon = confirmed_digits(round_), beacon_of(round_)
    if round_.ticket is None:
        return Sum(balls, beacon)
    parts = [int(part) for part in (balls, beacon) if part]
    total = round_.lottery.ticket_name(sum(parts))
    return Sum(balls, beacon, total, round_.ticket_name)


def beacon_of(round_: Round) -> str:
    """The number that the beacon gives to the commitment; blank before it is known."""
    if not round_.beacon_signature:
        return ""
    number = chance.beacon_number(
        round_.commitment_digest, round_.beacon_signature, tickets=round_.lottery.ticket_count
    )
    return round_.lottery.ticket_name(number)
