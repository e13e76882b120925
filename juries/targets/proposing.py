"""What a table of statistics would bring: criteria with their people and quotas, and what is odd.

Nothing is stored here; see ``population`` for that.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juries.errors import JuryError
from juries.files.statistics.ages import Span, gaps
from juries.files.statistics.counting import Count, Counting, Group, Plan, is_whole
from juries.files.statistics.cubes import Cube, Role
from juries.models import Criterion, Jury
from juries.targets.quotas import shares

FIXED = (Role.PLACE, Role.YEAR, Role.MEASURE)
LONGEST_STATISTICS = 300
# Statistics know two genders; nobody is made to choose one of them.
FURTHER_GENDERS = ("muu", "en halua kertoa")
SOURCES = {
    Role.AGE: Criterion.Source.BIRTH_YEAR,
    Role.POSTAL_CODE: Criterion.Source.POSTAL_CODE,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the organiser wants of one dimension: its one category, or its groups.

    A criterion is made of it if it has a ``name``; groups without one only leave people out.
    """

    role: Role
    one: int | None = None
    groups: tuple[Group, ...] = ()
    spans: tuple[Span, ...] = ()
    name: str = ""
    further: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposedValue:
    name: str
    count: Count
    share: float
    minimum: int
    maximum: int
    span: Span | None = None
    postal_codes: tuple[str, ...] = ()

    @property
    def quota(self) -> str:
        """The minimum and the maximum in one word."""
        if self.minimum == self.maximum:
            return str(self.minimum)
        return f"{self.minimum}–{self.maximum}"


@dataclass(frozen=True, slots=True)
class ProposedCriterion:
    name: str
    source: str
    values: tuple[ProposedValue, ...]

    @property
    def people(self) -> int:
        return sum(value.count.people for value in self.values)


@dataclass(frozen=True, slots=True)
class ProposedPair:
    """Two of the criteria together; ``people`` by the places of their values."""

    first: str
    second: str
    people: Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Proposal:
    criteria: tuple[ProposedCriterion, ...]
    pairs: tuple[ProposedPair, ...]
    remarks: tuple[str, ...]
    statistics: str


def propose(
    *,
    jury: Jury,
    cube: Cube,
    wishes: Sequence[Wish],
    pairs: Sequence[tuple[int, int]],
    band: int,
) -> Proposal:
    """The criteria that the wishes make of the cube; refused where there is nobody to count."""
    counting = Counting(cube, _plan(wishes))
    criteria = {
        at: _criterion(jury, counting, at, wish, band)
        for at, wish in enumerate(wishes)
        if wish.name and wish.groups
    }
    if not criteria:
        raise JuryError(_("Say above what the table has, and give at least one criterion a name."))
    joint = [
        _pair(counting, wishes, first, second)
        for first, second in pairs
        if first in criteria and second in criteria
    ]
    remarks = [*_remarks_on_figures(counting, wishes), *_remarks_on_ages(jury, wishes)]
    return Proposal(
        tuple(criteria.values()), tuple(joint), tuple(remarks), _statistics(cube, wishes)
    )


def _plan(wishes: Sequence[Wish]) -> Plan:
    return Plan(
        fixed={at: wish.one for at, wish in enumerate(wishes) if wish.one is not None},
        groups={at: wish.groups for at, wish in enumerate(wishes) if wish.groups},
    )


def _criterion(jury: Jury, counting: Counting, at: int, wish: Wish, band: int) -> ProposedCriterion:
    counts = counting.groups(at)
    _refuse_less_than_nobody(wish, counts)
    further = [name for name in wish.further if name not in {one.name for one in wish.groups}]
    people = [count.people for count in counts]
    bands = shares(wish.name, people + [0] * len(further), jury.panel_size, band)
    spans: Sequence[Span | None] = wish.spans or [None] * len(counts)
    categories = counting.cube.dimensions[at].categories
    coded = wish.role is Role.POSTAL_CODE
    values = [
        ProposedValue(
            name=group.name,
            count=count,
            share=count.people / sum(people),
            minimum=low,
            maximum=high,
            span=span,
            postal_codes=tuple(categories[p].code for p in group.positions) if coded else (),
        )
        for group, count, span, (low, high) in zip(wish.groups, counts, spans, bands, strict=False)
    ]
    values += [
        ProposedValue(name, Count(0), 0.0, low, high)
        for name, (low, high) in zip(further, bands[len(counts) :], strict=True)
    ]
    source = SOURCES.get(wish.role, Criterion.Source.ASKED)
    return ProposedCriterion(wish.name, source, tuple(values))


def _refuse_less_than_nobody(wish: Wish, counts: Sequence[Count]) -> None:
    if any(count.people < 0 for count in counts):
        raise JuryError(
            _("%(criterion)s: a group has fewer people than none. Is it the right measure?")
            % {"criterion": wish.name}
        )


def _pair(counting: Counting, wishes: Sequence[Wish], first: int, second: int) -> ProposedPair:
    counts = counting.pairs(first, second)
    people = {
        (row, column): count.people
        for row, line in enumerate(counts)
        for column, count in enumerate(line)
    }
    return ProposedPair(wishes[first].name, wishes[second].name, people)


def _remarks_on_figures(counting: Counting, wishes: Sequence[Wish]) -> Iterator[str]:
    for difference in counting.differences():
        yield (
            _(
                "%(dimension)s: the parts add up to %(parts)s, but the table itself says"
                " %(total)s. Something may be missing or counted twice."
            )
            % {
                "dimension": counting.cube.dimensions[difference.dimension].label,
                "parts": difference.parts,
                "total": difference.total,
            }
        )
    for at, wish in enumerate(wishes):
        if wish.groups and wish.name:
            yield from _remarks_on_counts(wish, counting.groups(at))
    if not is_whole(counting.cube):
        yield _("Some figures are not whole numbers. Is it the right measure?")


def _remarks_on_counts(wish: Wish, counts: Sequence[Count]) -> Iterator[str]:
    for group, count in zip(wish.groups, counts, strict=True):
        facts = {"group": group.name, "count": count.withheld}
        if count.is_rest:
            yield (
                _(
                    "%(group)s: the table withholds some of its figures. It is what the total"
                    " leaves when the others are taken away."
                )
                % facts
            )
        elif count.withheld:
            yield (
                ngettext(
                    "%(group)s: the table withholds %(count)s figure, so there are more people"
                    " than this.",
                    "%(group)s: the table withholds %(count)s figures, so there are more people"
                    " than this.",
                    count.withheld,
                )
                % facts
            )
        elif not count.people:
            yield _("%(group)s: there is nobody in the table.") % facts


def _remarks_on_ages(jury: Jury, wishes: Sequence[Wish]) -> Iterator[str]:
    spans = [span for wish in wishes for span in wish.spans]
    if not spans:
        if jury.minimum_age and not any(wish.role is Role.AGE for wish in wishes):
            yield _(
                "The table has no ages, so children are counted too. If there is a table with"
                " ages, use that one."
            )
        return
    yield from age_remarks(spans, jury.minimum_age)


def age_remarks(spans: Sequence[Span], minimum_age: int) -> Iterator[str]:
    """Who belongs to no age group though they may take part, and who does though they may not."""
    youngest = min(spans).youngest
    missing = list(gaps(spans))
    if youngest > minimum_age:
        missing.insert(0, Span(minimum_age, youngest - 1))
    for span in missing:
        yield (
            _("Nobody aged %(ages)s belongs to a group, so they cannot take part.") % {"ages": span}
        )
    if youngest < minimum_age:
        yield _(
            "The youngest group begins at %(youngest)s, but members of this jury are %(age)s or"
            " older."
        ) % {"youngest": youngest, "age": minimum_age}


def _statistics(cube: Cube, wishes: Sequence[Wish]) -> str:
    """Where the figures come from, to be shown beside them."""
    chosen = [
        cube.dimensions[at].categories[wish.one].label
        for at, wish in enumerate(wishes)
        if wish.one is not None
    ]
    parts = [part for part in (cube.title, cube.source, ", ".join(chosen)) if part]
    return "; ".join(parts)[:LONGEST_STATISTICS]
