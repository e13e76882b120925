"""Recruitment: the link and the QR code, invitation batches."""

import csv
from io import BytesIO

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.crumbs import desk_crumbs, recruitment_ways
from juries.enums import Act
from juries.errors import JuryError
from juries.forms.recruitment import BatchForm
from juries.invitation.batches import batches, make_batch
from juries.models import Jury
from juries.models.translated import LANGUAGE_CODES
from juries.pool.duplicates import undecided_pairs
from juries.registration.entry import Opening, opening
from juries.web import jury_view


@jury_view(Act.RECRUIT)
def recruitment(request: HttpRequest, jury: Jury) -> HttpResponse:
    return _recruitment_page(request, jury, BatchForm(initial={"count": 100}))


@jury_view(Act.RECRUIT)
@require_POST
def make_invitations(request: HttpRequest, jury: Jury) -> HttpResponse:
    """The codes leave the house in this answer and in no other."""
    form = BatchForm(request.POST)
    if form.is_valid():
        try:
            codes = make_batch(jury=jury, by=request.user, **form.cleaned_data)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            return _codes_file(request, jury, codes)
    return _recruitment_page(request, jury, form)


@jury_view(Act.RECRUIT)
def sign_up_qr(request: HttpRequest, jury: Jury) -> HttpResponse:
    """The QR code of the sign-up page, as a drawing that prints sharp at any size."""
    drawing = BytesIO()
    language = request.GET.get("in", "")
    address = _sign_up_address(request, jury, language if language in LANGUAGE_CODES else "")
    segno.make(address, error="m").save(drawing, kind="svg", scale=6, border=4, light="white")
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


def _recruitment_page(request: HttpRequest, jury: Jury, form: BatchForm) -> HttpResponse:
    state = opening(jury)
    context = {
        "jury": jury,
        "form": form,
        "batches": batches(jury),
        "people": jury.registrants.in_pool().count(),
        "undecided": len(undecided_pairs(jury)),
        "is_open": state is Opening.OPEN,
        "not_yet": state is Opening.NOT_YET,
        "doors": [
            (code, get_language_info(code)["name_local"], _sign_up_address(request, jury, code))
            for code in jury.languages
        ],
        "ways": recruitment_ways(jury, request.acts, "recruitment"),  # type: ignore[attr-defined]
        "crumbs": desk_crumbs(jury, (_("Recruitment"), None)),
    }
    return render(request, "juries/invitation/recruitment.html", context)


def _codes_file(request: HttpRequest, jury: Jury, codes: list[str]) -> HttpResponse:
    """The batch as a table for the letters. It is written nowhere else."""
    door = _sign_up_address(request, jury, (jury.languages or [""])[0])
    name = f"{jury.slug}-{_('invitations')}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
    # Excel takes a file without the mark for Windows-1252.
    response.write("\ufeff")
    rows = csv.writer(response, delimiter=";")
    rows.writerow([_("number"), _("code"), _("address")])
    for number, code in enumerate(codes, start=1):
        rows.writerow([number, code, f"{door}?code={code}"])
    return response


def _sign_up_address(request: HttpRequest, jury: Jury, language: str) -> str:
    with override(language or (jury.languages or LANGUAGE_CODES)[0]):
        return request.build_absolute_uri(reverse("sign_up", args=[jury.slug]))
