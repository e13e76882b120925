"""Who works on a lottery: one worker at a time, and never a dead one for long.

A lease is taken by a conditional update, so that of any number of workers told about a lottery
only one gets it. A thread with a database connection of its own renews the lease while the
process lives; killed workers renew nothing, and the sweep hands their lottery on.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event, Thread

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from selection.engine import Cancelled
from selection.models import Lottery

LEASE = timedelta(seconds=30)
"""How long a worker is trusted without a sign of life."""

RENEWAL = 5.0
"""Seconds from one sign of life to the next."""

QUEUE_PATIENCE = timedelta(seconds=30)
"""How long the queue has to deliver a lottery before it is sent again."""

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


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on a lottery; ``attempt`` tells it from every earlier and later one."""

    lottery: int
    attempt: int


def take(lottery_id: int) -> Lease | None:
    """A lease, if the lottery waits or its worker has gone silent; else None."""
    now = timezone.now()
    free = Q(state=Lottery.State.QUEUED) | Q(state=Lottery.State.RUNNING, lease_until__lt=now)
    with transaction.atomic():
        taken = Lottery.objects.filter(free, pk=lottery_id, cancel_requested_at=None).update(
            state=Lottery.State.RUNNING,
            attempts=F("attempts") + 1,
            lease_until=now + LEASE,
            started_at=Coalesce("started_at", now),
            phase="",
            percent=0,
        )
        if not taken:
            return None
        attempts = Lottery.objects.values_list("attempts", flat=True)
        return Lease(lottery_id, attempts.get(pk=lottery_id))


def held(lease: Lease) -> QuerySet[Lottery]:
    """The lottery's row, if it is still this lease under which it runs."""
    return Lottery.objects.filter(
        pk=lease.lottery, attempts=lease.attempt, state=Lottery.State.RUNNING
    )


@contextmanager
def kept_alive(lease: Lease) -> Iterator[None]:
    """The lease is renewed until the block is left."""
    done = Event()
    heartbeat = Thread(target=_renew, args=(lease, done), daemon=True)
    heartbeat.start()
    try:
        yield
    finally:
        done.set()
        heartbeat.join()


def _renew(lease: Lease, done: Event) -> None:
    try:
        while not done.wait(RENEWAL):
            try:
                if not held(lease).update(lease_until=timezone.now() + LEASE):
                    return
            except (DatabaseError, InterfaceError):
                # The lease outlives a database that is away for a moment.
                connection.close()
    finally:
        connection.close()


@dataclass(slots=True)
class Teller:
    """Writes the engine's progress to the row; stops the engine when nobody wants the result."""

    lease: Lease
    told_at: float = field(default=0.0)

    def __call__(self, phase: str, share: float) -> None:
        now = time.monotonic()
        if now - self.told_at < TELLING:
            return
        self.told_at = now
        start, end = SPANS[phase]
        percent = round(start + (end - start) * min(max(share, 0.0), 1.0))
        wanted = held(self.lease).filter(cancel_requested_at=None)
        if not wanted.update(phase=phase, percent=percent):
            raise Cancelled
