"""The letters of a wave as a table for the print house. It is written nowhere else."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.audit import record
from juries.enums import Act
from juries.errors import JuryError
from juries.files.writing import CSV_TYPE, XLSX_TYPE, csv_bytes, xlsx_bytes
from juries.forms.invitation.waves import Format, LetterFileForm
from juries.invitation.waves import LetterRow, letters_of
from juries.models import Jury
from juries.views.invitation.addresses import letter_address
from juries.views.invitation.waves import wave_page
from juries.web import jury_view


@jury_view(Act.EXPORT_PEOPLE)
@require_POST
def letter_file(request: HttpRequest, jury: Jury, wave: int) -> HttpResponse:
    kept = get_object_or_404(jury.waves.select_related("sample"), pk=wave)
    kept.jury = jury
    form = LetterFileForm(request.POST, prefix="file")
    if form.is_valid():
        try:
            letters = list(letters_of(kept))
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            record(
                "invitations.exported",
                jury=jury,
                by=request.user,
                wave=kept.number,
                count=len(letters),
                **form.cleaned_data,
            )
            name = f"{jury.slug}-{_('letters')}-{kept.number}.{form.cleaned_data['format']}"
            return _as_file(request, jury, letters, form, name)
    return wave_page(request, kept, file_form=form)


def _as_file(
    request: HttpRequest, jury: Jury, letters: list[LetterRow], form: LetterFileForm, name: str
) -> HttpResponse:
    header, rows = _header(), _rows(request, jury, letters)
    if form.cleaned_data["format"] == Format.XLSX:
        stamp = _("Taken out by %(who)s on %(day)s: %(reason)s") % {
            "who": request.user,
            "day": date_format(timezone.localdate(), "SHORT_DATE_FORMAT"),
            "reason": form.cleaned_data["reason"],
        }
        content, kind = xlsx_bytes(header, rows, stamp=stamp, about=_("About")), XLSX_TYPE
    else:
        content, kind = csv_bytes(header, rows), CSV_TYPE
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def _header() -> list[str]:
    return [
        _("number"),
        _("code"),
        _("link"),
        _("name"),
        _("street address"),
        _("postal code"),
        _("town"),
        _("language"),
        _("wave"),
    ]


def _rows(request: HttpRequest, jury: Jury, letters: list[LetterRow]) -> Iterator[list[str]]:
    for letter in letters:
        yield [
            str(letter.number),
            letter.code,
            letter_address(request, jury, letter.language, letter.code),
            letter.name,
            letter.street_address,
            letter.postal_code,
            letter.town,
            letter.language,
            str(letter.wave),
        ]
