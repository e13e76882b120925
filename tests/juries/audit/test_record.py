"""The one door to the log: what comes in at once stands in a row, and says what was said."""

import hashlib
import json
import threading
import time
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from juries import audit
from juries.audit import HOUSE, REGISTRANT, SYSTEM, chain_of, digest_of, record
from juries.audit_chain import check, check_all
from juries.models import AuditEntry, AuditHead, Jury
from juries.models.audit import NOTHING_BEFORE
from tests import factories
from tests.juries.audit.breaking import undone
from tests.simultaneous import at_once, shared_database

PEOPLE = 8


def places(chain: str) -> list[int]:
    entries = AuditEntry.objects.filter(chain=chain).order_by("pk")
    return list(entries.values_list("seq", flat=True))


def digest(**told: object) -> str:
    line = {
        "chain": "12",
        "seq": 1,
        "at": datetime(2030, 2, 1, 12, tzinfo=UTC),
        "by": None,
        "actor": SYSTEM,
        "verb": "jury.created",
        "facts": "{}",
        "previous": NOTHING_BEFORE,
    }
    return digest_of(**line | told)


def test_each_jury_has_a_chain_and_the_house_has_one(jury):
    other = factories.make_jury("toinen")
    record("organisation.added", jury=None, by=SYSTEM)
    for number in range(3):
        record("jury.changed", jury=jury, by=REGISTRANT, version=number)
    record("jury.changed", jury=other, by=REGISTRANT)

    assert places(HOUSE) == [1]
    assert places(chain_of(jury)) == [1, 2, 3]
    assert places(chain_of(other)) == [1]
    assert check_all() == []


def test_a_line_leads_to_the_one_before_and_the_head_is_the_last(jury):
    first = record("jury.created", jury=jury, by=SYSTEM)
    second = record("jury.changed", jury=jury, by=factories.make_user())

    assert first.previous == NOTHING_BEFORE
    assert second.previous == first.digest
    assert str(AuditHead.objects.get()) == f"{jury.pk} 2 {second.digest}"


def test_anybody_can_make_the_digest_of_a_line_from_what_it_says():
    """Heads that were kept elsewhere are compared with it, so its form never changes."""
    facts = json.dumps({"nimi": "Äijälä", "share": 0.25, "seats": [30, None, True]})
    said = (
        '{"actor":"system","at":"2030-02-01T12:00:00.000000+00:00","by":null,"chain":"12",'
        '"facts":{"nimi":"\\u00c4ij\\u00e4l\\u00e4","seats":[30,null,true],"share":0.25},'
        f'"previous":"{NOTHING_BEFORE}","seq":1,"verb":"jury.created"}}'
    )

    assert digest(facts=facts) == hashlib.sha256(f"raatihuone/audit/1\0{said}".encode()).hexdigest()


def test_a_digest_does_not_hang_on_how_a_database_writes_json():
    told = '{"a": 100, "b": [0.1, 1.5e-10, 1e22], "c": "\\u00e4"}'
    same = '{ "c":"ä","b":[0.10,0.00000000015,10000000000000000000000],"a":1e2}'

    assert digest(facts=told) == digest(facts=same)
    assert digest(facts=told) != digest(facts=told.replace("100", "101"))


@pytest.mark.parametrize(
    ("facts", "trouble"),
    [
        ("{", "Expecting"),
        ("nul", "Expecting"),
        ('{"a": NaN}', "NaN"),
        ('{"a": 1e999}', "1e999"),
        ('{"a": 1, "a": 2}', "twice"),
    ],
)
def test_what_the_house_would_not_write_has_no_digest(facts, trouble):
    with pytest.raises(ValueError, match=trouble):
        digest(facts=facts)


signs = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | signs
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(signs, inner, max_size=3),
    max_leaves=8,
)


def test_facts_of_any_kind_come_back_from_the_database_as_they_were(jury):
    @settings(max_examples=150)
    @given(st.dictionaries(signs, json_values, max_size=4))
    def there_and_back(facts):
        with undone():
            record("jury.changed", jury=jury, by=SYSTEM, told=facts)
            assert check(chain_of(jury)) is None

    there_and_back()


def test_no_deed_without_its_line(jury):
    @transaction.atomic
    def deed():
        Jury.objects.update(panel_size=99)
        record("jury.changed", jury=jury, by=SYSTEM, share=float("nan"))

    with pytest.raises(ValueError, match="NaN"):
        deed()

    assert not AuditEntry.objects.exists()
    assert Jury.objects.get().panel_size == 4


@pytest.mark.django_db(transaction=True)
def test_lines_written_at_once_make_a_chain_without_gaps(tmp_path):
    jury = factories.make_jury()

    def deed():
        for _line in range(5):
            record("registration.received", jury=jury, by=REGISTRANT)
            record("member.account_made", jury=None, by=SYSTEM)

    with shared_database(tmp_path):
        at_once(deed, people=PEOPLE)
        [found] = at_once(check_all, people=1)
        [(own, house)] = at_once(lambda: (places(chain_of(jury)), places(HOUSE)), people=1)

    assert found == []
    assert own == house == list(range(1, PEOPLE * 5 + 1))


@pytest.mark.django_db(transaction=True)
def test_control_without_holding_the_head_two_take_one_place(monkeypatch):
    only_where_two_write_at_once()
    jury = factories.make_jury()
    record("jury.created", jury=jury, by=SYSTEM)
    both_have_read = threading.Barrier(2, timeout=30)

    def read_without_holding(chain):
        head = AuditHead.objects.get(pk=chain)
        both_have_read.wait()
        return head

    monkeypatch.setattr(audit, "_hold", lambda jury: None)
    monkeypatch.setattr(audit, "_held_head", read_without_holding)

    outcomes = at_once(lambda: outcome_of(jury, "jury.changed"), people=2)

    assert sorted(outcomes) == ["", "IntegrityError"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("held_first", [True, False])
def test_who_holds_the_jury_and_who_does_not_never_wait_for_each_other(monkeypatch, held_first):
    """The control: a head held before the jury makes one of the two fail."""
    only_where_two_write_at_once()
    jury = factories.make_jury()
    record("jury.created", jury=jury, by=SYSTEM)
    if not held_first:
        monkeypatch.setattr(audit, "_hold", lambda jury: None)
    outcomes = []

    with transaction.atomic():
        Jury.objects.select_for_update().get(pk=jury.pk)
        other = threading.Thread(target=lambda: outcomes.append(outcome_of(jury, "vote.cast")))
        other.start()
        until_somebody_waits()
        outcomes.append(outcome_of(jury, "jury.changed"))
    other.join()

    assert sorted(outcomes) == (["", ""] if held_first else ["", "OperationalError"])


def outcome_of(jury: Jury, verb: str) -> str:
    """The kind of trouble in recording a line; nothing if it stands."""
    try:
        record(verb, jury=jury, by=SYSTEM)
    except DatabaseError as trouble:
        return type(trouble).__name__
    finally:
        if not connection.in_atomic_block:
            connection.close()
    return ""


def until_somebody_waits() -> None:
    """Returns once another connection waits for what this one holds."""
    for _turn in range(3000):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone():
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits")


def only_where_two_write_at_once() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one transaction write at a time")
