"""Workers that can be killed, and waiting for what they do."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

DATA = Path(os.environ["RAATIHUONE_DATA"])
URL = os.environ["DATABASE_URL"]
DIARY = DATA / "diary"
SAID = DATA / "worker.log"
PATIENCE = 180.0
"""Seconds after which what has not happened will not."""


class Worker:
    """A worker with a process group of its own, which can be killed and started again."""

    def __init__(self, *, hands: int = 1, beat: bool = False, control: bool = False) -> None:
        self.command = [sys.executable, "-m", "celery", "--app", "benchmarks.faults.worker"]
        self.command += ["--quiet", "worker", "--loglevel", "ERROR", "--concurrency", str(hands)]
        self.command += ["--without-gossip", "--without-mingle", *(["--beat"] if beat else [])]
        self.environment = os.environ | ({"FAULTS_CONTROL": "1"} if control else {})
        self.start()

    def start(self) -> None:
        self.since = len(diary())
        with SAID.open("ab") as said:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                start_new_session=True,
                stdout=said,
                stderr=said,
            )

    def wait_until_ready(self) -> None:
        wait_for("ready", 1, self.since)

    def kill(self) -> None:
        """Of the worker and its children nothing is left."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_its_hand(self) -> None:
        """Its child is gone, as when the system runs out of memory; it goes on with another."""
        hands = [line for line in diary()[self.since :] if line.startswith("hand ")]
        os.kill(int(hands[-1].split()[1]), signal.SIGKILL)


@contextlib.contextmanager
def working(**how: bool | int) -> Iterator[Worker]:
    """A worker that is ready, and gone afterwards."""
    worker = Worker(**how)
    try:
        worker.wait_until_ready()
        yield worker
    finally:
        worker.kill()


def diary() -> list[str]:
    """What the workers and this process have noted so far."""
    return DIARY.read_text(encoding="utf-8").splitlines() if DIARY.exists() else []


def noted(words: str, since: int = 0) -> int:
    """How many lines of the diary begin with the words."""
    return sum(line.startswith(words) for line in diary()[since:])


def wait_for(words: str, times: int, since: int) -> None:
    """The diary has that many lines that begin with the words."""
    wait_until(lambda: noted(words, since) >= times, f"“{words}”")


def wait_until(condition: Callable[[], object], what: str) -> None:
    """The condition holds; the program ends, with the worker's last words, when it never does."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            last = SAID.read_text(errors="replace")[-4000:] if SAID.exists() else ""
            raise SystemExit(f"{what} did not come within {PATIENCE:.0f} seconds.\n{last}")
        time.sleep(0.02)
