import pytest
from django.utils import translation

from juries.enums import LegalBasis, Stage
from juries.errors import JuryError
from juries.models import Answer, Jury, Question
from juries.questions import building
from juries.questions.arranging import (
    DOWN,
    UP,
    add_section,
    move_question,
    move_section,
    remove_section,
    step_question,
)
from juries.questions.gaps import missing
from juries.questions.reading import form_of
from juries.questions.rules import ChoiceWords, QuestionFacts
from tests import factories
from tests.juries.questions.building_blocks import (
    choice,
    facts,
    facts_of,
    question_of,
    sections_of,
)

Kind = Question.Kind
NO_WORDS = ChoiceWords({"label_fi": "", "label_sv": ""})


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def by(jury):
    return factories.make_user()


@pytest.fixture
def bus(jury, by):
    """A choice question of the jury's own, in the section of the criteria."""
    return building.add_question(
        section=sections_of(jury)[2],
        kind=Kind.CHOICE,
        facts=facts("Bussi", choices=[choice("Joka päivä"), choice("Joskus")]),
        by=by,
    )


def open_for_people(jury):
    Jury.objects.filter(pk=jury.pk).update(stage=Stage.REGISTRATION)


def answered_by_somebody(question, **who):
    jury = question.section.jury
    registrant = factories.make_registrants(jury, [("woman", "young")], **who)[0]
    Answer.objects.create(registrant=registrant, question=question, content="joskus")


def order(jury):
    return [
        [question.name for question in page.questions if question.kind != Kind.CRITERION]
        for page in form_of(jury)
    ]


def test_a_question_is_asked_last_in_its_section(jury, bus):
    last = form_of(jury)[2].questions[-1]

    assert last.pk == bus.pk
    assert [option.key for option in last.options] == ["joka-paiva", "joskus"]
    assert jury.audit_entries.filter(verb="form.question_added", facts__question=bus.pk).exists()


def test_choices_of_the_same_words_have_keys_of_their_own(jury, by):
    twice = [choice("Ehkä"), choice("Ehkä"), choice("日本")]
    question = building.add_question(
        section=sections_of(jury)[0], kind=Kind.CHOICE, facts=facts(choices=twice), by=by
    )

    assert [one.key for one in question.choices.all()] == ["ehka", "ehka-2", "choice"]


@pytest.mark.parametrize(
    ("kind", "given", "sentence"),
    [
        (Kind.TEXT, {"words": {"label_fi": "", "label_sv": ""}}, "at least one language"),
        (Kind.CHOICE, {"choices": [choice("yksi")]}, "from 2 to 40"),
        (Kind.CHOICE, {"choices": [choice("yksi"), NO_WORDS]}, "A choice needs words"),
        (Kind.TEXT, {"sensitive": True}, "explicit consent"),
        (Kind.TEXT, {"legal_basis": LegalBasis.EXPLICIT_CONSENT}, "marked as sensitive"),
        (Kind.CONSENT, {}, "basis of a consent"),
        (Kind.TEXT, {"legal_basis": LegalBasis.CONSENT, "required": True}, "unanswered"),
        (Kind.TEXT, {"stops_for": ["yes"]}, "can end a registration"),
        (Kind.EMAIL, {}, "already"),
        (Kind.CRITERION, {}, "already"),
    ],
)
def test_what_does_not_fit_together_is_refused(jury, by, kind, given, sentence):
    wanted = QuestionFacts(**{"words": facts().words, **given})

    with pytest.raises(JuryError, match=sentence):
        building.add_question(section=sections_of(jury)[0], kind=kind, facts=wanted, by=by)


def test_a_sensitive_question_is_asked_with_explicit_consent_only(jury, by):
    sensitive = {"sensitive": True, "legal_basis": LegalBasis.EXPLICIT_CONSENT}
    section = sections_of(jury)[0]

    with pytest.raises(JuryError, match="unanswered"):
        building.add_question(
            section=section, kind=Kind.TEXT, facts=facts(**sensitive, required=True), by=by
        )
    added = building.add_question(section=section, kind=Kind.TEXT, facts=facts(**sensitive), by=by)

    assert added.sensitive
    assert added.legal_basis == LegalBasis.EXPLICIT_CONSENT


def test_a_question_waits_for_the_answer_to_an_earlier_one(jury, bus, by):
    line = building.add_question(
        section=sections_of(jury)[3],
        kind=Kind.TEXT,
        facts=facts("Mikä linja?", shown_if=bus, shown_for=["joskus"]),
        by=by,
    )
    asked = form_of(jury)[3].questions[-1]

    assert asked.pk == line.pk
    assert asked.condition.name == f"question_{bus.pk}"
    assert asked.is_asked({f"question_{bus.pk}": "joskus"})

    with pytest.raises(JuryError, match="has to come after"):
        move_question(question=line, section=sections_of(jury)[0], place=0, by=by)
    with pytest.raises(JuryError, match="has to come after"):
        move_section(section=sections_of(jury)[3], step=UP, by=by)
    for deed in (building.remove_question, lambda **one: building.turn(on=False, **one)):
        with pytest.raises(JuryError, match="asked only after an answer"):
            deed(question=bus, by=by)


def test_a_condition_names_answers_that_can_be_given(jury, bus, by):
    for shown in ({"shown_for": []}, {"shown_for": ["ei-mikään"]}):
        with pytest.raises(JuryError, match="answers"):
            building.add_question(
                section=sections_of(jury)[3],
                kind=Kind.TEXT,
                facts=facts(shown_if=bus, **shown),
                by=by,
            )


def test_a_choice_can_end_the_registration(jury, bus, by):
    choices = [choice("Joka päivä", key="joka-paiva"), choice("Joskus", key="joskus", stops=True)]
    building.change_question(question=bus, facts=facts_of(bus, choices=choices), by=by)

    asked = form_of(jury)[2].questions[-1]

    assert asked.stops({asked.name: "joskus"})
    assert asked.required


def test_other_words_make_another_version_and_the_same_words_none(jury, bus, by):
    building.change_question(question=bus, facts=facts_of(bus), by=by)
    bus.refresh_from_db()
    same = bus.version
    words = [choice("Päivittäin", key="joka-paiva"), choice("Joskus", key="joskus")]
    building.change_question(question=bus, facts=facts_of(bus, choices=words), by=by)
    bus.refresh_from_db()

    assert (same, bus.version) == (1, 2)
    assert [one.key for one in bus.choices.all()] == ["joka-paiva", "joskus"]
    assert [one.label_fi for one in bus.choices.all()] == ["Päivittäin", "Joskus"]


def test_an_answered_question_keeps_its_meaning_and_is_turned_off_rather_than_removed(
    jury, bus, by
):
    answered_by_somebody(bus)
    less = facts_of(bus, choices=[choice("Joskus", key="joskus"), choice("Uusi")])

    with pytest.raises(JuryError, match="only its words"):
        building.change_question(question=bus, facts=facts_of(bus, required=True), by=by)
    with pytest.raises(JuryError, match="only its words"):
        building.change_question(question=bus, facts=less, by=by)
    with pytest.raises(JuryError, match="Turn it off"):
        building.remove_question(question=bus, by=by)
    building.turn(question=bus, on=False, by=by)

    assert bus.pk not in {one.pk for page in form_of(jury) for one in page.questions}
    assert Answer.objects.filter(question=bus).count() == 1


def test_an_answer_given_on_trial_holds_nothing(jury, bus, by):
    answered_by_somebody(bus, on_trial=True)

    building.change_question(question=bus, facts=facts_of(bus, required=True), by=by)
    building.remove_question(question=bus, by=by)

    assert not Question.objects.filter(pk=bus.pk).exists()


def test_once_registration_is_open_only_words_change_and_voluntary_questions_go_off(jury, bus, by):
    section, language = sections_of(jury)[0], question_of(jury, Kind.YES_NO, on=True)
    open_for_people(jury)

    for refused in (
        lambda: building.add_question(section=section, kind=Kind.TEXT, facts=facts(), by=by),
        lambda: building.remove_question(question=bus, by=by),
        lambda: move_question(question=bus, section=section, place=0, by=by),
        lambda: add_section(jury=jury, words={"title_fi": "Uusi"}, by=by),
        lambda: building.turn(question=language, on=False, by=by),
        lambda: building.turn(question=question_of(jury, Kind.CONSENT), on=True, by=by),
        lambda: building.change_question(question=bus, facts=facts_of(bus, required=True), by=by),
    ):
        with pytest.raises(JuryError):
            refused()
    words = {**facts_of(bus).words, "help_fi": "Myös pyöräilijät."}
    building.change_question(question=bus, facts=facts_of(bus, words=words), by=by)
    building.turn(question=bus, on=False, by=by)

    bus.refresh_from_db()
    assert (bus.help_fi, bus.version, bus.on) == ("Myös pyöräilijät.", 2, False)


def test_nothing_changes_once_registration_is_over(jury, bus, by):
    Jury.objects.filter(pk=jury.pk).update(stage=Stage.LOTTERY)

    with pytest.raises(JuryError):
        building.turn(question=bus, on=False, by=by)


@pytest.mark.parametrize("kind", [Kind.NAME, Kind.BIRTH_YEAR, Kind.LANGUAGE, Kind.CRITERION])
def test_what_nobody_can_be_registered_without_stays(jury, by, kind):
    question = question_of(jury, kind)

    with pytest.raises(JuryError, match="always asked"):
        building.remove_question(question=question, by=by)
    with pytest.raises(JuryError, match="always asked"):
        building.turn(question=question, on=False, by=by)


def test_one_way_to_reach_people_stays(jury, by):
    building.turn(question=question_of(jury, Kind.EMAIL), on=False, by=by)

    with pytest.raises(JuryError, match="can be reached"):
        building.turn(question=question_of(jury, Kind.PHONE), on=False, by=by)


def test_questions_move_within_a_section_and_over_its_edge(jury, by):
    phone, name = question_of(jury, Kind.PHONE), question_of(jury, Kind.NAME)
    step_question(question=phone, step=UP, by=by)
    step_question(question=name, step=UP, by=by)
    moved = order(jury)
    step_question(question=question_of(jury, Kind.NAME), step=DOWN, by=by)

    assert moved[0][-1] == "name"
    assert moved[1] == ["phone", "email", "language"]
    assert order(jury)[1] == ["name", "phone", "email", "language"]


def test_the_first_stays_first_and_the_last_last(jury, by):
    before = order(jury)

    step_question(question=question_of(jury, Kind.BIRTH_YEAR), step=UP, by=by)
    step_question(question=Question.objects.filter(section__jury=jury).last(), step=DOWN, by=by)

    assert order(jury) == before


def test_sections_come_move_and_go_when_they_are_empty(jury, bus, by):
    words = {"title_fi": "Liikkuminen", "title_sv": "Trafik", "intro_fi": "", "intro_sv": ""}
    section = add_section(jury=jury, words=words, by=by)
    move_section(section=section, step=UP, by=by)
    move_question(question=bus, section=section, place=0, by=by)

    with pytest.raises(JuryError, match="first"):
        remove_section(section=section, by=by)
    assert [page.pk for page in form_of(jury)][-1] == section.pk

    building.remove_question(question=Question.objects.get(pk=bus.pk), by=by)
    remove_section(section=section, by=by)

    assert section.pk not in [one.pk for one in sections_of(jury)]
    assert [one.position for one in sections_of(jury)] == [0, 1, 2, 3, 4]


def test_a_missing_translation_is_said_for_what_is_asked(jury, bus, by):
    jury.criteria.update(name_sv="x")
    for criterion in jury.criteria.all():
        criterion.values.update(name_sv="x")
    complete = missing(jury)
    Question.objects.filter(pk=bus.pk).update(label_sv="")
    bus.choices.filter(key="joskus").update(label_sv="")
    lacking = missing(jury)
    building.turn(question=bus, on=False, by=by)

    assert complete == []
    assert lacking == ["“Bussi” lacks words in: Swedish."]
    assert missing(jury) == []


def test_a_language_more_is_there_in_the_standard_form(jury):
    jury.languages = ["fi", "sv", "en"]

    assert not [sentence for sentence in missing(jury) if "English" in sentence]
