"""From balls and beacon to the number of a ticket."""

import hashlib

from selection.protocol.encoding import tagged

BALLS_AND_BEACON, BALLS_ONLY, BEACON_ONLY = "balls+beacon", "balls", "beacon"
BEACON_AFTER = 60
"""Seconds from the last moment for the balls to the beacon, at least."""


def beacon_number(commitment_digest: str, signature: str, *, tickets: int) -> int:
    """The number the beacon gives to this commitment: 0 up to the number of tickets."""
    seed = tagged(
        "kr/seed/1",
        bytes.fromhex(commitment_digest),
        hashlib.sha256(bytes.fromhex(signature)).digest(),
    )
    return int.from_bytes(seed, "big") % tickets


def ticket_of(*, balls: str, beacon: int | None, tickets: int) -> int:
    """The ticket that came out: the sum of what there is, without the thousands.

    If either is even and was fixed by nobody who knew the other, so is the sum.
    """
    return ((int(balls) if balls else 0) + (beacon or 0)) % tickets


def mode_of(*, balls: str, beacon: int | None) -> str:
    """Which of the two there were."""
    if balls and beacon is not None:
        return BALLS_AND_BEACON
    return BALLS_ONLY if balls else BEACON_ONLY
