"""What a jury holds and for how long, who has read what is sensitive, and what has been erased."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from juries.audit_words import lines
from juries.crumbs import desk_crumbs
from juries.enums import Act
from juries.forms.privacy import RetentionForm
from juries.models import Jury
from juries.privacy.keeping import erasures, holdings
from juries.privacy.reading import readings
from juries.web import jury_view

LINES_ON_A_PAGE = 50
ERASURES = 20


@jury_view(Act.READ_AUDIT)
def held_data(request: HttpRequest, jury: Jury) -> HttpResponse:
    """The page of the data protection officer."""
    page = Paginator(readings(jury), LINES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "jury": jury,
        "holdings": holdings(jury),
        "page": page,
        "readings": lines(page.object_list),
        "erasures": lines(erasures(jury)[:ERASURES]),
        "may_change": Act.SET_UP_JURY in request.acts,
        "crumbs": desk_crumbs(jury, (_("Privacy"), None)),
    }
    return render(request, "juries/privacy/held_data.html", context)


@jury_view(Act.SET_UP_JURY)
def retention(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = RetentionForm(request.POST or None, jury=jury)
    if form.is_valid():
        form.save(by=request.user)
        messages.success(request, _("Saved. The privacy notice says so from now on."))
        return redirect("held_data", jury.slug)
    context = {
        "jury": jury,
        "form": form,
        "crumbs": desk_crumbs(
            jury, (_("Privacy"), reverse("held_data", args=[jury.slug])), (_("How long"), None)
        ),
    }
    return render(request, "juries/privacy/retention.html", context)
