"""Outreach codes: a link for each channel, counted without anybody being known."""

import pytest
from django.urls import reverse
from django.utils import translation

from juries.enums import Role
from juries.errors import JuryError
from juries.invitation.outreach import (
    add_outreach_code,
    count_visit,
    effects,
    find,
    remove_outreach_code,
)
from juries.models import Jury, OutreachCode
from tests import factories
from tests.juries.registration.registering import open_jury


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def jury(db: None) -> Jury:
    return open_jury()


def added(jury: Jury, name: str) -> OutreachCode:
    return add_outreach_code(jury=jury, name=name, by=factories.make_user())


def test_a_name_becomes_a_key_that_can_stand_in_a_link(jury):
    keys = [added(jury, name).key for name in ("Kirjasto", "Åbo Café!", "图书馆", "kirjasto 1")]

    assert keys == ["kirjasto", "abo-cafe", "x", "kirjasto-1"]
    assert added(jury, "Kirjasto!").key == "kirjasto-2"
    assert len(added(jury, "a" * 100).key) <= 30


def test_the_same_name_is_not_added_twice(jury):
    added(jury, "Kirjasto")

    with pytest.raises(JuryError):
        added(jury, "kirjasto")


@pytest.mark.parametrize("key", ["", "kirjastot", "KIRJASTO ", "\x00", "a" * 5000, "<script>"])
def test_a_link_names_a_way_of_the_jury_or_nothing(jury, key):
    code = added(jury, "Kirjasto")
    elsewhere = open_jury(slug="muu")

    assert find(jury, key) == (code if key == "KIRJASTO " else None)
    assert find(elsewhere, "kirjasto") is None


def test_visits_and_registrations_are_counted_apart(jury):
    library, school = added(jury, "Kirjasto"), added(jury, "Koulu")
    for _visit in range(3):
        count_visit(school)
    factories.make_registrants(jury, [("woman", "young")], outreach=library)
    factories.make_registrants(jury, [("woman", "old")], outreach=library, on_trial=True)

    found = [(one.code.name, one.visits, one.registered) for one in effects(jury)]

    assert found == [("Kirjasto", 0, 1), ("Koulu", 3, 0)]


def test_a_way_by_which_somebody_came_stays(jury):
    code, other = added(jury, "Kirjasto"), added(jury, "Koulu")
    factories.make_registrants(jury, [("woman", "young")], outreach=code)

    with pytest.raises(JuryError):
        remove_outreach_code(code=code, by=factories.make_user())
    remove_outreach_code(code=other, by=factories.make_user())
    assert list(OutreachCode.objects.all()) == [code]


def test_the_page_adds_links_and_prints_their_qr_codes(jury, sign_in_as):
    client = sign_in_as(Role.RECRUITER, jury)
    page = reverse("outreach", args=[jury.slug])

    client.post(page, {"name": "Kirjasto"})
    shown = client.get(page).content.decode()
    code = OutreachCode.objects.get()
    qr = reverse("outreach_qr", args=[jury.slug, code.pk])
    drawing, picture = client.get(qr, {"in": "sv"}), client.get(qr, {"as": "png", "in": "?"})
    client.post(reverse("remove_outreach", args=[jury.slug, code.pk]))

    assert f"/fi/juries/{jury.slug}/sign-up/?from=kirjasto" in shown
    assert drawing["Content-Type"] == "image/svg+xml"
    assert picture.content.startswith(b"\x89PNG")
    assert OutreachCode.objects.count() == 0
