"""Who works on a row: one worker at a time, and never a dead one for long.

Any row with a ``state`` (queued, running, …), ``attempts`` and ``lease_until`` can be worked on. A
lease is taken by a conditional update, so that of any number of workers told about a row only one
gets it. A thread with a database connection of its own renews the lease while the process lives;
killed workers renew nothing, and the sweep hands their row on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from threading import Event, Thread
from typing import Any

from django.db import DatabaseError, InterfaceError, connection, models, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

LEASE = timedelta(seconds=30)
"""How long a worker is trusted without a sign of life."""

RENEWAL = 5.0
"""Seconds from one sign of life to the next."""

QUEUE_PATIENCE = timedelta(seconds=30)
"""How long the queue has to deliver a row before it is sent again."""

MOST_ATTEMPTS = 5
"""A row whose workers died this often would kill the next one too."""

QUEUED, RUNNING, FAILED = "queued", "running", "failed"


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on a row; ``attempt`` tells it from every earlier and later one."""

    model: type[models.Model]
    row: int
    attempt: int


def take(rows: QuerySet[Any], pk: int, **begun: Any) -> Lease | None:
    """A lease, if the row is among ``rows`` and waits or its worker has gone silent; else None.

    ``begun`` is written with it: what a row looks like whose work begins.
    """
    now = timezone.now()
    free = Q(state=QUEUED) | Q(state=RUNNING, lease_until__lt=now)
    with transaction.atomic():
        taken = rows.filter(free, pk=pk).update(
            state=RUNNING, attempts=F("attempts") + 1, lease_until=now + LEASE, **begun
        )
        if not taken:
            return None
        attempts = rows.model.objects.values_list("attempts", flat=True)
        return Lease(rows.model, pk, attempts.get(pk=pk))


def held(lease: Lease) -> QuerySet[Any]:
    """The row, if it is still this lease under which it is worked on."""
    rows: QuerySet[Any] = lease.model._default_manager.all()
    return rows.filter(pk=lease.row, attempts=lease.attempt, state=RUNNING)


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


def stalled(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of ``rows`` nobody is at any more: lost by the queue, or by a worker that is gone."""
    return rows.filter(state__in=[QUEUED, RUNNING], lease_until__lt=timezone.now())


def wait_again(row: Any) -> bool:
    """Whether the stalled row, still nobody's, has been made to wait for the queue again."""
    if row.attempts >= MOST_ATTEMPTS:
        return False
    again = timezone.now() + QUEUE_PATIENCE
    return bool(_still_nobodys(row).update(state=QUEUED, lease_until=again))


def give_up(row: Any, **ended: Any) -> bool:
    """Whether the stalled row, still nobody's, has ended as failed, or as ``ended`` says."""
    return bool(_still_nobodys(row).update(**{"state": FAILED, **ended}))


def _still_nobodys(row: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = type(row)._default_manager.all()
    return stalled(rows).filter(pk=row.pk, attempts=row.attempts)


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
