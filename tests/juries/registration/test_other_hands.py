"""A browser in other hands: led by somebody else's page, or left by whoever sat there before."""

import pytest
from django.test import Client
from django.urls import reverse

from juries.models import Registrant
from juries.web import OWN_REGISTRANT
from tests.juries.registration.registering import (
    answers,
    check_url,
    go_through,
    key,
    open_jury,
    register,
    sign_up_url,
    step_url,
)


@pytest.fixture
def attackers_key(jury) -> str:
    """The key of a registration that somebody has sent and would like to see in other browsers."""
    carried, attacker = key(jury), Client()
    go_through(attacker, jury, answers(jury, key=carried))
    attacker.post(check_url(jury), {"key": carried})
    assert Registrant.objects.count() == 1
    return carried


@pytest.mark.parametrize("address", [sign_up_url, check_url, lambda jury: step_url(jury, 1)])
def test_a4_a_page_elsewhere_makes_no_browser_hold_another_registration(
    jury, attackers_key, address
):
    victim = Client(enforce_csrf_checks=True)
    victim.get(sign_up_url(jury))

    led = victim.post(address(jury), {"key": attackers_key})

    assert OWN_REGISTRANT not in victim.session
    assert victim.get(led.url).url == reverse("own_code")


def test_a4_control_the_form_of_this_house_leads_to_the_receipt(jury, attackers_key):
    owner = Client(enforce_csrf_checks=True)
    owner.get(sign_up_url(jury))
    token = owner.cookies["csrftoken"].value

    led = owner.post(check_url(jury), {"key": attackers_key, "csrfmiddlewaretoken": token})

    assert owner.get(led.url).status_code == 200


def test_whoever_leaves_the_own_page_leaves_nothing_for_the_next_at_the_same_browser(jury):
    shared = Client()
    register(shared, jury)

    shared.post(reverse("own_leave"))
    again = shared.post(step_url(jury, 1), answers(jury, name="Ville Mallikas", key=key(jury)))

    assert again.url != reverse("receipt", args=[jury.slug])
    assert OWN_REGISTRANT not in shared.session
    assert shared.get(reverse("receipt", args=[jury.slug])).url == reverse("own_code")


def test_control_until_then_the_browser_knows_the_registration(jury):
    shared = Client()
    register(shared, jury)

    again = shared.post(step_url(jury, 1), answers(jury, name="Ville Mallikas", key=key(jury)))

    assert again.url == reverse("receipt", args=[jury.slug])


@pytest.mark.parametrize("forged", ["", "0" * 32, "0" * 32 + ":abc", "x" * 5000, "\x00", "é:é"])
def test_a_key_made_elsewhere_opens_nothing(jury, attackers_key, forged):
    client = Client()
    client.cookies[f"sign_up_{jury.pk}"] = (
        forged.encode("ascii", "ignore").decode().replace("\x00", "")
    )

    page = client.post(step_url(jury, 1), answers(jury, key=forged))

    assert page.status_code in {200, 302}
    assert OWN_REGISTRANT not in client.session


def test_a3_a_key_of_one_jury_opens_nothing_in_another(jury, attackers_key):
    elsewhere = open_jury(slug="muu")
    client = Client()
    client.cookies[f"sign_up_{elsewhere.pk}"] = attackers_key

    client.post(check_url(elsewhere), {"key": attackers_key})

    assert OWN_REGISTRANT not in client.session
