"""The demo juries are commissioned: their quotas, their areas and their forms, deed by deed."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from juries.commission import setting_up
from juries.commission.kinds import TEMPLATES
from juries.enums import Kind, Stage
from juries.files.quota_files import population_rows
from juries.files.tables import read_table
from juries.models import Criterion, CriterionValue, FormSection, Jury, Organisation, Question, User
from juries.questions import building
from juries.questions.rules import ChoiceWords, QuestionFacts
from juries.questions.standard import ensure_form
from juries.targets import criteria
from juries.targets.grouping import Placing, place_groups
from statements.demo import clock, town
from statements.demo import recruitment_texts as texts

LANGUAGES = ("fi", "sv", "en")
TURNED_ON = ("Katuosoite", "Minulle saa kertoa seuraavasta raadista.")


def commissioned(organiser: User, names: Mapping[str, str], *, on: date, **facts: Any) -> Jury:
    """The jury of those names, with its quotas and its form; what is missing is made."""
    organisation = Organisation.objects.get(slug="kaarnalahti")
    jury = organisation.juries.filter(name_fi=names["name_fi"]).first()
    with clock.at(on):
        if jury is None:
            jury = setting_up.create_jury(
                organisation=organisation,
                by=organiser,
                facts={
                    "languages": list(LANGUAGES),
                    "panel_size": 30,
                    "first_contact": "Orvokki Alkulähde",
                    "first_contact_email": "raati@kaarnalahti.example",
                    "fee_euros": 160,
                    **names,
                    **facts,
                },
            )
        if jury.stage == Stage.SETTING_UP:
            _set_quotas(jury, organiser)
            _turn_questions_on(jury, organiser)
            jury.refresh_from_db()
    return jury


def opened(jury: Jury, *, on: date, by: User) -> Jury:
    """The jury with registration open, or further."""
    if jury.stage == Stage.SETTING_UP:
        with clock.at(on):
            setting_up.open_registration(jury=jury, by=by)
    jury.refresh_from_db()
    return jury


def parish_council(organiser: User) -> Jury:
    """A jury that has only just been begun: its home says what is still missing."""
    organisation = Organisation.objects.get(slug="kaarnalahti")
    standing = organisation.juries.filter(name_fi=texts.PARISH["name_fi"]).first()
    if standing:
        return standing
    template = TEMPLATES[Kind.PITAJARAATI]
    return setting_up.create_jury(
        organisation=organisation,
        by=organiser,
        facts={
            **template.facts(timezone.localdate() + timedelta(days=120)),
            **texts.PARISH,
            "languages": ["fi", "sv"],
            "commissioner": "Lähidemokratiajaosto",
        },
    )


def ask_own_questions(jury: Jury, *, on: date, by: User) -> None:
    """The form has a question of the jury's own, and one more for those who choose some answers."""
    questions = Question.objects.filter(section__jury=jury)
    if jury.stage != Stage.SETTING_UP or questions.filter(kind=Question.Kind.TEXT).exists():
        return
    with clock.at(on):
        ensure_form(jury)
        last = questions.filter(kind=Question.Kind.CRITERION).select_related("section").last()
        if last:
            _ask(last.section, by)


def _ask(section: FormSection, by: User) -> None:
    question = building.add_question(
        section=section,
        kind=Question.Kind.CHOICE,
        facts=QuestionFacts(words=texts.OWN_QUESTION, choices=_choices()),
        by=by,
    )
    building.add_question(
        section=section,
        kind=Question.Kind.TEXT,
        facts=QuestionFacts(
            words=texts.FOLLOWING_QUESTION, shown_if=question, shown_for=texts.BY_TIMETABLE
        ),
        by=by,
    )


def _choices() -> list[ChoiceWords]:
    return [
        ChoiceWords({f"label_{code}": word for code, word in zip(LANGUAGES, words, strict=True)})
        for words in texts.WAYS_OF_TRAVEL
    ]


def _turn_questions_on(jury: Jury, by: User) -> None:
    for question in Question.objects.filter(
        section__jury=jury, label_fi__in=TURNED_ON, on=False
    ).select_related("section__jury"):
        building.turn(question=question, on=True, by=by)


def _set_quotas(jury: Jury, organiser: User) -> None:
    if jury.criteria.exists():
        return
    rows = population_rows(read_table(town.population_table().encode(), file="vaesto.csv"))
    criteria.set_from_population(jury=jury, rows=rows, band=1, by=organiser)
    for criterion in Criterion.objects.filter(jury=jury):
        _name(criterion, town.CRITERIA[criterion.key])
    for value in CriterionValue.objects.filter(criterion__jury=jury):
        _name(value, town.VALUES[value.key])
    area = jury.criteria.get(key="alue")
    place_groups(
        jury=jury,
        criterion=area,
        source=Criterion.Source.POSTAL_CODE,
        placings=[
            Placing(value.pk, postal_codes=town.POSTAL_CODES[value.key])
            for value in area.values.all()
        ],
        by=organiser,
    )


def _name(row: Criterion | CriterionValue, names: tuple[str, str, str]) -> None:
    row.name_fi, row.name_sv, row.name_en = names
    row.save(update_fields=["name_fi", "name_sv", "name_en"])
