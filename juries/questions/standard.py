"""The form that a jury begins with, as rows that an organiser can change."""

from django.db import transaction
from django.db.models import F

from juries.models import Choice, Criterion, FormSection, Jury, Question
from juries.models.translated import LANGUAGE_CODES
from juries.questions.standard_texts import (
    BACKGROUND,
    STANDARD,
    StandardQuestion,
    StandardSection,
    in_columns,
)


@transaction.atomic
def ensure_form(jury: Jury) -> None:
    """The jury has a form, and in it exactly one question for each criterion that is asked."""
    Jury.objects.select_for_update().get(pk=jury.pk)
    if not FormSection.objects.filter(jury=jury).exists():
        for position, section in enumerate(STANDARD):
            _make_section(jury, section, position)
    _follow_criteria(jury)
    touch(jury)


def touch(jury: Jury) -> None:
    """Whoever kept a reading of the form reads it anew."""
    Jury.objects.filter(pk=jury.pk).update(form_stamp=F("form_stamp") + 1)


def _make_section(jury: Jury, section: StandardSection, position: int) -> FormSection:
    made = FormSection.objects.create(
        jury=jury,
        position=position,
        **in_columns("title", section.title),
        **in_columns("intro", section.intro),
    )
    for place, question in enumerate(section.questions):
        _make_question(made, question, place)
    return made


def _make_question(section: FormSection, standard: StandardQuestion, position: int) -> None:
    organisation = section.jury.organisation
    places = {
        code: getattr(organisation, f"name_{code}") or organisation.name_fi
        for code in LANGUAGE_CODES
    }
    question = Question.objects.create(
        section=section,
        position=position,
        kind=standard.kind,
        required=standard.required,
        on=standard.on,
        sensitive=standard.sensitive,
        legal_basis=standard.legal_basis,
        stops_for=list(standard.stops_for),
        **in_columns("label", standard.label, **places),
        **in_columns("help", standard.help),
    )
    Choice.objects.bulk_create(
        Choice(question=question, position=place, key=key, **in_columns("label", texts))
        for place, (key, texts) in enumerate((standard.choices or {}).items())
    )


def _follow_criteria(jury: Jury) -> None:
    """A question goes with its criterion by itself; here it goes when it is no longer asked."""
    questions = Question.objects.filter(section__jury=jury, kind=Question.Kind.CRITERION)
    questions.exclude(criterion__source=Criterion.Source.ASKED).delete()
    asked = set(questions.values_list("criterion_id", flat=True))
    fresh = [
        criterion
        for criterion in jury.criteria.filter(source=Criterion.Source.ASKED)
        if criterion.pk not in asked
    ]
    if not fresh:
        return
    section = _section_of_criteria(jury)
    last = section.questions.order_by("position").last()
    for position, criterion in enumerate(fresh, start=last.position + 1 if last else 0):
        Question.objects.create(
            section=section,
            position=position,
            kind=Question.Kind.CRITERION,
            criterion=criterion,
            required=True,
        )


def _section_of_criteria(jury: Jury) -> FormSection:
    """Where the other criteria are asked, else the standard section for them, else a new one."""
    sections = FormSection.objects.filter(jury=jury)
    found = (
        sections.filter(questions__kind=Question.Kind.CRITERION).last()
        or sections.filter(title_fi=BACKGROUND.title[0]).first()
    )
    return found or _make_section(
        jury, StandardSection(BACKGROUND.title, BACKGROUND.intro, ()), sections.count()
    )
