"""The addresses that stand in letters and on posters, and their QR codes."""

from io import BytesIO
from urllib.parse import urlencode

import segno
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override

from juries.invitation.outreach import PARAMETER
from juries.models import Jury, OutreachCode
from juries.models.translated import LANGUAGE_CODES

POSTER_SCALE = 40
"""Dots to a module: sharp on a poster a metre wide."""


def sign_up_address(request: HttpRequest, jury: Jury, language: str) -> str:
    """Where one signs up in this language, or else in the jury's first."""
    with override(language or (jury.languages or LANGUAGE_CODES)[0]):
        return request.build_absolute_uri(reverse("sign_up", args=[jury.slug]))


def letter_address(request: HttpRequest, jury: Jury, language: str, code: str) -> str:
    """Where the code in a letter is filled in already."""
    return f"{sign_up_address(request, jury, language)}?{urlencode({'code': code})}"


def outreach_address(request: HttpRequest, code: OutreachCode, language: str) -> str:
    """The link by which whoever comes is counted to this way."""
    return f"{sign_up_address(request, code.jury, language)}?{urlencode({PARAMETER: code.key})}"


def qr_drawing(address: str) -> HttpResponse:
    """The QR code as a drawing that prints sharp at any size."""
    drawing = BytesIO()
    segno.make(address, error="m").save(drawing, kind="svg", scale=6, border=4, light="white")
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


def qr_picture(address: str) -> HttpResponse:
    """The QR code as a picture, large enough for a poster."""
    picture = BytesIO()
    segno.make(address, error="q").save(picture, kind="png", scale=POSTER_SCALE, border=4)
    return HttpResponse(picture.getvalue(), content_type="image/png")
