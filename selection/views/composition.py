"""The composition report: whole for whoever may see the pool, without small counts for others."""

from django.http import Http404, HttpRequest, HttpResponse
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
    whole = sees_whole(request)
    context = {
        "jury": jury,
        "acts": acts(request),
        "whole": whole,
        "bars": composition_table(jury, public=not whole),
        "changed": changed_quotas(jury),
        "crumbs": crumbs(jury, (_("Composition"), None)),
    }
    return render(request, "selection/composition/report.html", context)


@jury_view(Act.SEE_JURY)
def pdf(request: HttpRequest, jury: Jury) -> HttpResponse:
    return _pdf(jury, public=not sees_whole(request))


@jury_view(Act.SEE_JURY)
def csv(request: HttpRequest, jury: Jury) -> HttpResponse:
    return _csv(jury, public=not sees_whole(request))


@public_jury_view
def public_pdf(request: HttpRequest, jury: Jury) -> HttpResponse:
    return _pdf(jury, public=True)


@public_jury_view
def public_csv(request: HttpRequest, jury: Jury) -> HttpResponse:
    return _csv(jury, public=True)


def sees_whole(request: HttpRequest) -> bool:
    """Whether small counts are for this reader too, and groups by sensitive questions."""
    return Act.SEE_POOL in request.acts


def _pdf(jury: Jury, *, public: bool) -> HttpResponse:
    _require_panel(jury, public=public)
    return _file(jury, "pdf", pdf_of(jury, public=public), PDF_TYPE)


def _csv(jury: Jury, *, public: bool) -> HttpResponse:
    _require_panel(jury, public=public)
    return _file(jury, "csv", csv_of(jury, public=public), CSV_TYPE)


def _require_panel(jury: Jury, *, public: bool) -> None:
    """Before the panel is drawn, how the pool fills is for those who may see the pool."""
    if public and composition_table(jury, public=True) is None:
        raise Http404


def _file(jury: Jury, kind: str, content: bytes, content_type: str) -> HttpResponse:
    name = f"{jury.slug}-{_('composition')}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
