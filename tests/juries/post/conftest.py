import pytest
from django.utils import translation

from juries.enums import Role
from tests import factories


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def organiser(jury):
    return factories.make_member(jury, Role.ORGANISER)
