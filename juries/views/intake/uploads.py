"""Waiting until a worker has read a file, and going on from there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from juries.crumbs import desk_crumbs
from juries.enums import Act
from juries.intake.uploads import forget_upload, what_is_wrong
from juries.models import Jury, Upload
from juries.web import jury_view, page_or_part

PAGES = {
    Upload.Purpose.PEOPLE: ("import", "import_preview"),
    Upload.Purpose.POPULATION: ("population", "population_table"),
    Upload.Purpose.ADDRESSES: ("new_sample", "sample_preview"),
}
"""By purpose: the page where a file is chosen, and the page where one decides about it."""


@jury_view(Act.RECRUIT)
def upload(request: HttpRequest, jury: Jury, waiting: int) -> HttpResponse:
    """The page on a file that is being read; once it is read, the page that shows what it holds."""
    file = get_object_or_404(jury.uploads.defer("content", "table"), pk=waiting)
    first, then = PAGES[Upload.Purpose(file.purpose)]
    if file.state == Upload.State.READ:
        onward = reverse(then, args=[jury.slug, file.pk])
        return HttpResponseClientRedirect(onward) if request.htmx else redirect(onward)
    context = {
        "jury": jury,
        "upload": file,
        "is_waiting": file.state != Upload.State.REFUSED,
        "problems": what_is_wrong(file),
        "another": reverse(first, args=[jury.slug]),
        "crumbs": desk_crumbs(jury, (_("File"), None)),
    }
    return render(request, page_or_part(request, "juries/intake/upload.html", "state"), context)


@jury_view(Act.RECRUIT)
@require_POST
def forget(request: HttpRequest, jury: Jury, waiting: int) -> HttpResponse:
    """The file is forgotten, whatever has become of it so far."""
    file = get_object_or_404(jury.uploads.defer("content", "table"), pk=waiting)
    first, _then = PAGES[Upload.Purpose(file.purpose)]
    forget_upload(upload=file, by=request.user)
    messages.info(request, _("The file was forgotten. Nothing of it was stored."))
    return redirect(first, jury.slug)
