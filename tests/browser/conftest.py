"""A house that browsers can visit, and people who do."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser

from juries.project import settings as house_settings
from tests.browser.eyes import WIDTHS
from tests.browser.person import Person
from tests.simultaneous import copy_in


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """Settings by which static files are served as in production: hashed and compressed."""
    served = {
        "STATIC_ROOT": tmp_path_factory.mktemp("static"),
        "STORAGES": house_settings.STORAGES
        | {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}},
        "WHITENOISE_USE_FINDERS": False,
    }
    with override_settings(**served):
        call_command("collectstatic", interactive=False, verbosity=0)
    return served


@pytest.fixture
def house(transactional_db: None, collected: dict[str, object], tmp_path: Path) -> Iterator[str]:
    """The address of a running house."""
    with override_settings(**collected), database_of_its_own(tmp_path):
        thread = LiveServerThread("localhost", static_handler=lambda application: application)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        yield f"http://localhost:{thread.port}"
        thread.terminate()


@contextmanager
def database_of_its_own(folder: Path) -> Iterator[None]:
    """Test and server meet in one real database, each thread with its own connection.

    SQLite in memory has one connection, or connections that do not wait for each other; so there
    the test, too, moves into a file.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    path = copy_in(folder)
    memory, name = connection.connection, connection.settings_dict["NAME"]
    connection.connection, connection.settings_dict["NAME"] = None, str(path)
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = memory, name


@pytest.fixture
def findings() -> list[str]:
    """What was wrong on the pages people came to; empty at the end."""
    return []


@pytest.fixture
def somebody(chromium: Browser, house: str, findings: list[str]) -> Iterator[Callable[..., Person]]:
    """Makes people with a browser of their own.

    axe looks at the pages at every width, or at those of ``axe_at``, and on SQLite alone: on
    another database people walk through the same ones.
    """
    people: list[Person] = []
    with_axe = connection.vendor == "sqlite"

    def arrive(
        language: str,
        kind: type[Person] = Person,
        widths: Sequence[int] = WIDTHS,
        axe_at: Sequence[int] | None = None,
    ) -> Person:
        seen_by_axe = (widths if axe_at is None else axe_at) if with_axe else ()
        people.append(kind(chromium, house, language, findings, widths, axe_at=seen_by_axe))
        return people[-1]

    yield arrive
    for person in people:
        person.close()
