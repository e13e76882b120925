"""A new jury from one that stands."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.commission.timetable import usual_first_session
from juries.crumbs import desk_crumbs
from juries.enums import Act
from juries.errors import JuryError
from juries.forms.commission.copying import CopyForm
from juries.models import Jury
from juries.roles import organisations_of
from juries.web import jury_view


@jury_view(Act.SET_UP_JURY)
def copy(request: HttpRequest, jury: Jury) -> HttpResponse:
    if jury.organisation not in organisations_of(request.user):
        raise PermissionDenied
    beginning = {
        "submission": uuid4(),
        "first_session_on": usual_first_session(timezone.localdate()),
        **{f"name_{code}": getattr(jury, f"name_{code}") for code in jury.languages},
    }
    form = CopyForm(request.POST or None, initial=beginning, jury=jury, by=request.user)
    if form.is_valid():
        try:
            made = form.save()
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The copy stands. Nothing in it has been published."))
            return redirect("home", made.slug)
    context = {"jury": jury, "form": form, "crumbs": desk_crumbs(jury, (_("Copy the jury"), None))}
    return render(request, "juries/commission/copy_jury.html", context)
