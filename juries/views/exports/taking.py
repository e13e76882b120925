"""Taking files out: people with a reason, the pool for other programs, the quotas."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.crumbs import desk_crumbs, recruitment_ways
from juries.enums import Act
from juries.errors import JuryError
from juries.exports.people import File, Format, export_people
from juries.exports.pool import Reader, export_pool, quotas_file
from juries.forms.exports import PeopleFileForm, PoolFileForm
from juries.models import Jury
from juries.web import jury_view


@jury_view(Act.EXPORT_PEOPLE)
def exports(request: HttpRequest, jury: Jury) -> HttpResponse:
    return _page(request, jury)


@jury_view(Act.EXPORT_PEOPLE)
@require_POST
def people(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = PeopleFileForm(request.POST, jury=jury)
    if form.is_valid():
        told = form.cleaned_data
        try:
            return _attached(
                export_people(
                    jury=jury,
                    columns=told["columns"],
                    form=Format(told["form"]),
                    reason=told["reason"],
                    by=request.user,
                )
            )
        except JuryError as error:
            form.add_error(None, str(error))
    return _page(request, jury, people_form=form)


@jury_view(Act.EXPORT_PEOPLE)
@require_POST
def pool(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = PoolFileForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        return _attached(
            export_pool(
                jury=jury, reader=Reader(told["reader"]), reason=told["reason"], by=request.user
            )
        )
    return _page(request, jury, pool_form=form)


@jury_view(Act.EXPORT_PEOPLE)
def quotas(request: HttpRequest, jury: Jury) -> HttpResponse:
    return _attached(quotas_file(jury))


def _attached(file: File) -> HttpResponse:
    return HttpResponse(
        file.content,
        content_type=file.kind,
        headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
    )


def _page(
    request: HttpRequest,
    jury: Jury,
    *,
    people_form: forms.Form | None = None,
    pool_form: forms.Form | None = None,
) -> HttpResponse:
    context = {
        "jury": jury,
        "people_form": people_form or PeopleFileForm(jury=jury),
        "pool_form": pool_form or PoolFileForm(),
        "people": jury.registrants.in_pool().count(),
        "ways": recruitment_ways(jury, request.acts, "exports"),
        "crumbs": desk_crumbs(jury, (_("Files out"), None)),
    }
    return render(request, "juries/exports/exports.html", context)
