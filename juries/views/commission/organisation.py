"""The organisation's own page: its details, its people, and its removed juries."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from juries.commission.removal import last_day_to_restore, removed_juries
from juries.crumbs import organisation_ways
from juries.errors import JuryError
from juries.forms.commission.organisation import OrganisationForm
from juries.models import Organisation
from juries.web import organisation_view


@organisation_view
def organisation_page(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = OrganisationForm(request.POST or None, organisation=organisation, by=request.user)
    if form.is_valid():
        try:
            form.save()
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The details are saved."))
            return redirect("organisation", organisation.slug)
    context = {
        "organisation": organisation,
        "form": form,
        "removed": [(jury, last_day_to_restore(jury)) for jury in removed_juries(organisation)],
        "ways": organisation_ways(organisation, "organisation"),
        "crumbs": [(_("Juries"), reverse("juries")), (organisation.name, None)],
    }
    return render(request, "juries/commission/organisation.html", context)
