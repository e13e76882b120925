"""Every task of the house can be delivered again, and in any order, and the same stands."""

import shutil

import numpy as np
import pytest
from celery import current_app, shared_task
from django.core import mail
from django.db import transaction

from juries import leases
from selection.protocol import drand
from tests import deliveries, regardless
from tests.deliveries import SITUATIONS
from tests.standing import differences, what_stands

TASKS = sorted(SITUATIONS)
ONES_THAT_LEASE = [
    "juries.tasks.print_letters",
    "juries.tasks.read_upload",
    "selection.tasks.carry_out_lottery",
]

LAST = ("juries.tasks.send_messages", ())
"""Comes again and again in every house: what other tasks had to say after it goes the next time."""


@pytest.fixture(autouse=True)
def house(db, settings, tmp_path, monkeypatch):
    """A house whose queue delivers at once, and tells of every failure."""
    current_app.loader.import_default_modules()
    settings.DATA = tmp_path
    monkeypatch.setitem(current_app.conf, "task_always_eager", True)
    monkeypatch.setitem(current_app.conf, "task_eager_propagates", True)
    monkeypatch.setattr(drand, "fetch", regardless.answer_as_a_relay)
    monkeypatch.setattr(drand, "is_genuine", lambda _round, _signature: True)


def deliver(task, all_arguments):
    for arguments in all_arguments:
        current_app.tasks[task].delay(*arguments)


def standing():
    return what_stands(message.extra_headers["Message-ID"] for message in mail.outbox)


def test_every_task_has_a_situation_in_which_it_is_delivered_again():
    missing = deliveries.without_a_situation()

    assert not missing, f"tests/deliveries.py says nothing, or too much, of {', '.join(missing)}"


def test_control_a_new_task_without_a_situation_is_found(monkeypatch):
    name = "juries.tasks.something_new"
    monkeypatch.setattr(current_app, "tasks", {**current_app.tasks, name: shared_task})

    assert deliveries.without_a_situation() == [name]


@pytest.mark.parametrize("task", TASKS)
def test_a_task_delivered_three_times_leaves_what_it_left_the_first_time(task):
    arguments = SITUATIONS[task]()
    before = standing()

    deliver(task, arguments)
    once = standing()
    deliver(task, arguments)
    twice = standing()
    deliver(task, arguments)
    thrice = standing()

    assert differences(before, once), "there was nothing to do"
    assert differences(once, twice) == []
    assert differences(once, thrice) == []


@pytest.mark.parametrize("task", ONES_THAT_LEASE)
def test_control_without_leases_the_second_delivery_would_be_seen(task, monkeypatch):
    monkeypatch.setattr(leases, "take", regardless.take_regardless)
    monkeypatch.setattr(leases, "held", regardless.held_regardless)
    arguments = SITUATIONS[task]()

    deliver(task, arguments)
    once = standing()
    deliver(task, arguments)

    assert differences(once, standing())


@pytest.mark.parametrize("task", ONES_THAT_LEASE)
def test_a_delivery_that_comes_before_its_row_does_nothing(task):
    before = standing()

    deliver(task, [(1,)])

    assert differences(before, standing()) == []


def test_whatever_the_order_of_the_tasks_the_same_stands(tmp_path):
    to_do = [
        (task, arguments)
        for task, all_arguments in deliveries.everything_to_do().items()
        for arguments in all_arguments
    ]
    files = tmp_path.with_name("files")
    shutil.copytree(tmp_path, files)
    places = np.random.default_rng(20261129).permutation(3 * len(to_do)) % len(to_do)
    shuffled = [to_do[place] for place in places]

    ends = []
    for order in (to_do, to_do[::-1], shuffled):
        shutil.rmtree(tmp_path)
        shutil.copytree(files, tmp_path)
        mail.outbox.clear()
        with transaction.atomic():
            for task, arguments in [*order, LAST]:
                deliver(task, [arguments])
            ends.append(standing())
            transaction.set_rollback(True)

    assert differences(ends[0], ends[1]) == []
    assert differences(ends[0], ends[2]) == []
