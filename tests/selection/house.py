"""A house of its own for tests that kill processes: ``python -m tests.selection.house <deed>``.

The engine of the deed ``work`` never ends, so that there is time to kill the worker. That of
``compute`` is the real one, over a pool that keeps it busy for a moment.
"""

import json
import os
import sys
import time
from datetime import timedelta
from typing import Any

import django
import numpy as np
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juries.project.settings")
django.setup()

from django.db import connection

from juries import leases
from juries.enums import Role
from juries.models import AuditEntry, Jury, User
from selection.lottery import bridge, probabilities, working
from selection.models import Chance, Lottery, Rule
from tests import factories
from tests.selection.conftest import ask_for_lottery, close, freeze
from tests.selection.outcomes import digest_of, endings_of

leases.LEASE = leases.QUEUE_PATIENCE = timedelta(seconds=2)
leases.RENEWAL = 0.3
working.TELLING = 0.1


def set_up() -> None:
    """A jury whose lottery waits for a worker."""
    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0)
    jury = factories.make_jury()
    factories.make_mixed_pool(jury, 12)
    organiser = factories.make_member(close(jury), Role.ORGANISER)
    ask_for_lottery(jury, organiser, seed=1)


def work() -> None:
    """Carry the lottery out with an engine that only ends when it is told to stop."""

    def endless(pool, quotas, *, rng, progress):
        progress("types", 0.5)
        say("at work")
        while True:
            time.sleep(0.05)
            progress("decomposition", 0.5)

    probabilities.METHODS[Rule.LEXIMIN] = endless
    probabilities.carry_out(Lottery.objects.get().pk)


def sweep() -> None:
    """What the sweep and the next worker do."""
    for pk in probabilities.take_up_stalled():
        probabilities.carry_out(pk)


def cancel() -> None:
    lottery = Lottery.objects.get()
    probabilities.cancel_lottery(lottery=lottery, by=lottery.requested_by)


def set_up_a_crowd() -> None:
    """A frozen pool in which hardly two are alike."""
    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0)
    sizes = {"gender": 2, "area": 3, "age": 4, "education": 5, "housing": 3}
    quotas = {
        key: {f"{key}{place}": (24 // size - 1, 24 // size + 2) for place in range(size)}
        for key, size in sizes.items()
    }
    jury = factories.make_jury(quotas=quotas, panel_size=24)
    rng = np.random.default_rng(5)
    people = [[f"{key}{rng.integers(size)}" for key, size in sizes.items()] for _ in range(120)]
    factories.make_registrants(jury, people)
    freeze(jury, factories.make_member(close(jury), Role.ORGANISER))


def compute() -> None:
    """One more lottery with the same seed and the engine as it is; says every step it takes."""
    progress, keep_chances = working.Teller.__call__, bridge.keep_chances

    def progress_aloud(teller: working.Teller, phase: str, share: float) -> None:
        say(phase)
        progress(teller, phase, share)

    def keep_chances_aloud(*result: Any) -> None:
        say("writing")
        keep_chances(*result)

    working.Teller.__call__ = progress_aloud
    bridge.keep_chances = keep_chances_aloud
    jury = Jury.objects.get()
    lottery = probabilities.request_lottery(jury=jury, by=User.objects.get(), seed=1)
    probabilities.carry_out(lottery.pk)


def recover() -> None:
    """What sweep after sweep and the next worker do, until the last lottery has ended."""
    lottery = Lottery.objects.order_by("number").last()
    while lottery.is_at_work:
        sweep()
        time.sleep(0.2)
        lottery.refresh_from_db()
    tell(state=lottery.state, endings=endings_of(lottery), digest=digest_of(lottery))


def say(step: str) -> None:
    sys.stdout.write(f"{step}\n")
    sys.stdout.flush()


def tell(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts))


def show() -> None:
    lottery = Lottery.objects.get()
    asked, ended = lottery.cancel_requested_at, lottery.finished_at
    tell(
        seconds_to_cancel=(ended - asked).total_seconds() if asked and ended else None,
        state=lottery.state,
        attempts=lottery.attempts,
        tickets=len(lottery.tickets or []),
        chances=Chance.objects.exclude(probability=None).count(),
        results=AuditEntry.objects.filter(verb="lottery.ready").count(),
    )


DEEDS = [set_up, work, sweep, cancel, show, set_up_a_crowd, compute, recover]

if __name__ == "__main__":
    {deed.__name__: deed for deed in DEEDS}[sys.argv[1]]()
