"""What the form still lacks: words in a language of the jury, and answers that are gone."""

from collections.abc import Collection, Iterator
from typing import Any

from django.utils.translation import gettext as _

from juries.models import FormSection, Jury, Question
from juries.models.translated import translated_name
from juries.questions.freezing import question_title
from juries.questions.kinds import Kind
from juries.questions.reading import form_of
from juries.questions.rules import keys_of


def missing(jury: Jury) -> list[str]:
    """A sentence for each thing without which the form cannot be opened to people."""
    return [sentence for _row, sentence in gaps(jury)]


def gaps(jury: Jury) -> Iterator[tuple[FormSection | Question, str]]:
    """The section or question, and the sentence, for each thing that is missing."""
    asked = {question.pk for page in form_of(jury) for question in page.questions}
    rows = Question.objects.filter(pk__in=asked).select_related("section", "criterion", "shown_if")
    ordered = rows.prefetch_related("choices", "criterion__values").order_by(
        "section__position", "section_id", "position", "pk"
    )
    seen: set[int] = set()
    for question in ordered:
        if question.section_id not in seen:
            seen.add(question.section_id)
            yield from _gaps_in_section(question.section, jury)
        yield from _gaps_in_question(question, jury)


def _gaps_in_section(section: FormSection, jury: Jury) -> Iterator[tuple[FormSection, str]]:
    lacking = _untranslated(section, "title", jury)
    if section.intro:
        lacking += _untranslated(section, "intro", jury)
    if lacking:
        yield (
            section,
            _("The section “%(section)s” lacks words in: %(languages)s.")
            % {"section": section.title, "languages": _named(lacking, jury)},
        )


def _gaps_in_question(question: Question, jury: Jury) -> Iterator[tuple[Question, str]]:
    title = question_title(question)
    lacking = _languages_without_words(question, jury)
    if lacking:
        yield (
            question,
            _("“%(question)s” lacks words in: %(languages)s.")
            % {"question": title, "languages": _named(lacking, jury)},
        )
    if question.shown_if and not set(question.shown_for) & keys_of(question.shown_if):
        yield (
            question,
            _("“%(question)s” is never asked: the answer it waits for is gone.")
            % {"question": title},
        )


def _languages_without_words(question: Question, jury: Jury) -> list[str]:
    """Languages in which the question, one of its choices or its help is without words."""
    named = question.criterion if question.kind == Kind.CRITERION and not question.label else None
    lacking = set(
        _untranslated(named, "name", jury) if named else _untranslated(question, "label", jury)
    )
    if question.help:
        lacking |= set(_untranslated(question, "help", jury))
    for choice in question.choices.all():
        lacking |= set(_untranslated(choice, "label", jury))
    if question.criterion:
        for value in question.criterion.values.all():
            lacking |= set(_untranslated(value, "name", jury))
    return sorted(lacking)


def _named(codes: Collection[str], jury: Jury) -> str:
    return ", ".join(translated_name(code) for code in jury.languages if code in codes)


def _untranslated(row: Any, name: str, jury: Jury) -> list[str]:
    return [code for code in jury.languages if not getattr(row, f"{name}_{code}")]
