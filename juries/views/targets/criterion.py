"""One criterion: who belongs to which of its groups, and how far its quotas give way."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from juries.crumbs import desk_crumbs
from juries.enums import Act
from juries.errors import JuryError
from juries.forms.targets.groups import PlacingsForm
from juries.models import Jury
from juries.targets.quotas import BEFORE_THE_PANEL
from juries.web import jury_view


@jury_view(Act.SET_UP_JURY)
def groups(request: HttpRequest, jury: Jury, criterion: int) -> HttpResponse:
    row = get_object_or_404(jury.criteria.prefetch_related("values"), pk=criterion)
    form = PlacingsForm(request.POST if request.method == "POST" else None, criterion=row)
    if form.is_bound and form.is_valid():
        try:
            form.save(request.user)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The groups are saved."))
            return redirect("criteria", jury.slug)
    context = {
        "jury": jury,
        "criterion": row,
        "form": form,
        "open": jury.stage in BEFORE_THE_PANEL,
        "crumbs": desk_crumbs(
            jury,
            (_("Criteria and quotas"), reverse("criteria", args=[jury.slug])),
            (str(row), None),
        ),
    }
    return render(request, "juries/targets/criterion.html", context)
