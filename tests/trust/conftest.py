"""A signature that was checked once is not checked again: a beacon's takes a fifth of a second."""

from functools import lru_cache

import pytest
from django.utils.translation import override

from selection.protocol import drand
from tests.trust.verifying import verify

verify.bls_holds = lru_cache(verify.bls_holds)
verify.ed25519_holds = lru_cache(verify.ed25519_holds)
_checked_once = lru_cache(drand.is_genuine)


@pytest.fixture(autouse=True)
def in_english():
    """Sentences are asserted as they stand in the source."""
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def checked_once(monkeypatch):
    monkeypatch.setattr(drand, "is_genuine", _checked_once)
