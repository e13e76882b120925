"""Deciding on pairs: what can be decided, which decision was the last, and taking it back."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.db import transaction
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.models import DuplicateDecision, Jury, User
from juries.pool.households import one_household, settle_households, two_people
from juries.pool.merging import part_again, same_person

Outcome = DuplicateDecision.Outcome

DEEDS: Mapping[str, Callable[..., None]] = MappingProxyType(
    {
        Outcome.SAME_PERSON: same_person,
        Outcome.TWO_PEOPLE: two_people,
        Outcome.ONE_HOUSEHOLD: one_household,
    }
)


def last_decision(jury: Jury) -> DuplicateDecision | None:
    """The decision that can still be taken back: the last one, until the pool is frozen."""
    if jury.is_frozen:
        return None
    decisions = jury.duplicate_decisions.select_related("earlier", "later")
    return decisions.order_by("-pk").first()


@transaction.atomic
def take_back_decision(*, jury: Jury, by: User) -> None:
    """The pair decided last is undecided, and both registrations stand as before."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    decision = last_decision(jury)
    if decision is None:
        raise JuryError(_("There is no decision to take back."))
    if decision.outcome == Outcome.SAME_PERSON:
        part_again(decision)
    decision.delete()
    settle_households(jury)
    record(
        "duplicates.taken_back",
        jury=jury,
        by=by,
        earlier=decision.earlier_id,
        later=decision.later_id,
    )
