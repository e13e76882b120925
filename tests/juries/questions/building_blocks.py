"""A form to build on: its rows by name, and facts for a question."""

from typing import Any

from juries.models import FormSection, Jury, Question
from juries.questions.rules import ChoiceWords, QuestionFacts
from juries.questions.standard import ensure_form


def sections_of(jury: Jury) -> list[FormSection]:
    if not jury.form_sections.exists():
        ensure_form(jury)
    return list(jury.form_sections.all())


def question_of(jury: Jury, kind: str, **facts: Any) -> Question:
    sections_of(jury)
    return Question.objects.filter(section__jury=jury, kind=kind, **facts).first()


def facts(label: str = "Kysymys", **given: Any) -> QuestionFacts:
    words = {"label_fi": label, "label_sv": f"{label} (sv)", "help_fi": "", "help_sv": ""}
    return QuestionFacts(words=words, **given)


def facts_of(question: Question, **changed: Any) -> QuestionFacts:
    """The facts as they stand, but for those changed."""
    names = [f"{name}_{code}" for name in ("label", "help") for code in ("fi", "sv")]
    standing = {
        "words": {name: getattr(question, name) for name in names},
        "choices": [
            ChoiceWords({"label_fi": one.label_fi, "label_sv": one.label_sv}, one.key)
            for one in question.choices.all()
        ],
        **{
            name: getattr(question, name)
            for name in ("required", "on", "sensitive", "legal_basis", "shown_if", "shown_for")
        },
        "stops_for": question.stops_for,
    }
    return QuestionFacts(**{**standing, **changed})


def choice(words: str, **given: Any) -> ChoiceWords:
    return ChoiceWords({"label_fi": words, "label_sv": f"{words} (sv)"}, **given)
