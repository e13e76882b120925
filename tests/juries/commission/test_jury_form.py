from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from juries.commission.timetable import suggested_dates
from juries.enums import Role, Stage
from juries.forms.commission.jury import with_suggested_dates
from juries.models import Jury, Membership
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def address(name, *args):
    return reverse(name, args=args)


def new(kind="kansalaisraati"):
    return address("new_jury_of_kind", kind)


def typed(**changes):
    """A whole form as a browser sends it."""
    dates = {name: day.isoformat() for name, day in suggested_dates(date(2030, 4, 13)).items()}
    return {
        "languages": ["fi", "sv"],
        "name_fi": "Lähipalvelut 2035",
        "name_sv": "Närservice 2035",
        "charge_fi": "Miten palvelut järjestetään?",
        "charge_sv": "Hur ordnas servicen?",
        "commissioner": "Kaupunginhallitus",
        "panel_size": "30",
        "minimum_age": "16",
        "guardian_below": "18",
        "answer_days": "7",
        **dates,
        **changes,
    }


def test_a_jury_is_created_from_the_template_and_its_home_says_what_comes_next(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    template = client.get(new()).context["form"]

    response = client.post(new(), typed(), follow=True)

    assert (template["panel_size"].value(), template["answer_days"].value()) == (30, 7)
    assert response.redirect_chain[-1][0] == "/en/desk/lahipalvelut-2035/"
    assert "Next: " in response.content.decode()
    assert Jury.objects.filter(slug="lahipalvelut-2035", panel_size=30).exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name_sv": ""}, "Needed in every language"),
        ({"languages": []}, "Choose at least one language"),
        ({"panel_size": "0"}, "greater than or equal to 1"),
        ({"panel_size": "1001"}, "less than or equal to 1000"),
        ({"panel_size": "thirty"}, "Enter a whole number"),
        ({"answer_days": "0"}, "greater than or equal to 1"),
        ({"answer_days": "61"}, "less than or equal to 60"),
        ({"draw_on": "2030-01-01"}, "cannot come before"),
        ({"draw_on": "tomorrow"}, "Enter a valid date"),
        ({"draw_on": "99999-01-01"}, "Enter a valid date"),
        ({"response_due_on": ""}, "required"),
        ({"name_fi": "x" * 201}, "at most 200"),
    ],
)
def test_bad_input_is_said_and_what_was_typed_stays(jury, sign_in_as, wrong, sentence):
    client = sign_in_as(Role.ORGANISER, jury)
    before = Jury.objects.count()

    page = client.post(new(), typed(commissioner="Hallitus", **wrong))

    assert sentence in page.content.decode()
    assert 'value="Hallitus"' in page.content.decode()
    assert Jury.objects.count() == before


def test_dates_are_suggested_from_the_first_session_and_nothing_typed_is_lost(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    half = {"languages": ["sv"], "name_sv": "Halvfärdig", "first_session_on": "2031-05-10"}

    page = client.post(new(), {**half, "suggest": "dates"}).content.decode()

    assert 'value="2031-06-07"' in page
    assert 'value="Halvfärdig"' in page
    assert "error-summary" not in page


@pytest.mark.parametrize(("weeks", "letters_after_days"), [(12, 0), (30, 30 * 7 - 13 * 7 + 2)])
def test_letters_are_not_suggested_for_a_day_that_is_past(weeks, letters_after_days):
    today = timezone.localdate()

    facts = with_suggested_dates(
        {"first_session_on": today + timedelta(weeks=weeks)}, "kansalaisraati"
    )

    assert facts["letters_on"] == today + timedelta(days=letters_after_days)
    assert facts["letters_on"] <= facts["registration_opens_on"]


@pytest.mark.parametrize("day", ["", "soon", "0001-01-01", "9999-12-31"])
def test_dates_cannot_be_suggested_from_nonsense(jury, sign_in_as, day):
    page = sign_in_as(Role.ORGANISER, jury).post(
        new(), {"first_session_on": day, "suggest": "dates"}
    )

    assert page.status_code == 200


def test_an_organiser_of_two_organisations_says_for_which(sign_in_as):
    here = factories.make_jury(response_due_on=date(2030, 9, 8))
    there = factories.make_organisation("muualla")
    client = sign_in_as(Role.ORGANISER, here)
    user = factories.make_member(here, Role.ORGANISER)
    Membership.objects.create(user=user, organisation=there, role=Role.ORGANISER)

    silent = client.post(new(), typed())
    strange = client.post(new(), typed(organisation="0"))
    client.post(new(), typed(organisation=str(there.pk)))

    assert silent.context["form"].has_error("organisation")
    assert strange.context["form"].has_error("organisation")
    assert Jury.objects.get(slug="lahipalvelut-2035").organisation == there


def test_settings_show_what_is_and_keep_what_is_changed(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    shown = client.get(address("jury_settings", jury.slug)).content.decode()

    sent = typed(version="1", first_contact="Orvokki", answer_days="10")
    client.post(address("jury_settings", jury.slug), sent)

    jury.refresh_from_db()
    assert "Lähipalvelut 2035" in shown
    assert (jury.first_contact, jury.panel_size, jury.answer_days) == ("Orvokki", 30, 10)


def test_settings_that_stand_are_shown_as_such_and_a_forged_form_changes_nothing(sign_in_as):
    jury = factories.make_jury(stage=Stage.PANEL, panel_size=4, response_due_on=date(2030, 9, 8))
    client = sign_in_as(Role.ORGANISER, jury)

    page = client.get(address("jury_settings", jury.slug)).content.decode()
    forged = typed(version="1", panel_size="9", background_fi="Uutta")
    client.post(address("jury_settings", jury.slug), forged)

    jury.refresh_from_db()
    assert "This can no longer be changed" in page
    assert (jury.panel_size, jury.background_fi) == (4, "Uutta")
