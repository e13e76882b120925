"""Figures about the people: a file is brought, looked at, and becomes criteria."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from juries.crumbs import Crumbs, desk_crumbs
from juries.enums import Act
from juries.errors import JuryError
from juries.file_sentences import sentences
from juries.files.errors import FileError
from juries.files.statistics.cubes import Cube
from juries.forms.targets.criteria import FiguresForm, GroupsForm
from juries.forms.targets.statistics import StatisticsForm
from juries.intake.uploads import brought
from juries.models import Jury, Upload
from juries.targets.criteria import Groups, groups_of_data
from juries.targets.population import take_statistics
from juries.targets.proposing import Proposal, propose
from juries.targets.quotas import BEFORE_THE_PANEL
from juries.views.intake.bringing import sent_to_wait, upload_or_404
from juries.web import jury_view


@jury_view(Act.SET_UP_JURY)
def bring(request: HttpRequest, jury: Jury) -> HttpResponse:
    """The page on which a file is chosen; a worker reads it."""
    form = FiguresForm(request.POST, request.FILES) if request.method == "POST" else FiguresForm()
    if onward := sent_to_wait(form, jury, Upload.Purpose.POPULATION, by=request.user):
        return onward
    context = {
        "jury": jury,
        "form": form,
        "open": jury.stage in BEFORE_THE_PANEL,
        "uploads": brought(jury, Upload.Purpose.POPULATION),
        "crumbs": _crumbs(jury, (_("Figures from statistics"), None)),
    }
    return render(request, "juries/targets/population.html", context)


@jury_view(Act.SET_UP_JURY)
def table(request: HttpRequest, jury: Jury, figures: int) -> HttpResponse:
    """The file that was read: statistics to choose from, or a table of groups to take."""
    waiting = upload_or_404(jury, Upload.Purpose.POPULATION, figures)
    read = waiting.table or {}
    if read["kind"] == "cube":
        return _statistics(request, jury, waiting, Cube.of_data(read))
    return _groups(request, jury, waiting, groups_of_data(read))


def _statistics(request: HttpRequest, jury: Jury, upload: Upload, cube: Cube) -> HttpResponse:
    sent = request.method == "POST"
    form = StatisticsForm(request.POST if sent else None, jury=jury, cube=cube)
    if not sent:
        # The page opens with what is suggested, counted already.
        form = StatisticsForm(form.initial, jury=jury, cube=cube)
    proposal, hint = _proposal(form) if form.is_valid() else (None, "")
    if hint and sent:
        form.add_error(None, hint)
    if proposal and request.POST.get("do") == "take":
        try:
            take_statistics(
                jury=jury,
                proposal=proposal,
                band=form.cleaned_data["band"],
                by=request.user,
                upload=upload,
                reason=form.why(),
            )
        except JuryError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The criteria are set. Check the quotas below."))
            return redirect("criteria", jury.slug)
    context = {
        "jury": jury,
        "upload": upload,
        "cube": cube,
        "form": form,
        "proposal": proposal,
        "hint": "" if sent else hint,
        "open": jury.stage in BEFORE_THE_PANEL,
        "crumbs": _table_crumbs(jury, upload),
    }
    return render(request, "juries/targets/statistics.html", context)


def _proposal(form: StatisticsForm) -> tuple[Proposal | None, str]:
    """What would come of the choices, or why nothing does."""
    try:
        proposal = propose(
            jury=form.jury,
            cube=form.cube,
            wishes=form.wishes,
            pairs=form.pairs(),
            band=form.cleaned_data["band"],
        )
    except JuryError as error:
        return None, str(error)
    return proposal, ""


def _groups(request: HttpRequest, jury: Jury, upload: Upload, groups: Groups) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = GroupsForm(sent, jury=jury, groups=groups, initial={"band": jury.quota_band})
    if form.is_valid():
        try:
            form.save(jury, request.user)
        except FileError as error:
            for sentence in sentences(error):
                form.add_error(None, sentence)
        except JuryError as error:
            form.refuse(error)
        else:
            upload.delete()
            messages.success(request, _("The criteria are set. Check the quotas below."))
            return redirect("criteria", jury.slug)
    context = {
        "jury": jury,
        "upload": upload,
        "groups": groups,
        "form": form,
        "open": jury.stage in BEFORE_THE_PANEL,
        "crumbs": _table_crumbs(jury, upload),
    }
    return render(request, "juries/targets/groups.html", context)


def _table_crumbs(jury: Jury, upload: Upload) -> Crumbs:
    way = (_("Figures from statistics"), reverse("population", args=[jury.slug]))
    return _crumbs(jury, way, (upload.file_name, None))


def _crumbs(jury: Jury, *further: tuple[str, str | None]) -> Crumbs:
    criteria = (_("Criteria and quotas"), reverse("criteria", args=[jury.slug]))
    return desk_crumbs(jury, criteria, *further)
