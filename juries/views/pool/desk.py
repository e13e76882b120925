"""The phone and paper desk: entering somebody, who is to be called back, the call log."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from juries import codes
from juries.crumbs import desk_crumbs, recruitment_ways
from juries.enums import Act, Channel
from juries.errors import JuryError
from juries.forms.pool.calls import CallForm
from juries.forms.pool.desk import DeskForm
from juries.forms.pool.registrants import SearchForm
from juries.models import Call, Jury, Registrant
from juries.pool.calls import due_today, waiting
from juries.pool.completeness import lacking
from juries.post.addresses import address_of, on_paper
from juries.views.pool.card import card_crumbs, name_of, one_of
from juries.web import jury_view

DESK_CHANNEL = "desk_channel"
CALLS_ON_A_PAGE = 50


@jury_view(Act.RECRUIT)
def enter(request: HttpRequest, jury: Jury) -> HttpResponse:
    """Once somebody is entered, their receipt stands above a fresh form for the next one.

    The code is shown in this answer and in no other; sent again, the form gives the same answer.
    """
    begun = request.method == "POST" and "submission" in request.POST
    form = DeskForm(request.POST if begun else None, jury=jury, initial=_beginning(request))
    receipt = None
    if form.is_valid():
        receipt = _entered(request, jury, form)
    if receipt:
        request.session[DESK_CHANNEL] = form.cleaned_data["channel"]
        form = DeskForm(jury=jury, initial={"channel": form.cleaned_data["channel"]})
    context = {
        "jury": jury,
        "form": form,
        "receipt": receipt,
        "crumbs": card_crumbs(jury, (_("Enter a registration"), None)),
    }
    return render(request, "juries/pool/desk.html", context)


@jury_view(Act.RECRUIT)
def calls(request: HttpRequest, jury: Jury) -> HttpResponse:
    """Who is to be called back, a line for a call with somebody unknown, and the log."""
    form = CallForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and form.save(jury=jury, by=request.user, registrant=None, answers=None):
        return redirect("calls", jury.slug)
    log = jury.calls.select_related("registrant", "by")
    context = {
        "jury": jury,
        "form": form,
        "search": SearchForm(),
        "due": due_today(jury),
        "later": waiting(jury).count(),
        "page": Paginator(log, CALLS_ON_A_PAGE).get_page(request.GET.get("page")),
        "ways": recruitment_ways(jury, request.acts, "calls"),
        "crumbs": desk_crumbs(jury, (_("Calls"), None)),
    }
    return render(request, "juries/pool/calls.html", context)


@jury_view(Act.RECRUIT)
def call(request: HttpRequest, jury: Jury, registrant: int) -> HttpResponse:
    """A call with one registrant."""
    person = one_of(request, jury, registrant)
    form = CallForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and form.save(jury=jury, by=request.user, registrant=person, answers=None):
        return redirect("registrant", jury.slug, person.pk)
    back = reverse("registrant", args=[jury.slug, person.pk])
    context = {
        "jury": jury,
        "registrant": person,
        "form": form,
        "title": _("Write down a call: %(name)s") % {"name": name_of(person)},
        "deed": _("Save"),
        "back": back,
        "crumbs": card_crumbs(jury, (name_of(person), back), (_("Write down a call"), None)),
    }
    return render(request, "juries/pool/registrant_form.html", context)


@jury_view(Act.RECRUIT)
def settle(request: HttpRequest, jury: Jury, call: int) -> HttpResponse:
    """Calling back somebody who has not registered."""
    asked = get_object_or_404(Call, pk=call, jury=jury)
    form = CallForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and form.save(
        jury=jury, by=request.user, registrant=asked.registrant, answers=asked.pk
    ):
        return redirect("calls", jury.slug)
    context = {
        "jury": jury,
        "form": form,
        "title": _("Write down a call"),
        "asked": asked,
        "deed": _("Save"),
        "back": reverse("calls", args=[jury.slug]),
        "crumbs": desk_crumbs(
            jury, (_("Calls"), reverse("calls", args=[jury.slug])), (_("Write down a call"), None)
        ),
    }
    return render(request, "juries/pool/registrant_form.html", context)


def _beginning(request: HttpRequest) -> dict[str, str]:
    """The way chosen last, and the code that was searched for."""
    channel = request.session.get(DESK_CHANNEL, Channel.PAPER)
    return {"channel": channel, "invitation_code": request.POST.get("invitation_code", "")}


def _entered(request: HttpRequest, jury: Jury, form: DeskForm) -> dict[str, object] | None:
    try:
        entered = form.enter(by=request.user)
    except JuryError as error:
        form.add_error(None, str(error))
        return None
    submission = form.cleaned_data["submission"]
    return _receipt(jury, entered.registrant, submission) if entered else None


def _receipt(jury: Jury, person: Registrant, submission: UUID) -> dict[str, object]:
    return {
        "person": person,
        "code": codes.code_of(submission),
        "own_address": on_paper(address_of("own_code", language=person.language)),
        "missing": [str(criterion) for criterion in lacking(jury, [person])[person.pk]],
    }
