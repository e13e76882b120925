"""How registrants are placed in the groups of a criterion: asked, by year of birth, by area."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.files.statistics.ages import Span, overlapping
from juries.models import Criterion, CriterionValue, Jury, User
from juries.targets.derivation import normal_postal_code
from juries.targets.proposing import age_remarks
from juries.targets.quotas import locked_for_criteria

POSTAL_CODE_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Placing:
    """Who belongs to one value, and how far its quota may give way."""

    pk: int
    span: Span | None = None
    postal_codes: tuple[str, ...] = ()
    minimum_flex: int | None = None
    maximum_flex: int | None = None


@transaction.atomic
def place_groups(
    *, jury: Jury, criterion: Criterion, source: str, placings: Sequence[Placing], by: User
) -> None:
    """Registrants are placed in the groups in this way, and the quotas may give way so far.

    Who is in which group does not change once people have been placed.
    """
    jury = locked_for_criteria(jury)
    criterion = jury.criteria.get(pk=criterion.pk)
    for sentence in placing_objections(source, placings):
        raise JuryError(sentence)
    if _changes_who_is_where(criterion, source, placings) and criterion.traits.exists():
        raise JuryError(
            _(
                "People have registered and been placed by the groups as they are, so only the"
                " flexible quotas can change."
            )
        )
    criterion.source = source
    criterion.save(update_fields=["source"])
    for placing in placings:
        _store(criterion, placing)
    record("criteria.placed", jury=jury, by=by, criterion=criterion.key, source=source)


def placing_objections(source: str, placings: Sequence[Placing]) -> Iterator[str]:
    """What keeps people from being placed in exactly one group."""
    if source == Criterion.Source.BIRTH_YEAR:
        spans = [placing.span for placing in placings if placing.span]
        if not spans:
            yield _("Give the age groups their ages.")
        elif shared := overlapping(spans):
            yield (
                _("%(first)s and %(second)s share ages.")
                % {"first": shared[0], "second": shared[1]}
            )
    if source == Criterion.Source.POSTAL_CODE:
        codes = [code for placing in placings for code in placing.postal_codes]
        if not codes:
            yield _("Give the areas their postal codes.")
        for code in dict.fromkeys(codes):
            if codes.count(code) > 1:
                yield _("The postal code %(code)s belongs to two areas.") % {"code": code}


def postal_codes_in(text: str) -> tuple[list[str], list[str]]:
    """The postal codes in a text and what is none."""
    words = text.replace(",", " ").replace(";", " ").split()
    codes = [word for word in words if len(normal_postal_code(word)) == POSTAL_CODE_DIGITS]
    return [normal_postal_code(code) for code in codes], [w for w in words if w not in codes]


def who_is_nowhere(jury: Jury, criterion: Criterion) -> list[str]:
    """A sentence for each part of the people that belongs to no group of the criterion."""
    if criterion.source != Criterion.Source.BIRTH_YEAR:
        return []
    spans = [span for value in criterion.values.all() if (span := span_of(value))]
    return list(age_remarks(spans, jury.minimum_age)) if spans else []


def span_of(value: CriterionValue) -> Span | None:
    """The ages of an age group; None for a value that is no age group."""
    if value.youngest is None and value.oldest is None:
        return None
    return Span(value.youngest or 0, value.oldest)


def _changes_who_is_where(criterion: Criterion, source: str, placings: Sequence[Placing]) -> bool:
    values = {value.pk: value for value in criterion.values.all()}
    return source != criterion.source or any(
        placing.span != span_of(values[placing.pk])
        or list(placing.postal_codes) != values[placing.pk].postal_codes
        for placing in placings
    )


def _store(criterion: Criterion, placing: Placing) -> None:
    value = criterion.values.get(pk=placing.pk)
    value.youngest = placing.span.youngest if placing.span else None
    value.oldest = placing.span.oldest if placing.span else None
    value.postal_codes = list(placing.postal_codes)
    value.minimum_flex, value.maximum_flex = placing.minimum_flex, placing.maximum_flex
    value.save()
