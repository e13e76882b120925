"""A worker that is killed loses nothing (X1, X2), and a live one is never overtaken."""

import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from django.db import connection

LEASE_AND_MORE = 3.0
"""Seconds; ``tests.selection.house`` makes leases of two."""


class House:
    """A database that several processes share, and processes that can be killed."""

    def __init__(self, folder):
        self.environment = os.environ | {
            "RAATIHUONE_MODE": "test",
            "RAATIHUONE_DATA": str(folder),
            "DATABASE_URL": _database_url(folder),
        }

    def start(self, deed):
        return subprocess.Popen(
            [sys.executable, "-m", "tests.selection.house", deed],
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, deed):
        process = self.start(deed)
        output, _errors = process.communicate(timeout=180)
        assert process.returncode == 0
        return output

    def show(self):
        return json.loads(self.do("show"))


def _database_url(folder):
    if connection.vendor == "sqlite":
        return f"sqlite:///{folder / 'house.sqlite3'}"
    facts = connection.settings_dict
    who = f"{facts['USER']}:{facts['PASSWORD']}".rstrip(":")
    return f"postgres://{who}@{facts['HOST']}:{facts['PORT'] or 5432}/{facts['NAME']}"


@pytest.fixture
def empty_house(tmp_path, transactional_db):
    return House(tmp_path)


@pytest.fixture
def house(empty_house):
    empty_house.do("set_up")
    return empty_house


@pytest.fixture
def worker(house):
    """A worker in the middle of the lottery; whatever happens, it is gone afterwards."""
    process = house.start("work")
    assert process.stdout.readline() == "at work\n"
    yield process
    process.kill()
    process.wait()


def test_a_killed_workers_lottery_is_taken_up_and_ends_once(house, worker):
    worker.send_signal(signal.SIGKILL)
    worker.wait()

    time.sleep(LEASE_AND_MORE)
    left_alone = house.show()
    house.do("sweep")
    house.do("sweep")
    taken_up = house.show()

    assert left_alone["state"] == "running"
    assert taken_up == {
        "state": "done",
        "seconds_to_cancel": None,
        "attempts": 2,
        "tickets": 1000,
        "chances": 12,
        "results": 1,
    }


def test_a_living_worker_keeps_its_lottery_however_long_it_takes(house, worker):
    time.sleep(LEASE_AND_MORE)

    house.do("sweep")

    found = house.show()
    assert (found["state"], found["attempts"]) == ("running", 1)
    assert worker.poll() is None


def test_a_living_worker_stops_within_two_seconds_of_being_cancelled(house, worker):
    house.do("cancel")
    worker.wait(timeout=30)

    found = house.show()
    assert found["state"] == "cancelled"
    assert found["seconds_to_cancel"] < 2


def test_whenever_a_worker_is_killed_its_lottery_ends_once_with_the_same_result(empty_house):
    """At two random steps of the engine, and while the result is being written."""
    empty_house.do("set_up_a_crowd")
    steps = empty_house.do("compute").splitlines()
    undisturbed = json.loads(empty_house.do("recover"))
    assert (undisturbed["state"], undisturbed["endings"]) == ("done", ["lottery.ready"])
    assert steps[-1] == "writing"

    for moment in (*np.random.default_rng().integers(1, len(steps), size=2), len(steps)):
        worker = empty_house.start("compute")
        for _step in range(moment):
            worker.stdout.readline()
        worker.kill()
        worker.wait()

        assert json.loads(empty_house.do("recover")) == undisturbed, f"killed at step {moment}"
