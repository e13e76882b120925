"""The guard of the audit log taken off: to empty the tables after a test, or to break a log."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from juries.models import AuditEntry

TABLE = AuditEntry._meta.db_table


@contextmanager
def unguarded_log() -> Iterator[None]:
    """Inside, the database lets lines of the log be changed and deleted; afterwards it does not."""
    lift, put_back = {"sqlite": _from_sqlite, "postgresql": _from_postgres}[connection.vendor]()
    _execute(lift)
    try:
        yield
    finally:
        _execute(put_back)


def _from_sqlite() -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE]
        )
        triggers = cursor.fetchall()
    return [f"DROP TRIGGER {name}" for name, _sql in triggers], [sql for _name, sql in triggers]


def _from_postgres() -> tuple[list[str], list[str]]:
    return [f"ALTER TABLE {TABLE} DISABLE TRIGGER USER"], [
        f"ALTER TABLE {TABLE} ENABLE TRIGGER USER"
    ]


def _execute(statements: list[str]) -> None:
    if connection.in_atomic_block:
        # PostgreSQL alters no table that still has a foreign key to check.
        connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
