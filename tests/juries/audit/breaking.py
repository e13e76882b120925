"""A log with one line of every kind, and the ways in which somebody could break it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection, transaction

from juries.audit import DECISION_MAKER, JUROR, REGISTRANT, SYSTEM, digest_of, record
from juries.audit_words import VERBS
from juries.models import AuditEntry, AuditHead, Jury, User
from tests.unguarded import TABLE

SAYING = ("chain", "seq", "at", "by_id", "actor", "verb", "facts", "previous", "digest")
"""Every column but the key, which says nothing, and the jury, which goes when the jury does."""

SHAPES: tuple[dict[str, Any], ...] = (
    {"registrant": 17},
    {"fields": ["nimi_fi", "tehtävä"], "version": 3},
    {"count": 0, "reason": ""},
    {"share": 0.1, "seed": 2**70, "tiny": 1e-12, "whole": 100.0},
    {"counts": [[1, 26, 1, True], [2, 24, 2, False]]},
    {"certificate": {"bound": 44, "level": {"proven": True, "gap": None}}},
    {"file_digest": "0f" * 32, "columns": ["Sijunne Áššu 😀", 'a "quoted" \\ word']},
    {"invitation_only": True},
)
ACTORS = (REGISTRANT, JUROR, SYSTEM, DECISION_MAKER)


def make_log(jury: Jury, by: User) -> list[AuditEntry]:
    """A line of every verb there is, in all shapes that facts have, by everybody who does deeds."""
    for number, verb in enumerate(VERBS):
        facts = SHAPES[number % len(SHAPES)]
        record(verb, jury=jury, by=ACTORS[number % 4] if number % 3 else by, **facts)
    return list(jury.audit_entries.order_by("seq"))


def flip(entry: AuditEntry, column: str, other: User) -> bool:
    """One byte of the column is another; whether the database took any such change."""
    return any(took(entry, column, text) for text in flips(entry, column, other))


def flips(entry: AuditEntry, column: str, other: User) -> Iterator[str]:
    """The text of the column with one letter or digit changed, the last one first.

    What nobody did was done by somebody, and a place may also be one far off.
    """
    text = _text_of(entry, column)
    if not text:
        yield str(other.pk)
    for place in reversed(range(len(text))):
        if text[place].isascii() and text[place].isalnum():
            yield text[:place] + _another(text[place]) + text[place + 1 :]
    if column == "seq":
        yield f"{text}000"


def took(entry: AuditEntry, column: str, text: str) -> bool:
    """The column holds the text, unless the database refuses it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {TABLE} SET {column} = %s WHERE id = %s", [text, entry.pk])
    except DatabaseError:
        return False
    return True


def write_over(entry: AuditEntry, **columns: Any) -> None:
    """The line says something else, and its digest is made anew."""
    for name, value in columns.items():
        setattr(entry, name, value)
    entry.digest = fitting_digest(entry)
    entry.save()


def rewrite(jury: Jury, changed: int, **columns: Any) -> None:
    """A line is changed, and every line after it and the head are made to fit."""
    lines = jury.audit_entries.filter(seq__gte=changed).order_by("seq")
    for entry in lines:
        write_over(entry, **columns)
        columns = {"previous": entry.digest}
    AuditHead.objects.filter(pk=str(jury.pk)).update(seq=entry.seq, digest=entry.digest)


def move(entry: AuditEntry, seq: int) -> None:
    AuditEntry.objects.filter(pk=entry.pk).update(seq=seq)


def swap(one: AuditEntry, two: AuditEntry) -> None:
    """Each line stands in the place of the other."""
    move(one, 10**6)
    move(two, one.seq)
    move(one, two.seq)


def make_room(jury: Jury, seq: int) -> None:
    """The lines from that place on stand one place further."""
    for entry in jury.audit_entries.filter(seq__gte=seq).order_by("-seq"):
        move(entry, entry.seq + 1)


def close_gap(jury: Jury, seq: int) -> None:
    """The lines after that place stand one place nearer."""
    for entry in jury.audit_entries.filter(seq__gt=seq).order_by("seq"):
        move(entry, entry.seq - 1)


def put_in(jury: Jury, seq: int, *, fitting: bool) -> AuditEntry:
    """A line that nobody wrote stands in a place; it may follow on the line before it."""
    entry = AuditEntry(
        jury=jury,
        chain=str(jury.pk),
        seq=seq,
        at=jury.created_at,
        actor=SYSTEM,
        verb="draw.confirmed",
        previous=jury.audit_entries.get(seq=seq - 1).digest,
        digest="f" * 64,
    )
    if fitting:
        entry.digest = fitting_digest(entry)
    entry.save()
    return entry


def fitting_digest(entry: AuditEntry) -> str:
    return digest_of(
        chain=entry.chain,
        seq=entry.seq,
        at=entry.at,
        by=entry.by_id,
        actor=entry.actor,
        verb=entry.verb,
        facts=json.dumps(entry.facts),
        previous=entry.previous,
    )


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _text_of(entry: AuditEntry, column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT CAST({column} AS TEXT) FROM {TABLE} WHERE id = %s", [entry.pk])
        return str(cursor.fetchone()[0] or "")


def _another(sign: str) -> str:
    if sign.isdigit():
        return str((int(sign) + 1) % 10)
    return "a" if sign != "a" else "b"
