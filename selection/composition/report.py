"""The composition to take away: as PDF and as CSV, and the quotas that were changed on the way."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from juries.files.writing import csv_bytes
from juries.models import Jury
from juries.models.translated import language_of
from juries.typesetting import typeset
from selection.composition.counting import (
    CriterionCounts,
    GroupCounts,
    Stage,
    composition,
    stages_of,
)
from selection.composition.table import as_text
from selection.lottery.quota_changes import changed_quotas

TEMPLATE = Path(__file__).parent / "typst" / "composition.typ"


def csv_of(jury: Jury, *, public: bool) -> bytes:
    """A line for each group and stage: count and share, or that they are not shown."""
    header = [_("Criterion"), _("Group"), _("Stage"), _("People"), _("Share, %")]
    return csv_bytes(header, _lines(composition(jury, public=public)))


def pdf_of(jury: Jury, *, public: bool) -> bytes:
    """The report on paper, in the reader's language; the same to the byte for the same counts."""
    return typeset(TEMPLATE, json.dumps(_data(jury, public=public), sort_keys=True))


def _lines(counted: Sequence[CriterionCounts]) -> Iterator[list[str]]:
    for criterion in counted:
        for group in criterion.groups:
            for stage, count in group.counts.items():
                total = criterion.totals[stage]
                cells = (
                    [_("not shown")] * 2 if count is None else [str(count), _share(count, total)]
                )
                yield [criterion.name, group.name, str(stage.label), *cells]


def _share(count: int, total: int) -> str:
    share = f"{100 * count / total:.1f}" if total else ""
    return share if (get_language() or "")[:2] == "en" else share.replace(".", ",")


def _data(jury: Jury, *, public: bool) -> dict[str, object]:
    counted = composition(jury, public=public)
    stages = stages_of(counted)
    return {
        "language": (get_language() or "fi")[:2],
        "text_language": language_of(jury),
        "organisation": jury.organisation.name,
        "kind": _("Composition report"),
        "title": jury.name,
        "lead": _(
            "How the population, those who registered and the panel are made up, criterion by"
            " criterion."
        ),
        "kept_back": _what_is_kept_back() if public else "",
        "headings": [_("Group"), _("Quota"), *(str(stage.label) for stage in stages)],
        "legend": [str(stage.label) for stage in stages],
        "criteria": [_criterion(criterion, stages) for criterion in counted],
        "changed_title": _("Quotas that were changed"),
        "changed": [
            {
                "day": date_format(one.at, "SHORT_DATE_FORMAT"),
                "changes": list(one.changes),
                "reason": one.reason,
            }
            for one in changed_quotas(jury)
        ],
        "page": _("Page"),
    }


def _what_is_kept_back() -> str:
    few = _("Counts below five are not shown, nor those from which they could be computed.")
    moving = _(
        "Those confirmed are counted here once every seat is settled, and those who took part"
        " after the last session."
    )
    return f"{few} {moving}"


def _criterion(criterion: CriterionCounts, stages: Sequence[Stage]) -> dict[str, object]:
    return {
        "name": criterion.name,
        "totals": [
            number_format(criterion.totals[stage]) if stage in criterion.totals else "–"
            for stage in stages
        ],
        "all": _("All"),
        "rows": [
            {
                "label": group.name,
                "quota": _quota(group),
                "cells": [
                    as_text(group.counts[stage], criterion.totals[stage])
                    if stage in group.counts
                    else "–"
                    for stage in stages
                ],
                "shares": [
                    round((group.counts.get(stage) or 0) / total, 4)
                    if (total := criterion.totals.get(stage, 0))
                    else 0
                    for stage in stages
                ],
            }
            for group in criterion.groups
        ],
    }


def _quota(group: GroupCounts) -> str:
    if group.minimum is None:
        return "–"
    if group.minimum == group.maximum:
        return str(group.minimum)
    return f"{group.minimum}–{group.maximum}"
