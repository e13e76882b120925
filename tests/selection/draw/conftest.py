import pytest
from django.test import Client

from juries.models import User
from selection.models import Lottery, Round
from tests.selection.conftest import commit_to, witness


@pytest.fixture
def beaconed(ready: Lottery, organiser: User) -> Round:
    """A commitment that waits for balls and a beacon."""
    return commit_to(ready, organiser, Round.Sources.BOTH)


@pytest.fixture
def phone(committed: Round) -> Client:
    """The device of the one who confirms."""
    client = Client()
    client.force_login(witness(committed.draw.jury))
    return client
