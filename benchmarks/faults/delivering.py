"""Every task of the house delivered again. Started by ``python -m benchmarks.faults``."""

import argparse
import re
import shutil
import sys
import uuid
from collections.abc import Sequence

import numpy as np
from django.core.management import call_command
from django.db import connections

from benchmarks.faults import house, places, worker
from benchmarks.faults.house import noted, wait_until, working
from tests import deliveries
from tests.standing import Standing, differences, what_stands

type Delivery = tuple[str, tuple[int, ...]]

HANDS = 2
"""So that two deliveries of the same task are at work at the same time."""

KEPT = house.DATA.with_name(f"{house.DATA.name}-kept")
MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE)
HEAD = f"{'':<46}{'once changes':<14}{'twice':<14}{'three times':<14}"

SHOWN = 120
"""Letters of a difference that was looked for."""

THAT_LEASE = [
    "juries.tasks.print_letters",
    "juries.tasks.read_upload",
    "selection.tasks.carry_out_lottery",
]
"""Tasks that are done once because of their lease, and would not be without it."""


def set_up() -> list[Delivery]:
    """A house in which every task has something to do, kept so that it can be brought back."""
    call_command("migrate", verbosity=0)
    to_do = [
        (task, arguments)
        for task, all_arguments in deliveries.everything_to_do().items()
        for arguments in all_arguments
    ]
    connections.close_all()
    places.keep(house.URL)
    for folder in _folders():
        shutil.copytree(folder, KEPT / folder.name)
    return to_do


def bring_back() -> None:
    """Everything is as it was when the house had been set up."""
    connections.close_all()
    places.bring_back(house.URL)
    for folder in _folders():
        shutil.rmtree(folder)
    for folder in KEPT.iterdir():
        shutil.copytree(folder, house.DATA / folder.name)


def _folders() -> list[house.Path]:
    """Whatever the house keeps in files, the queue aside."""
    return [path for path in house.DATA.iterdir() if path.is_dir() and path.name != "broker"]


def after(order: Sequence[Delivery], *, times: int = 1) -> tuple[Standing, list[str]]:
    """What stands once all has been delivered, each so many times at once; and what failed."""
    bring_back()
    since = len(house.diary())
    for task, arguments in order:
        # The same message again, as a broker would deliver it, not another like it.
        name = str(uuid.uuid4())
        for _time in range(times):
            worker.app.send_task(task, arguments, task_id=name)
    wait_until(lambda: all_done(since), "the end of all deliveries")
    return standing(), [line for line in house.diary()[since:] if line.startswith("failed")]


def after_all(order: Sequence[Delivery]) -> tuple[Standing, list[str]]:
    """The same for everything the house has to do, and for what tasks had to say afterwards."""
    _standing, failed = after(order)
    since = len(house.diary())
    worker.app.send_task("juries.tasks.send_messages")
    wait_until(lambda: all_done(since), "the end of the last delivery")
    return standing(), failed


def all_done(since: int) -> bool:
    """Whether every message that was sent, also by tasks, has been worked on."""
    return noted("done ", since) >= noted("published ", since)


def standing() -> Standing:
    """All rows and files, and the messages that were sent by mail."""
    mails = sorted((house.DATA / "mail").glob("*")) if (house.DATA / "mail").is_dir() else []
    sent = [found.decode() for mail in mails for found in MESSAGE_ID.findall(mail.read_bytes())]
    return what_stands(sent)


def again(task: str, order: Sequence[Delivery], untouched: Standing) -> list[str]:
    """One row of the table; what is wrong with the task."""
    troubles = []
    once, failed = after(order)
    changed = len(differences(untouched, once))
    if not changed:
        troubles.append(f"{task}: nothing to do")
    troubles += [f"{task}: {line}" for line in failed]
    found = [str(changed)]
    for times in (2, 3):
        stands, failed = after(order, times=times)
        wrong = differences(once, stands) + failed
        found.append("OTHERWISE" if wrong else "the same")
        troubles += [f"{task}, {times} times: {sentence}" for sentence in wrong]
    print(f"{task:<46}" + "".join(f"{word:<14}" for word in found), flush=True)
    return troubles


def in_other_orders(to_do: Sequence[Delivery], rng: np.random.Generator) -> list[str]:
    """What is wrong when all tasks come in another order, and more than once."""
    troubles = []
    in_order, failed = after_all(to_do)
    troubles += failed
    orders = {"backwards": to_do[::-1]}
    for number in range(1, 4):
        places_ = rng.permutation(3 * len(to_do)) % len(to_do)
        orders[f"three times, shuffled ({number})"] = [to_do[place] for place in places_]
    for name, order in orders.items():
        stands, failed = after_all(order)
        wrong = differences(in_order, stands) + failed
        print(f"all, {name:<41}{'OTHERWISE' if wrong else 'the same'}", flush=True)
        troubles += [f"all {name}: {sentence}" for sentence in wrong]
    return troubles


def not_seen_without_leases(to_do: Sequence[Delivery]) -> list[str]:
    """Tasks of which a second delivery goes unnoticed when nobody respects leases."""
    unseen = []
    with working(control=True):
        for task in THAT_LEASE:
            order = [delivery for delivery in to_do if delivery[0] == task]
            once, _failed = after(order)
            wrong = differences(once, after(order, times=2)[0])
            seen = wrong[0][:SHOWN] if wrong else "NOT SEEN"
            print(f"control without leases, {task}: {seen}", flush=True)
            unseen += [] if wrong else [f"{task}: the control was not seen"]
    return unseen


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    asked = parser.parse_args()
    troubles = [f"{name}: no situation" for name in deliveries.without_a_situation()]
    to_do = set_up()
    try:
        with working(hands=HANDS):
            untouched, _failed = after([])
            print(HEAD)
            for task in deliveries.SITUATIONS:
                order = [delivery for delivery in to_do if delivery[0] == task]
                troubles += again(task, order, untouched)
            troubles += in_other_orders(to_do, np.random.default_rng(asked.seed))
        troubles += not_seen_without_leases(to_do)
    finally:
        shutil.rmtree(KEPT, ignore_errors=True)
    for trouble in troubles:
        print(trouble)
    return int(bool(troubles))


if __name__ == "__main__":
    sys.exit(main())
