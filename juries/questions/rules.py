"""What a question may be: a sentence for each thing that does not fit together."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from juries.enums import LegalBasis
from juries.models import Jury, Question
from juries.questions.kinds import ALWAYS_ASKED, DECIDING, NO, STOPPING, WITH_CHOICES, YES, Kind

MOST_QUESTIONS = 60
MOST_CHOICES = 40
FEWEST_CHOICES = 2


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """One choice as it was typed: its words per language, its key if it stood already."""

    words: dict[str, str]
    key: str = ""
    stops: bool = False


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """Everything about a question that an organiser decides."""

    words: dict[str, str]
    required: bool = False
    on: bool = True
    sensitive: bool = False
    legal_basis: str = LegalBasis.PUBLIC_TASK
    shown_if: Question | None = None
    shown_for: Sequence[str] = ()
    stops_for: Sequence[str] = ()
    choices: Sequence[ChoiceWords] = field(default_factory=tuple)

    @property
    def stops(self) -> bool:
        """Whether an answer ends the registration."""
        return bool(self.stops_for) or any(choice.stops for choice in self.choices)

    def columns(self, kind: str, keys: Sequence[str] = ()) -> dict[str, Any]:
        """The columns of the row; ``keys`` are those of the choices, in their order.

        A question that can end the registration has to be answered.
        """
        chosen = [key for key, one in zip(keys, self.choices, strict=False) if one.stops]
        return {
            **self.words,
            "required": self.required or self.stops or kind in ALWAYS_ASKED,
            "on": self.on or kind in ALWAYS_ASKED,
            "sensitive": self.sensitive,
            "legal_basis": self.legal_basis,
            "shown_if": self.shown_if,
            "shown_for": sorted(self.shown_for) if self.shown_if else [],
            "stops_for": sorted([*self.stops_for, *chosen]),
        }


def objections(kind: str, facts: QuestionFacts) -> Iterator[tuple[str, str]]:
    """What is wrong: the field and the sentence, for each."""
    yield from _objections_to_words(kind, facts)
    yield from _objections_to_basis(kind, facts)
    yield from _objections_to_condition(kind, facts)
    if facts.stops and kind not in STOPPING:
        yield "stops_for", _("Only a choice or a yes-or-no question can end a registration.")


def _objections_to_words(kind: str, facts: QuestionFacts) -> Iterator[tuple[str, str]]:
    labels = [text for name, text in facts.words.items() if name.startswith("label_")]
    if kind != Kind.CRITERION and not any(labels):
        first = next(name for name in facts.words if name.startswith("label_"))
        yield first, _("Write the question in at least one language.")
    if kind in WITH_CHOICES and not FEWEST_CHOICES <= len(facts.choices) <= MOST_CHOICES:
        yield (
            "choices",
            _("Give from %(fewest)s to %(most)s choices.")
            % {"fewest": FEWEST_CHOICES, "most": MOST_CHOICES},
        )
    if any(not any(choice.words.values()) for choice in facts.choices):
        yield "choices", _("A choice needs words in at least one language.")


def _objections_to_basis(kind: str, facts: QuestionFacts) -> Iterator[tuple[str, str]]:
    explicit = facts.legal_basis == LegalBasis.EXPLICIT_CONSENT
    if facts.sensitive and not explicit:
        yield "legal_basis", _("A sensitive question may be asked only with explicit consent.")
    if explicit and not facts.sensitive:
        yield "legal_basis", _("Explicit consent is for questions marked as sensitive.")
    if kind == Kind.CONSENT and facts.legal_basis != LegalBasis.CONSENT:
        yield "legal_basis", _("The legal basis of a consent is consent.")
    if kind in ALWAYS_ASKED and facts.legal_basis == LegalBasis.CONSENT:
        yield "legal_basis", _("What is always asked cannot rest on consent.")
    free = facts.legal_basis != LegalBasis.PUBLIC_TASK
    if free and facts.required and kind not in ALWAYS_ASKED:
        yield "required", _("Consent is free only if one can leave the question unanswered.")
    if free and facts.stops:
        yield "stops_for", _("Consent is free only if no answer ends the registration.")


def _objections_to_condition(kind: str, facts: QuestionFacts) -> Iterator[tuple[str, str]]:
    followed = facts.shown_if
    if followed is None:
        return
    if kind in ALWAYS_ASKED:
        yield "shown_if", _("This is always asked.")
    elif followed.kind not in DECIDING:
        yield "shown_if", _("Choose a question whose answer is chosen from a list.")
    elif not followed.on:
        yield "shown_if", _("“%(question)s” is turned off.") % {"question": followed}
    elif not facts.shown_for:
        yield "shown_for", _("Choose the answers with which this is asked.")
    elif set(facts.shown_for) - keys_of(followed):
        yield "shown_for", _("These are not answers to “%(question)s”.") % {"question": followed}


def keys_of(question: Question) -> set[str]:
    """The keys of the answers that can be chosen."""
    if question.kind == Kind.YES_NO:
        return {YES, NO}
    if question.criterion:
        return set(question.criterion.values.values_list("key", flat=True))
    return set(question.choices.values_list("key", flat=True))


def misplaced(order: Sequence[Question]) -> tuple[Question, Question] | None:
    """A question that would come before the one it waits for, and that one."""
    places = {question.pk: place for place, question in enumerate(order)}
    for place, question in enumerate(order):
        if question.shown_if_id and places.get(question.shown_if_id, -1) > place:
            return question, order[places[question.shown_if_id]]
    return None


def may_precede(jury: Jury, question: Question | None, section: int) -> Collection[Question]:
    """The questions on whose answer one at this place can depend: those that come earlier."""
    rows = Question.objects.filter(section__jury=jury, on=True, kind__in=DECIDING)
    # Of a yes-or-no question that ends the registration only one answer goes on.
    rows = rows.exclude(Q(kind=Kind.YES_NO) & ~Q(stops_for=[]))
    ordered = list(
        rows.select_related("section", "criterion").order_by(
            "section__position", "section_id", "position", "pk"
        )
    )
    place = _place(question, section, jury)
    return [row for row in ordered if (row.section.position, row.section_id, row.position) < place]


def _place(question: Question | None, section: int, jury: Jury) -> tuple[int, int, int]:
    """Where the question stands, or where a new one would: last in its section."""
    if question:
        return (question.section.position, question.section_id, question.position)
    position = jury.form_sections.get(pk=section).position
    return (position, section, MOST_QUESTIONS * 100)
