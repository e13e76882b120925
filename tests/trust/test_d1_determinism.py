"""D1: the same pool gives the same commitment, to the byte, in every process."""

import os
import shutil
import subprocess
import sys

import numpy as np
import pytest
from django.core.management import call_command
from django.db import connections

from selection.draw.freezing import freeze_pool
from selection.lottery.probabilities import request_lottery
from tests.trust.draws import MORNING, at, house

RUNS = 20
pytestmark = pytest.mark.skipif(
    "postgres" in os.environ.get("DATABASE_URL", ""), reason="each process has a file of its own"
)


@pytest.fixture
def waiting(transactional_db, tmp_path, settings):
    """A file with a frozen pool and a lottery that nobody has carried out yet."""
    path = tmp_path / "waiting.sqlite3"
    connection = connections["default"]
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    try:
        call_command("migrate", verbosity=0)
        with at(MORNING):
            jury, organiser, _observer = house(1, np.random.default_rng(1))
            freeze_pool(jury=jury, by=organiser, objection_hours=0)
            request_lottery(jury=jury, by=organiser, seed=1)
        connection.close()
    finally:
        connection.settings_dict["NAME"] = name
    return path


def held_again(path, number):
    copy = path.with_name(f"{number}.sqlite3")
    shutil.copy(path, copy)
    threads = str(1 + number % 2)
    environment = os.environ | {
        "RAATIHUONE_MODE": "test",
        "RAATIHUONE_DATA": str(path.parent),
        "DATABASE_URL": f"sqlite:///{copy}",
        "PYTHONHASHSEED": str(1000 + number),
        "OMP_NUM_THREADS": threads,
        "OPENBLAS_NUM_THREADS": threads,
    }
    command = [sys.executable, "-m", "tests.trust.held_again"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_d1_twenty_processes_make_the_same_commitment(waiting):
    commitments, seeds = zip(*(held_again(waiting, number) for number in range(RUNS)), strict=True)

    assert len(set(commitments)) == 1
    assert b'"format":"kr-arvonta/1"' in bytes.fromhex(commitments[0])
    assert len(set(seeds)) == RUNS  # the control: what depends on hashing differs in each
