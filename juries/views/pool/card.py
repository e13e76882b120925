"""One registrant, for those who may see names: the card, corrections, withdrawing, a new code."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.crumbs import Crumbs, desk_crumbs
from juries.enums import Act
from juries.errors import JuryError
from juries.forms.pool.desk import CorrectionForm, ReasonForm
from juries.models import Jury, Registrant
from juries.pool.card import facts_for_staff, history_of
from juries.pool.exclusions import can_be_excluded
from juries.registration import entry, withdrawing
from juries.rooms import desk_ways_of
from juries.web import jury_view

Form = CorrectionForm | ReasonForm


@jury_view(Act.SEE_CONTACTS)
def card(request: HttpRequest, jury: Jury, registrant: int) -> HttpResponse:
    return _card(request, jury, one_of(request, jury, registrant))


@jury_view(Act.RECRUIT)
def change(request: HttpRequest, jury: Jury, registrant: int) -> HttpResponse:
    person = one_of(request, jury, registrant)
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
    person = one_of(request, jury, registrant)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            withdrawing.withdraw(
                registrant=person, by=request.user, reason=form.cleaned_data["reason"]
            )
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
    person = one_of(request, jury, registrant)
    try:
        code = entry.give_new_code(registrant=person, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
        return redirect("registrant", jury.slug, person.pk)
    return _card(request, jury, person, code=code)


def one_of(request: HttpRequest, jury: Jury, pk: int) -> Registrant:
    """The registrant whose name the user may read, or 404."""
    readable = Registrant.objects.readable_by(request.user).filter(jury=jury)
    return get_object_or_404(
        readable.select_related(
            "jury", "invitation", "outreach", "merged_into", "household", "excluded"
        ),
        pk=pk,
    )


def card_crumbs(jury: Jury, *further: tuple[str, str | None]) -> Crumbs:
    return desk_crumbs(jury, (_("Registrants"), reverse("registrants", args=[jury.slug])), *further)


def name_of(person: Registrant) -> str:
    return person.name or person.reference


def _card(request: HttpRequest, jury: Jury, person: Registrant, code: str = "") -> HttpResponse:
    acts = request.acts
    context = {
        "jury": jury,
        "registrant": person,
        "facts": facts_for_staff(person),
        "history": history_of(person),
        "calls": person.calls.select_related("by"),
        "doubles": person.merged.all(),
        "code": code,
        "may_recruit": Act.RECRUIT in acts,
        "ways": desk_ways_of(person),
        "may_exclude": can_be_excluded(person),
        "crumbs": card_crumbs(jury, (name_of(person), None)),
    }
    return render(request, "juries/pool/registrant.html", context)


def _form_page(
    request: HttpRequest, jury: Jury, person: Registrant, form: Form, title: str, deed: str
) -> HttpResponse:
    back = reverse("registrant", args=[jury.slug, person.pk])
    context = {
        "jury": jury,
        "registrant": person,
        "form": form,
        "title": f"{title}: {name_of(person)}",
        "deed": deed,
        "back": back,
        "crumbs": card_crumbs(jury, (name_of(person), back), (title, None)),
    }
    return render(request, "juries/pool/registrant_form.html", context)
