"""Creating a jury from the template of its kind, and changing it."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.commission.kinds import TEMPLATES, names_of
from juries.commission.timetable import usual_first_session
from juries.commission.versions import ChangedMeanwhile
from juries.crumbs import Crumbs, desk_crumbs
from juries.enums import Act, Stage
from juries.errors import JuryError
from juries.forms.commission.comparing import compared, with_choices
from juries.forms.commission.jury import JuryForm, facts_of, with_suggested_dates
from juries.models import Jury, Organisation
from juries.roles import organisations_of
from juries.web import jury_view, signed_in


@signed_in
def new_jury(request: HttpRequest) -> HttpResponse:
    """The kinds to choose from."""
    if not organisations_of(request.user):
        raise PermissionDenied
    context = {"templates": TEMPLATES.values(), "crumbs": _crumbs_of_new()}
    return render(request, "juries/commission/new_jury.html", context)


@signed_in
def new_jury_of_kind(request: HttpRequest, kind: str) -> HttpResponse:
    organisations = organisations_of(request.user)
    if not organisations:
        raise PermissionDenied
    if kind not in TEMPLATES:
        raise Http404
    known: dict[str, Any] = {"by": request.user, "organisations": organisations, "kind": kind}
    if request.method != "POST":
        form = JuryForm(initial=_beginning(kind, organisations), **known)
    elif "suggest" in request.POST:
        form = JuryForm(initial=with_suggested_dates(_typed(request.POST), kind), **known)
    else:
        form = JuryForm(request.POST, **known)
        jury = _saved(form)
        if jury:
            messages.success(request, _("The jury is created."))
            return redirect("home", jury.slug)
    context = {"form": form, "template": TEMPLATES[kind], "crumbs": _crumbs_of_new()}
    return render(request, "juries/commission/new_jury_of_kind.html", context | _names(kind))


@jury_view(Act.SET_UP_JURY)
def jury_settings(request: HttpRequest, jury: Jury) -> HttpResponse:
    known: dict[str, Any] = {
        "initial": facts_of(jury),
        "by": request.user,
        "jury": jury,
        "organisations": [jury.organisation],
    }
    if request.method != "POST":
        form = JuryForm(**known)
    elif "suggest" in request.POST:
        typed = with_suggested_dates(_typed(request.POST), jury.kind)
        form = JuryForm(**known | {"initial": known["initial"] | typed})
    else:
        form = JuryForm(with_choices(request.POST, jury), **known)
        try:
            saved = _saved(form)
        except ChangedMeanwhile as conflict:
            return _both_versions(request, form, conflict.jury)
        if saved:
            messages.success(request, _("The settings are saved."))
            return redirect("home", jury.slug)
    context = {
        "jury": jury,
        "form": form,
        "some_fixed": jury.stage != Stage.SETTING_UP,
        "crumbs": desk_crumbs(jury, (_("Settings"), None)),
    }
    return render(request, "juries/commission/jury_settings.html", context | _names(jury.kind))


def _both_versions(request: HttpRequest, form: JuryForm, jury: Jury) -> HttpResponse:
    """What was typed beside what stands now; nothing is saved until somebody has chosen."""
    context = {
        "jury": jury,
        "form": form,
        "comparison": compared(form, jury),
        "crumbs": desk_crumbs(jury, (_("Settings"), None)),
    }
    return render(request, "juries/commission/jury_conflict.html", context)


def _saved(form: JuryForm) -> Jury | None:
    """The jury, if the form is in order; else the form says what is not."""
    if not form.is_valid():
        return None
    try:
        return form.save()
    except ChangedMeanwhile:
        raise
    except JuryError as error:
        form.refuse(error)
        return None


def _beginning(kind: str, organisations: list[Organisation]) -> dict[str, Any]:
    """What a jury of the kind usually looks like, in the languages of the organisation."""
    facts = TEMPLATES[kind].facts(usual_first_session(timezone.localdate()))
    languages = organisations[0].languages or ["fi", "sv"]
    return {"submission": uuid4(), "languages": languages, **facts}


def _typed(posted: QueryDict) -> dict[str, Any]:
    return posted.dict() | {"languages": posted.getlist("languages")}


def _names(kind: str) -> dict[str, Any]:
    return {"names": names_of(TEMPLATES[kind].kind)}


def _crumbs_of_new() -> Crumbs:
    return [(_("Juries"), reverse("juries")), (_("New jury"), None)]
