"""A jury is copied: everything that was set up for it, nothing that people did in it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models, transaction

from juries.audit import record
from juries.commission.setting_up import TEXTS, free_slug, made_by
from juries.commission.timetable import LABELS
from juries.models import (
    Choice,
    Criterion,
    CriterionValue,
    ExclusionRule,
    FormSection,
    Jury,
    Organisation,
    Question,
    User,
    Wording,
)
from juries.models.translated import LANGUAGE_CODES

SETTINGS = (
    "kind",
    "languages",
    "commissioner",
    "receiver",
    "first_contact",
    "first_contact_email",
    "first_contact_phone",
    "fee_euros",
    "panel_size",
    "quota_band",
    "invitation_only",
    "code_use",
    "minimum_age",
    "guardian_below",
    "answer_days",
    "one_per_household",
    "confirm_email",
    "show_reach",
    "retention",
    *(f"{text}_{code}" for text in TEXTS for code in LANGUAGE_CODES),
)
# What belongs to a jury by being set up, each kind of row after those it refers to.
PARTS: tuple[tuple[type[models.Model], str], ...] = (
    (Criterion, "jury"),
    (CriterionValue, "criterion__jury"),
    (ExclusionRule, "jury"),
    (FormSection, "jury"),
    (Question, "section__jury"),
    (Choice, "question__section__jury"),
    (Wording, "jury"),
)

type Copies = dict[type[models.Model], dict[Any, Any]]


@transaction.atomic
def copy_jury(
    *,
    jury: Jury,
    names: Mapping[str, str],
    first_session_on: date,
    by: User,
    submission: UUID | None = None,
) -> Jury:
    """A new jury has the settings, criteria, form and wordings of ``jury`` and none of its people.

    Its dates lie as far from its own first session; the same ``submission``, sent twice, makes
    one copy.
    """
    Organisation.objects.select_for_update().get(pk=jury.organisation_id)
    made = made_by(submission, jury.organisation)
    if made:
        return made
    settings = {name: getattr(jury, name) for name in SETTINGS}
    copy = Jury.objects.create(
        organisation=jury.organisation,
        slug=free_slug(next(name for name in names.values() if name)),
        submission=submission,
        copied_from=jury,
        **settings | dict(names) | _moved(jury, first_session_on),
    )
    copies: Copies = {Jury: {jury.pk: copy.pk}}
    for model, way in PARTS:
        copies[model] = {}
        _copy_rows(model, model._default_manager.filter(**{way: jury}).order_by("pk"), copies)
    record("jury.copied", jury=copy, by=by, copied_from=jury.slug)
    return copy


def _moved(jury: Jury, first_session_on: date) -> dict[str, date]:
    """Every date as far from the new first session as it was from the old one."""
    shift = first_session_on - jury.first_session_on
    return {name: getattr(jury, name) + shift for name in LABELS if getattr(jury, name)}


def _copy_rows(model: type[models.Model], rows: Iterable[models.Model], copies: Copies) -> None:
    """Each row stands once more among the copies; those that others refer to come first."""
    waiting = list(rows)
    while waiting:
        ready = [row for row in waiting if _refers_back(row, copies)]
        for row in ready or waiting:
            copies[model][row.pk] = model._default_manager.create(**_columns(row, copies)).pk
        waiting = [row for row in waiting if row.pk not in copies[model]]


def _refers_back(row: models.Model, copies: Copies) -> bool:
    """Whether the rows of its own kind that ``row`` refers to have been copied."""
    known = copies[type(row)]
    return all(
        getattr(row, field.attname) in {None, *known}
        for field in _references(row)
        if field.related_model is type(row)
    )


def _columns(row: models.Model, copies: Copies) -> dict[str, Any]:
    columns = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    for field in _references(row):
        columns[field.attname] = copies[field.related_model].get(columns[field.attname])
    return columns


def _references(row: models.Model) -> Iterator[Any]:
    """The row's references to rows that are copied too."""
    kinds = {Jury, *(model for model, _way in PARTS)}
    return (field for field in row._meta.concrete_fields if field.related_model in kinds)
