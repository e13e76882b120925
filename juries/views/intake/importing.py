"""Importing registrants: upload, look, map, confirm."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juries.crumbs import desk_crumbs, recruitment_ways
from juries.enums import Act
from juries.errors import JuryError
from juries.forms.intake import ColumnsForm, UnknownForm, UploadForm, meanings
from juries.intake.columns import asked_criteria
from juries.intake.importing import import_people
from juries.intake.letters import telling_words
from juries.intake.rows import judge, shown_rows
from juries.intake.uploads import brought, table_of
from juries.models import Jury, Upload
from juries.views.intake.bringing import sent_to_wait, upload_or_404
from juries.web import jury_view

SHOWN_PROBLEMS = 50
SHOWN_PEOPLE = 5


@jury_view(Act.RECRUIT)
def upload(request: HttpRequest, jury: Jury) -> HttpResponse:
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    if onward := sent_to_wait(form, jury, Upload.Purpose.PEOPLE, by=request.user):
        return onward
    context = {
        "jury": jury,
        "form": form,
        "criteria": jury.criteria.all(),
        "may_set_up": Act.SET_UP_JURY in request.acts,
        "ways": recruitment_ways(jury, request.acts, "import"),
        "uploads": brought(jury, Upload.Purpose.PEOPLE),
        "crumbs": desk_crumbs(jury, _step(jury), (_("Import"), None)),
    }
    return render(request, "juries/intake/import.html", context)


@jury_view(Act.RECRUIT)
def preview(request: HttpRequest, jury: Jury, upload: int) -> HttpResponse:
    waiting = upload_or_404(jury, Upload.Purpose.PEOPLE, upload)
    table, criteria = table_of(waiting), asked_criteria(jury)
    columns_form = ColumnsForm(request.POST or None, table=table, criteria=criteria)
    columns = columns_form.columns()
    mapped = meanings(request.POST, table, criteria, columns)
    judgement = judge(jury, table, criteria, columns=columns, mapped=mapped)
    if request.POST.get("deed") == "import" and judgement.can_be_stored:
        try:
            people = import_people(upload=waiting, columns=columns, mapped=mapped, by=request.user)
        except JuryError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _imported(people))
            return redirect("registrants", jury.slug)
    context = {
        "jury": jury,
        "upload": waiting,
        "columns_form": columns_form,
        "unknown_form": UnknownForm(request.POST or None, unknown=judgement.unknown),
        "judgement": judgement,
        "problems": judgement.problems[:SHOWN_PROBLEMS],
        "more_problems": max(0, len(judgement.problems) - SHOWN_PROBLEMS),
        "criteria": criteria,
        "first_people": judgement.people[:SHOWN_PEOPLE],
        "words": telling_words(replace(table, rows=tuple(shown_rows(table, columns)))),
        "crumbs": desk_crumbs(jury, _step(jury), (_("Import"), None)),
    }
    return render(request, "juries/intake/import_preview.html", context)


def _imported(people: int) -> str:
    return ngettext(
        "%(count)s person has been imported.", "%(count)s people have been imported.", people
    ) % {"count": people}


def _step(jury: Jury) -> tuple[str, str]:
    return _("Recruitment"), reverse("recruitment", args=[jury.slug])
