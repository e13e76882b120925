"""What the public reads of the pool while registration is open.

Three things keep anybody from being told apart. Small counts are kept back as in every published
table, and nought too; the counts left are shown in fives, so that one person more is seldom seen;
and the page stands as at last midnight and is gone when registration closes.
"""

from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.enums import Stage
from juries.figures.bars import BarGroup, BarRow, BarTable
from juries.figures.suppression import in_bands
from juries.figures.writing import per_cent
from juries.models import Criterion, CriterionValue, Jury


@dataclass(frozen=True, slots=True)
class PublishedReach:
    """The page: as at which moment, about how many people, and the groups.

    Groups by answers to sensitive questions are not among them.
    """

    at: datetime
    people: str
    bars: BarTable
    leaves_out: bool


def is_published(jury: Jury) -> bool:
    """Whether the organiser shows the reach, and registration is open."""
    return jury.show_reach and jury.stage == Stage.REGISTRATION


def published_reach(jury: Jury) -> PublishedReach:
    """The pool as at last midnight against the residents, in fives."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    pool = jury.registrants.in_pool().filter(registered_at__lt=midnight)
    here = Q(traits__registrant__in=pool.values("pk"))
    criteria = list(jury.criteria.for_everybody())
    values = CriterionValue.objects.annotate(here=Count("traits", filter=here))
    of_criterion: dict[int, list[CriterionValue]] = {}
    for value in values.filter(criterion__in=criteria).order_by("position", "pk"):
        of_criterion.setdefault(value.criterion_id, []).append(value)
    people = in_bands([pool.count()])[0]
    return PublishedReach(
        at=midnight,
        people=_band_text(people, _("fewer than five")),
        bars=BarTable(
            caption=_("Registered so far, and the residents"),
            headings=(_("Registered"), _("Of residents")),
            groups=tuple(
                _group(criterion, of_criterion.get(criterion.pk, []), people)
                for criterion in criteria
            ),
            legend=(_("share of those who registered, about"),),
            marker=_("share of the residents"),
        ),
        leaves_out=jury.criteria.sensitive().exists(),
    )


def _group(
    criterion: Criterion, values: list[CriterionValue], people: tuple[int, int] | None
) -> BarGroup:
    bands = in_bands([int(value.here) for value in values])  # type: ignore[attr-defined]
    residents = sum(value.population or 0 for value in values)
    rows = []
    for value, band in zip(values, bands, strict=True):
        share = (value.population or 0) / residents if residents else None
        rows.append(
            BarRow(
                label=str(value),
                cells=(
                    _band_text(band, _("not shown")),
                    "–" if share is None else per_cent(share, 0),
                ),
                bars=(min(1.0, sum(band) / sum(people)) if band and people else 0.0,),
                marker=share,
            )
        )
    return BarGroup(str(criterion), tuple(rows))


def _band_text(band: tuple[int, int] | None, otherwise: str) -> str:
    return otherwise if band is None else "{}–{}".format(*band)
