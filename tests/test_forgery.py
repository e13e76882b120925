"""No page elsewhere can send a form of this house: every POST asks for the token of a page here."""

import pytest
from django.test import Client
from django.urls import reverse

from juries.enums import Role
from juries.models import AuditEntry, Registrant, SignUpDraft
from tests import factories
from tests.everything import path, with_everything
from tests.juries.registration.registering import answers, check_url, key, open_jury, step_url
from tests.test_access import ALLOWED
from tests.test_architecture import ROUTES, example_path

OWN_CHECK = {"sign_up", "sign_up_step", "sign_up_check", "sign_up_over", "sign_up_again", "receipt"}
"""The pages of the sign-up look at the token themselves, so that nothing typed is lost."""


def test_s6_only_the_pages_of_the_sign_up_look_at_the_token_themselves():
    exempt = {
        entry.name for _route, entry in ROUTES if getattr(entry.callback, "csrf_exempt", False)
    }

    assert exempt <= OWN_CHECK
    assert "sign_up_step" in exempt  # the control: they are seen


def test_s6_without_a_token_no_form_of_the_desk_does_anything(jury):
    keys = with_everything(jury)
    clients = {}
    for role in Role:
        clients[role] = Client(enforce_csrf_checks=True)
        clients[role].force_login(factories.make_member(jury, role))
    before = AuditEntry.objects.count()

    for page, roles in ALLOWED.items():
        address = path(jury, page, keys)
        assert clients[roles[0]].post(address, {"deed": "remove"}).status_code == 403, page

    assert AuditEntry.objects.count() == before


@pytest.mark.django_db
def test_s6_without_a_token_no_other_form_does_anything():
    stranger = Client(enforce_csrf_checks=True)
    for route, entry in ROUTES:
        if not route.startswith("fi/desk/<slug:slug>/") and entry.name not in OWN_CHECK:
            assert stranger.post(example_path(route)).status_code == 403, route


@pytest.mark.django_db
def test_s6_without_a_token_no_page_of_the_sign_up_keeps_or_sends_anything():
    jury = open_jury()
    stranger, carried = Client(enforce_csrf_checks=True), key(jury)
    typed = answers(jury, key=carried)

    for address in (
        reverse("sign_up", args=[jury.slug]),
        step_url(jury, 1),
        step_url(jury, 2),
        check_url(jury),
        reverse("sign_up_over", args=[jury.slug]),
    ):
        assert stranger.post(address, typed).status_code in {200, 302}, address

    assert not Registrant.objects.exists()
    assert not SignUpDraft.objects.exists()
