from collections.abc import Callable, Iterator

import pytest
from django.utils import translation


@pytest.fixture
def speaking() -> Iterator[Callable[[str], None]]:
    """Switches the language for the rest of the test."""
    before = translation.get_language()
    yield translation.activate
    translation.activate(before)
