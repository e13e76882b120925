"""Workers killed and tasks delivered again, on every broker this machine has.

    python -m benchmarks.faults                              # everything
    python -m benchmarks.faults --only redis --moments 5
    python -m benchmarks.faults --allow-missing --sqlite

For each of Redis, RabbitMQ and the folder a house of its own, with a real worker: its database is
thrown away afterwards, and nothing is left in the broker. On PostgreSQL where a server answers on
127.0.0.1:5432, or else on SQLite; on both with ``--sqlite``.

Killing: a lottery's worker is killed with SIGKILL at random moments, and another one started. The
lottery must end once, with the panels, tickets and chances of one that nobody disturbed.
Delivering: every task of the house is delivered once, twice, three times and in other orders. The
same must stand afterwards. Controls take the leases away and must be seen to fail.

Ends with 1 if anything was otherwise, or if a broker does not answer.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType

from benchmarks.faults import places

ROOT = Path(__file__).resolve().parent.parent.parent
CHECKS = ("killing", "delivering")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", nargs="+", choices=places.BROKERS, default=[*places.BROKERS])
    parser.add_argument("--check", nargs="+", choices=CHECKS, default=CHECKS)
    parser.add_argument("--moments", type=int, default=20, help="at which the worker is killed")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**6, help="of the moments")
    parser.add_argument("--sqlite", action="store_true", help="on SQLite as well")
    parser.add_argument("--allow-missing", action="store_true", help="a broker may be away")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)
    troubles = []
    for database in _databases(sqlite=asked.sqlite):
        for broker in asked.only:
            name = f"{places.TITLES[broker]} and {database}"
            if not places.answers(places.BROKERS[broker]):
                print(
                    f"\n{name}: NOT TESTED, {places.BROKERS[broker]} DOES NOT ANSWER.", flush=True
                )
                troubles += [] if asked.allow_missing else [f"{name}: does not answer"]
                continue
            for check in _failed(broker, database, name, asked):
                troubles.append(f"{name}: {check}")
    print(
        "\n" + ("\n".join(f"FAILED  {trouble}" for trouble in troubles) or "All as it should be.")
    )
    return int(bool(troubles))


def _databases(*, sqlite: bool) -> list[str]:
    if places.postgres_answers():
        return ["PostgreSQL", "SQLite"] if sqlite else ["PostgreSQL"]
    print("PostgreSQL does not answer on 127.0.0.1:5432: NOT TESTED ON POSTGRESQL.")
    return ["SQLite"]


def _failed(broker: str, database: str, name: str, asked: argparse.Namespace) -> list[str]:
    """The checks that did not pass, each in a house of its own."""
    failed = []
    for check in asked.check:
        print(f"\n{name}: {check}", flush=True)
        command = [sys.executable, "-m", f"benchmarks.faults.{check}"]
        command += ["--moments", str(asked.moments)] if check == "killing" else []
        with _house(broker, database) as environment:
            if _code([*command, "--seed", str(asked.seed)], environment):
                failed.append(check)
    return failed


@contextlib.contextmanager
def _house(broker, database):
    """The environment of a house of which nothing is left afterwards."""
    queue = f"faults_{os.getpid()}"
    with (
        tempfile.TemporaryDirectory(prefix="raatihuone-faults-") as folder,
        places.database(database, Path(folder), queue) as database_url,
        places.broker(places.BROKERS[broker], queue) as broker_url,
    ):
        yield os.environ | {
            "RAATIHUONE_MODE": "test",
            "RAATIHUONE_DATA": folder,
            "RAATIHUONE_MAIL": f"file://{folder}/mail",
            "DJANGO_SETTINGS_MODULE": "juries.project.settings",
            "DATABASE_URL": database_url,
            "CELERY_BROKER_URL": broker_url,
            "FAULTS_QUEUE": queue,
        }


def _code(command: list[str], environment: dict[str, str]) -> int:
    """The exit code; when interrupted, the command has put its own worker away first."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)
        process.wait(20)
        raise


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nStopped; nothing is left behind.")
