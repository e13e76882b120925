"""A worker killed in the middle of the letters loses nothing: they are made once."""

import json
import os
import signal
import subprocess
import sys
import time

from django.conf import settings


def start(folder, deed):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.juries.invitation.printing_house", deed],
        env=os.environ
        | {
            "RAATIHUONE_MODE": "test",
            "RAATIHUONE_DATA": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'house.sqlite3'}",
        },
        stdout=subprocess.PIPE,
        text=True,
        cwd=settings.BASE_DIR,
    )


def test_a_killed_workers_letters_are_taken_up_and_made_once(tmp_path):
    worker = start(tmp_path, "work")
    try:
        assert worker.stdout.readline() == "at work\n"
        time.sleep(1.5)  # a living worker keeps its lease for longer than one lasts
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    time.sleep(1.2)

    found, _errors = start(tmp_path, "sweep").communicate(timeout=60)

    assert json.loads(found) == {
        "state": "done",
        "attempts": 2,
        "letters": 2,
        "ready": 1,
        "file": True,
    }
