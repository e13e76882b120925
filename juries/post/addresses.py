"""Addresses of the house as they stand in letters and messages, made without a request."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from juries.models import Jury


def address_of(page: str, *names: object, language: str) -> str:
    """The whole address of a page in a language; nobody who asks for a page can change it."""
    with override(language):
        return f"{settings.ADDRESS}{reverse(page, args=names)}"


def record_address(jury: Jury, language: str) -> str:
    """Where everybody reads how the panel was drawn."""
    return address_of("jury", jury.slug, language=language)


def on_paper(address: str) -> str:
    """The address as people type it."""
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")
