"""Who lacks a value of a criterion: nobody can say which quota they count towards."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juries.audit import record
from juries.enums import Channel, Stage
from juries.errors import JuryError
from juries.models import Criterion, Jury, Registrant, Trait, User
from juries.models.registrant import RegistrantQuerySet
from juries.registration.withdrawing import withdraw


def incomplete(jury: Jury) -> RegistrantQuerySet:
    """Registrants in the pool who lack a value: they cannot be drawn before it is known."""
    return jury.registrants.incomplete_in(jury)


def lacking(jury: Jury, people: Iterable[Registrant]) -> dict[int, list[Criterion]]:
    """The criteria whose value each of ``people`` lacks and can tell, in two queries.

    A combination is not told: it follows from its parts. Nobody asks whom no lottery is for:
    those whom a rule excludes and those whom a body named.
    """
    told = jury.criteria.exclude(source=Criterion.Source.COMBINED)
    criteria = list(told)
    keys = {person.pk: can_be_asked(person) for person in people}
    known = set(
        Trait.objects.filter(registrant__in=keys).values_list("registrant_id", "criterion_id")
    )
    return {
        key: [one for one in criteria if asked and (key, one.pk) not in known]
        for key, asked in keys.items()
    }


def can_be_asked(person: Registrant) -> bool:
    """Whether an answer of theirs can count: they are registered, and no rule excludes them."""
    return person.channel != Channel.NAMED and person.excluded_id is None


@transaction.atomic
def leave_out_incomplete(*, jury: Jury, typed: int, by: User) -> int:
    """Nobody in the pool lacks a value any more: those who did have been withdrawn.

    ``typed`` is how many they are, as somebody read and typed it. Says how many went.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(Stage.REGISTRATION, Stage.LOTTERY)
    people = list(incomplete(jury))
    if typed != len(people):
        raise JuryError(
            ngettext(
                "There is %(count)s person now. Type that number.",
                "There are %(count)s people now. Type that number.",
                len(people),
            )
            % {"count": len(people)}
        )
    for person in people:
        withdraw(registrant=person, by=by, reason=_("An answer the quotas need is missing."))
    record("incomplete.left_out", jury=jury, by=by, people=len(people))
    return len(people)
