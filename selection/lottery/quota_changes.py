"""Quotas that changed once people could register: eased, or changed otherwise, and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from juries.audit_words import VERBS
from juries.models import AuditEntry, Jury
from juries.targets.quota_changes import lines_that_moved_quotas
from selection.lottery.explanation import spoken
from selection.models import QuotaChange


@dataclass(frozen=True, slots=True)
class Changed:
    """Quotas that were changed, as anybody may read it but for who did it.

    ``eased``: no panel was possible just before, and the change made one possible.
    """

    at: datetime
    changes: tuple[str, ...]
    reason: str
    by: str
    eased: bool


def changed_quotas(jury: Jury, *, until: datetime | None = None) -> list[Changed]:
    """Every change of quotas since registration was first opened, the latest first.

    ``until`` leaves out those made afterwards.
    """
    eased = jury.quota_changes.select_related("by")
    if until is not None:
        eased = eased.filter(at__lte=until)
    found = [_eased(change) for change in eased]
    found += [_moved(line) for line in lines_that_moved_quotas(jury, until=until)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _eased(change: QuotaChange) -> Changed:
    told = tuple(map(_told, change.changes))
    return Changed(change.at, told, change.reason, change.by.name, eased=True)


def _moved(line: AuditEntry) -> Changed:
    told = tuple(map(_told, line.facts["moved"]))
    who = line.by.name if line.by else ""
    return Changed(line.at, told, line.facts.get("reason") or _cause(line.verb), who, eased=False)


def _cause(verb: str) -> str:
    """What was done, for deeds that do not ask for a reason."""
    if verb == "jury.changed":
        return _("The size of the panel was changed, and the quotas follow.")
    return f"{VERBS[verb]}."


def _told(change: dict[str, Any]) -> str:
    facts = {**change, "quota": spoken(change["names"])}
    if change["kind"] == "added":
        return _("%(quota)s: new, at least %(minimum)s and at most %(maximum)s.") % facts
    if change["kind"] == "removed":
        return _("%(quota)s: removed; it was at least %(minimum)s and at most %(maximum)s.") % facts
    raised = change["after"] > change["before"]
    if change["kind"] == "maximum":
        if raised:
            return _("%(quota)s: the maximum was raised from %(before)s to %(after)s.") % facts
        return _("%(quota)s: the maximum was lowered from %(before)s to %(after)s.") % facts
    if raised:
        return _("%(quota)s: the minimum was raised from %(before)s to %(after)s.") % facts
    return _("%(quota)s: the minimum was lowered from %(before)s to %(after)s.") % facts
