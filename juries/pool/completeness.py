"""Who lacks a value of a criterion: nobody can say which quota they count towards."""

from collections.abc import Iterable

from django.db.models import Count

from juries.models import Criterion, Jury, Registrant, Trait
from juries.models.registrant import RegistrantQuerySet


def incomplete(jury: Jury) -> RegistrantQuerySet:
    """Registrants in the pool who lack a value: they cannot be drawn before it is known."""
    return (
        jury.registrants.in_pool()
        .annotate(known=Count("traits"))
        .filter(known__lt=jury.criteria.count())
    )


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
