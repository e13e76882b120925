"""What became of the quotas once people could register: in the log, for everybody to read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from juries.enums import Stage
from juries.errors import JuryError
from juries.models import AuditEntry, Criterion, CriterionValue, Jury
from juries.models.translated import LANGUAGE_CODES

type Names = dict[str, str]

LONGEST_REASON = 500


class ReasonNeeded(JuryError):
    """Quotas would change without a reason, though registration has been open."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The quota of one value, with the names of its criterion and of the value."""

    names: Names
    minimum: int
    maximum: int


def bounds_of(jury: Jury) -> dict[int, Bounds]:
    """The quota of every value as it is stored, by the value's key in the database."""
    values = CriterionValue.objects.filter(criterion__jury=jury).select_related("criterion")
    return {
        value.pk: Bounds(_names(value.criterion, value), value.minimum, value.maximum)
        for value in values.order_by("criterion__position", "criterion", "position", "pk")
    }


def needs_reason(jury: Jury) -> bool:
    """Whether people may have registered by the quotas, and these can still change."""
    return jury.stage in (Stage.REGISTRATION, Stage.LOTTERY)


def moved_since(before: Mapping[int, Bounds], jury: Jury, reason: str) -> dict[str, Any]:
    """The facts ``moved`` and ``reason`` for the log: each bound that is another one, and why.

    Empty if none is, and while the jury is being set up: nobody has registered by the quotas yet.
    Bounds that moved without a reason are refused, in whichever way they did: the verb that moved
    them calls this in its transaction.
    """
    if not needs_reason(jury):
        return {}
    moved = list(_moved(before, bounds_of(jury)))
    if not moved:
        return {}
    if not reason.strip():
        raise ReasonNeeded(_("Write why the quotas are changed. The reason is public."))
    return {"moved": moved, "reason": reason.strip()}


def lines_that_moved_quotas(jury: Jury, *, until: datetime | None) -> QuerySet[AuditEntry]:
    """The lines of the log that have the fact ``moved``, up to a moment if one is given."""
    lines = jury.audit_entries.filter(facts__has_key="moved").select_related("by")
    return lines if until is None else lines.filter(at__lte=until)


def _moved(before: Mapping[int, Bounds], after: Mapping[int, Bounds]) -> Iterator[dict[str, Any]]:
    for key, old in before.items():
        if key not in after:
            yield _whole(old, "removed")
            continue
        for kind in ("minimum", "maximum"):
            was, now = getattr(old, kind), getattr(after[key], kind)
            if was != now:
                yield {"names": old.names, "kind": kind, "before": was, "after": now}
    for key, new in after.items():
        if key not in before:
            yield _whole(new, "added")


def _whole(bounds: Bounds, kind: str) -> dict[str, Any]:
    quota = {"minimum": bounds.minimum, "maximum": bounds.maximum}
    return {"names": bounds.names, "kind": kind, **quota}


def _names(criterion: Criterion, value: CriterionValue) -> Names:
    """Both names in each language in which one of them has a name."""
    first, second = _named(criterion), _named(value)
    codes = [code for code in LANGUAGE_CODES if code in first or code in second]
    return {
        code: f"{first.get(code) or criterion.key}, {second.get(code) or value.key}"
        for code in codes or LANGUAGE_CODES[:1]
    }


def _named(row: Criterion | CriterionValue) -> Names:
    names = {code: getattr(row, f"name_{code}") for code in LANGUAGE_CODES}
    return {code: name for code, name in names.items() if name}
