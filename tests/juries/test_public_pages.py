import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import translation

from juries import demo
from juries.enums import Stage
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def address(name, *args):
    return reverse(name, args=args)


@pytest.mark.parametrize("count", [2, 12])
def test_the_front_page_costs_the_same_however_many_juries_there_are(
    client, django_assert_num_queries, count
):
    for number in range(count):
        factories.make_jury(f"jury-{number}", quotas={}, stage=Stage.REGISTRATION)

    with django_assert_num_queries(1):
        page = client.get(address("front")).content.decode()

    assert page.count("/sign-up/") == count


def test_the_front_page_shows_published_juries_only(client):
    factories.make_jury("open", stage=Stage.REGISTRATION)
    factories.make_jury("hidden", published_at=None)

    page = client.get(address("front")).content.decode()

    assert "/juries/open/" in page
    assert "/juries/hidden/" not in page


@pytest.mark.parametrize("stage", Stage)
def test_the_public_page_invites_to_register_only_while_one_can(client, stage):
    jury = factories.make_jury(stage=stage, first_contact="Orvokki, 044 000 0000")

    page = client.get(address("jury", jury.slug)).content.decode()

    assert (address("sign_up", jury.slug) in page) is (stage == Stage.REGISTRATION)
    assert "Kaupunginvaltuusto answers each recommendation by" in page
    assert "Orvokki, 044 000 0000" in page
    assert '<h1 lang="fi">' in page


def test_the_sign_in_page_names_the_demo_accounts_in_demo_mode_only(client):
    with override_settings(DEMO=True):
        in_demo = client.get(address("login")).content.decode()
    elsewhere = client.get(address("login")).content.decode()

    assert all(account.email in in_demo for account in demo.ACCOUNTS)
    assert demo.PASSWORD in in_demo
    assert demo.PASSWORD not in elsewhere
    assert demo.ACCOUNTS[0].email not in elsewhere
