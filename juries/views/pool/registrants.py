"""Registrants by name, for those who may see names: the list, the card, corrections."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries import codes
from juries.crumbs import Crumbs, desk_crumbs, recruitment_ways
from juries.enums import Act
from juries.errors import JuryError
from juries.forms.recruitment import CorrectionForm, DeskForm, ReasonForm
from juries.forms.registrants import SearchForm
from juries.models import Jury, Registrant
from juries.pool.completeness import incomplete
from juries.registration import entry
from juries.registration.own_page import facts_of
from juries.web import jury_view, page_or_part

PEOPLE_ON_A_PAGE = 50


@jury_view(Act.SEE_CONTACTS)
def registrants(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = SearchForm(request.GET or None)
    found = _readable(request, jury)
    if form.is_valid():
        found = _searched(jury, found, **form.cleaned_data)
    context = {
        "jury": jury,
        "form": form,
        "may_recruit": Act.RECRUIT in request.acts,  # type: ignore[attr-defined]
        "page": Paginator(found, PEOPLE_ON_A_PAGE).get_page(request.GET.get("page")),
        "ways": recruitment_ways(jury, request.acts, "registrants"),  # type: ignore[attr-defined]
        "crumbs": desk_crumbs(jury, (_("Registrants"), None)),
    }
    return render(request, page_or_part(request, "juries/pool/registrants.html", "rows"), context)


@jury_view(Act.SEE_CONTACTS)
def card(request: HttpRequest, jury: Jury, registrant: int) -> HttpResponse:
    return _card(request, jury, _one(request, jury, registrant))


@jury_view(Act.RECRUIT)
def add(request: HttpRequest, jury: Jury) -> HttpResponse:
    """The personal code is shown in the answer to the form, to be given to the person."""
    form = DeskForm(request.POST or None, jury=jury)
    if form.is_valid():
        try:
            person = form.enter(by=request.user).registrant
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            code = codes.code_of(form.cleaned_data["submission"])
            return _card(request, jury, person, code=code)
    context = {
        "jury": jury,
        "form": form,
        "title": _("Enter a registration"),
        "deed": _("Register this person"),
        "back": reverse("registrants", args=[jury.slug]),
        "crumbs": _crumbs(jury, (_("Enter a registration"), None)),
    }
    return render(request, "juries/pool/registrant_form.html", context)


@jury_view(Act.RECRUIT)
def change(request: HttpRequest, jury: Jury, registrant: int) -> HttpResponse:
    person = _one(request, jury, registrant)
    form = CorrectionForm(request.POST or None, registrant=person)
    if form.is_valid():
        try:
            form.save(by=request.user, reason=form.cleaned_data["reason"])
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The changes have been saved."))
            return redirect("registrant", jury.slug, person.pk)
    return _form_page(request, jury, person, form, _("Change"), _("Save the changes"))


@jury_view(Act.RECRUIT)
def withdraw(request: HttpRequest, jury: Jury, registrant: int) -> HttpResponse:
    person = _one(request, jury, registrant)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            entry.withdraw(registrant=person, by=request.user, reason=form.cleaned_data["reason"])
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The registration has been withdrawn."))
            return redirect("registrant", jury.slug, person.pk)
    return _form_page(request, jury, person, form, _("Withdraw"), _("Withdraw the registration"))


@jury_view(Act.RECRUIT)
@require_POST
def new_code(request: HttpRequest, jury: Jury, registrant: int) -> HttpResponse:
    """The code is shown in this answer and in no other."""
    person = _one(request, jury, registrant)
    try:
        code = entry.give_new_code(registrant=person, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
        return redirect("registrant", jury.slug, person.pk)
    return _card(request, jury, person, code=code)


def _readable(request: HttpRequest, jury: Jury) -> QuerySet[Registrant]:
    return Registrant.objects.readable_by(request.user).filter(jury=jury)


def _one(request: HttpRequest, jury: Jury, pk: int) -> Registrant:
    return get_object_or_404(_readable(request, jury).select_related("jury", "invitation"), pk=pk)


def _searched(
    jury: Jury, found: QuerySet[Registrant], *, words: str, state: str
) -> QuerySet[Registrant]:
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(reference__icontains=word)
            | Q(email__icontains=word)
            | Q(phone__icontains=word)
        )
    if state == "incomplete":
        return found.filter(pk__in=incomplete(jury).values("pk"))
    if state:
        return found.filter(withdrawn_at__isnull=state == "in")
    return found


def _card(request: HttpRequest, jury: Jury, person: Registrant, code: str = "") -> HttpResponse:
    context = {
        "jury": jury,
        "registrant": person,
        "facts": facts_of(person),
        "code": code,
        "may_recruit": Act.RECRUIT in request.acts,  # type: ignore[attr-defined]
        "crumbs": _crumbs(jury, (_name(person), None)),
    }
    return render(request, "juries/pool/registrant.html", context)


def _form_page(
    request: HttpRequest,
    jury: Jury,
    person: Registrant,
    form: CorrectionForm | ReasonForm,
    title: str,
    deed: str,
) -> HttpResponse:
    back = reverse("registrant", args=[jury.slug, person.pk])
    context = {
        "jury": jury,
        "registrant": person,
        "form": form,
        "title": f"{title}: {_name(person)}",
        "deed": deed,
        "back": back,
        "crumbs": _crumbs(jury, (_name(person), back), (title, None)),
    }
    return render(request, "juries/pool/registrant_form.html", context)


def _crumbs(jury: Jury, *further: tuple[str, str | None]) -> Crumbs:
    return desk_crumbs(jury, (_("Registrants"), reverse("registrants", args=[jury.slug])), *further)


def _name(person: Registrant) -> str:
    return person.name or person.reference
