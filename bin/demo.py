"""`make demo`: the house with its demo content, until Ctrl-C.

Migrates, loads the demo once, starts the web server and the worker, waits until the
first page answers, and says where it is and who can sign in. When one of the two
dies the other is stopped as well; nothing is left running behind.
"""

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 4

type Processes = dict[str, subprocess.Popen[bytes]]


class DemoError(Exception):
    """Something that the person at the keyboard should read as one sentence."""


def main() -> int:
    port = port_from_arguments()
    # Warnings are for those who work on the house, not for those who look at it.
    environment = os.environ | {"RAATIHUONE_MODE": "demo", "PYTHONWARNINGS": "ignore"}
    environment.setdefault("RAATIHUONE_ADDRESS", f"http://{HOST}:{port}")
    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGHUP, interrupt)
    signal.signal(signal.SIGINT, interrupt)
    try:
        refuse_busy(port)
        prepare(environment)
        with running(commands(port), environment) as processes:
            wait_for_first_page(port, processes)
            welcome(port, environment)
            wait_for_a_death(processes)
    except DemoError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nThe demo is stopped. Its data stays for the next time.")
    return 0


def port_from_arguments() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port: int = parser.parse_args().port
    return port


def interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def refuse_busy(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            raise DemoError(
                f"Port {port} is not free: stop what uses it, or take another one, "
                f"for example with: make demo PORT={port + 123 if port < 60000 else 8123}"
            ) from None


def prepare(environment: dict[str, str]) -> None:
    print("Preparing the demo …", flush=True)
    manage("migrate", "--verbosity", "0", environment=environment)
    manage("load_demo", environment=environment)


def manage(*arguments: str, environment: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", *arguments]
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        raise DemoError(f"The demo could not start: “manage.py {arguments[0]}” failed, see above.")


def commands(port: int) -> dict[str, list[str]]:
    web = ["gunicorn", "juries.project.wsgi", "--bind", f"{HOST}:{port}", "--log-level", "warning"]
    web += ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    worker = ["celery", "--app", "juries.project", "--quiet", "worker", "--loglevel", "ERROR"]
    worker += ["--concurrency", "2", "--beat"]
    return {"web server": web, "worker": worker}


@contextlib.contextmanager
def running(commands: dict[str, list[str]], environment: dict[str, str]) -> Iterator[Processes]:
    """Holds the processes, each in a group of its own, and stops all of every group."""
    processes: Processes = {}
    try:
        for name, command in commands.items():
            processes[name] = subprocess.Popen(
                [sys.executable, "-m", *command], cwd=ROOT, env=environment, start_new_session=True
            )
        yield processes
    finally:
        stop(list(processes.values()))


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """Asks each to stop, then ends what is left of its group: a lottery would go on for long.

    A second Ctrl-C does not interrupt this, or processes would stay behind.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def wait_for_first_page(port: int, processes: Processes) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not answers(port):
        refuse_dead(processes)
        if time.monotonic() > deadline:
            raise DemoError(f"The web server did not answer within {SECONDS_TO_START} seconds.")
        time.sleep(0.2)


def answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://{HOST}:{port}/", timeout=20).close()
    except urllib.error.HTTPError as error:
        raise DemoError(f"The front page answers with an error ({error.code}).") from None
    except OSError:
        return False
    return True


def welcome(port: int, environment: dict[str, str]) -> None:
    print(f"\nRaatihuone is open at http://{HOST}:{port}/\n", flush=True)
    manage("demo_accounts", environment=environment)
    print("\nCtrl-C stops everything.", flush=True)


def wait_for_a_death(processes: Processes) -> None:
    while True:
        refuse_dead(processes)
        time.sleep(0.5)


def refuse_dead(processes: Processes) -> None:
    for name, process in processes.items():
        if process.poll() is not None:
            raise DemoError(f"The {name} has stopped (exit code {process.returncode}), see above.")


if __name__ == "__main__":
    sys.exit(main())
