from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from juries.commission.kinds import TEMPLATES, names_of
from juries.commission.setting_up import create_jury, objections
from juries.enums import Kind, Role
from juries.models import Jury
from tests import factories

pytestmark = pytest.mark.django_db

TEXTS = {"languages": ["fi"], "name_fi": "Raati", "charge_fi": "Mitä tehdään?"}


def test_every_kind_has_its_template():
    assert set(TEMPLATES) == set(Kind.values)


@pytest.mark.parametrize("kind", Kind)
def test_a_jury_stands_with_what_its_template_fills_in(kind):
    facts = TEMPLATES[kind].facts(date(2027, 4, 10)) | TEXTS

    jury = create_jury(
        organisation=factories.make_organisation(), by=factories.make_user(), facts=facts
    )

    assert list(objections(facts)) == []
    assert (jury.kind, jury.panel_size) == (kind, TEMPLATES[kind].seats)


@pytest.mark.parametrize("kind", Kind)
def test_the_form_of_a_kind_opens_filled_in(jury, sign_in_as, kind):
    form = (
        sign_in_as(Role.ORGANISER, jury)
        .get(reverse("new_jury_of_kind", args=[kind]))
        .context["form"]
    )

    assert form["panel_size"].value() == TEMPLATES[kind].seats
    assert form["first_session_on"].value().weekday() == 5


def test_the_kinds_are_offered_and_an_unknown_one_is_not_there(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)

    page = client.get(reverse("new_jury")).content.decode()

    assert all(reverse("new_jury_of_kind", args=[kind]) in page for kind in Kind)
    assert client.get(reverse("new_jury_of_kind", args=["puutarhaseura"])).status_code == 404


def test_a_new_jury_begins_in_the_languages_of_its_organisation(jury, sign_in_as):
    jury.organisation.languages = ["fi", "en"]
    jury.organisation.save()

    page = sign_in_as(Role.ORGANISER, jury).get(
        reverse("new_jury_of_kind", args=["kansalaisraati"])
    )

    assert page.context["form"]["languages"].value() == ["fi", "en"]


def test_a_kind_is_called_by_its_name_in_each_language():
    assert names_of(Kind.KANSALAISRAATI) == {
        "fi": "Kansalaisraati",
        "sv": "Medborgarråd",
        "en": "Citizens' jury",
    }


def test_a_double_click_makes_one_jury(jury, sign_in_as):
    with translation.override("en"):
        address = reverse("new_jury_of_kind", args=["kansalaisraati"])
    client = sign_in_as(Role.ORGANISER, jury)
    opened = client.get(address).context["form"]
    typed = {name: opened[name].value() for name in opened.fields}
    typed |= TEXTS | {"invitation_only": "on", "one_per_household": "on"}
    sent = {name: value for name, value in typed.items() if value not in (None, False)}

    first, second = client.post(address, sent), client.post(address, sent)

    assert first.url == second.url
    assert Jury.objects.filter(name_fi="Raati").count() == 1
    # Control: without the key of the form, the same two clicks make two.
    del sent["submission"]
    assert client.post(address, sent).url != client.post(address, sent).url
