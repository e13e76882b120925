"""The form as the organiser sees it: every section and question, and what can be done with each."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from juries.enums import Stage
from juries.models import Choice, CriterionValue, FormSection, Jury, Question
from juries.questions.freezing import WORDED_UNTIL, answered, question_title
from juries.questions.gaps import gaps
from juries.questions.kinds import ALWAYS_ASKED, ASKED_OFTEN, NO, YES, Kind
from juries.questions.reading import needed_kinds


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question: what it is, how it stands, and which buttons it has."""

    question: Question
    title: str
    facts: tuple[str, ...]
    gaps: tuple[str, ...]
    on: bool
    can_turn: bool
    can_go: bool
    can_move: bool


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One section with its questions."""

    section: FormSection
    gaps: tuple[str, ...]
    rows: tuple[QuestionRow, ...]

    @property
    def title(self) -> str:
        return self.section.title or _("Section without a heading")


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole form, and how much of it can be changed at this stage."""

    sections: tuple[SectionRow, ...]
    building: bool
    wording: bool


def outline(jury: Jury) -> Outline:
    """The form in order; a few queries, however long it is."""
    lacking: dict[FormSection | Question, list[str]] = {}
    for row, sentence in gaps(jury):
        lacking.setdefault(row, []).append(sentence)
    reader = _Reader(jury, lacking)
    sections = jury.form_sections.prefetch_related(
        "questions__choices", "questions__criterion__values", "questions__shown_if__criterion"
    )
    return Outline(
        sections=tuple(
            SectionRow(
                section,
                tuple(lacking.get(section, ())),
                tuple(reader.row(question) for question in section.questions.all()),
            )
            for section in sections
        ),
        building=reader.building,
        wording=jury.stage in WORDED_UNTIL,
    )


class _Reader:
    """What is asked of the jury once, for all its questions."""

    def __init__(self, jury: Jury, lacking: dict[FormSection | Question, list[str]]) -> None:
        self.building = jury.stage == Stage.SETTING_UP
        self.wording = jury.stage in WORDED_UNTIL
        self.needed = needed_kinds(jury) | ALWAYS_ASKED
        self.answered = set(answered(jury).values_list("pk", flat=True))
        self.lacking = lacking
        self.one_language = len(jury.languages) < 2

    def row(self, question: Question) -> QuestionRow:
        needed, known = question.kind in self.needed, question.pk in self.answered
        on = question.on or needed
        if question.kind == Kind.LANGUAGE:
            on = not self.one_language
        return QuestionRow(
            question=question,
            title=question_title(question),
            facts=tuple(self._facts(question)),
            gaps=tuple(self.lacking.get(question, ())),
            on=on,
            can_turn=not needed and self._can_turn(question, known=known),
            can_go=self.building and not known and question.kind in ASKED_OFTEN,
            can_move=self.building,
        )

    def _can_turn(self, question: Question, *, known: bool) -> bool:
        if self.building:
            return True
        return self.wording and (not question.required if question.on else known)

    def _facts(self, question: Question) -> Iterator[str]:
        kind = capfirst(question.get_kind_display())
        if kind != question_title(question):
            yield kind
        if question.kind in self.needed or question.required:
            yield _("must be answered")
        if question.shown_if:
            yield _("asked only if “%(question)s” is answered: %(answers)s") % {
                "question": question_title(question.shown_if),
                "answers": ", ".join(said(question.shown_if, question.shown_for)),
            }
        if question.stops_for:
            yield _("ends the registration if answered: %(answers)s") % {
                "answers": ", ".join(said(question, question.stops_for))
            }
        if question.pk in self.answered:
            yield _("has been answered")


def said(question: Question, keys: list[str]) -> list[str]:
    """The answers of these keys in words."""
    return [words for key, words in answers_of(question) if key in keys]


def answers_of(question: Question) -> list[tuple[str, str]]:
    """The answers that can be chosen: key and words."""
    if question.kind == Kind.YES_NO:
        return [(YES, _("Yes")), (NO, _("No"))]
    rows: list[Choice | CriterionValue] = [*question.choices.all()]
    if question.criterion:
        rows += question.criterion.values.all()
    return [(row.key, str(row)) for row in rows]
