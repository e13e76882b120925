"""The house's own Celery application, in a hurry, with a diary of what its workers do.

Leases and the sweep are short, so that a killed worker is missed within seconds: ``OWN_LEASE`` and
``OWN_SWEEP`` are what the house has instead. Nobody on the internet is asked for a beacon. With
FAULTS_CONTROL in the environment nobody respects leases.
"""

import os
from datetime import timedelta
from pathlib import Path

import django
from celery import current_app, signals

django.setup()

from juries import leases
from selection.lottery import bridge, working
from selection.protocol import drand
from tests.regardless import (
    answer_as_a_relay,
    held_regardless,
    take_regardless,
)

app = current_app

DIARY = Path(os.environ["RAATIHUONE_DATA"]) / "diary"
SWEEP = "take up stalled lotteries"

OWN_LEASE = leases.LEASE.total_seconds()
OWN_SWEEP = app.conf.beat_schedule[SWEEP]["schedule"]
SHORT_LEASE, SHORT_SWEEP, SHORT_VISIBILITY = 2.0, 1.0, 5

leases.LEASE = leases.QUEUE_PATIENCE = timedelta(seconds=SHORT_LEASE)
leases.RENEWAL = 0.3
working.TELLING = 0.05
drand.fetch, drand.is_genuine = answer_as_a_relay, lambda _round, _signature: True
if "FAULTS_CONTROL" in os.environ:
    leases.take, leases.held = take_regardless, held_regardless

app.conf.task_default_queue = os.environ["FAULTS_QUEUE"]
app.conf.worker_enable_remote_control = False
app.conf.beat_schedule[SWEEP]["schedule"] = SHORT_SWEEP
if app.conf.broker_url.startswith("redis"):
    # Redis takes a message for lost that is not acknowledged in time, and delivers it again.
    app.conf.broker_transport_options = {"visibility_timeout": SHORT_VISIBILITY}

keep_chances = bridge.keep_chances


def keep_chances_and_say_so(*result) -> None:
    note("writing")
    keep_chances(*result)


bridge.keep_chances = keep_chances_and_say_so


def note(*words: object) -> None:
    """One more line in the diary, whichever process writes it."""
    with DIARY.open("a", encoding="utf-8") as diary:
        diary.write(" ".join(map(str, words)) + "\n")


@signals.worker_ready.connect
def note_readiness(**_told) -> None:
    note("ready")


@signals.worker_process_init.connect
def note_hand(**_told) -> None:
    note("hand", os.getpid())


@signals.after_task_publish.connect
def note_publication(sender: str, **_told) -> None:
    note("published", sender)


@signals.task_postrun.connect
def note_end(task, args, **_told) -> None:
    note("done", task.name, *args)


@signals.task_failure.connect
def note_failure(sender, exception, **_told) -> None:
    note("failed", sender.name, repr(exception))
