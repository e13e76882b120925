"""Sections of the form, and the order of everything in it."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.models import FormSection, Jury, Question, User
from juries.questions.freezing import locked_for_building, locked_for_wording, question_title
from juries.questions.rules import misplaced
from juries.questions.standard import touch

UP, DOWN = -1, 1
MOST_SECTIONS = 12


@transaction.atomic
def add_section(*, jury: Jury, words: Mapping[str, str], by: User) -> FormSection:
    """The form has one page more, the last."""
    jury = locked_for_building(jury)
    sections = _sections(jury)
    if len(sections) >= MOST_SECTIONS:
        raise JuryError(_("A form has at most %(most)s sections.") % {"most": MOST_SECTIONS})
    section = FormSection.objects.create(jury=jury, position=len(sections), **words)
    _write_order(sections)
    _arranged("form.section_added", jury, section, by)
    return section


@transaction.atomic
def change_section(*, section: FormSection, words: Mapping[str, str], by: User) -> FormSection:
    """The section has these words."""
    jury = locked_for_wording(section.jury)
    changed = [name for name, text in words.items() if getattr(section, name) != text]
    for name in changed:
        setattr(section, name, words[name])
    if changed:
        section.save(update_fields=changed)
        _arranged("form.section_changed", jury, section, by)
    return section


@transaction.atomic
def remove_section(*, section: FormSection, by: User) -> None:
    """The form does not have the section any more; refused while there are questions in it."""
    jury = locked_for_building(section.jury)
    if section.questions.exists():
        raise JuryError(_("Move or remove the questions of the section first."))
    _arranged("form.section_removed", jury, section, by)
    section.delete()
    _write_order(_sections(jury))


@transaction.atomic
def move_section(*, section: FormSection, step: int, by: User) -> None:
    """The section has changed places with its neighbour (``UP`` or ``DOWN``), if it has one."""
    jury = locked_for_building(section.jury)
    sections = _sections(jury)
    place = sections.index(section)
    if not 0 <= place + step < len(sections):
        return
    sections[place], sections[place + step] = sections[place + step], sections[place]
    _refuse_misplaced([one for part in sections for one in part.questions.all()])
    _write_order(sections)
    _arranged("form.section_moved", jury, section, by)


@transaction.atomic
def move_question(*, question: Question, section: FormSection, place: int, by: User) -> None:
    """The question stands in the section, at that place among the others (0 is first)."""
    jury = locked_for_building(question.section.jury)
    sections = _sections(jury)
    lists = {
        part.pk: [one for one in part.questions.all() if one.pk != question.pk] for part in sections
    }
    moved = Question.objects.select_related("criterion").get(pk=question.pk)
    lists[section.pk].insert(max(place, 0), moved)
    _refuse_misplaced([one for part in sections for one in lists[part.pk]])
    moved.section = section
    for position, one in enumerate(lists[section.pk]):
        one.position = position
        one.save(update_fields=["position", "section"])
    _arranged("form.question_moved", jury, moved.section, by, question=moved.pk)


def step_question(*, question: Question, step: int, by: User) -> None:
    """The question is one place further up or down; past the end of a section, in the next."""
    sections = _sections(question.section.jury)
    part = next(place for place, one in enumerate(sections) if one.pk == question.section_id)
    rows = list(sections[part].questions.all())
    place = rows.index(question) + step
    if 0 <= place < len(rows):
        move_question(question=question, section=sections[part], place=place, by=by)
    elif 0 <= part + step < len(sections):
        target = sections[part + step]
        end = target.questions.count() if step == UP else 0
        move_question(question=question, section=target, place=end, by=by)


def _sections(jury: Jury) -> list[FormSection]:
    return list(jury.form_sections.prefetch_related("questions__criterion"))


def _write_order(sections: list[FormSection]) -> None:
    for position, section in enumerate(sections):
        if section.position != position:
            section.position = position
            section.save(update_fields=["position"])


def _refuse_misplaced(order: list[Question]) -> None:
    pair = misplaced(order)
    if pair:
        follower, followed = (question_title(one) for one in pair)
        raise JuryError(
            _("“%(follower)s” depends on the answer to “%(followed)s”, so it has to come after it.")
            % {"follower": follower, "followed": followed}
        )


def _arranged(verb: str, jury: Jury, section: FormSection, by: User, **facts: object) -> None:
    touch(jury)
    record(verb, jury=jury, by=by, section=section.pk, **facts)
