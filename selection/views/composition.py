"""The composition report: whole at the desk, without small counts for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from juries.enums import Act
from juries.files.writing import CSV_TYPE
from juries.models import Jury
from juries.web import jury_view, public_jury_view
from selection.composition.report import csv_of, pdf_of
from selection.composition.table import composition_table
from selection.lottery.quota_changes import changed_quotas
from selection.views.lottery.lotteries import acts, crumbs

PDF_TYPE = "application/pdf"


@jury_view(Act.SEE_JURY)
def report(request: HttpRequest, jury: Jury) -> HttpResponse:
    context = {
        "jury": jury,
        "acts": acts(request),
        "bars": composition_table(jury),
        "changed": changed_quotas(jury),
        "crumbs": crumbs(jury, (_("Composition"), None)),
    }
    return render(request, "selection/composition/report.html", context)


@jury_view(Act.SEE_JURY)
def pdf(request: HttpRequest, jury: Jury) -> HttpResponse:
    return _file(jury, "pdf", pdf_of(jury, public=False), PDF_TYPE)


@jury_view(Act.SEE_JURY)
def csv(request: HttpRequest, jury: Jury) -> HttpResponse:
    return _file(jury, "csv", csv_of(jury, public=False), CSV_TYPE)


@public_jury_view
def public_pdf(request: HttpRequest, jury: Jury) -> HttpResponse:
    return _file(jury, "pdf", pdf_of(jury, public=True), PDF_TYPE)


@public_jury_view
def public_csv(request: HttpRequest, jury: Jury) -> HttpResponse:
    return _file(jury, "csv", csv_of(jury, public=True), CSV_TYPE)


def _file(jury: Jury, kind: str, content: bytes, content_type: str) -> HttpResponse:
    name = f"{jury.slug}-{_('composition')}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
