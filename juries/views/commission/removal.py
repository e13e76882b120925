"""A jury is removed by typing its name, and brought back by a button."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.commission.removal import (
    last_day_to_restore,
    may_be_removed,
    remove_jury,
    removed_juries,
    restore_jury,
)
from juries.crumbs import desk_crumbs
from juries.enums import Act
from juries.errors import JuryError
from juries.forms.commission.removing import RemoveForm
from juries.models import Jury, Organisation
from juries.roles import organisations_of
from juries.web import jury_view, organisation_view


@jury_view(Act.SET_UP_JURY)
def remove(request: HttpRequest, jury: Jury) -> HttpResponse:
    if jury.organisation not in organisations_of(request.user):
        raise PermissionDenied
    form = RemoveForm(request.POST or None)
    if form.is_valid():
        try:
            remove_jury(jury=jury, typed_name=form.cleaned_data["typed_name"], by=request.user)
        except JuryError as error:
            form.add_error("typed_name", str(error))
        else:
            messages.success(request, _("The jury is removed. It can be brought back here."))
            return redirect("organisation", jury.organisation.slug)
    context = {
        "jury": jury,
        "form": form,
        "possible": may_be_removed(jury),
        "registrants": jury.registrants.count(),
        "last_day": date_format(last_day_to_restore(jury), "SHORT_DATE_FORMAT"),
        "crumbs": desk_crumbs(jury, (_("Remove the jury"), None)),
    }
    return render(request, "juries/commission/remove_jury.html", context)


@organisation_view
@require_POST
def restore(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    removed = {jury.slug: jury for jury in removed_juries(organisation)}
    jury = removed.get(request.POST.get("jury", ""))
    if jury is None:
        raise Http404
    restore_jury(jury=jury, by=request.user)
    messages.success(request, _("The jury is back as it was."))
    return redirect("home", jury.slug)
