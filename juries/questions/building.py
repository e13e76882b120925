"""Building the form: questions come, change, are turned off and go."""

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from juries.audit import record
from juries.enums import Stage
from juries.errors import JuryError
from juries.models import Choice, Consent, FormSection, Jury, Question, User
from juries.models.translated import LANGUAGE_CODES
from juries.questions.freezing import (
    answered,
    locked_for_building,
    locked_for_wording,
    question_title,
    refuse_followed,
    refuse_removal,
)
from juries.questions.kinds import ALWAYS_ASKED, ASKED_ONCE, CONTACTS, Kind
from juries.questions.reading import needed_kinds
from juries.questions.rules import MOST_QUESTIONS, ChoiceWords, QuestionFacts, objections
from juries.questions.standard import touch

# What an answer means: fixed as soon as somebody has answered, or registration is open.
MEANING = ("required", "sensitive", "legal_basis", "shown_if", "shown_for", "stops_for")


@transaction.atomic
def add_question(*, section: FormSection, kind: str, facts: QuestionFacts, by: User) -> Question:
    """The section asks one thing more, last."""
    jury = locked_for_building(section.jury)
    _refuse_objections(kind, facts)
    questions = Question.objects.filter(section__jury=jury)
    if questions.count() >= MOST_QUESTIONS:
        raise JuryError(_("A form has at most %(most)s questions.") % {"most": MOST_QUESTIONS})
    if kind == Kind.CRITERION or (kind in ASKED_ONCE and questions.filter(kind=kind).exists()):
        raise JuryError(_("This is in the form already."))
    keys = _keys((), facts.choices)
    last = section.questions.aggregate(last=Max("position"))["last"]
    question = Question.objects.create(
        section=section,
        position=0 if last is None else last + 1,
        kind=kind,
        **facts.columns(kind, keys),
    )
    _write_choices(question, {}, keys, facts)
    _built("form.question_added", jury, question, by)
    return question


@transaction.atomic
def change_question(*, question: Question, facts: QuestionFacts, by: User) -> Question:
    """The question is as the facts say; other words make another version of it.

    Once it has been answered or registration is open, what an answer means stays.
    """
    jury = locked_for_wording(question.section.jury)
    question = Question.objects.select_related("section").get(pk=question.pk)
    _refuse_objections(question.kind, facts)
    standing = {choice.key: choice for choice in question.choices.all()}
    keys = _keys(standing, facts.choices)
    columns = facts.columns(question.kind, keys)
    changed = [name for name, value in columns.items() if getattr(question, name) != value]
    if is_fixed(question, jury):
        _refuse_change(changed, standing, keys)
    if "on" in changed:
        _refuse_turning(question, jury, on=facts.on)
    for name in changed:
        setattr(question, name, columns[name])
    if _write_choices(question, standing, keys, facts):
        changed.append("choices")
    if any(name.startswith(("label_", "help_", "choices")) for name in changed):
        question.version += 1
    if changed:
        question.save()
        _built("form.question_changed", jury, question, by, fields=changed)
    return question


@transaction.atomic
def turn(*, question: Question, on: bool, by: User) -> Question:
    """The question is asked from now on, or is not."""
    jury = locked_for_wording(question.section.jury)
    question = Question.objects.select_related("section").get(pk=question.pk)
    if question.on == on:
        return question
    _refuse_turning(question, jury, on=on)
    question.on = on
    question.save(update_fields=["on"])
    _built("form.question_turned_on" if on else "form.question_turned_off", jury, question, by)
    return question


@transaction.atomic
def remove_question(*, question: Question, by: User) -> None:
    """The form does not have the question any more; refused if somebody has answered it."""
    jury = locked_for_building(question.section.jury)
    refuse_removal(question, jury)
    # Whoever consented did so on trial.
    Consent.objects.filter(text__question=question).delete()
    _built("form.question_removed", jury, question, by)
    question.delete()


def is_fixed(question: Question, jury: Jury) -> bool:
    """Whether only the words of the question can be corrected."""
    return jury.stage != Stage.SETTING_UP or answered(jury).filter(pk=question.pk).exists()


def _refuse_turning(question: Question, jury: Jury, *, on: bool) -> None:
    if on:
        if jury.stage != Stage.SETTING_UP and not answered(jury).filter(pk=question.pk).exists():
            raise JuryError(_("Registration is open: a new question would be asked of some only."))
        return
    if question.kind in needed_kinds(jury) | ALWAYS_ASKED:
        raise JuryError(
            _("“%(question)s” is always asked.") % {"question": question_title(question)}
        )
    if jury.stage != Stage.SETTING_UP and question.required:
        raise JuryError(
            _("Registration is open: a question that has to be answered cannot be turned off.")
        )
    others = Question.objects.filter(section__jury=jury, kind__in=CONTACTS, on=True)
    if question.kind in CONTACTS and not others.exclude(pk=question.pk).exists():
        raise JuryError(
            _("Ask for an e-mail address or a phone number, so that people can be reached.")
        )
    refuse_followed(question)


def _refuse_objections(kind: str, facts: QuestionFacts) -> None:
    for _field, sentence in objections(kind, facts):
        raise JuryError(sentence)


def _keys(standing: Collection[str], wanted: Sequence[ChoiceWords]) -> list[str]:
    """A key for each choice: its own if it stood already, so that answers keep their meaning."""
    keys: list[str] = []
    for choice in wanted:
        known = choice.key in standing and choice.key not in keys
        keys.append(choice.key if known else _new_key(choice, {*standing, *keys}))
    return keys


def _new_key(choice: ChoiceWords, taken: Collection[str]) -> str:
    texts = (choice.words.get(f"label_{code}", "") for code in LANGUAGE_CODES)
    wanted = slugify(next((text for text in texts if text), ""))[:40] or "choice"
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (wanted, *numbered) if key not in taken)


def _write_choices(
    question: Question, standing: Mapping[str, Choice], keys: list[str], facts: QuestionFacts
) -> bool:
    """The question has the choices of these keys, in order; whether anything has changed."""
    gone = [choice.pk for key, choice in standing.items() if key not in keys]
    Choice.objects.filter(pk__in=gone).delete()
    changed = bool(gone)
    for position, (key, words) in enumerate(zip(keys, facts.choices, strict=True)):
        choice = standing.get(key) or Choice(question=question, key=key)
        wanted = {"position": position, **words.words}
        if choice.pk is None or any(getattr(choice, name) != wanted[name] for name in wanted):
            for name, value in wanted.items():
                setattr(choice, name, value)
            choice.save()
            changed = True
    return changed


def _refuse_change(
    changed: Collection[str], standing: Collection[str], keys: Collection[str]
) -> None:
    if set(changed) & set(MEANING) or set(standing) != set(keys):
        raise JuryError(
            _("People are answering this question already, so only its words can be corrected.")
        )


def _built(verb: str, jury: Jury, question: Question, by: User, **facts: object) -> None:
    touch(jury)
    record(verb, jury=jury, by=by, question=question.pk, kind=question.kind, **facts)
