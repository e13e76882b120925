"""The rows of criteria and values: made once, and kept when the same is brought again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from juries.enums import Channel
from juries.errors import JuryError
from juries.files.statistics.ages import age_span, overlapping
from juries.files.tables import fold
from juries.models import Criterion, CriterionValue, Jury
from juries.models.translated import LANGUAGE_CODES
from juries.targets.known_labels import names_of
from juries.targets.pairs import follow_parts
from juries.targets.quotas import remove_value

AGE_WORDS = frozenset(
    {"ikä", "ikäryhmä", "ikäluokka", "ålder", "åldersgrupp", "age", "age group", "age_group"}
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value that shall be there, and what shall hold of it."""

    value: str
    facts: Mapping[str, Any]


def store_all(jury: Jury, wanted: Mapping[str, Sequence[Wanted]]) -> None:
    """The jury has these criteria and no others."""
    names = {fold(name) for name in wanted}
    # A combination goes before its parts.
    for present in jury.criteria.order_by("source"):
        if fold(present.key) not in names and present.source == Criterion.Source.COMBINED:
            drop_criterion(present)
    for present in jury.criteria.all():
        if fold(present.key) not in names:
            drop_criterion(present)
    for position, (name, values) in enumerate(wanted.items()):
        store_criterion(jury, name, values, position=position)


def store_criterion(jury: Jury, name: str, values: Sequence[Wanted], **facts: Any) -> Criterion:
    """The criterion has these values; those that were there stay the same rows.

    So registrants keep their traits. Age groups are known by their name and bounds, so that nobody
    is asked for an age group.
    """
    criterion = _called(jury.criteria.all(), name)
    if criterion is None:
        refuse_late_criterion(jury, name)
        facts = {"source": _source_of(name, values), **facts}
        criterion = Criterion(jury=jury, key=name, **names_of(name, jury.languages))
    criterion.position = jury.criteria.count()
    for fact, content in {**facts, "made_for": jury.panel_size}.items():
        setattr(criterion, fact, content)
    criterion.save()
    _store_values(criterion, values, jury.languages)
    follow_parts(criterion)
    return criterion


def drop_criterion(criterion: Criterion) -> None:
    """The criterion is gone; refused if people have answered it or a combination needs it."""
    if criterion.traits.exists():
        raise JuryError(
            _("“%(criterion)s” cannot be removed: people who registered have answered it.")
            % {"criterion": criterion}
        )
    combined = Criterion.objects.filter(Q(first=criterion) | Q(second=criterion)).first()
    if combined:
        raise JuryError(
            _("“%(criterion)s” is a part of “%(combined)s”. Remove that one first.")
            % {"criterion": criterion, "combined": combined}
        )
    criterion.delete()


def refuse_late_criterion(jury: Jury, name: str) -> None:
    """Return only if nobody has registered without it."""
    if jury.registrants.exclude(channel=Channel.NAMED).exists():
        raise JuryError(
            _("“%(criterion)s” cannot be added: people have already registered without it.")
            % {"criterion": name}
        )


def _source_of(name: str, values: Sequence[Wanted]) -> str:
    """From the year of birth where every value is an age group and nobody belongs to two."""
    spans = [age_span(one.value) for one in values]
    known = [span for span in spans if span is not None]
    if fold(name) in AGE_WORDS and known and len(known) == len(spans) and not overlapping(known):
        return Criterion.Source.BIRTH_YEAR
    return Criterion.Source.ASKED


def _store_values(criterion: Criterion, wanted: Sequence[Wanted], languages: Sequence[str]) -> None:
    left = list(criterion.values.all())
    kept: dict[str, CriterionValue | None] = {}
    for one in wanted:
        kept[one.value] = _called(left, one.value)
        left = [value for value in left if value != kept[one.value]]
    for value in left:
        remove_value(value)
    for position, one in enumerate(wanted):
        value = kept[one.value] or _new_value(criterion, one.value, languages)
        value.position = position
        for name, fact in one.facts.items():
            setattr(value, name, fact)
        value.save()


def _called[R: (Criterion, CriterionValue)](rows: Iterable[R], name: str) -> R | None:
    """The row whose key it is, or else one of whose names it is."""
    listed = list(rows)
    by_name = {
        fold(text): row
        for row in reversed(listed)
        for code in LANGUAGE_CODES
        if (text := getattr(row, f"name_{code}"))
    }
    by_name |= {fold(row.key): row for row in reversed(listed)}
    return by_name.get(fold(name))


def _new_value(criterion: Criterion, key: str, languages: Sequence[str]) -> CriterionValue:
    if criterion.source == Criterion.Source.COMBINED:
        raise JuryError(
            _("“%(criterion)s” combines two criteria, so it has no value “%(value)s” of its own.")
            % {"criterion": criterion, "value": key}
        )
    free = {"minimum": 0, "maximum": criterion.made_for}
    value = CriterionValue(criterion=criterion, key=key, **free, **names_of(key, languages))
    span = age_span(key) if criterion.source == Criterion.Source.BIRTH_YEAR else None
    if span:
        value.youngest, value.oldest = span.youngest, span.oldest
    return value
