"""Texts that a jury has in several languages: one column each, read through one name."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language, get_language_info

LANGUAGE_CODES = tuple(code for code, _name in settings.LANGUAGES)


def translated_name(code: str) -> str:
    """What the language is called in the language of the page."""
    return str(get_language_info(code)["name_translated"])


class Translated:
    """Reads ``<name>_<language>``: the active language first, then whichever is filled."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, row: Any, owner: type) -> str:
        active = (get_language() or settings.LANGUAGE_CODE)[:2]
        texts = (getattr(row, f"{self.name}_{code}") for code in (active, *LANGUAGE_CODES))
        return next((str(text) for text in texts if text), "")
