"""The draw on the wall and on the phones of those who follow it; and its minutes on paper."""

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from juries.enums import Act
from juries.models import Jury
from juries.web import jury_view, page_or_part, public_jury_view
from selection.draw.ceremony import ceremony_of
from selection.models import Round
from selection.record.minutes import minutes_of

PAGE = "selection/draw/ceremony.html"


@jury_view(Act.SEE_LOTTERY)
def ceremony(request: HttpRequest, jury: Jury) -> HttpResponse:
    context = {
        "jury": jury,
        "ceremony": ceremony_of(jury),
        "every": "2s",
        "may_witness": Act.WITNESS_DRAW in request.acts,
    }
    if jury.published_at and not request.htmx:
        address = request.build_absolute_uri(reverse("selection:public_ceremony", args=[jury.slug]))
        context |= {"address": address, "picture": _qr(address)}
    return render(request, page_or_part(request, PAGE, "live"), context)


@public_jury_view
def public_ceremony(request: HttpRequest, jury: Jury) -> HttpResponse:
    """The same for whoever follows on a phone. Many ask at once, so they ask less often."""
    context = {"jury": jury, "ceremony": ceremony_of(jury), "every": "5s", "is_public": True}
    return render(request, page_or_part(request, PAGE, "live"), context)


@jury_view(Act.SEE_LOTTERY)
def minutes(request: HttpRequest, jury: Jury, number: int, round: int) -> HttpResponse:
    rounds = Round.objects.filter(draw__jury=jury).exclude(commitment="")
    round_ = get_object_or_404(rounds, draw__number=number, number=round)
    response = HttpResponse(minutes_of(round_), content_type="application/pdf")
    name = f"{jury.slug}-{_('minutes')}-{number}-{round}"
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _qr(address: str) -> str:
    drawing = segno.make(address, error="m").svg_inline(
        scale=4, border=2, light=None, omitsize=True, svgclass="qr", lineclass=None
    )
    return mark_safe(drawing)
