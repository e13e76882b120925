"""Computes and commits to the lottery that waits in a database.

``python -m tests.trust.held_again`` prints the commitment's bytes as hex and, as a sign that
hashing was seeded anew, the hash of a word.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juries.project.settings")
django.setup()

from selection.lottery import probabilities  # noqa: E402 - Django first
from selection.models import Lottery  # noqa: E402
from tests.trust.draws import MORNING, at, committed  # noqa: E402


def main() -> None:
    lottery = Lottery.objects.get()
    with at(MORNING):
        probabilities.carry_out(lottery.pk)
        lottery.refresh_from_db()
        round_ = committed(lottery, lottery.requested_by)
    sys.stdout.write(f"{round_.commitment.encode().hex()} {hash('raati')}\n")


if __name__ == "__main__":
    main()
