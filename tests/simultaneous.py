"""Several people at once, each with a connection of their own."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection


def at_once[Result](deed: Callable[[], Result], people: int) -> list[Result]:
    """What everybody got who did ``deed`` at the same moment."""
    start = threading.Barrier(people)
    results: list[Result] = []

    def take_part() -> None:
        start.wait()
        try:
            results.append(deed())
        finally:
            connection.close()

    threads = [threading.Thread(target=take_part) for _number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@contextmanager
def shared_database(folder: Path) -> Iterator[None]:
    """Threads started inside meet in one real database, with what the test has made so far.

    SQLite in memory does not let connections wait for each other as a file does, so there they
    get a copy in a file. The test's own connection stays where it is.
    """
    if connection.vendor != "sqlite":
        yield
        return
    path = folder / "shared.sqlite3"
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    copy.close()
    name = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.settings_dict["NAME"] = name
