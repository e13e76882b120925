"""Clients per role, a jury to start from, and a browser."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client, TransactionTestCase
from django.utils import translation
from playwright.sync_api import Browser, sync_playwright

from juries.enums import Role
from juries.models import Jury
from tests import factories
from tests.mode import CHROMIUM
from tests.unguarded import unguarded_log


@pytest.fixture(autouse=True)
def finnish() -> Iterator[None]:
    """Every test begins in Finnish: the language of the last page asked for stays in the thread."""
    with translation.override("fi"):
        yield


@pytest.fixture(autouse=True, scope="session")
def tables_can_be_emptied() -> Iterator[None]:
    """After a test with transactions of its own every table is emptied, the log too."""
    empty = TransactionTestCase._fixture_teardown

    def without_the_guard(case: TransactionTestCase) -> None:
        with unguarded_log():
            empty(case)

    TransactionTestCase._fixture_teardown = without_the_guard
    yield
    TransactionTestCase._fixture_teardown = empty


@pytest.fixture
def jury(db: None) -> Jury:
    """A jury of four seats with two criteria, being set up."""
    return factories.make_jury()


@pytest.fixture
def sign_in_as(db: None) -> Callable[[Role, Jury], Client]:
    """A client signed in as somebody who has a role in the jury's organisation."""

    def sign_in(role: Role, jury: Jury) -> Client:
        client = Client()
        client.force_login(factories.make_member(jury, role))
        return client

    return sign_in


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()
