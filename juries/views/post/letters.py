"""The letters of a wave as one PDF: asking for them, watching, fetching."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.crumbs import desk_crumbs
from juries.enums import Act
from juries.errors import JuryError
from juries.forms.post.wording import FetchForm
from juries.invitation import printing
from juries.models import Jury, PrintJob, Wave
from juries.tasks import nudge_letters
from juries.views.invitation.recruitment import recruitment_crumb
from juries.views.invitation.waves import wave_name
from juries.web import jury_view, page_or_part

UNDER_WAY = (PrintJob.State.QUEUED, PrintJob.State.RUNNING)


@jury_view(Act.SEND)
def letters(request: HttpRequest, jury: Jury, wave: int) -> HttpResponse:
    return _page(request, jury, _wave(jury, wave), FetchForm())


@jury_view(Act.SEND)
@require_POST
def make_letters(request: HttpRequest, jury: Jury, wave: int) -> HttpResponse:
    kept = _wave(jury, wave)
    try:
        job = printing.request_letters(wave=kept, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    else:
        nudge_letters(job.pk)
    return redirect("letters", jury.slug, kept.pk)


@jury_view(Act.SEND)
@require_POST
def cancel_letters(request: HttpRequest, jury: Jury, wave: int) -> HttpResponse:
    kept = _wave(jury, wave)
    job = _job(kept)
    try:
        if job:
            printing.cancel_letters(job=job, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    return redirect("letters", jury.slug, kept.pk)


@jury_view(Act.SEND)
@require_POST
def fetch_letters(request: HttpRequest, jury: Jury, wave: int) -> HttpResponseBase:
    kept = _wave(jury, wave)
    form, job = FetchForm(request.POST), _job(kept)
    if form.is_valid():
        try:
            if job is None:
                raise JuryError(_("The file is no longer kept. Make the letters again."))
            file = printing.fetch_letters(
                job=job, reason=form.cleaned_data["reason"], by=request.user
            )
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            name = f"{jury.slug}-{_('letters')}-{kept.number}.pdf"
            return FileResponse(
                file, as_attachment=True, filename=name, content_type="application/pdf"
            )
    return _page(request, jury, kept, form)


def _page(request: HttpRequest, jury: Jury, wave: Wave, form: FetchForm) -> HttpResponse:
    job = _job(wave)
    context = {
        "jury": jury,
        "wave": wave,
        "job": job,
        "under_way": job is not None and job.state in UNDER_WAY,
        "percent": 100 * job.done // max(job.total, 1) if job else 0,
        "kept_days": printing.KEPT_FOR.days,
        "text_page": f"text_{printing.KINDS[Wave.Kind(wave.kind)]}",
        "form": form,
        "crumbs": desk_crumbs(
            jury,
            recruitment_crumb(jury),
            (wave_name(wave), reverse("wave", args=[jury.slug, wave.pk])),
            (_("Letters as PDF"), None),
        ),
    }
    template = page_or_part(request, "juries/post/letters.html", "progress")
    return render(request, template, context)


def _wave(jury: Jury, pk: int) -> Wave:
    wave = get_object_or_404(jury.waves, pk=pk)
    wave.jury = jury
    return wave


def _job(wave: Wave) -> PrintJob | None:
    return wave.print_jobs.select_related("jury", "wave").first()
