import pytest

from juries.models import User
from selection.models import Lottery, Round
from tests.selection.conftest import commit_to


@pytest.fixture
def beaconed(ready: Lottery, organiser: User) -> Round:
    """A commitment that waits for balls and a beacon."""
    return commit_to(ready, organiser, Round.Sources.BOTH)
