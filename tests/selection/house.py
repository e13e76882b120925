"""A house of its own for tests that kill processes: ``python -m tests.selection.house <deed>``.

The engine of the deed ``work`` never ends, so that there is time to kill the worker.
"""

import json
import os
import sys
import time
from datetime import timedelta

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juries.project.settings")
django.setup()

from django.db import connection  # noqa: E402 - Django first

from juries import leases  # noqa: E402
from juries.enums import Role  # noqa: E402
from juries.models import AuditEntry  # noqa: E402
from selection.lottery import probabilities, working  # noqa: E402
from selection.models import Chance, Lottery, Rule  # noqa: E402
from tests import factories  # noqa: E402
from tests.selection.conftest import ask_for_lottery, close  # noqa: E402

leases.LEASE = timedelta(seconds=2)
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
        sys.stdout.write("at work\n")
        sys.stdout.flush()
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


def show() -> None:
    lottery = Lottery.objects.get()
    asked, ended = lottery.cancel_requested_at, lottery.finished_at
    facts = {
        "seconds_to_cancel": (ended - asked).total_seconds() if asked and ended else None,
        "state": lottery.state,
        "attempts": lottery.attempts,
        "tickets": len(lottery.tickets or []),
        "chances": Chance.objects.exclude(probability=None).count(),
        "results": AuditEntry.objects.filter(verb="lottery.ready").count(),
    }
    sys.stdout.write(json.dumps(facts))


if __name__ == "__main__":
    {"set_up": set_up, "work": work, "sweep": sweep, "cancel": cancel, "show": show}[sys.argv[1]]()
