"""Quotas that were eased before the pool was frozen: what, and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from selection.lottery.explanation import spoken
from selection.models import Draw


@dataclass(frozen=True, slots=True)
class Eased:
    """One decision to ease quotas."""

    at: datetime
    reason: str
    changes: tuple[str, ...]


def eased_before(draw: Draw) -> list[Eased]:
    """Every decision that led to the quotas of the draw, the first first."""
    rows = draw.jury.quota_changes.filter(at__lte=draw.frozen_at).order_by("pk")
    return [Eased(row.at, row.reason, tuple(_told(one) for one in row.changes)) for row in rows]


def _told(change: dict[str, Any]) -> str:
    facts = {**change, "quota": spoken(change["names"])}
    if change["kind"] == "maximum":
        return _("%(quota)s: the maximum was raised from %(before)s to %(after)s.") % facts
    return _("%(quota)s: the minimum was lowered from %(before)s to %(after)s.") % facts
