"""The criteria of a jury and their quotas."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.crumbs import desk_crumbs
from juries.enums import Act
from juries.errors import JuryError
from juries.file_sentences import sentences
from juries.files.errors import FileError
from juries.forms.targets.criteria import (
    BandForm,
    CombineForm,
    NewCriterionForm,
    RemoveCriterionForm,
    TableForm,
)
from juries.forms.targets.quotas import QuotasForm
from juries.models import Jury
from juries.targets.criteria import add_criterion, combine_criteria, remove_criterion
from juries.targets.quotas import BEFORE_THE_PANEL, recalculate
from juries.web import jury_view


@jury_view(Act.SET_UP_JURY)
def criteria(request: HttpRequest, jury: Jury) -> HttpResponse:
    if request.method != "POST":
        return _page(request, jury)
    quotas = QuotasForm(request.POST, jury=jury)
    if quotas.is_valid():
        try:
            saved = quotas.save(request.user)
        except JuryError as error:
            return _page(request, jury, quotas=quotas, refused=str(error))
        if saved:
            return _done(request, jury, _("The quotas are saved."))
    return _page(request, jury, quotas=quotas)


@jury_view(Act.SET_UP_JURY)
@require_POST
def criteria_table(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = TableForm(request.POST, jury=jury)
    if form.is_valid():
        try:
            form.save(jury, request.user)
        except FileError as error:
            for sentence in sentences(error):
                form.add_error(None, sentence)
        except JuryError as error:
            form.refuse(error)
        else:
            return _done(request, jury, _("The criteria are set. Check the quotas below."))
    return _page(request, jury, table=form)


@jury_view(Act.SET_UP_JURY)
@require_POST
def recalculate_quotas(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = BandForm(request.POST, jury=jury)
    if form.is_valid():
        try:
            band = form.cleaned_data["band"]
            recalculate(jury=jury, band=band, by=request.user, reason=form.why())
        except JuryError as error:
            form.refuse(error)
        else:
            return _done(request, jury, _("The quotas are calculated from the population."))
    return _page(request, jury, band=form)


@jury_view(Act.SET_UP_JURY)
@require_POST
def new_criterion(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = NewCriterionForm(request.POST, jury=jury)
    if form.is_valid():
        try:
            add_criterion(jury=jury, by=request.user, **form.cleaned_data)
        except JuryError as error:
            form.refuse(error)
        else:
            return _done(request, jury, _("The criterion is added. Set its quotas."))
    return _page(request, jury, new=form)


@jury_view(Act.SET_UP_JURY)
@require_POST
def combine(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = CombineForm(request.POST, jury=jury)
    if form.is_valid():
        try:
            combine_criteria(jury=jury, by=request.user, **form.cleaned_data)
        except JuryError as error:
            form.refuse(error)
        else:
            return _done(request, jury, _("The criterion is added. Set its quotas."))
    return _page(request, jury, combine=form)


@jury_view(Act.SET_UP_JURY)
@require_POST
def remove(request: HttpRequest, jury: Jury, criterion: int) -> HttpResponse:
    row = get_object_or_404(jury.criteria, pk=criterion)
    form = RemoveCriterionForm(request.POST, jury=jury, criterion=row)
    if form.is_valid():
        try:
            remove_criterion(jury=jury, criterion=row, by=request.user, reason=form.why())
        except JuryError as error:
            form.refuse(error)
        else:
            return _done(request, jury, _("The criterion is removed."))
    return _page(request, jury, removal=form)


def _done(request: HttpRequest, jury: Jury, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("criteria", jury.slug)


def _page(request: HttpRequest, jury: Jury, **given: Any) -> HttpResponse:
    """The page with the form that was sent as it was sent, and the others fresh."""
    band, quotas = {"band": jury.quota_band}, given.get("quotas") or QuotasForm(jury=jury)
    context = {
        "jury": jury,
        "quotas": quotas,
        "table": given.get("table") or TableForm(jury=jury, initial=band, auto_id="table_%s"),
        "band": given.get("band") or BandForm(jury=jury, initial=band, auto_id="band_%s"),
        "new": given.get("new") or NewCriterionForm(jury=jury),
        "combine": given.get("combine") or CombineForm(jury=jury),
        "removals": _removals(jury, quotas, given.get("removal")),
        "refused": given.get("refused"),
        "open": jury.stage in BEFORE_THE_PANEL,
        "crumbs": desk_crumbs(jury, (_("Criteria and quotas"), None)),
    }
    return render(request, "juries/targets/criteria.html", context)


def _removals(
    jury: Jury, quotas: QuotasForm, sent: RemoveCriterionForm | None
) -> list[RemoveCriterionForm]:
    """A form for each criterion that may go; the one that was sent as it was sent."""
    rows = [form.criterion for form in quotas.criteria]
    return [
        sent if sent and sent.criterion == row else RemoveCriterionForm(jury=jury, criterion=row)
        for row in rows
    ]
