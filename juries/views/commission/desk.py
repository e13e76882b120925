"""The desk of the staff: the juries they may see, a jury's home, its deeds and its log."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from juries import rooms
from juries.audit_chain import standing_of
from juries.audit_words import lines
from juries.commission import setting_up
from juries.commission.annex import annex_of
from juries.commission.deeds import deeds_of
from juries.commission.removal import may_be_removed
from juries.commission.shelf import shelf
from juries.commission.timetable import desk_milestones, late, what_is_done
from juries.crumbs import desk_crumbs
from juries.enums import Act
from juries.errors import JuryError
from juries.models import Jury
from juries.roles import organisations_of
from juries.web import jury_view, signed_in

JURIES_ON_A_PAGE = 25
LINES_ON_A_PAGE = 50

DEEDS = {
    "publish_jury": (setting_up.publish, gettext_lazy("The page is published.")),
    "unpublish_jury": (setting_up.unpublish, gettext_lazy("The page is hidden.")),
    "open_registration": (
        setting_up.open_registration,
        gettext_lazy("Done: people can register between the dates set."),
    ),
    "close_registration": (setting_up.close_registration, gettext_lazy("Registration is closed.")),
    "reopen_registration": (
        setting_up.reopen_registration,
        gettext_lazy("Done: people can register again until the closing date."),
    ),
}


@signed_in
def juries(request: HttpRequest) -> HttpResponse:
    visible = Jury.objects.visible_to(request.user).select_related("organisation")
    page = Paginator(visible, JURIES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "shelf": shelf(page.object_list, request.user, timezone.localdate()),
        "organisations": organisations_of(request.user),
        "crumbs": [(_("Juries"), None)],
    }
    return render(request, "juries/commission/juries.html", context)


@jury_view(Act.SEE_JURY)
def home(request: HttpRequest, jury: Jury) -> HttpResponse:
    steps = list(rooms.steps_of(jury, request.acts))
    today = timezone.localdate()
    done = what_is_done([jury], today)[jury.pk]
    context = {
        "jury": jury,
        "steps": steps,
        "next": next((step for step in steps if step.state in {"missing", "now"}), None),
        "deeds": deeds_of(jury, request.acts),
        "late": late(jury, today, done),
        "milestones": desk_milestones(jury, today, done),
        "ways": _ways(jury, request.acts),
        "more": _more(jury, request),
        "crumbs": [(_("Juries"), reverse("juries")), (jury.name, None)],
    }
    return render(request, "juries/commission/home.html", context)


@jury_view(Act.SET_UP_JURY)
@require_POST
def carry_out(request: HttpRequest, jury: Jury, deed: str) -> HttpResponse:
    verb, done = DEEDS[deed]
    try:
        verb(jury=jury, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, str(done))
    return redirect("home", jury.slug)


@jury_view(Act.SEE_JURY)
def annex(request: HttpRequest, jury: Jury) -> HttpResponse:
    response = HttpResponse(annex_of(jury), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{jury.slug}-{_("annex")}.pdf"'
    return response


@jury_view(Act.READ_AUDIT)
def audit(request: HttpRequest, jury: Jury) -> HttpResponse:
    entries = jury.audit_entries.select_related("by").order_by("-seq")
    page = Paginator(entries, LINES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "jury": jury,
        "page": page,
        "lines": lines(page.object_list),
        "standing": standing_of(jury),
        "crumbs": desk_crumbs(jury, (_("Log"), None)),
    }
    return render(request, "juries/commission/audit.html", context)


def _ways(jury: Jury, acts: frozenset[Act]) -> list[tuple[str, str, bool]]:
    ways = []
    if Act.SET_UP_JURY in acts:
        ways.append((_("Settings"), reverse("jury_settings", args=[jury.slug]), False))
        ways.append((_("Criteria"), reverse("criteria", args=[jury.slug]), False))
        ways.append((_("Form"), reverse("form_builder", args=[jury.slug]), False))
    if Act.READ_AUDIT in acts:
        ways.append((_("Log"), reverse("audit", args=[jury.slug]), False))
        ways.append((_("Privacy"), reverse("held_data", args=[jury.slug]), False))
    if jury.published_at:
        ways.append((_("Public page"), reverse("jury", args=[jury.slug]), False))
    return ways


def _more(jury: Jury, request: HttpRequest) -> list[tuple[str, str]]:
    more = [(_("Decision annex, one page (PDF)"), reverse("jury_annex", args=[jury.slug]))]
    if jury.organisation in organisations_of(request.user):
        more.append((_("Copy the jury"), reverse("copy_jury", args=[jury.slug])))
        if may_be_removed(jury):
            more.append((_("Remove the jury"), reverse("remove_jury", args=[jury.slug])))
        members = reverse("members", args=[jury.organisation.slug])
        more.append((_("Who may do what"), members))
    return more
