from collections.abc import Iterator

import pytest
from django.utils.translation import override

from juries.models import AuditEntry, Jury, User
from tests import factories
from tests.juries.audit.breaking import make_log
from tests.unguarded import unguarded_log


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def user(db: None) -> User:
    return factories.make_user()


@pytest.fixture
def log(jury: Jury, user: User) -> list[AuditEntry]:
    """A line of every kind, in the order in which they were written."""
    return make_log(jury, user)


@pytest.fixture
def unguarded(log: list[AuditEntry]) -> Iterator[None]:
    """The database lets the lines be changed, as it would not in a house that runs."""
    with unguarded_log():
        yield
