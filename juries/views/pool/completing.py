"""People who lack a value of a criterion: who they are, asking them, and leaving them out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from juries.crumbs import desk_crumbs, recruitment_ways
from juries.enums import Act
from juries.errors import JuryError
from juries.forms.pool.completing import LeaveOutForm
from juries.models import Jury, Registrant
from juries.pool.completeness import incomplete, lacking, leave_out_incomplete
from juries.web import jury_view

PEOPLE_ON_A_PAGE = 50


@jury_view(Act.RECRUIT)
def incomplete_people(request: HttpRequest, jury: Jury) -> HttpResponse:
    return _page(request, jury, LeaveOutForm())


@jury_view(Act.RECRUIT)
@require_POST
def leave_out(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = LeaveOutForm(request.POST)
    if form.is_valid():
        try:
            gone = leave_out_incomplete(
                jury=jury, typed=form.cleaned_data["typed"], by=request.user
            )
        except JuryError as error:
            form.add_error("typed", str(error))
        else:
            left = ngettext(
                "%(count)s person was left out.", "%(count)s people were left out.", gone
            )
            messages.success(request, left % {"count": gone})
            return redirect("incomplete", jury.slug)
    return _page(request, jury, form)


def _page(request: HttpRequest, jury: Jury, form: LeaveOutForm) -> HttpResponse:
    readable = Registrant.objects.readable_by(request.user)
    people = readable.filter(pk__in=incomplete(jury).values("pk")).order_by("pk")
    page = Paginator(people, PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    lacks = lacking(jury, page.object_list)
    context = {
        "jury": jury,
        "form": form,
        "may_send": Act.SEND in request.acts,
        "page": page,
        "people": [
            (person, ", ".join(str(criterion) for criterion in lacks[person.pk])) for person in page
        ],
        "ways": recruitment_ways(jury, request.acts, "registrants"),
        "crumbs": desk_crumbs(jury, (_("Answers that are missing"), None)),
    }
    return render(request, "juries/pool/incomplete.html", context)
