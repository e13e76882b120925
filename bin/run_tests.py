"""`make test`: the whole suite on SQLite, and again on PostgreSQL where a server answers.

Arguments go on to pytest. What no database can change runs once: the tests of plain Python, who may
open which page, the tour that looks at every page, and of the walks in two languages one.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
POSTGRES_URL = os.environ.get("POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
IN_CI = bool(os.environ.get("CI"))
ONCE = [
    "tests/browser/test_eyes.py",
    "tests/browser/test_tour.py",
    "tests/engine",
    "tests/juries/files",
    "tests/look",
    "tests/selection/protocol",
    "tests/selection/terminal",
    "tests/selection/verifier",
    "tests/test_access.py",
    "tests/test_vendored.py",
    "tests/trust",
]
WALKED_ONCE = [
    "tests/browser/test_chain.py::test_a_jury_goes_from_sign_up_to_the_answered_statement[fi]",
    "tests/browser/test_recruitment.py::"
    "test_an_organiser_in_a_hurry_gets_letters_out_and_opens_registration[fi]",
]
NO_TESTS_COLLECTED = 5


def main(arguments: list[str]) -> int:
    codes = [run("SQLite", "sqlite:///.data/test.sqlite3", arguments)]
    if postgres_answers():
        left_out = [f"--ignore={path}" for path in ONCE]
        left_out += [f"--deselect={walk}" for walk in WALKED_ONCE]
        codes.append(run("PostgreSQL", named_after_checkout(POSTGRES_URL), [*left_out, *arguments]))
    else:
        print(f"\nPostgreSQL does not answer at {shown(POSTGRES_URL)}: NOT TESTED ON POSTGRESQL.")
        codes.append(int(IN_CI))
    return verdict(codes, selected=bool(arguments))


def run(database: str, url: str, arguments: list[str]) -> int:
    print(f"\nThe tests on {database}", flush=True)
    command = [sys.executable, "-m", "pytest", "--quiet", "--numprocesses", "auto"]
    command += ["--maxprocesses", "8", "--dist", "worksteal", *arguments]
    environment = os.environ | {"DATABASE_URL": url}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def postgres_answers() -> bool:
    try:
        psycopg.connect(POSTGRES_URL, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def named_after_checkout(url: str) -> str:
    """Gives each checkout its own test database, so that two can be tested at once."""
    digest = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
    return urlunsplit(urlsplit(url)._replace(path=f"/raatihuone_{digest}"))


def shown(url: str) -> str:
    """The address without user and password."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or 5432}"


def verdict(codes: list[int], *, selected: bool) -> int:
    """A selection of tests may leave one of the runs empty, but not both."""
    if selected and 0 in codes:
        codes = [code for code in codes if code != NO_TESTS_COLLECTED]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
