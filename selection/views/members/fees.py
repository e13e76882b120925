"""Fees and travel: the table, one member's basis, and the file for payroll."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.enums import Act
from juries.errors import JuryError
from juries.exports.people import Format
from juries.models import Jury
from juries.web import jury_view
from selection.forms.members import FeeBasisForm, PayrollForm
from selection.members.fees import fee_table
from selection.members.listing import name_on
from selection.members.payroll import export_payroll
from selection.views.panel.ways import members_crumbs, panel_ways


@jury_view(Act.MANAGE_PANEL)
def fees(request: HttpRequest, jury: Jury) -> HttpResponse:
    return _page(request, jury, PayrollForm())


@jury_view(Act.MANAGE_PANEL)
def change(request: HttpRequest, jury: Jury, seat: int) -> HttpResponse:
    found = get_object_or_404(jury.seats.select_related("registrant"), pk=seat)
    form = FeeBasisForm(request.POST or None, seat=found)
    if form.is_valid() and form.save(by=request.user):
        messages.success(request, _("The changes have been saved."))
        return redirect("selection:fees", jury.slug)
    context = {
        "jury": jury,
        "form": form,
        "name": name_on(found),
        "crumbs": members_crumbs(
            jury,
            (_("Fees and travel"), reverse("selection:fees", args=[jury.slug])),
            (name_on(found), None),
        ),
    }
    return render(request, "selection/members/fee_basis.html", context)


@jury_view(Act.EXPORT_PEOPLE)
@require_POST
def payroll(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = PayrollForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            file = export_payroll(
                jury=jury, form=Format(told["form"]), reason=told["reason"], by=request.user
            )
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            attached = {"Content-Disposition": f'attachment; filename="{file.name}"'}
            return HttpResponse(file.content, content_type=file.kind, headers=attached)
    return _page(request, jury, form)


def _page(request: HttpRequest, jury: Jury, form: PayrollForm) -> HttpResponse:
    acts = request.acts
    context = {
        "jury": jury,
        "table": fee_table(jury),
        "exports": Act.EXPORT_PEOPLE in acts,
        "form": form,
        "ways": panel_ways(jury, acts, "fees"),
        "crumbs": members_crumbs(jury, (_("Fees and travel"), None)),
    }
    return render(request, "selection/members/fees.html", context)
