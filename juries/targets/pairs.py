"""Two criteria together: a value for each pair, such as women of one age group."""

from collections.abc import Mapping
from itertools import product

from django.db.models import Q

from juries.models import Criterion, CriterionValue, Jury
from juries.models.translated import LANGUAGE_CODES

HALF = 48


def follow_parts(part: Criterion) -> None:
    """Each combination that ``part`` belongs to has a value for each pair of its parts' values.

    Pairs that are new allow everything, as a criterion does that was added by hand.
    """
    combined = Criterion.objects.filter(Q(first=part) | Q(second=part) | Q(pk=part.pk))
    for criterion in combined.filter(source=Criterion.Source.COMBINED).select_related("jury"):
        add_pairs(criterion)


def add_pairs(criterion: Criterion) -> None:
    """The combination has a value for each pair; those that stand stay as they are."""
    if criterion.first is None or criterion.second is None:
        return
    standing = set(criterion.values.values_list("first_id", "second_id"))
    pairs = product(criterion.first.values.all(), criterion.second.values.all())
    fresh = [pair for pair in pairs if (pair[0].pk, pair[1].pk) not in standing]
    CriterionValue.objects.bulk_create(
        CriterionValue(
            criterion=criterion,
            key=pair_key(first, second),
            position=len(standing) + number,
            first=first,
            second=second,
            minimum=0,
            maximum=criterion.jury.panel_size,
            **pair_names(first, second),
        )
        for number, (first, second) in enumerate(fresh)
    )


def add_combination(jury: Jury, first: Criterion, second: Criterion) -> Criterion:
    """A criterion of both together stands, with a value for each pair, allowing everything."""
    names = {}
    for code in LANGUAGE_CODES:
        one, other = getattr(first, f"name_{code}"), getattr(second, f"name_{code}")
        names[f"name_{code}"] = f"{one[:HALF]} × {other[:HALF]}" if one and other else ""
    criterion = Criterion.objects.create(
        jury=jury,
        key=f"{first.key[:HALF]} × {second.key[:HALF]}",
        position=jury.criteria.count(),
        source=Criterion.Source.COMBINED,
        first=first,
        second=second,
        made_for=jury.panel_size,
        **names,
    )
    add_pairs(criterion)
    return criterion


def set_pair_populations(criterion: Criterion, people: Mapping[frozenset[int], int]) -> None:
    """Each pair has the people given for its two values, whichever comes first."""
    for value in criterion.values.all():
        value.population = people.get(frozenset((value.first_id or 0, value.second_id or 0)), 0)
        value.save(update_fields=["population"])


def pair_key(first: CriterionValue, second: CriterionValue) -> str:
    """What the pair is called in files."""
    return f"{first.key[:HALF]}, {second.key[:HALF]}"


def pair_names(first: CriterionValue, second: CriterionValue) -> dict[str, str]:
    """The name of a pair in each language in which both parts have one."""
    named = {}
    for code in LANGUAGE_CODES:
        one, other = getattr(first, f"name_{code}"), getattr(second, f"name_{code}")
        named[f"name_{code}"] = f"{one[:HALF]}, {other[:HALF]}" if one and other else ""
    return named
