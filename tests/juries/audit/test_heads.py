"""Heads are kept outside the database every night, and the log is checked against them."""

from datetime import date
from io import StringIO

import pytest
from django.conf import settings as house
from django.core.management import CommandError, call_command
from django.utils.translation import override

from juries import tasks
from juries.audit import SYSTEM, record
from juries.audit_heads import NoList, keep_heads, read, written
from juries.models import AuditEntry, AuditHead
from tests.juries.audit import breaking
from tests.unguarded import unguarded_log

DAY = date(2030, 3, 1)


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


def verified(*options: object) -> str:
    """What the command says when all is well."""
    said = StringIO()
    call_command("verify_audit", *options, stdout=said)
    return said.getvalue()


def found(*options: object) -> list[str]:
    """What the command says before it fails."""
    said = StringIO()
    with override("fi"), pytest.raises(CommandError, match="not as it was written"):
        call_command("verify_audit", *options, stdout=said)
    return said.getvalue().splitlines()


def test_a_list_is_read_as_it_was_written(jury, log):
    record("organisation.added", jury=None, by=SYSTEM)
    heads = list(AuditHead.objects.all())

    assert len(heads) == 2
    assert [str(head) for head in read(written(heads))] == [str(head) for head in heads]


@pytest.mark.parametrize("line", ["12", "12 x " + "a" * 64, "12 5 abc", "house 1 2 3"])
def test_what_is_no_list_is_said_by_its_line(line):
    with pytest.raises(NoList, match="Line 2"):
        read(f"house 1 {'a' * 64}\n{line}\n")


def test_each_day_has_its_file_and_each_run_its_lines(jury, log, data):
    keep_heads(on=DAY)
    record("jury.changed", jury=jury, by=SYSTEM)
    file = keep_heads(on=DAY)
    keep_heads(on=date(2030, 3, 2))

    assert file == data / "audit-heads" / "2030-03-01.txt"
    assert [head.seq for head in read(file.read_text())] == [len(log), len(log) + 1]
    assert len(list(file.parent.iterdir())) == 2


def test_heads_are_kept_every_night_by_themselves(jury, log, data):
    scheduled = {entry["task"]: entry for entry in house.CELERY_BEAT_SCHEDULE.values()}

    tasks.keep_audit_heads()

    assert scheduled["juries.tasks.keep_audit_heads"]["schedule"].hour == {1}
    assert len(list((data / "audit-heads").iterdir())) == 1


def test_the_command_says_that_all_is_well(jury, log):
    assert verified() == f"All {len(log)} lines in 1 chains are as they were written.\n"


def test_the_command_prints_heads_to_be_kept(jury, log):
    assert verified("--heads") == f"{jury.pk} {len(log)} {log[-1].digest}\n"


def test_the_command_names_the_line_that_does_not_fit(jury, log):
    with unguarded_log():
        AuditEntry.objects.filter(pk=log[4].pk).update(actor="juror 7")

    assert found() == [f"{jury.pk}: Line 5 is not as it was written."]


def test_the_command_compares_with_an_older_list(jury, log):
    file = keep_heads(on=DAY)
    record("jury.changed", jury=jury, by=SYSTEM)
    keep_heads(on=DAY)
    record("jury.changed", jury=jury, by=SYSTEM)

    assert "are as they were written" in verified("--against", file)


def test_i9_the_command_finds_what_was_rewritten_whole_against_an_older_list(jury, log):
    """The control: without the list the same log seems to be as it was written."""
    file = keep_heads(on=DAY)
    with unguarded_log():
        breaking.rewrite(jury, 12, facts={"ticket": 512})

    assert "are as they were written" in verified()
    assert found("--against", file) == [
        f"{jury.pk}: Line {len(log)} is not the one whose fingerprint was kept."
    ]


def test_i10_the_command_finds_a_chain_that_is_gone_against_an_older_list(jury, log):
    file = keep_heads(on=DAY)
    with unguarded_log():
        AuditEntry.objects.all().delete()
    AuditHead.objects.all().delete()

    assert verified() == "All 0 lines in 0 chains are as they were written.\n"
    assert found("--against", file) == [
        f"{jury.pk}: The log ends too early: line 1 and those after it are missing."
    ]


def test_a_file_that_cannot_be_compared_with_is_said(db, tmp_path):
    (tmp_path / "letter.txt").write_text("Hei,\n")
    (tmp_path / "ä.txt").write_bytes("ä".encode())

    for name in ("letter.txt", "ä.txt", "missing.txt"):
        with pytest.raises(CommandError, match=name):
            call_command("verify_audit", "--against", tmp_path / name)
