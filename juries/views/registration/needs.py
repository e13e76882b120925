"""Needs: totals for the venue, who needs what once somebody asks for it, and writing it down."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from juries.crumbs import desk_crumbs
from juries.enums import Act
from juries.forms.registration.needs import OwnNeedsForm, WrittenNeedsForm
from juries.models import Jury, Registrant
from juries.registration import needs_list
from juries.registration.named_needs import may_tell, named_members
from juries.registration.needs_paper import totals_on_paper
from juries.web import jury_view, own_view


@jury_view(Act.SEE_NEEDS)
def needs(request: HttpRequest, jury: Jury) -> HttpResponse:
    """Opening the page shows numbers only; the button shows who, and leaves a line in the log."""
    told = needs_list.read(jury=jury, by=request.user) if request.method == "POST" else None
    context = {
        "jury": jury,
        "totals": needs_list.totals(jury),
        "count": needs_list.members_told(jury),
        "told": told,
        "named": named_members(jury),
        "crumbs": desk_crumbs(jury, (_("Needs"), None)),
    }
    return render(request, "juries/registration/needs.html", context)


@jury_view(Act.SEE_NEEDS)
def totals_pdf(request: HttpRequest, jury: Jury) -> HttpResponse:
    """Numbers only, for the venue: nothing in it is read of anybody, so nothing is noted."""
    response = HttpResponse(totals_on_paper(jury), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{jury.slug}-{_("needs")}.pdf"'
    return response


@jury_view(Act.SEE_NEEDS)
def named(request: HttpRequest, jury: Jury, holder: int) -> HttpResponse:
    """What somebody with a named seat needs is written down by whoever makes the arrangements."""
    person = get_object_or_404(named_members(jury), pk=holder)
    form = WrittenNeedsForm(request.POST or None, person=person)
    if form.is_valid() and form.save(by=request.user):
        messages.success(request, _("The needs have been saved."))
        return redirect("needs", jury.slug)
    back = reverse("needs", args=[jury.slug])
    context = {
        "jury": jury,
        "form": form,
        "back": back,
        "crumbs": desk_crumbs(jury, (_("Needs"), back), (person.name or person.reference, None)),
    }
    return render(request, "juries/registration/write_needs.html", context)


@own_view
def own(request: HttpRequest, registrant: Registrant) -> HttpResponse:
    """Whoever was named to a seat tells what they need."""
    if not may_tell(registrant):
        raise Http404
    form = OwnNeedsForm(request.POST or None, person=registrant)
    if form.is_valid() and form.save():
        messages.success(request, _("Your changes have been saved."))
        return redirect("own_page")
    context = {
        "jury": registrant.jury,
        "form": form,
        "crumbs": [(_("My own page"), reverse("own_page")), (_("What I need"), None)],
    }
    return render(request, "juries/registration/own_needs.html", context)
