"""I9: the database itself refuses to change the log; lifted on purpose, it does not."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from juries.audit import SYSTEM, record
from juries.audit_chain import check_all
from juries.models import AuditEntry, Jury
from tests import factories
from tests.juries.audit import breaking
from tests.unguarded import TABLE, unguarded_log


def refused(statement: str, *values: object) -> bool:
    """Whether the database refuses it and says why."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except IntegrityError as trouble:
        return "stands as it was written" in str(trouble)
    return False


@pytest.mark.parametrize("column", ["id", *breaking.SAYING])
def test_no_column_that_says_anything_can_be_changed(jury, log, column):
    text = "77" if column in {"id", "seq", "by_id"} else '"x"'
    text = "2030-01-01 12:00:00" if column == "at" else text
    statement = f"UPDATE {TABLE} SET {column} = %s WHERE id = %s"

    assert refused(statement, text, log[3].pk)
    if column != "by_id":
        with unguarded_log():
            assert not refused(statement, text.replace("77", "777"), log[3].pk)


def test_no_line_can_be_deleted(jury, log):
    assert refused(f"DELETE FROM {TABLE} WHERE id = %s", log[3].pk)
    assert refused(f"DELETE FROM {TABLE}")
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.all().delete()
    with unguarded_log():
        assert not refused(f"DELETE FROM {TABLE}")


def test_no_line_can_be_saved_anew(jury, log):
    entry = log[3]
    entry.verb = "vote.cast"

    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save()

    assert check_all() == []


def test_a_line_loses_its_jury_and_gets_no_other(jury, log):
    other = factories.make_jury("toinen")
    statement = f"UPDATE {TABLE} SET jury_id = %s WHERE id = %s"

    assert refused(statement, other.pk, log[3].pk)
    assert not refused(statement, None, log[3].pk)
    assert refused(statement, jury.pk, log[3].pk)


def test_a_jury_that_is_deleted_leaves_its_lines(jury, log):
    jury.criteria.all().delete()

    Jury.objects.filter(pk=jury.pk).delete()

    assert AuditEntry.objects.filter(jury=None).count() == len(log)
    assert check_all() == []


def test_sqlite_replaces_no_line(jury, log):
    if connection.vendor != "sqlite":
        pytest.skip("a way of writing that only SQLite has")
    names = "id, chain, seq, at, jury_id, by_id, actor, verb, facts, previous, digest"
    copied = names.replace("verb", "'vote.cast'")
    anew = copied.replace("id,", "id + 5000,", 1)

    for columns in (copied, anew):
        assert refused(
            f"INSERT OR REPLACE INTO {TABLE} ({names}) SELECT {columns} FROM {TABLE} WHERE id = %s",
            log[3].pk,
        )


@pytest.mark.django_db(transaction=True)
def test_the_log_is_not_emptied_with_the_other_tables():
    jury = factories.make_jury()
    record("jury.created", jury=jury, by=SYSTEM)

    with pytest.raises(CommandError):
        call_command("flush", interactive=False, verbosity=0)

    assert AuditEntry.objects.get().verb == "jury.created"
    assert Jury.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_postgresql_cuts_no_log_short():
    if connection.vendor != "postgresql":
        pytest.skip("a way of deleting that only PostgreSQL has")

    assert refused(f"TRUNCATE {TABLE}")
    assert refused("TRUNCATE juries_jury CASCADE")
    with unguarded_log():
        assert not refused(f"TRUNCATE {TABLE}")
