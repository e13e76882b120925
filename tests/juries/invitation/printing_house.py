"""A house of its own for the test that kills a worker: ``python -m … <deed>``.

The typesetter of the deed ``work`` never ends, so that there is time to kill the worker.
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

from django.db import connection

from juries import leases
from juries.invitation import printing
from juries.models import AuditEntry, PrintJob
from juries.post.letters import Press
from tests.juries.invitation.sampling import imported, invited, row, user
from tests.juries.registration.registering import open_jury

leases.LEASE = timedelta(seconds=1)
leases.RENEWAL = 0.2


def work() -> None:
    """Letters are asked for, and a worker is in the middle of them."""
    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0)
    wave = invited(imported(open_jury(), [row(1), row(2)]), sent=False)
    job = printing.request_letters(wave=wave, by=user())

    def endless(_press: Press, _letters: object) -> bytes:
        sys.stdout.write("at work\n")
        sys.stdout.flush()
        while True:
            time.sleep(0.05)

    Press.pdf = endless
    printing.carry_out(job.pk)


def sweep() -> None:
    """What two sweeps and the next worker do; then what stands."""
    for pk in printing.take_up_stalled() + printing.take_up_stalled():
        printing.carry_out(pk)
    job = PrintJob.objects.get()
    facts = {
        "state": job.state,
        "attempts": job.attempts,
        "letters": job.done,
        "ready": AuditEntry.objects.filter(verb="letters.ready").count(),
        "file": (printing.folder() / job.file).is_file(),
    }
    sys.stdout.write(json.dumps(facts))


if __name__ == "__main__":
    {"work": work, "sweep": sweep}[sys.argv[1]]()
