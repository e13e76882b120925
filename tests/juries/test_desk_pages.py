import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from juries.audit import REGISTRANT, record
from juries.enums import Role, Stage
from juries.models import AuditEntry, Membership
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def address(name, *args):
    return reverse(name, args=args)


PAGES = {
    "home": set(Role),
    "jury_settings": {Role.ORGANISER},
    "criteria": {Role.ORGANISER},
    "audit": {Role.ORGANISER, Role.OBSERVER, Role.PRIVACY_OFFICER},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_to_the_roles_that_need_it(jury, sign_in_as, page, role):
    response = sign_in_as(role, jury).get(address(page, jury.slug))

    assert response.status_code == (200 if role in PAGES[page] else 403)


DEEDS = [
    "publish_jury",
    "unpublish_jury",
    "open_registration",
    "close_registration",
    "reopen_registration",
    "criteria_table",
    "recalculate_quotas",
    "new_criterion",
]


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.FACILITATOR, Role.OBSERVER])
@pytest.mark.parametrize("deed", DEEDS)
def test_only_an_organiser_sets_up(jury, sign_in_as, deed, role):
    response = sign_in_as(role, jury).post(address(deed, jury.slug))

    assert response.status_code == 403


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_is_never_done_by_following_a_link(jury, sign_in_as, deed):
    response = sign_in_as(Role.ORGANISER, jury).get(address(deed, jury.slug))

    assert response.status_code == 405
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("name", ["new_criterion", "criteria_table", "undo_messages", *DEEDS[:1]])
def test_whoever_opens_where_a_form_is_sent_finds_the_way_to_its_page(jury, sign_in_as, name):
    """As by choosing another language while the form says what is wrong with it."""
    client = sign_in_as(Role.ORGANISER, jury)

    opened = client.get(address(name, jury.slug))

    assert "Nothing was sent" in opened.content.decode()
    back = re.search(r'<a href="([^"]+)">Go to the page of the form', opened.content.decode())
    assert client.get(back[1]).status_code == 200


@pytest.mark.parametrize("role", Role)
def test_only_an_organiser_of_the_whole_organisation_starts_a_jury(jury, sign_in_as, role):
    client = sign_in_as(role, jury)

    page = client.get(address("new_jury"))
    juries = client.get(address("juries")).content.decode()

    assert page.status_code == (200 if role == Role.ORGANISER else 403)
    assert (address("new_jury") in juries) is (role == Role.ORGANISER)


def test_an_organiser_of_one_jury_starts_no_other(jury):
    user = factories.make_user()
    Membership.objects.create(
        user=user, organisation=jury.organisation, jury=jury, role=Role.ORGANISER
    )
    client = Client()
    client.force_login(user)

    assert client.get(address("home", jury.slug)).status_code == 200
    assert client.get(address("new_jury")).status_code == 403


@pytest.mark.parametrize("count", [2, 12])
def test_the_list_of_juries_costs_the_same_whatever_its_length(
    sign_in_as, django_assert_num_queries, count
):
    for number in range(count):
        jury = factories.make_jury(f"jury-{number}", quotas={})
    client = sign_in_as(Role.ORGANISER, jury)

    with django_assert_num_queries(8):
        page = client.get(address("juries")).content.decode()

    assert page.count("/desk/jury-") == count


@pytest.mark.parametrize("lines", [2, 40])
def test_the_log_costs_the_same_whatever_its_length(
    jury, sign_in_as, django_assert_num_queries, lines
):
    client = sign_in_as(Role.OBSERVER, jury)
    user = factories.make_user()
    for _line in range(lines):
        record("jury.changed", jury=jury, by=user, fields=["x"])

    with django_assert_num_queries(11):
        page = client.get(address("audit", jury.slug)).content.decode()

    assert page.count("The settings were changed") == lines


def test_the_home_names_what_registration_waits_for(sign_in_as):
    jury = factories.make_jury(quotas={})
    client = sign_in_as(Role.ORGANISER, jury)

    page = client.get(address("home", jury.slug)).content.decode()
    refused = client.post(address("open_registration", jury.slug), follow=True).content.decode()

    assert "The criteria and their quotas are missing" in page
    assert f'action="{address("open_registration", jury.slug)}"' not in page
    assert "Registration cannot be opened yet" in refused


def test_registration_opens_and_closes_from_the_home(sign_in_as):
    jury = factories.make_jury(first_contact="Orvokki")
    client = sign_in_as(Role.ORGANISER, jury)

    opened = client.post(address("open_registration", jury.slug), follow=True).content.decode()
    closed = client.post(address("close_registration", jury.slug), follow=True).content.decode()

    jury.refresh_from_db()
    assert "people can register between the dates set" in opened
    assert "Registration is closed." in closed
    assert jury.stage == Stage.LOTTERY


def test_an_observer_sees_the_chain_but_no_buttons(sign_in_as):
    jury = factories.make_jury(first_contact="Orvokki")

    page = sign_in_as(Role.OBSERVER, jury).get(address("home", jury.slug)).content.decode()

    assert "Criteria and quotas" in page
    assert address("open_registration", jury.slug) not in page
    assert address("criteria", jury.slug) not in page


def test_the_log_is_in_words(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    client.post(address("recalculate_quotas", jury.slug), {"band": "1"})
    record("strange.new_deed", jury=jury, by=REGISTRANT)

    page = client.get(address("audit", jury.slug)).content.decode()

    assert "Quotas were calculated anew" in page
    assert "Orvokki Alkulähde" in page
    assert "a registrant" in page
    assert "strange: new deed" in page
