"""Who lacks a value of a criterion: nobody can say which quota they count towards."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juries.audit import record
from juries.enums import Stage
from juries.errors import JuryError
from juries.models import Criterion, Jury, Registrant, Trait, User
from juries.models.registrant import RegistrantQuerySet
from juries.registration.withdrawing import withdraw


def incomplete(jury: Jury) -> RegistrantQuerySet:
    """Registrants in the pool who lack a value: they cannot be drawn before it is known."""
    return jury.registrants.incomplete_in(jury)


def lacking(jury: Jury, people: Iterable[Registrant]) -> dict[int, list[Criterion]]:
    """The criteria whose value each of ``people`` lacks and can tell, in two queries.

    A combination is not told: it follows from its parts.
    """
    told = jury.criteria.exclude(source=Criterion.Source.COMBINED)
    criteria, keys = list(told), [person.pk for person in people]
    known = set(
        Trait.objects.filter(registrant__in=keys).values_list("registrant_id", "criterion_id")
    )
    return {key: [one for one in criteria if (key, one.pk) not in known] for key in keys}


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
