import pytest
from django.utils import translation

from juries.models import Criterion, FormSection, Question
from juries.questions.reading import form_of, kept_form_of
from juries.questions.standard import ensure_form
from juries.targets.criteria import add_criterion, remove_criterion
from tests import factories

Kind = Question.Kind


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def kinds(jury):
    return [question.kind for page in form_of(jury) for question in page.questions]


def asked_for(jury, name):
    return next(one for page in form_of(jury) for one in page.questions if one.name == name)


def test_a_jury_begins_with_the_standard_form_and_a_question_for_each_criterion(jury):
    pages = form_of(jury)

    assert [page.title for page in pages] == [
        "Can you take part?",
        "Your contact details",
        "Background for the lottery",
        "What do you need in order to take part?",
    ]
    assert kinds(jury) == [
        *(Kind.BIRTH_YEAR, Kind.YES_NO, Kind.NAME, Kind.EMAIL, Kind.PHONE, Kind.LANGUAGE),
        *(Kind.CRITERION, Kind.CRITERION, Kind.NEEDS),
    ]
    assert [one.label for one in pages[2].questions] == ["gender", "age"]
    assert [option.key for option in pages[2].questions[0].options] == ["woman", "man"]


def test_the_form_speaks_the_language_of_the_reader(jury):
    with translation.override("sv"):
        page = form_of(jury)[0]

    assert page.title == "Kan du delta?"
    assert page.questions[1].label == "Är Barkviken din hemkommun?"
    assert [option.label for option in page.questions[1].options] == ["Ja", "Nej"]


def test_whoever_lives_elsewhere_is_stopped(jury):
    home = form_of(jury)[0].questions[1]

    assert home.stops({home.name: "no"})
    assert not home.stops({home.name: "yes"})
    assert not home.stops({})


def test_what_follows_from_other_answers_is_not_asked(jury):
    Criterion.objects.filter(key="age").update(source=Criterion.Source.BIRTH_YEAR)
    Criterion.objects.filter(key="gender").update(source=Criterion.Source.POSTAL_CODE)

    assert Kind.CRITERION not in kinds(jury)
    assert asked_for(jury, "postal_code").required


def test_the_address_is_asked_only_where_a_household_has_one_seat(jury):
    assert Kind.ADDRESS not in kinds(jury)

    jury.one_per_household = True

    assert asked_for(jury, "street_address").required
    assert asked_for(jury, "postal_code").required


def test_the_contact_language_is_asked_where_there_is_a_choice(jury):
    assert [one.key for one in asked_for(jury, "language").options] == ["fi", "sv"]

    jury.languages = ["fi"]

    assert Kind.LANGUAGE not in kinds(jury)


def test_what_is_sensitive_is_off_at_first_but_for_needs(jury):
    ensure_form(jury)

    sensitive = Question.objects.filter(section__jury=jury, sensitive=True)

    assert {question.kind for question in sensitive.filter(on=True)} == {Kind.NEEDS}
    assert {question.legal_basis for question in sensitive} == {"explicit_consent"}
    assert sensitive.filter(on=False).exists()


def test_a_criterion_comes_with_its_question_and_goes_with_it(jury):
    by = factories.make_user()
    kept_form_of(jury)

    area = add_criterion(jury=jury, name="Bransch", values=["North", "South"], by=by)
    jury.refresh_from_db()
    labels = [one.label for one in kept_form_of(jury)[2].questions]
    remove_criterion(jury=jury, criterion=area, by=by)
    jury.refresh_from_db()

    assert labels == ["gender", "age", "Bransch"]
    assert [one.label for one in kept_form_of(jury)[2].questions] == ["gender", "age"]


def test_the_form_is_made_once(jury):
    ensure_form(jury)
    ensure_form(jury)

    assert FormSection.objects.filter(jury=jury).count() == 5
    assert Question.objects.filter(criterion__isnull=False).count() == 2


def test_a_form_costs_four_queries_and_a_kept_one_none(jury, django_assert_num_queries):
    form_of(jury)
    jury.refresh_from_db()

    with django_assert_num_queries(4):
        form_of(jury)
    kept_form_of(jury)
    with django_assert_num_queries(0):
        kept_form_of(jury)


def test_a_question_with_a_condition_is_asked_of_those_who_gave_the_answer(jury):
    ensure_form(jury)
    first = Question.objects.get(criterion__key="gender")
    needs = Question.objects.get(kind=Kind.NEEDS)
    Question.objects.filter(pk=needs.pk).update(shown_if=first, shown_for=["woman"])
    asked, gender = asked_for(jury, "needs"), f"criterion_{first.criterion_id}"

    assert asked.is_asked({gender: "woman"})
    assert not asked.is_asked({gender: "man"})
    assert not asked.is_asked({})
