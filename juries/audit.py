"""The audit log: every verb records one line in the transaction that does the deed."""

from typing import Any

from juries.models import AuditEntry, Jury, User

REGISTRANT = "registrant"
JUROR = "juror"
DECISION_MAKER = "decision-maker"
SYSTEM = "system"


def record(verb: str, *, jury: Jury | None, by: User | str, **facts: Any) -> AuditEntry:
    """One more line stands in the log. ``by`` is a user, or what somebody without account is."""
    user = by if isinstance(by, User) else None
    actor = f"user {user.pk}" if user else str(by)
    return AuditEntry.objects.create(jury=jury, by=user, actor=actor, verb=verb, facts=facts)
