"""Texts that a jury has in several languages: one column each, read through one name."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language, get_language_info

LANGUAGE_CODES = tuple(code for code, _name in settings.LANGUAGES)


def translated_name(code: str) -> str:
    """What the language is called in the language of the page, as it stands inside a sentence."""
    name = str(get_language_info(code)["name_translated"])
    return name.lower() if (get_language() or "").startswith("sv") else name


def language_of(row: Any, name: str = "name") -> str:
    """The language in which the row's text of that name is shown to this reader."""
    active = (get_language() or settings.LANGUAGE_CODE)[:2]
    given = (code for code in (active, *LANGUAGE_CODES) if getattr(row, f"{name}_{code}"))
    return next(given, active)


class Translated:
    """Reads ``<name>_<language>``: the active language first, then whichever is filled."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, row: Any, owner: type) -> str:
        return str(getattr(row, f"{self.name}_{language_of(row, self.name)}"))
