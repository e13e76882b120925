"""Who is in each group, from the whole population to those who came: counted stage by stage."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from juries.figures.suppression import SMALLEST_SHOWN, suppress_so_that
from juries.models import Criterion, CriterionValue, Jury, Trait
from juries.models.translated import LANGUAGE_CODES
from juries.rooms import taking_part_in
from selection.models import Draw, PanelSeat, Round

type Columns = Mapping[Stage, Sequence[int]]
type Shown = Mapping[Stage, Sequence[int | None]]


class Stage(models.TextChoices):
    """The stages of the path, each a part of those before it."""

    POPULATION = "population", _("Residents")
    INVITED = "invited", _("Invited")
    REGISTERED = "registered", _("Registered")
    DRAWN = "drawn", _("Drawn")
    CONFIRMED = "confirmed", _("Confirmed")
    TAKING_PART = "taking_part", _("Took part")


OF_FEW = tuple(stage for stage in Stage if stage != Stage.POPULATION)
"""Stages whose small counts are kept back from the public; of residents there are statistics."""

type Letters = Mapping[int, Counter[str]]


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """One value of a criterion: its quota, and how many at each stage; None is not shown.

    Those of whom the group is not known have a row without a quota, at the stage where they are.
    """

    name: str
    key: str
    minimum: int | None
    maximum: int | None
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
    computed, and those that change person by person while everybody looks on; criteria that rest
    on sensitive questions are left out whole.
    """
    draw = jury.draws.standing().first()
    people = _people(jury, draw, public=public)
    values_of: dict[int, list[int]] = {}
    traits = Trait.objects.filter(registrant__jury=jury).values_list("value_id", "registrant_id")
    for value, registrant in traits:
        values_of.setdefault(value, []).append(registrant)
    every = {one: list(one.values.all()) for one in jury.criteria.prefetch_related("values")}
    invited = _invited(every, _letters(jury))
    criteria = set(jury.criteria.for_everybody()) if public else set(every)
    columns_of = {
        criterion: _columns(values, people, values_of, invited.get(criterion))
        for criterion, values in every.items()
        if criterion in criteria
    }
    shown: Mapping[Criterion, Shown] = columns_of
    if public:
        shown = _published(columns_of, moving=_moving(jury, draw))
    return [
        _counts(criterion, every[criterion], columns, shown[criterion])
        for criterion, columns in columns_of.items()
    ]


def stages_of(counted: Sequence[CriterionCounts]) -> list[Stage]:
    """The stages of which some criterion knows anything, in order."""
    known = {stage for criterion in counted for stage in criterion.totals}
    return [stage for stage in Stage if stage in known]


def _people(jury: Jury, draw: Draw | None, *, public: bool) -> dict[Stage, frozenset[int]]:
    """The registrants at each stage that has been reached, by key."""
    people = {Stage.REGISTERED: frozenset(_registered(jury, draw))}
    if draw is None or draw.state not in {Draw.State.DRAWN, Draw.State.CLOSED}:
        return people
    drawn = _first_panel(draw)
    if drawn:
        people[Stage.DRAWN] = drawn
    people[Stage.CONFIRMED] = _confirmed(jury, draw, public=public)
    present = taking_part_in(jury) & frozenset(
        jury.seats.drawn().values_list("registrant", flat=True)
    )
    if present:
        people[Stage.TAKING_PART] = present
    return people


def _confirmed(jury: Jury, draw: Draw, *, public: bool) -> frozenset[int]:
    """The jurors who were drawn; for the public as they were when the draw was closed."""
    seats = jury.seats.drawn().confirmed()
    if public and draw.ended_at is not None:
        seats = jury.seats.drawn().filter(
            Q(state=PanelSeat.State.CONFIRMED)
            | Q(state=PanelSeat.State.LEFT, answered_at__gt=draw.ended_at),
            accepted_at__lte=draw.ended_at,
        )
    return frozenset(seats.values_list("registrant", flat=True))


def _moving(jury: Jury, draw: Draw | None) -> frozenset[Stage]:
    """The stages whose counts change with each answer, or with each mark of who is present.

    Whoever reads them twice would know all groups of the one person who came between.
    """
    moving = set()
    drawn = jury.seats.drawn().filter(replaced=False)
    answered = drawn.confirmed().count() == drawn.count()
    if not answered and (draw is None or draw.state != Draw.State.CLOSED):
        moving.add(Stage.CONFIRMED)
    if timezone.localdate() <= jury.last_session_on:
        moving.add(Stage.TAKING_PART)
    return frozenset(moving)


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


def _letters(jury: Jury) -> Letters:
    """How many letters of each wave went to each group of its address sample."""
    sent = jury.invitations.filter(wave__sent_on__isnull=False).order_by()
    waves: dict[int, Counter[str]] = {}
    for wave, group, count in sent.values_list("wave", "stratum").annotate(count=Count("pk")):
        waves.setdefault(wave, Counter())[group] = count
    return waves


def _columns(
    values: Sequence[CriterionValue],
    people: Mapping[Stage, frozenset[int]],
    values_of: Mapping[int, Sequence[int]],
    invited: list[int] | None,
) -> dict[Stage, list[int]]:
    columns: dict[Stage, list[int]] = {}
    if any(value.population for value in values):
        columns[Stage.POPULATION] = [value.population or 0 for value in values]
    if invited:
        columns[Stage.INVITED] = invited
    for stage, those in people.items():
        columns[stage] = [
            sum(registrant in those for registrant in values_of.get(value.pk, ()))
            for value in values
        ]
    return columns


def _invited(
    every: Mapping[Criterion, Sequence[CriterionValue]], letters: Letters
) -> dict[Criterion, list[int]]:
    """How many letters went to each group of the criteria by whose groups letters were sent.

    Where there are letters of which the group is not known, they are one more at the end.
    """
    places = {criterion: _places(values) for criterion, values in every.items()}
    columns: dict[Criterion, list[int]] = {}
    for wave in letters.values():
        for criterion in _grouped_by(wave, places):
            columns.setdefault(criterion, [0] * len(every[criterion]))
            for group, sent in wave.items():
                if group in places[criterion]:
                    columns[criterion][places[criterion][group]] += sent
    everybody = sum(wave.total() for wave in letters.values())
    for column in columns.values():
        if unknown := everybody - sum(column):
            column.append(unknown)
    return columns


def _grouped_by(
    wave: Counter[str], places: Mapping[Criterion, Mapping[str, int]]
) -> set[Criterion]:
    """The criteria that know most groups of the letters, and more than half.

    That a criterion has a group of the same name, such as “other”, does not make it the one by
    which the addresses were grouped.
    """
    known = {
        criterion: sum(sent for group, sent in wave.items() if group in of)
        for criterion, of in places.items()
    }
    most = max(known.values(), default=0)
    named = wave.total() - wave[""]
    return {one for one, count in known.items() if count == most and 2 * count > named}


def _places(values: Sequence[CriterionValue]) -> dict[str, int]:
    """Which value a group of addresses is: by its key, or else by a name as files may say it."""
    places: dict[str, int] = {}
    for place, value in enumerate(values):
        for code in LANGUAGE_CODES:
            places.setdefault(getattr(value, f"name_{code}"), place)
    places.pop("", None)
    return places | {value.key: place for place, value in enumerate(values)}


def _counts(
    criterion: Criterion, values: Sequence[CriterionValue], columns: Columns, shown: Shown
) -> CriterionCounts:
    groups = [
        GroupCounts(
            str(value),
            value.key,
            value.minimum,
            value.maximum,
            {stage: column[place] for stage, column in shown.items()},
        )
        for place, value in enumerate(values)
    ]
    unknown = {
        stage: column[len(values)] for stage, column in shown.items() if len(column) > len(values)
    }
    if unknown:
        groups.append(GroupCounts(gettext("Group not known"), "", None, None, unknown))
    totals = {stage: sum(column) for stage, column in columns.items()}
    return CriterionCounts(str(criterion), criterion.key, tuple(groups), totals)


def _published(
    columns_of: Mapping[Criterion, Columns], *, moving: frozenset[Stage]
) -> dict[Criterion, Shown]:
    """What the public reads of every criterion.

    A combination beside its parts is a table with totals along both sides: where anything of it
    is kept back, all of it is.
    """
    shown = {
        criterion: _for_the_public(columns, moving=moving)
        for criterion, columns in columns_of.items()
    }
    for criterion in columns_of:
        parts = {criterion.first_id, criterion.second_id}
        if criterion.first_id is not None:
            beside = [shown[part] for part in columns_of if part.pk in parts]
            shown[criterion] = _whole_or_not_at_all(shown[criterion], *beside)
    return shown


def _whole_or_not_at_all(combined: Shown, *parts: Shown) -> Shown:
    return {
        stage: [None] * len(column)
        if any(None in table.get(stage, ()) for table in (combined, *parts))
        else column
        for stage, column in combined.items()
    }


def _for_the_public(columns: Columns, *, moving: frozenset[Stage] = frozenset()) -> Shown:
    """The columns without what would tell of a few people, by itself or beside another column."""
    shown: dict[Stage, Sequence[int | None]] = {}
    for stage, column in columns.items():
        if stage not in OF_FEW:
            shown[stage] = column
            continue
        if stage in moving and any(column):
            shown[stage] = [None] * len(column)
            continue
        others = [shown[other] for other in OF_FEW if other in shown]
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
