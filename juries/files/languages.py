"""The languages that a file names, by their codes or in words."""

from collections.abc import Mapping
from types import MappingProxyType

from juries.files.tables import fold

LANGUAGE_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "fi": ("fi", "fin", "suomi", "finska", "finnish"),
        "sv": ("sv", "swe", "ruotsi", "svenska", "swedish"),
        "en": ("en", "eng", "englanti", "engelska", "english"),
    }
)
_BY_WORD = {word: code for code, words in LANGUAGE_WORDS.items() for word in words}


def language_named(text: str) -> str:
    """The code of the language, or blank for one that the house does not speak."""
    return _BY_WORD.get(fold(text), "")
