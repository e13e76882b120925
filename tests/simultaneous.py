"""Several people at once, each with a connection of their own."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from django.db import connection


def at_once[Result](deed: Callable[[], Result], people: int) -> list[Result]:
    """What everybody got who did ``deed`` at the same moment; the first error is raised."""
    start = threading.Barrier(people)

    def take_part() -> Result:
        start.wait()
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(people) as hands:
        taking_part = [hands.submit(take_part) for _number in range(people)]
    return [one.result() for one in taking_part]


@contextmanager
def shared_database(folder: Path) -> Iterator[None]:
    """Threads started inside meet in one real database, with what the test has made so far.

    SQLite in memory does not let connections wait for each other as a file does, so there they
    get a copy in a file. The test's own connection stays where it is.
    """
    if connection.vendor != "sqlite":
        yield
        return
    path = copy_in(folder)
    name = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.settings_dict["NAME"] = name


def copy_in(folder: Path) -> Path:
    """A file with the whole database of SQLite; no transaction may be open.

    It writes ahead from the start, as the house's own file does: of several connections that turn
    this on together, one is told that the database is locked, without waiting.
    """
    path = folder / "copy.sqlite3"
    copy = sqlite3.connect(path)
    connection.connection.backup(copy)
    copy.execute("PRAGMA journal_mode=WAL")
    copy.close()
    return path
