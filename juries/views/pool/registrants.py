"""Registrants by name, for those who may see names: the list, and searching in it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from juries.crumbs import desk_crumbs, recruitment_ways
from juries.enums import Act
from juries.forms.pool.registrants import FilterForm, SearchForm
from juries.models import Jury, Registrant
from juries.models.registrant import RegistrantQuerySet
from juries.pool.listing import MOST_FOUND, found_by, listed, unused_invitation
from juries.web import jury_view, page_or_part

PEOPLE_ON_A_PAGE = 50


@jury_view(Act.SEE_CONTACTS)
def registrants(request: HttpRequest, jury: Jury) -> HttpResponse:
    """The list by filters, which stand in the address. Words searched for are sent, never shown
    there: no name comes into a log of addresses.
    """
    if request.method == "POST":
        return _search(request, jury)
    form = FilterForm(request.GET, jury=jury)
    found = listed(jury, _readable(request, jury), **form.wanted())
    page = Paginator(found, PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    context = _context(request, jury) | {
        "filters": form,
        "page": page,
        "count": page.paginator.count,
    }
    return render(request, page_or_part(request, "juries/pool/registrants.html", "rows"), context)


def _search(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = SearchForm(request.POST)
    context = _context(request, jury) | {"filters": FilterForm(jury=jury), "search": form}
    if form.is_valid():
        words = form.cleaned_data["words"]
        people = found_by(jury, _readable(request, jury), words)
        if len(people) == 1:
            return redirect("registrant", jury.slug, people[0].pk)
        context |= {
            "page": people,
            "count": len(people),
            "searched": True,
            "too_many": len(people) == MOST_FOUND,
            "invitation": unused_invitation(jury, words),
            "code": words,
        }
    return render(request, "juries/pool/registrants.html", context)


def _context(request: HttpRequest, jury: Jury) -> dict[str, object]:
    return {
        "jury": jury,
        "search": SearchForm(),
        "may_recruit": Act.RECRUIT in request.acts,
        "ways": recruitment_ways(jury, request.acts, "registrants"),
        "crumbs": desk_crumbs(jury, (_("Registrants"), None)),
    }


def _readable(request: HttpRequest, jury: Jury) -> RegistrantQuerySet:
    return Registrant.objects.readable_by(request.user).filter(jury=jury)
