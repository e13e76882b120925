"""Address samples: bring a file, look at it, store it; what a sample holds; erasing it."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juries.crumbs import desk_crumbs, recruitment_ways
from juries.enums import Act
from juries.errors import JuryError
from juries.forms.invitation.samples import AddressColumnsForm, AddressFileForm, SampleForm
from juries.intake.uploads import brought
from juries.invitation.address_judging import Judgement, judge
from juries.invitation.samples import (
    by_group,
    by_language,
    erase_sample,
    import_sample,
    read_protected,
    table_in,
)
from juries.invitation.waves import codes_by_hand
from juries.models import AddressSample, Jury, Upload
from juries.models.translated import translated_name
from juries.views.intake.bringing import sent_to_wait, upload_or_404
from juries.views.invitation.recruitment import recruitment_crumb
from juries.web import jury_view

SHOWN = 20


@jury_view(Act.RECRUIT)
def new_sample(request: HttpRequest, jury: Jury) -> HttpResponse:
    sent = request.method == "POST"
    form = AddressFileForm(request.POST, request.FILES) if sent else AddressFileForm()
    if onward := sent_to_wait(form, jury, Upload.Purpose.ADDRESSES, by=request.user):
        return onward
    context = {
        "jury": jury,
        "form": form,
        "uploads": brought(jury, Upload.Purpose.ADDRESSES),
        "crumbs": desk_crumbs(jury, recruitment_crumb(jury), (_("Address sample"), None)),
    }
    return render(request, "juries/invitation/new_sample.html", context)


@jury_view(Act.RECRUIT)
def preview(request: HttpRequest, jury: Jury, addresses: int) -> HttpResponse:
    waiting = upload_or_404(jury, Upload.Purpose.ADDRESSES, addresses)
    columns_form = AddressColumnsForm(request.POST or None, table=table_in(waiting))
    storing = request.POST.get("deed") == "import"
    form = SampleForm(request.POST or None, jury=jury)
    judgement = judge(jury, columns_form.table, form.reading(columns_form.columns()))
    if storing and form.is_valid() and columns_form.is_valid() and judgement.can_be_stored:
        try:
            sample = import_sample(
                upload=waiting,
                permit=form.permit(),
                reading=form.reading(columns_form.columns()),
                by=request.user,
            )
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _imported(sample))
            return redirect("sample", jury.slug, sample.pk)
    context = {
        "jury": jury,
        "upload": waiting,
        "columns_form": columns_form,
        "form": form,
        "judgement": judgement,
        "marked": "protected" in columns_form.columns(),
        "crumbs": desk_crumbs(jury, recruitment_crumb(jury), (_("Address sample"), None)),
        **_shown(judgement),
    }
    return render(request, "juries/invitation/sample_preview.html", context)


@jury_view(Act.RECRUIT)
def sample(request: HttpRequest, jury: Jury, sample: int) -> HttpResponse:
    kept = get_object_or_404(jury.samples.select_related("imported_by"), pk=sample)
    context = {
        "jury": jury,
        "sample": kept,
        "spoken": [replace(one, key=translated_name(one.key)) for one in by_language(kept)],
        "groups": by_group(kept),
        "waves": kept.waves.order_by("number"),
        "crumbs": desk_crumbs(jury, recruitment_crumb(jury), (kept.name, None)),
    }
    return render(request, "juries/invitation/sample.html", context)


@jury_view(Act.RECRUIT)
def erase(request: HttpRequest, jury: Jury, sample: int) -> HttpResponse:
    kept = get_object_or_404(jury.samples, pk=sample)
    if request.method == "POST":
        erase_sample(sample=kept, by=request.user)
        messages.success(request, _("The addresses have been erased."))
        return redirect("sample", jury.slug, kept.pk)
    context = {
        "jury": jury,
        "sample": kept,
        "crumbs": desk_crumbs(jury, recruitment_crumb(jury), (kept.name, None)),
    }
    return render(request, "juries/invitation/erase_sample.html", context)


@jury_view(Act.SEE_PROTECTED)
def by_hand(request: HttpRequest, jury: Jury) -> HttpResponse:
    """Who cannot be written to by the house. That the page was opened stands in the log."""
    standing = jury.samples.filter(erased_at=None, protected__gt=0).order_by("pk")
    context = {
        "jury": jury,
        "samples": [
            (kept, codes_by_hand(read_protected(sample=kept, by=request.user))) for kept in standing
        ],
        "ways": recruitment_ways(jury, request.acts, "by_hand"),
        "crumbs": desk_crumbs(jury, (_("Letters by hand"), None)),
    }
    return render(request, "juries/invitation/by_hand.html", context)


def _imported(sample: AddressSample) -> str:
    return ngettext(
        "%(count)s person has been stored.", "%(count)s people have been stored.", sample.people
    ) % {"count": sample.people}


def _shown(judgement: Judgement) -> dict[str, object]:
    """The first few of everything, and how many more there are."""
    return {
        "problems": judgement.problems[:SHOWN],
        "more_problems": max(0, len(judgement.problems) - SHOWN),
        "twice": judgement.twice[:SHOWN],
        "earlier": judgement.earlier[:SHOWN],
        "first_people": [one for one in judgement.people[:SHOWN] if not one.protected][:5],
    }
