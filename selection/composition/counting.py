"""Who is in each group, from the whole population to those who came: counted stage by stage."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from juries.figures.suppression import SMALLEST_SHOWN, suppress_so_that
from juries.models import Criterion, CriterionValue, Jury, Trait
from juries.models.translated import LANGUAGE_CODES
from juries.rooms import taking_part_in
from selection.models import Draw, Round


class Stage(models.TextChoices):
    """The stages of the path, each a part of those before it."""

    POPULATION = "population", _("Residents")
    INVITED = "invited", _("Invited")
    REGISTERED = "registered", _("Registered")
    DRAWN = "drawn", _("Drawn")
    CONFIRMED = "confirmed", _("Confirmed")
    TAKING_PART = "taking_part", _("Took part")


PEOPLE_OF_THE_JURY = (Stage.REGISTERED, Stage.DRAWN, Stage.CONFIRMED, Stage.TAKING_PART)
"""Stages of named people, whose small counts are kept back from the public."""


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """One value of a criterion: its quota, and how many at each stage; None is not shown."""

    name: str
    key: str
    minimum: int
    maximum: int
    counts: Mapping[Stage, int | None]


@dataclass(frozen=True, slots=True)
class CriterionCounts:
    """One criterion: its groups, and how many people each stage has in all."""

    name: str
    key: str
    groups: tuple[GroupCounts, ...]
    totals: Mapping[Stage, int]


def composition(jury: Jury, *, public: bool = False) -> list[CriterionCounts]:
    """The counts of every criterion, at the stages that the jury has come to.

    For the public, small counts are kept back, and so are those from which they could be
    computed; criteria that rest on sensitive questions are left out whole.
    """
    people, letters = _people(jury), _letters(jury)
    values_of: dict[int, list[int]] = {}
    traits = Trait.objects.filter(registrant__jury=jury).values_list("value_id", "registrant_id")
    for value, registrant in traits:
        values_of.setdefault(value, []).append(registrant)
    criteria = jury.criteria.for_everybody() if public else jury.criteria.all()
    counted = []
    for criterion in criteria.prefetch_related("values"):
        values = list(criterion.values.all())
        columns = _columns(values, people, values_of, letters)
        counted.append(_counts(criterion, values, columns, public=public))
    return counted


def stages_of(counted: Sequence[CriterionCounts]) -> list[Stage]:
    """The stages of which some criterion knows anything, in order."""
    known = {stage for criterion in counted for stage in criterion.totals}
    return [stage for stage in Stage if stage in known]


def _people(jury: Jury) -> dict[Stage, frozenset[int]]:
    """The registrants at each stage that has been reached, by key."""
    draw = jury.draws.standing().first()
    people = {Stage.REGISTERED: frozenset(_registered(jury, draw))}
    if draw is None or draw.state not in {Draw.State.DRAWN, Draw.State.CLOSED}:
        return people
    drawn = _first_panel(draw)
    if drawn:
        people[Stage.DRAWN] = drawn
    confirmed = jury.seats.drawn().confirmed().values_list("registrant", flat=True)
    people[Stage.CONFIRMED] = frozenset(confirmed)
    present = taking_part_in(jury) & frozenset(
        jury.seats.drawn().values_list("registrant", flat=True)
    )
    if present:
        people[Stage.TAKING_PART] = present
    return people


def _registered(jury: Jury, draw: Draw | None) -> Iterator[int]:
    frozen = draw.entries.values_list("registrant", flat=True) if draw else []
    found = [key for key in frozen if key is not None]
    yield from found or jury.registrants.in_pool().values_list("pk", flat=True)


def _first_panel(draw: Draw) -> frozenset[int]:
    round_ = draw.rounds.filter(number=0, state=Round.State.DRAWN).select_related("lottery").first()
    if round_ is None or round_.ticket is None:
        return frozenset()
    members = draw.entries.filter(index__in=round_.lottery.panel_on(round_.ticket))
    return frozenset(key for key in members.values_list("registrant", flat=True) if key)


def _letters(jury: Jury) -> Counter[str]:
    """How many letters went to each group of the address samples."""
    sent = jury.invitations.filter(wave__sent_on__isnull=False)
    return Counter(sent.values_list("stratum", flat=True))


def _columns(
    values: Sequence[CriterionValue],
    people: Mapping[Stage, frozenset[int]],
    values_of: Mapping[int, Sequence[int]],
    letters: Counter[str],
) -> dict[Stage, list[int]]:
    columns: dict[Stage, list[int]] = {}
    if any(value.population for value in values):
        columns[Stage.POPULATION] = [value.population or 0 for value in values]
    invited = _invited(values, letters)
    if invited:
        columns[Stage.INVITED] = invited
    for stage, those in people.items():
        columns[stage] = [
            sum(registrant in those for registrant in values_of.get(value.pk, ()))
            for value in values
        ]
    return columns


def _invited(values: Sequence[CriterionValue], letters: Counter[str]) -> list[int]:
    """How many letters went to each group, where letters were sent by groups of this criterion."""
    places = _places(values)
    if not letters or not set(letters) <= set(places):
        return []
    column = [0] * len(values)
    for group, sent in letters.items():
        column[places[group]] += sent
    return column


def _places(values: Sequence[CriterionValue]) -> dict[str, int]:
    """Which value a group of addresses is: by its key, or else by a name as files may say it."""
    places: dict[str, int] = {}
    for place, value in enumerate(values):
        for code in LANGUAGE_CODES:
            places.setdefault(getattr(value, f"name_{code}"), place)
    places.pop("", None)
    return places | {value.key: place for place, value in enumerate(values)}


def _counts(
    criterion: Criterion,
    values: Sequence[CriterionValue],
    columns: Mapping[Stage, Sequence[int]],
    *,
    public: bool,
) -> CriterionCounts:
    shown = _for_the_public(columns) if public else columns
    return CriterionCounts(
        str(criterion),
        criterion.key,
        tuple(
            GroupCounts(
                str(value),
                value.key,
                value.minimum,
                value.maximum,
                {stage: column[place] for stage, column in shown.items()},
            )
            for place, value in enumerate(values)
        ),
        {stage: sum(column) for stage, column in columns.items()},
    )


def _for_the_public(
    columns: Mapping[Stage, Sequence[int]],
) -> dict[Stage, Sequence[int | None]]:
    """The columns without what would tell of a few people, by itself or beside another column."""
    shown: dict[Stage, Sequence[int | None]] = {}
    for stage, column in columns.items():
        if stage not in PEOPLE_OF_THE_JURY:
            shown[stage] = column
            continue
        others = [shown[other] for other in PEOPLE_OF_THE_JURY if other in shown]
        shown[stage] = suppress_so_that(column, hidden=_told_by_difference(column, others))
    return shown


def _told_by_difference(column: Sequence[int], others: Sequence[Sequence[int | None]]) -> set[int]:
    """Where a count beside another one would tell of a few who left between the two stages."""
    return {
        place
        for place, count in enumerate(column)
        for other in others
        if (beside := other[place]) is not None and 0 < abs(beside - count) < SMALLEST_SHOWN
    }
