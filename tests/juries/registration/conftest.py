"""A jury at which one can sign up."""

import pytest

from juries.models import Jury
from tests.juries.registration.registering import open_jury


@pytest.fixture
def jury(db: None) -> Jury:
    return open_jury()
