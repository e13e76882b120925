"""Whom the call has reached while registration is open: day by day, group by group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from juries.enums import Stage
from juries.invitation.forecast import further_letters
from juries.models import Criterion, CriterionValue, Jury

RECENT_DAYS = 7
LAGGING = 0.8
"""A group lags when its share of the pool is below this part of its share of the residents."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How people have registered of late, and for how long they still can."""

    people: int
    recent: int
    recent_days: int
    days_left: int

    def at_closing(self, registered: int, recent: int) -> int:
        """How many it will be, if registrations go on coming as of late."""
        return registered + round(recent * self.days_left / self.recent_days)

    @property
    def expected(self) -> int:
        return self.at_closing(self.people, self.recent)


@dataclass(frozen=True, slots=True)
class GroupReach:
    """One value of a criterion: who has registered, and who would have at the residents' share.

    ``letters`` more would fill the group, as the forecast of the invitations counts it.
    """

    value: CriterionValue
    registered: int
    needed: int
    due: int
    at_closing: int
    letters: int = 0

    @property
    def behind(self) -> int:
        """How many are missing from the residents' share, or from the least that is needed."""
        return max(self.due, self.needed) - self.registered

    @property
    def lags(self) -> bool:
        return self.registered < self.needed or self.registered < LAGGING * self.due


def pace_of(jury: Jury) -> Pace:
    """The pace of the last days; of fewer where the call has been open for less."""
    today = timezone.localdate()
    open_for = (today - jury.registration_opens_on).days + 1
    recent_days = min(RECENT_DAYS, max(1, open_for))
    since = timezone.now() - timedelta(days=recent_days)
    counted = jury.registrants.in_pool().aggregate(
        people=Count("pk"), recent=Count("pk", filter=Q(registered_at__gte=since))
    )
    days_left = 0
    if jury.stage in {Stage.SETTING_UP, Stage.REGISTRATION}:
        days_left = max(0, (jury.registration_closes_on - today).days)
    return Pace(counted["people"], counted["recent"], recent_days, days_left)


def registered_by_day(jury: Jury) -> dict[date, int]:
    """How many of the pool registered on each day."""
    days = (
        jury.registrants.in_pool()
        .annotate(day=TruncDate("registered_at"))
        .order_by()
        .values_list("day")
        .annotate(Count("pk"))
    )
    return dict(days)


def lagging_groups(jury: Jury, pace: Pace) -> list[GroupReach]:
    """The groups that lag, each criterion's with the letters that would fill them."""
    return [
        group
        for criterion, groups in _groups(jury, pace)
        if any(one.lags for one in groups)
        for group in _with_letters(jury, criterion, groups)
        if group.lags
    ]


def _groups(jury: Jury, pace: Pace) -> Iterator[tuple[Criterion, list[GroupReach]]]:
    since = timezone.now() - timedelta(days=pace.recent_days)
    here = Q(traits__registrant__in=jury.registrants.in_pool().values("pk"))
    recently = here & Q(traits__registrant__registered_at__gte=since)
    values = (
        CriterionValue.objects.filter(criterion__jury=jury)
        .annotate(here=Count("traits", filter=here), recently=Count("traits", filter=recently))
        .order_by("position", "pk")
    )
    of_criterion: dict[int, list[CriterionValue]] = {}
    for value in values:
        of_criterion.setdefault(value.criterion_id, []).append(value)
    for criterion in jury.criteria.all():
        yield criterion, _reached(of_criterion.get(criterion.pk, []), pace)


def _reached(values: Sequence[CriterionValue], pace: Pace) -> list[GroupReach]:
    residents = sum(value.population or 0 for value in values)
    reached = []
    for value in values:
        here, recently = int(value.here), int(value.recently)  # type: ignore[attr-defined]
        share = (value.population or 0) / residents if residents else 0.0
        reached.append(
            GroupReach(
                value=value,
                registered=here,
                needed=value.minimum,
                due=round(share * pace.people),
                at_closing=pace.at_closing(here, recently),
            )
        )
    return reached


def _with_letters(
    jury: Jury, criterion: Criterion, groups: Sequence[GroupReach]
) -> Iterator[GroupReach]:
    letters = {one.value.pk: one.letters for one in further_letters(jury, criterion)}
    for group in groups:
        group.value.criterion = criterion
        yield replace(group, letters=letters.get(group.value.pk, 0))
