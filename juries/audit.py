"""The audit log: every verb records one line in the transaction that does the deed.

Each jury has a chain of lines, and the house has one for lines without a jury. A line carries a
digest of everything it says and of the digest before it, so that none can be changed, taken away
or put in afterwards without a trace; ``audit_chain`` looks for one.
"""

import hashlib
import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from juries.models import AuditEntry, AuditHead, Jury, User

REGISTRANT = "registrant"
JUROR = "juror"
DECISION_MAKER = "decision-maker"
SYSTEM = "system"

HOUSE = "house"
"""The chain of the lines that speak of no jury."""

FORMAT = b"raatihuone/audit/1\x00"


def record(verb: str, *, jury: Jury | None, by: User | str, **facts: Any) -> AuditEntry:
    """One more line stands in the log. ``by`` is a user, or what somebody without account is.

    The deed does not stand without its line: if this fails, so does the caller's transaction.
    """
    user = by if isinstance(by, User) else None
    with transaction.atomic(savepoint=False):
        _hold(jury)
        head = _held_head(chain_of(jury))
        entry = AuditEntry(
            chain=head.chain,
            seq=head.seq + 1,
            at=timezone.now(),
            jury=jury,
            by=user,
            actor=f"user {user.pk}" if user else str(by),
            verb=verb,
            facts=facts,
            previous=head.digest,
        )
        entry.digest = digest_of(
            chain=entry.chain,
            seq=entry.seq,
            at=entry.at,
            by=entry.by_id,
            actor=entry.actor,
            verb=entry.verb,
            facts=json.dumps(facts),
            previous=entry.previous,
        )
        entry.save(force_insert=True)
        AuditHead.objects.filter(pk=head.pk).update(seq=entry.seq, digest=entry.digest)
    return entry


def chain_of(jury: Jury | None) -> str:
    """The name of the jury's chain, which outlives the jury."""
    return str(jury.pk) if jury else HOUSE


def digest_of(
    *,
    chain: str,
    seq: int,
    at: datetime,
    by: int | None,
    actor: str,
    verb: str,
    facts: str,
    previous: str,
) -> str:
    """The digest of a line. ``facts`` is JSON, as any database gives it back.

    Databases differ in the order of names and in how they write a number (1e2, 100), so both are
    settled first. ValueError where the text is no JSON that the house would write.
    """
    line = {
        "chain": chain,
        "seq": seq,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": by,
        "actor": actor,
        "verb": verb,
        "facts": json.loads(
            facts, parse_float=_settled, parse_constant=_refused, object_pairs_hook=_once
        ),
        "previous": previous,
    }
    text = json.dumps(line, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(FORMAT + text.encode("ascii")).hexdigest()


def _hold(jury: Jury | None) -> None:
    """The jury's row is held before the head, as every verb holds it before anything else.

    The new line refers to that row. Whoever held the head and then waited for the jury would keep
    those waiting who hold the jury and want the head.
    """
    if jury:
        Jury.objects.select_for_update(no_key=True).values_list("pk").get(pk=jury.pk)


def _held_head(chain: str) -> AuditHead:
    """The head of the chain, which nobody else can take until the transaction ends."""
    heads = AuditHead.objects.select_for_update()
    head = heads.filter(pk=chain).first()
    if head is None:
        AuditHead.objects.bulk_create([AuditHead(chain=chain)], ignore_conflicts=True)
        head = heads.get(pk=chain)
    return head


def _settled(number: str) -> float | int:
    """The same number for every way of writing it; whole ones are whole, as exactly as written."""
    value = float(number)
    if value in (float("inf"), float("-inf")):
        raise ValueError(number)
    whole = int(Decimal(number))
    return whole if whole == Decimal(number) else value


def _refused(constant: str) -> None:
    raise ValueError(constant)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a fact is told twice")
    return told
