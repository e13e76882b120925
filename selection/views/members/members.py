"""The members of the jury at the desk: who they are, and the papers made of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.crumbs import desk_crumbs
from juries.enums import Act
from juries.models import Jury
from juries.web import jury_view
from selection.forms.members import ContactsForm
from selection.members import papers
from selection.members.listing import criteria_shown, members_of
from selection.members.name_consent import consenting
from selection.views.panel.ways import panel_ways


@jury_view(Act.SEE_PANEL)
def members(request: HttpRequest, jury: Jury) -> HttpResponse:
    return _page(request, jury, ContactsForm())


@jury_view(Act.SEE_PANEL)
def name_tags(request: HttpRequest, jury: Jury) -> HttpResponse:
    return _pdf(papers.name_tags(jury), f"{jury.slug}-{_('name-tags')}")


@jury_view(Act.SEE_PANEL)
def attendance(request: HttpRequest, jury: Jury) -> HttpResponse:
    return _pdf(papers.attendance_list(jury), f"{jury.slug}-{_('attendance')}")


@jury_view(Act.SEE_CONTACTS)
@require_POST
def contacts(request: HttpRequest, jury: Jury) -> HttpResponse:
    """What holds contacts is taken by a button, with a reason that the log keeps."""
    form = ContactsForm(request.POST)
    if not form.is_valid():
        return _page(request, jury, form)
    reason = form.cleaned_data["reason"]
    content = papers.contact_list(jury=jury, reason=reason, by=request.user)
    return _pdf(content, f"{jury.slug}-{_('contacts')}", "attachment")


def _page(request: HttpRequest, jury: Jury, form: ContactsForm) -> HttpResponse:
    acts = request.acts
    sees_contacts = Act.SEE_CONTACTS in acts
    context = {
        "jury": jury,
        "members": members_of(jury, contacts=sees_contacts),
        "criteria": criteria_shown(jury),
        "published": set(consenting(jury).values_list("pk", flat=True)),
        "sees_contacts": sees_contacts,
        "sessions_are_over": jury.last_session_on < timezone.localdate(),
        "manages": Act.MANAGE_PANEL in acts,
        "form": form,
        "ways": panel_ways(jury, acts, "members"),
        "crumbs": desk_crumbs(jury, (_("Members"), None)),
    }
    return render(request, "selection/members/members.html", context)


def _pdf(content: bytes, name: str, how: str = "inline") -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'{how}; filename="{name}.pdf"'
    return response
