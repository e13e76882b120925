"""A house of its own in a file, for processes that do the same thing again.

``python -m tests.trust.held_again set_up`` leaves a frozen pool and a lottery that waits.
``… hold`` carries it out, commits to it, and prints the commitment's bytes as hex and, as a sign
that hashing was seeded anew, the hash of a word.
"""

import os
import sys

import django
import numpy as np
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juries.project.settings")
django.setup()

from selection.draw.freezing import freeze_pool
from selection.lottery import probabilities
from selection.models import Lottery
from tests.trust.draws import MORNING, at, committed, house


def set_up() -> None:
    call_command("migrate", verbosity=0)
    with at(MORNING):
        jury, organiser, _observer = house(1, np.random.default_rng(1))
        freeze_pool(jury=jury, by=organiser, objection_hours=0)
        probabilities.request_lottery(jury=jury, by=organiser, seed=1)


def hold() -> None:
    lottery = Lottery.objects.get()
    with at(MORNING):
        probabilities.carry_out(lottery.pk)
        lottery.refresh_from_db()
        round_ = committed(lottery, lottery.requested_by)
    sys.stdout.write(f"{round_.commitment.encode().hex()} {hash('raati')}\n")


if __name__ == "__main__":
    {"set_up": set_up, "hold": hold}[sys.argv[1]]()
