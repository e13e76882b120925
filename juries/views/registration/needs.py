"""Needs at the desk: totals for the venue, and who needs what once somebody asks to read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from juries.crumbs import desk_crumbs
from juries.enums import Act
from juries.models import Jury
from juries.registration import needs_list
from juries.registration.needs_paper import totals_on_paper
from juries.web import jury_view


@jury_view(Act.SEE_NEEDS)
def needs(request: HttpRequest, jury: Jury) -> HttpResponse:
    """Opening the page shows numbers only; the button shows who, and leaves a line in the log."""
    told = needs_list.read(jury=jury, by=request.user) if request.method == "POST" else None
    context = {
        "jury": jury,
        "totals": needs_list.totals(jury),
        "count": needs_list.members_told(jury),
        "told": told,
        "crumbs": desk_crumbs(jury, (_("Needs"), None)),
    }
    return render(request, "juries/registration/needs.html", context)


@jury_view(Act.SEE_NEEDS)
def totals_pdf(request: HttpRequest, jury: Jury) -> HttpResponse:
    """Numbers only, for the venue: nothing in it is read of anybody, so nothing is noted."""
    response = HttpResponse(totals_on_paper(jury), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{jury.slug}-{_("needs")}.pdf"'
    return response
