"""The promises of the architecture, held by tests."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from juries.enums import GRANTS, Act, Role
from juries.web import Open
from tests import factories


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, path)
        else:
            yield path, entry


ROUTES = list(patterns(get_resolver()))


def example_path(route: str) -> str:
    """The route with its converters filled in for a jury that exists but is not published."""
    for converter, example in {
        "<slug:slug>": "unpublished",
        "<str:code>": "K7RM-4PXQ-9ABD",
        "<str:kind>": "kansalaisraati",
        "<slug:organisation>": "kaarnalahti",
        "<str:key>": "MQ",
        "<str:token>": "c1a2b3-0123456789abcdef",
    }.items():
        route = route.replace(converter, example)
    while "<int:" in route:
        start, end = route.index("<int:"), route.index(">", route.index("<int:"))
        route = route[:start] + "1" + route[end + 1 :]
    assert "<" not in route, f"teach this test the converter in {route}"
    return f"/{route}"


def test_every_view_says_which_act_it_needs_or_to_whom_it_is_open():
    silent = [route for route, entry in ROUTES if not hasattr(entry.callback, "act")]

    assert silent == []


@pytest.mark.django_db
@pytest.mark.parametrize(("route", "entry"), ROUTES, ids=[route for route, _ in ROUTES])
def test_a_stranger_finds_only_what_is_public(route, entry):
    factories.make_jury("unpublished", published_at=None)
    path = example_path(route)

    for response in (Client().get(path), Client().post(path)):
        if entry.callback.act is Open.ANYONE:
            assert response.status_code in {200, 302, 404, 405}
        else:
            assert response.status_code in {302, 404, 405}, path
            if response.status_code == 302:
                assert any(door in response.url for door in ("/sign-in/", "/own/", "/answer/"))


@pytest.mark.django_db
@pytest.mark.parametrize(("route", "entry"), ROUTES, ids=[route for route, _ in ROUTES])
def test_another_organisations_jury_is_not_there(route, entry):
    factories.make_jury("unpublished", published_at=None)
    elsewhere = factories.make_jury("elsewhere", organisation=factories.make_organisation("muu"))
    client = Client()
    client.force_login(factories.make_member(elsewhere, Role.ORGANISER))

    if isinstance(entry.callback.act, Act):
        assert client.get(example_path(route)).status_code in {404, 405}
        assert client.post(example_path(route)).status_code in {404, 405}


@pytest.mark.django_db
@pytest.mark.parametrize("route", [r for r, e in ROUTES if e.callback.act is Open.ORGANISERS])
def test_another_organisations_own_pages_are_not_there(route):
    here = factories.make_jury()
    elsewhere = factories.make_jury("elsewhere", organisation=factories.make_organisation("muu"))
    clients = {}
    for jury in (here, elsewhere):
        clients[jury] = Client()
        clients[jury].force_login(factories.make_member(jury, Role.ORGANISER))
    path = example_path(route)

    assert clients[here].get(path).status_code in {200, 405}
    assert clients[elsewhere].get(path).status_code == 404
    assert clients[elsewhere].post(path).status_code == 404


def test_every_act_is_granted_to_somebody_and_every_role_may_see_the_jury():
    assert frozenset().union(*GRANTS.values()) == frozenset(Act)
    assert all(Act.SEE_JURY in acts for acts in GRANTS.values())


def test_our_sessions_are_not_djangos():
    assert apps.get_app_config("jury_sessions").name == "sessions"
    assert apps.get_app_config("sessions").name == "django.contrib.sessions"


def test_the_engine_loads_without_django_and_without_a_solver():
    script = (
        "import sys, selection.engine, juries.files.tables;"
        "print([name for name in ('django', 'scipy', 'pulp', 'highspy')"
        " if name in sys.modules])"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert loaded.stdout.strip() == "[]"
