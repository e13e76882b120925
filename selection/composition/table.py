"""Population, pool and panel side by side: is the panel the population in miniature?"""

from collections.abc import Sequence
from itertools import groupby

from django.db.models import Count, F, Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from juries.figures.bars import BarGroup, BarRow, BarTable
from juries.figures.suppression import suppress
from juries.figures.writing import per_cent
from juries.models import CriterionValue, Jury
from selection.models import PanelSeat

HELD = [PanelSeat.State.OFFERED, PanelSeat.State.CONFIRMED]


def composition(jury: Jury, *, public: bool = False) -> BarTable | None:
    """The table, in one query; None before anybody holds a seat.

    For the public, small counts of people are kept back, and with them their shares; groups by
    answers to sensitive questions are left out whole.
    """
    values = _counted_values(jury, public=public)
    if not any(_panel(value) for value in values):
        return None
    groups = [
        _group(str(values_of[0].criterion), values_of, public=public)
        for values_of in (
            list(rows) for _pk, rows in groupby(values, key=lambda value: value.criterion_id)
        )
    ]
    return BarTable(
        caption=_("People and shares of each group"),
        headings=(_("Residents"), _("Registered"), _("Panel")),
        groups=tuple(groups),
        legend=(_("share of the residents"), _("of those who registered"), _("of the panel")),
    )


def _counted_values(jury: Jury, *, public: bool) -> list[CriterionValue]:
    """Every value with its registrants and its members of the panel."""
    here = Q(traits__registrant__in=jury.registrants.in_pool().values("pk"))
    criteria = jury.criteria.for_everybody() if public else jury.criteria.all()
    values = CriterionValue.objects.filter(criterion__in=criteria.order_by())
    return list(
        values.select_related("criterion")
        .annotate(
            in_pool=Count("traits", filter=here),
            on_panel=Count("traits", filter=here & Q(traits__registrant__seat__state__in=HELD)),
        )
        .order_by(F("criterion__position"), F("criterion_id"), "position", "pk")
    )


def _panel(value: CriterionValue) -> int:
    return int(value.on_panel)  # type: ignore[attr-defined]


def _pool(value: CriterionValue) -> int:
    return int(value.in_pool)  # type: ignore[attr-defined]


def _group(name: str, values: Sequence[CriterionValue], *, public: bool) -> BarGroup:
    population = [value.population or 0 for value in values]
    pool = [_pool(value) for value in values]
    panel = [_panel(value) for value in values]
    columns = [
        _shares(population, population),
        _shares(suppress(pool) if public else pool, pool),
        _shares(suppress(panel) if public else panel, panel),
    ]
    return BarGroup(
        name,
        tuple(
            BarRow(
                label=str(value),
                cells=tuple(text for text, _share in cells),
                bars=tuple(share for _text, share in cells),
            )
            for value, *cells in zip(values, *columns, strict=True)
        ),
    )


def _shares(shown: Sequence[int | None], counts: Sequence[int]) -> list[tuple[str, float]]:
    """The text of each count with its share, and the share; a dash where it is not known."""
    total = sum(counts)
    if not total:
        return [("–", 0.0)] * len(counts)
    return [
        (_("not shown"), 0.0)
        if count is None
        else (f"{number_format(count)} ({per_cent(count / total, 0)})", count / total)
        for count in shown
    ]
