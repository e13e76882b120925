"""What every page knows: the name of the house, its languages, and whether this is a demo."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils.translation import get_language, override

PRODUCT = "Raatihuone"


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the house, and the address of this page in it."""

    code: str
    name: str
    url: str
    current: bool


def house(request: HttpRequest) -> dict[str, Any]:
    """The context every page gets."""
    return {"product": PRODUCT, "demo": settings.DEMO, "languages": languages(request)}


def languages(request: HttpRequest) -> list[Language]:
    """Every language with the address of this page in it; of the front page if there is none."""
    return [
        Language(
            code=code,
            name=name,
            url=_in_language(request, code),
            current=code == get_language(),
        )
        for code, name in settings.LANGUAGES
    ]


def _in_language(request: HttpRequest, code: str) -> str:
    try:
        resolve(request.path_info)
    except Resolver404:
        with override(code):
            return reverse("front")
    return translate_url(request.get_full_path(), code)
