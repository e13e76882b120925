"""The pool: who can be drawn, counted against what is needed and who lives here."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from juries.figures.bars import BarGroup, BarRow, BarTable
from juries.figures.writing import per_cent
from juries.models import Criterion, CriterionValue, Jury
from juries.pool.completeness import incomplete
from juries.pool.duplicates import undecided_pairs
from juries.pool.exclusions import excluded_in


@dataclass(frozen=True, slots=True)
class PoolPicture:
    """What the pool page says: numbers only, no names."""

    people: int
    withdrawn: int
    excluded: int
    incomplete: int
    undecided: int
    too_few: tuple[str, ...]
    bars: BarTable


def picture(jury: Jury) -> PoolPicture:
    """The pool against the quotas and the population; the queries do not grow with the pool."""
    criteria = list(jury.criteria.all())
    values = _counted_values(jury)
    people = jury.registrants.in_pool().count()
    rows = [
        (criterion, [value for value in values if value.criterion_id == criterion.pk])
        for criterion in criteria
    ]
    return PoolPicture(
        people=people,
        withdrawn=jury.registrants.withdrawn().count(),
        excluded=excluded_in(jury).count(),
        incomplete=incomplete(jury).count(),
        undecided=len(undecided_pairs(jury)),
        too_few=tuple(
            _("%(criterion)s, %(value)s: %(needed)s needed, %(count)s signed up.")
            % {
                "criterion": criterion,
                "value": value,
                "count": in_pool(value),
                "needed": value.minimum,
            }
            for criterion, group in rows
            for value in group
            if in_pool(value) < value.minimum
        ),
        bars=BarTable(
            caption=_("Signed up, needed, and the residents"),
            headings=(_("Signed up"), _("Needed"), _("Share of the pool"), _("Of residents")),
            groups=tuple(_group(criterion, group, people) for criterion, group in rows),
            legend=(_("share of the pool"),),
            marker=_("share of the residents"),
        ),
    )


def in_pool(value: CriterionValue) -> int:
    """How many registrants in the pool have the value, as counted by the database."""
    return int(value.in_pool)  # type: ignore[attr-defined]


def _counted_values(jury: Jury) -> list[CriterionValue]:
    here = Q(traits__registrant__in=jury.registrants.in_pool())
    return list(
        CriterionValue.objects.filter(criterion__jury=jury)
        .annotate(in_pool=Count("traits__registrant", filter=here))
        .order_by(F("criterion__position"), "position", "pk")
    )


def _group(criterion: Criterion, values: Sequence[CriterionValue], people: int) -> BarGroup:
    population = sum(value.population or 0 for value in values)
    return BarGroup(str(criterion), tuple(_row(value, people, population) for value in values))


def _row(value: CriterionValue, people: int, population: int) -> BarRow:
    count = in_pool(value)
    share = count / people if people else 0.0
    expected = (value.population or 0) / population if population else None
    short = count < value.minimum
    return BarRow(
        label=str(value),
        cells=(
            number_format(count),
            _between(value.minimum, value.maximum),
            per_cent(share),
            "–" if expected is None else per_cent(expected),
        ),
        bars=(100 * share,),
        marker=None if expected is None else 100 * expected,
        state="missing" if short else "",
        note=_("too few") if short else "",
    )


def _between(minimum: int, maximum: int) -> str:
    return str(minimum) if minimum == maximum else f"{minimum}–{maximum}"
