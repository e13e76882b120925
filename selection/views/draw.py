"""The draw as staff see it: how it stands, and what comes next. No names here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from juries.enums import Act
from juries.models import Jury
from juries.web import jury_view
from selection.views.lottery import acts, crumbs


@jury_view(Act.SEE_LOTTERY)
def draws(request: HttpRequest, jury: Jury) -> HttpResponse:
    context = {
        "jury": jury,
        "acts": acts(request),
        "draws": list(jury.draws.select_related("frozen_by")),
        "crumbs": crumbs(jury, (_("Draw"), None)),
    }
    return render(request, "selection/draw/draw.html", context)
