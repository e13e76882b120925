"""S9, I9, I10: whatever is done to a log behind the back of the house is found, with its line."""

import pytest
from django.db import connection

from juries import audit_chain
from juries.audit import HOUSE, record
from juries.audit_chain import Wrong, check, check_all
from juries.audit_words import VERBS
from juries.models import AuditEntry, AuditHead
from tests import factories
from tests.juries.audit import breaking
from tests.unguarded import TABLE

COUNTED = ("at", "by_id", "actor", "verb", "facts")
"""The columns that a log with numbers and without digests would not notice."""


def found(jury, kept=()):
    """The number of the first line that does not fit, and what is wrong with it."""
    misfit = check(str(jury.pk), kept)
    return (misfit.seq, misfit.wrong) if misfit else None


def heads():
    return list(AuditHead.objects.all())


def lines(jury):
    return list(jury.audit_entries.order_by("seq"))


def test_an_unchanged_chain_holds(jury, log):
    record("organisation.added", jury=None, by="system", organisation="kaarnalahti")

    assert len(log) == len(VERBS) > 100
    assert [entry.seq for entry in log] == list(range(1, len(log) + 1))
    assert check_all(heads()) == []


@pytest.mark.parametrize("column", breaking.SAYING)
def test_s9_one_byte_of_a_column_is_found_in_every_kind_of_line(jury, log, unguarded, user, column):
    other = factories.make_user("toinen@kaarnalahti.example")
    missed = []
    for entry in log:
        with breaking.undone():
            took = breaking.flip(entry, column, other)
            misfit = found(jury)
        if not took or misfit is None or misfit[0] != entry.seq:
            missed.append((entry.verb, took, misfit))

    assert missed == []
    assert found(jury) is None


@pytest.mark.parametrize("column", COUNTED)
def test_s9_control_a_chain_that_only_counts_finds_no_such_byte(
    jury, log, unguarded, user, column, monkeypatch
):
    monkeypatch.setattr(audit_chain._Line, "fits", lambda line, place: True)
    other = factories.make_user("toinen@kaarnalahti.example")
    noticed = []
    for entry in log:
        with breaking.undone():
            breaking.flip(entry, column, other)
            noticed.append(found(jury))

    assert set(noticed) == {None}


@pytest.mark.parametrize("column", breaking.SAYING)
def test_s9_every_byte_of_a_line_counts(jury, log, unguarded, user, column):
    entry = log[5]
    outcomes = []
    for text in breaking.flips(entry, column, factories.make_user("toinen@kaarnalahti.example")):
        with breaking.undone():
            if breaking.took(entry, column, text):
                outcomes.append(found(jury))

    assert outcomes
    assert {outcome and outcome[0] for outcome in outcomes} == {entry.seq}


def test_s9_a_byte_that_is_no_letter_any_more_is_found(jury, log, unguarded):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps nothing that is no text")
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {TABLE} SET verb = CAST(x'766fe9' AS TEXT) WHERE id = %s", [log[8].pk]
        )

    assert found(jury) == (9, Wrong.CHANGED)
    assert [misfit.seq for misfit in check_all()] == [9]


def test_s9_a_deleted_line_is_found(jury, log, unguarded):
    last = len(log)
    for entry in log:
        with breaking.undone():
            AuditEntry.objects.filter(pk=entry.pk).delete()
            wrong = Wrong.MISSING if entry.seq < last else Wrong.TRUNCATED
            assert found(jury) == (entry.seq, wrong)


@pytest.mark.parametrize("place", [1, 2, 40])
def test_s9_a_deleted_line_is_found_when_the_others_close_up(jury, log, unguarded, place):
    AuditEntry.objects.filter(pk=log[place - 1].pk).delete()
    breaking.close_gap(jury, place)

    assert found(jury) == (place, Wrong.MISSING)


@pytest.mark.parametrize(("one", "two"), [(1, 2), (7, 8), (3, 50), (10, len(VERBS))])
def test_s9_swapped_lines_are_found(jury, log, unguarded, one, two):
    breaking.swap(log[one - 1], log[two - 1])

    assert found(jury) == (one, Wrong.SWAPPED)


@pytest.mark.parametrize("fitting", [True, False])
@pytest.mark.parametrize("place", [2, 30, len(VERBS)])
def test_s9_a_line_put_in_is_found(jury, log, unguarded, place, fitting):
    breaking.make_room(jury, place)
    breaking.put_in(jury, place, fitting=fitting)

    assert found(jury) == (place, Wrong.INSERTED)


def test_s9_a_line_put_in_at_the_end_is_found(jury, log, unguarded):
    breaking.put_in(jury, len(log) + 1, fitting=True)

    assert found(jury) == (len(log) + 1, Wrong.INSERTED)


@pytest.mark.parametrize("left", [0, 1, len(VERBS) - 1])
def test_i10_a_tail_cut_off_is_found(jury, log, unguarded, left):
    AuditEntry.objects.filter(seq__gt=left).delete()

    assert found(jury) == (left + 1, Wrong.TRUNCATED)


@pytest.mark.parametrize("left", [0, 1, len(VERBS) - 1])
def test_i10_a_tail_cut_off_with_its_head_is_found_by_a_head_kept_elsewhere(
    jury, log, unguarded, left
):
    kept = heads()
    AuditEntry.objects.filter(seq__gt=left).delete()
    AuditHead.objects.all().delete()
    if left:
        AuditHead.objects.create(chain=str(jury.pk), seq=left, digest=log[left - 1].digest)

    assert found(jury) is None
    assert found(jury, kept) == (left + 1, Wrong.TRUNCATED)
    assert [misfit.seq for misfit in check_all(kept)] == [left + 1]


def test_i9_a_line_written_over_with_a_fitting_digest_is_found(jury, log, unguarded):
    for place in (1, 2, 60, len(log) - 1):
        with breaking.undone():
            breaking.write_over(lines(jury)[place - 1], verb="vote.cast", facts={})
            assert found(jury) == (place, Wrong.CHANGED)
    breaking.write_over(lines(jury)[-1], facts={})
    assert found(jury) == (len(log), Wrong.REWRITTEN)


def test_i9_a_line_with_another_past_and_a_fitting_digest_is_found(jury, log, unguarded):
    for place in (1, 2, 60, len(log)):
        with breaking.undone():
            breaking.write_over(lines(jury)[place - 1], previous="a" * 64)
            assert found(jury) == (place, Wrong.CHANGED)


def test_i9_a_chain_rewritten_to_its_head_is_found_by_a_head_kept_elsewhere(jury, log, unguarded):
    """The control: without that head everything fits."""
    early = AuditHead(chain=str(jury.pk), seq=20, digest=log[19].digest)
    breaking.rewrite(jury, 12, facts={"ticket": 512})

    assert found(jury) is None
    assert found(jury, [early]) == (20, Wrong.REWRITTEN)


def test_a_head_kept_earlier_is_still_in_a_chain_that_has_grown(jury, log):
    kept = heads()
    record("jury.changed", jury=jury, by="system", fields=["x"])

    assert check_all(kept) == []


def test_a_line_moved_from_the_log_of_its_jury_is_found(jury, log, unguarded):
    other = factories.make_jury("toinen")
    for target in (None, other):
        with breaking.undone():
            AuditEntry.objects.filter(pk=log[6].pk).update(jury=target)
            assert found(jury) == (7, Wrong.TAKEN_OFF)
    record("organisation.added", jury=None, by="system", organisation="muu")
    AuditEntry.objects.filter(chain=HOUSE).update(jury=other)
    assert [str(misfit) for misfit in check_all()] == ["Line 1 was moved from the log of its jury."]


def test_a_chain_without_its_head_is_found(jury, log, unguarded):
    AuditHead.objects.all().delete()

    assert found(jury) == (len(log), Wrong.HEADLESS)
    assert len(check_all()) == 1


def test_the_first_misfit_of_each_chain_is_told(jury, log, unguarded):
    other = factories.make_jury("toinen")
    for verb in ("jury.created", "jury.changed", "jury.published"):
        record(verb, jury=other, by="system")
    AuditEntry.objects.filter(chain=str(jury.pk), seq__in=(3, 9)).update(verb="vote.cast")
    AuditEntry.objects.filter(chain=str(other.pk), seq=2).delete()

    told = {misfit.chain: str(misfit) for misfit in check_all()}

    assert told == {
        str(jury.pk): "Line 3 is not as it was written.",
        str(other.pk): "Line 2 is missing.",
    }
