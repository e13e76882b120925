"""Creating a jury from the template, and changing it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.commission.timetable import suggested_dates, usual_first_session
from juries.crumbs import desk_crumbs
from juries.enums import Act, Stage
from juries.errors import JuryError
from juries.forms.commission import JuryForm, facts_of, with_suggested_dates
from juries.models import Jury
from juries.roles import organisations_of
from juries.web import jury_view, signed_in


@signed_in
def new_jury(request: HttpRequest) -> HttpResponse:
    organisations = organisations_of(request.user)
    if not organisations:
        raise PermissionDenied
    known: dict[str, Any] = {"by": request.user, "organisations": organisations}
    if request.method != "POST":
        form = JuryForm(initial=_template(), **known)
    elif "suggest" in request.POST:
        form = JuryForm(initial=with_suggested_dates(_typed(request.POST)), **known)
    else:
        form = JuryForm(request.POST, **known)
        jury = _saved(form)
        if jury:
            messages.success(request, _("The jury is created."))
            return redirect("home", jury.slug)
    crumbs = [(_("Juries"), reverse("juries")), (_("New jury"), None)]
    return render(request, "juries/commission/new_jury.html", {"form": form, "crumbs": crumbs})


@jury_view(Act.SET_UP_JURY)
def jury_settings(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = JuryForm(
        request.POST if request.method == "POST" else None,
        initial=facts_of(jury),
        by=request.user,
        jury=jury,
        organisations=[jury.organisation],
    )
    if request.method == "POST" and _saved(form):
        messages.success(request, _("The settings are saved."))
        return redirect("home", jury.slug)
    context = {
        "jury": jury,
        "form": form,
        "some_fixed": jury.stage != Stage.SETTING_UP,
        "crumbs": desk_crumbs(jury, (_("Settings"), None)),
    }
    return render(request, "juries/commission/jury_settings.html", context)


def _saved(form: JuryForm) -> Jury | None:
    """The jury, if the form is in order; else the form says what is not."""
    if not form.is_valid():
        return None
    try:
        return form.save()
    except JuryError as error:
        form.add_error(None, str(error))
        return None


def _template() -> dict[str, Any]:
    """What a kansalaisraati usually looks like."""
    return {"languages": ["fi", "sv"]} | suggested_dates(usual_first_session(timezone.localdate()))


def _typed(posted: QueryDict) -> dict[str, Any]:
    return posted.dict() | {"languages": posted.getlist("languages")}
