"""Ease the quotas when no panel can meet them: by what is suggested now, with a reason for all."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from juries.audit import record
from juries.enums import Stage
from juries.errors import JuryError
from juries.models import CriterionValue, Jury, User
from juries.targets.quotas import move_bounds
from selection.lottery import bridge
from selection.lottery.explanation import Easing, Suggestion, spoken
from selection.lottery.feasibility import trouble_in
from selection.models import QuotaChange

STAGES = (Stage.REGISTRATION, Stage.LOTTERY)


@transaction.atomic
def ease_quotas(*, jury: Jury, changes: str, reason: str, by: User) -> QuotaChange:
    """The quotas give way as suggested, and the record says which, why and by whom.

    ``changes`` is the key of a suggestion. It only chooses among what would help now, within the
    bounds up to which quotas may be changed: numbers are taken from nowhere else.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(*STAGES)
    reason = reason.strip()
    if not reason:
        raise JuryError(_("Write why the quotas are changed. The reason is public."))
    snapshot = bridge.read(jury)
    suggestion = _suggested(snapshot, changes)
    _move(jury, suggestion)
    change = QuotaChange.objects.create(
        jury=jury,
        changes=[_kept(easing, snapshot.quotas) for easing in suggestion.easings],
        reason=reason,
        by=by,
    )
    moved = [[one.value, one.kind, one.before, one.after] for one in suggestion.easings]
    record("quotas.eased", jury=jury, by=by, quotas=moved, reason=reason)
    return change


def _suggested(snapshot: bridge.Snapshot, changes: str) -> Suggestion:
    """The suggestion of this key, if it is one that may be applied at this moment."""
    trouble = trouble_in(snapshot)
    if trouble is None:
        raise JuryError(_("A panel is possible now: no quota needs to change."))
    possible = () if trouble.beyond else trouble.suggestions
    for suggestion in possible:
        if suggestion.key == changes:
            return suggestion
    raise JuryError(_("The pool or the quotas have changed since. Look at what would help now."))


def _move(jury: Jury, suggestion: Suggestion) -> None:
    concerned = {easing.value for easing in suggestion.easings}
    values = CriterionValue.objects.filter(criterion__jury=jury, pk__in=concerned)
    bounds = {value.pk: {"minimum": value.minimum, "maximum": value.maximum} for value in values}
    for easing in suggestion.easings:
        bounds[easing.value][easing.kind] = easing.after
    move_bounds(
        jury=jury,
        bounds={value: (both["minimum"], both["maximum"]) for value, both in bounds.items()},
    )


def _kept(easing: Easing, quotas: Sequence[bridge.QuotaTable]) -> dict[str, Any]:
    """The change with the names of its quota, which may be renamed or removed later."""
    table, row = next(
        (table, row) for table in quotas for row in table["values"] if row["value"] == easing.value
    )
    names = {
        code: f"{spoken(table['names'], code)}, {spoken(row['names'], code)}"
        for code in table["names"].keys() | row["names"].keys()
    }
    kept = {"kind": easing.kind, "before": easing.before, "after": easing.after}
    return {"names": names, **kept}
