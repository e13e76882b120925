"""The composition as a table with bars: is the panel the population in miniature?"""

from collections.abc import Mapping, Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from juries.figures.bars import BarGroup, BarRow, BarTable
from juries.figures.writing import per_cent
from juries.models import Jury
from selection.composition.counting import (
    CriterionCounts,
    GroupCounts,
    Stage,
    composition,
    stages_of,
)

PICTURED = (Stage.POPULATION, Stage.REGISTERED)
PANEL = (Stage.CONFIRMED, Stage.DRAWN)


def composition_table(jury: Jury, *, public: bool = False) -> BarTable | None:
    """Every stage side by side; None before a panel has been drawn."""
    counted = composition(jury, public=public)
    stages = stages_of(counted)
    if not any(criterion.totals.get(stage) for criterion in counted for stage in PANEL):
        return None
    pictured = _pictured(counted)
    return BarTable(
        caption=_("People and shares of each group"),
        headings=tuple(str(stage.label) for stage in stages),
        groups=tuple(_group(criterion, stages, pictured) for criterion in counted),
        legend=tuple(_legend(stage) for stage in pictured),
    )


def as_text(count: int | None, total: int) -> str:
    """A count with its share; a dash where nobody is counted at all."""
    if count is None:
        return _("not shown")
    if not total:
        return "–"
    return f"{number_format(count)} ({per_cent(count / total, 0)})"


def _pictured(counted: Sequence[CriterionCounts]) -> list[Stage]:
    """Residents, registered and the panel as it is now: more bars would hide what they tell."""
    known = stages_of(counted)
    panel = next(
        (stage for stage in PANEL if any(criterion.totals.get(stage) for criterion in counted)),
        None,
    )
    return [stage for stage in (*PICTURED, panel) if stage in known and stage is not None]


def _legend(stage: Stage) -> str:
    return {
        Stage.POPULATION: _("share of the residents"),
        Stage.REGISTERED: _("of those who registered"),
    }.get(stage, _("of the panel"))


def _group(
    criterion: CriterionCounts, stages: Sequence[Stage], pictured: Sequence[Stage]
) -> BarGroup:
    return BarGroup(
        criterion.name,
        tuple(
            BarRow(
                label=group.name,
                cells=tuple(_cell(group, stage, criterion.totals) for stage in stages),
                bars=tuple(_share(group, stage, criterion.totals) for stage in pictured),
            )
            for group in criterion.groups
        ),
    )


def _cell(group: GroupCounts, stage: Stage, totals: Mapping[Stage, int]) -> str:
    if stage not in group.counts:
        return "–"
    return as_text(group.counts[stage], totals[stage])


def _share(group: GroupCounts, stage: Stage, totals: Mapping[Stage, int]) -> float:
    total = totals.get(stage, 0)
    return (group.counts.get(stage) or 0) / total if total else 0.0
