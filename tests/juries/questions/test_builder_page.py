import re

import pytest

from juries.enums import Role, Stage
from juries.models import Jury, Question
from juries.questions.reading import form_of
from tests.juries.questions.building_blocks import question_of, sections_of

Kind = Question.Kind
CHOICES = {
    "label_fi": "Miten kuljet?",
    "label_sv": "Hur rör du dig?",
    "legal_basis": "public_task",
    "choice-0-label_fi": "Bussilla",
    "choice-0-label_sv": "Med buss",
    "choice-0-place": "2",
    "choice-1-label_fi": "Kävellen",
    "choice-1-label_sv": "Till fots",
    "choice-1-place": "1",
}


@pytest.fixture
def organiser(jury, sign_in_as):
    return sign_in_as(Role.ORGANISER, jury)


def address(jury, page=""):
    return f"/en/desk/{jury.slug}/questions/{page}"


def names(jury):
    return [question.name for page in form_of(jury) for question in page.questions]


def test_the_builder_shows_every_section_and_question_with_its_buttons(jury, organiser):
    page = organiser.get(address(jury)).content.decode()

    for words in ("Your contact details", "E-mail address", "gender", "not asked", "sensitive"):
        assert words in page
    always = re.search(r'id="question-\d+">(?:(?!</li>).)*Year of birth.*?</li>', page, re.S)[0]
    assert 'value="up"' in always
    assert 'value="off"' not in always
    assert 'value="remove"' not in always


def test_the_part_is_the_same_markup_as_in_the_page(jury, organiser):
    page = organiser.get(address(jury)).content.decode()
    part = organiser.get(address(jury), headers={"HX-Request": "true"}).content.decode()

    def bare(text):
        return re.sub(r'value="\w{64}"|\s', "", text)

    assert part.startswith("<div") or part.strip().startswith("<div")
    assert bare(part) in bare(page)


def test_the_builder_costs_the_same_whatever_its_length(
    jury, organiser, django_assert_max_num_queries
):
    sections_of(jury)
    organiser.get(address(jury))
    for number in range(15):
        Question.objects.create(
            section=sections_of(jury)[0], position=10 + number, kind=Kind.YES_NO, label_fi="x"
        )

    with django_assert_max_num_queries(45):
        organiser.get(address(jury))


def test_a_question_with_choices_is_added_by_clicking(jury, organiser):
    section = sections_of(jury)[2]
    kinds = organiser.get(address(jury, f"sections/{section.pk}/new/"))
    form = address(jury, f"sections/{section.pk}/new/?kind=choice")

    response = organiser.post(form, CHOICES)

    assert kinds.status_code == organiser.get(form).status_code == 200
    asked = form_of(jury)[2].questions[-1]
    assert response.url.endswith(f"#question-{asked.pk}")
    assert [option.label for option in asked.options] == ["Kävellen", "Bussilla"]


def test_a_question_asked_of_some_is_added_by_clicking(jury, organiser):
    gender = question_of(jury, Kind.CRITERION, criterion__key="gender")
    age, section = question_of(jury, Kind.CRITERION, criterion__key="age"), sections_of(jury)[3]
    form = address(jury, f"sections/{section.pk}/new/?kind=text")
    both = [f"{gender.pk}:woman", f"{age.pk}:young"]
    words = {"label_fi": "Mitä?", "label_sv": "Vad?", "legal_basis": "public_task"}

    wrong = organiser.post(form, words | {"shown": both})
    organiser.post(form, words | {"shown": both[:1]})

    assert "one question only" in wrong.content.decode()
    asked = form_of(jury)[3].questions[-1]
    assert asked.condition.keys == {"woman"}


def test_what_becomes_sensitive_is_turned_off_until_somebody_turns_it_on(jury, organiser):
    section = sections_of(jury)[2]
    organiser.post(
        address(jury, f"sections/{section.pk}/new/?kind=text"),
        {"label_fi": "Terveys?", "legal_basis": "public_task", "sensitive": "on", "required": "on"},
    )
    question = Question.objects.get(label_fi="Terveys?")
    before = (question.on, question.required, question.legal_basis)

    organiser.post(address(jury, f"{question.pk}/arrange/"), {"deed": "on"})

    question.refresh_from_db()
    assert before == (False, False, "explicit_consent")
    assert question.on


def test_a_question_is_changed_in_every_language_of_the_jury(jury, organiser):
    name = question_of(jury, Kind.NAME)
    page = organiser.get(address(jury, f"{name.pk}/")).content.decode()

    organiser.post(
        address(jury, f"{name.pk}/"), {"label_fi": "Koko nimi", "label_sv": "Hela namnet"}
    )

    assert 'name="label_sv"' in page
    assert 'name="label_en"' not in page
    name.refresh_from_db()
    assert (name.label_fi, name.label_sv, name.label_en) == ("Koko nimi", "Hela namnet", "Name")
    assert name.version == 2


def test_a_question_without_words_says_so_and_keeps_what_was_written(jury, organiser):
    section = sections_of(jury)[2]
    response = organiser.post(
        address(jury, f"sections/{section.pk}/new/?kind=choice"),
        CHOICES | {"label_fi": "", "label_sv": "", "help_fi": "Ohje jää"},
    )

    text = response.content.decode()
    assert "Write the question in at least one language." in text
    assert "Ohje jää" in text
    assert "Bussilla" in text


def test_buttons_and_dragging_move_a_question(jury, organiser):
    phone, sections = question_of(jury, Kind.PHONE), sections_of(jury)
    arrange = address(jury, f"{phone.pk}/arrange/")

    organiser.post(arrange, {"deed": "up"})
    up = names(jury)
    organiser.post(arrange, {"deed": "place", "section": sections[0].pk, "place": "0"})

    assert up.index("phone") < up.index("email")
    assert names(jury)[0] == "phone"


@pytest.mark.parametrize("place", ["", "x", "-1", "9" * 30, "²"])
def test_a_place_that_makes_no_sense_changes_nothing(jury, organiser, place):
    phone, sections = question_of(jury, Kind.PHONE), sections_of(jury)
    before = names(jury)

    response = organiser.post(
        address(jury, f"{phone.pk}/arrange/"),
        {"deed": "place", "section": sections[0].pk, "place": place},
    )

    assert response.status_code == 302
    assert names(jury) == before


def test_an_open_registration_leaves_words_and_turning_off(jury, organiser):
    email = question_of(jury, Kind.EMAIL)
    Jury.objects.update(stage=Stage.REGISTRATION)

    page = organiser.get(address(jury)).content.decode()
    organiser.post(
        address(jury, f"{email.pk}/"),
        {"label_fi": "Sähköpostisi", "label_sv": "Din e-post", "required": "on"},
    )

    email.refresh_from_db()
    assert 'value="up"' not in page
    assert "Add a question" not in page
    assert 'value="off"' in page
    assert (email.label_fi, email.required) == ("Sähköpostisi", False)


def test_a_section_is_added_worded_and_removed(jury, organiser):
    sections_of(jury)
    organiser.post(address(jury, "sections/new/"), {"title_fi": "Arki", "title_sv": "Vardag"})
    section = jury.form_sections.last()
    nameless = organiser.post(address(jury, f"sections/{section.pk}/"), {"title_fi": ""})
    organiser.post(address(jury, f"sections/{section.pk}/"), {"title_fi": "Arkesi"})
    title = jury.form_sections.last().title_fi
    organiser.post(address(jury, f"sections/{section.pk}/arrange/"), {"deed": "remove"})

    assert "Write a heading." in nameless.content.decode()
    assert title == "Arkesi"
    assert not jury.form_sections.filter(pk=section.pk).exists()


def test_the_preview_speaks_each_language_of_the_jury(jury, organiser):
    page = address(jury, "preview/")

    swedish = organiser.get(page, {"in": "sv"}).content.decode()
    unknown = organiser.get(page, {"in": "xx"})

    assert "Är Barkviken din hemkommun?" in swedish
    assert 'lang="sv"' in swedish
    assert "Onko Kaarnalahti kotikuntasi?" in unknown.content.decode()
    assert "is without words" not in swedish


def test_the_preview_does_not_show_what_is_turned_off(jury, organiser):
    page = organiser.get(address(jury, "preview/"), {"in": "fi"}).content.decode()

    assert "Onko Kaarnalahti kotikuntasi?" in page
    assert "Oletko luottamushenkilö" not in page


@pytest.mark.parametrize("text", ["abc", "-1", "9" * 5000, "\x00", "²", "criterion", "email"])
def test_a_kind_that_the_form_has_no_room_for_is_asked_again(jury, organiser, text):
    section = sections_of(jury)[0]

    response = organiser.get(address(jury, f"sections/{section.pk}/new/"), {"kind": text})

    assert response.status_code == 200
    assert response.context["form"].errors
