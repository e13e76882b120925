"""Where a visitor comes from: what the house's own proxies say, and nobody else."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from juries import codes
from juries.invitation.guessing import MISSES_OF_A_NETWORK
from juries.models import CodeMiss
from juries.project.environment import networks
from juries.web import sender_address


def sender(peer, told=None):
    headers = {} if told is None else {"HTTP_X_FORWARDED_FOR": told}
    return sender_address(RequestFactory().get("/", REMOTE_ADDR=peer, **headers))


@pytest.mark.parametrize(
    ("peer", "told", "expected"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7, 10.20.1.1", "203.0.113.7"),
        ("127.0.0.1", "2001:db8::7", "2001:db8::7"),
        ("", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "unknown", "unknown"),
        # Nobody but a proxy of the house is believed, wherever they are.
        ("192.168.1.5", "203.0.113.7", "192.168.1.5"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
    ],
)
def test_r4_only_a_proxy_of_the_house_says_where_somebody_comes_from(
    settings, peer, told, expected
):
    settings.PROXIES = networks("127.0.0.1, 10.20.0.0/16")

    assert sender(peer, told) == expected


def test_r4_without_a_proxy_what_anybody_says_of_themselves_is_not_believed(settings):
    settings.PROXIES = networks("none")

    assert sender("127.0.0.1", "203.0.113.7") == "127.0.0.1"


@pytest.mark.parametrize(("proxies", "refused"), [("none", True), ("127.0.0.1", False)])
def test_r4_who_guesses_does_not_get_away_by_naming_another_address_each_time(
    db, settings, proxies, refused
):
    settings.PROXIES = networks(proxies)  # the second is the control: a proxy that is believed
    url = reverse("own_code")

    for number in range(MISSES_OF_A_NETWORK + 1):
        forged = f"203.{number}.113.7"
        last = Client().post(url, {"code": codes.new_code()}, HTTP_X_FORWARDED_FOR=forged)

    assert (CodeMiss.objects.count() == 2 * MISSES_OF_A_NETWORK) is refused
    assert last.status_code == 200
