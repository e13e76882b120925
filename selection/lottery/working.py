"""How far a lottery has come, told while its worker is at it, and heard when nobody wants it."""

import time
from dataclasses import dataclass, field

from django.db.models.functions import Coalesce
from django.utils import timezone

from juries import leases
from selection.engine import Cancelled
from selection.models import Lottery

TELLING = 0.5
"""Seconds from one written progress to the next; a cancellation is seen as often."""

SPANS = {
    "types": (0, 5),
    "relaxation": (5, 20),
    "decomposition": (20, 75),
    "exact": (75, 90),
    "tickets": (90, 100),
}
"""From which per cent of the whole to which each phase of the engine runs."""


def take(lottery_id: int) -> leases.Lease | None:
    """A lease, if the lottery waits or its worker has gone silent; else None."""
    return leases.take(
        Lottery.objects.filter(cancel_requested_at=None),
        lottery_id,
        started_at=Coalesce("started_at", timezone.now()),
        phase="",
        percent=0,
    )


@dataclass(slots=True)
class Teller:
    """Writes the engine's progress to the row; stops the engine when nobody wants the result."""

    lease: leases.Lease
    told_at: float = field(default=0.0)

    def __call__(self, phase: str, share: float) -> None:
        now = time.monotonic()
        if now - self.told_at < TELLING:
            return
        self.told_at = now
        start, end = SPANS[phase]
        percent = round(start + (end - start) * min(max(share, 0.0), 1.0))
        wanted = leases.held(self.lease).filter(cancel_requested_at=None)
        if not wanted.update(phase=phase, percent=percent):
            raise Cancelled
