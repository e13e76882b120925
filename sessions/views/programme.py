"""Planning the days on which the jury sits, and the experts it hears."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.enums import Act
from juries.errors import JuryError
from juries.models import Jury
from juries.web import jury_view
from sessions import programme
from sessions.forms import ExpertForm, ItemForm, SessionForm
from sessions.models import AgendaItem, Expert, JurySession

Crumbs = list[tuple[str, str | None]]


def crumbs(jury: Jury, *further: tuple[str, str | None]) -> Crumbs:
    """The way to a page of this room."""
    return [
        (_("Juries"), reverse("juries")),
        (jury.name, reverse("home", args=[jury.slug])),
        (_("Sessions"), reverse("sessions:programme", args=[jury.slug])),
        *further,
    ]


def session_crumbs(session: JurySession, *further: tuple[str, str | None]) -> Crumbs:
    """The way to a page of one session."""
    url = reverse("sessions:session", args=[session.jury.slug, session.number])
    return crumbs(session.jury, (session.title, url), *further)


def session_of(jury: Jury, number: int) -> JurySession:
    """The jury's session of that number, or 404."""
    return get_object_or_404(JurySession.objects.select_related("jury"), jury=jury, number=number)


@jury_view(Act.SEE_PANEL)
def overview(request: HttpRequest, jury: Jury) -> HttpResponse:
    sessions = jury.sessions.prefetch_related("items").select_related("seating")
    context = {
        "jury": jury,
        "acts": acts(request),
        "days": [
            (session, programme.timetable(session, list(session.items.all())))
            for session in sessions
        ],
        "experts": jury.experts.all(),
        "crumbs": crumbs(jury),
    }
    return render(request, "sessions/programme.html", context)


def acts(request: HttpRequest) -> dict[str, bool]:
    """What the template may offer, so that it need not know about roles."""
    return {act.name.lower(): True for act in request.acts}


@jury_view(Act.PLAN_SESSIONS)
def new(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = SessionForm(request.POST or None, jury=jury)
    if form.is_valid():
        session = programme.plan_session(jury=jury, facts=form.cleaned_data, by=request.user)
        return redirect("sessions:session", jury.slug, session.number)
    return form_page(request, jury, form, _("New session"), crumbs(jury, (_("New session"), None)))


@jury_view(Act.PLAN_SESSIONS)
def change(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    session = session_of(jury, number)
    form = SessionForm(request.POST or None, instance=session, jury=jury)
    if form.is_valid():
        programme.change_session(session=session, facts=form.cleaned_data, by=request.user)
        return redirect("sessions:session", jury.slug, number)
    way = session_crumbs(session_of(jury, number), (_("Change"), None))
    return form_page(request, jury, form, _("Change the session"), way)


@jury_view(Act.SEE_PANEL)
def session(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    found = session_of(jury, number)
    items = found.items.prefetch_related("experts")
    context = {
        "jury": jury,
        "session": found,
        "acts": acts(request),
        "timetable": programme.timetable(found, list(items)),
        "crumbs": session_crumbs(found)[:-1] + [(found.title, None)],
    }
    return render(request, "sessions/session.html", context)


@jury_view(Act.PLAN_SESSIONS)
@require_POST
def publish(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    try:
        programme.publish_session(session=session_of(jury, number), by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The agenda is now on the jury's public page."))
    return redirect("sessions:session", jury.slug, number)


@jury_view(Act.PLAN_SESSIONS)
def new_item(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    found = session_of(jury, number)
    form = ItemForm(request.POST or None, jury=jury)
    if form.is_valid():
        programme.add_item(
            session=found, facts=form.facts(), experts=form.experts(), by=request.user
        )
        return redirect("sessions:session", jury.slug, number)
    title = _("New agenda item")
    return form_page(request, jury, form, title, session_crumbs(found, (title, None)))


def item_of(jury: Jury, number: int, item: int) -> AgendaItem:
    """The agenda item of that key in the jury's session, or 404."""
    return get_object_or_404(
        AgendaItem.objects.select_related("session__jury"),
        session__jury=jury,
        session__number=number,
        pk=item,
    )


@jury_view(Act.PLAN_SESSIONS)
def change_item(request: HttpRequest, jury: Jury, number: int, item: int) -> HttpResponse:
    found = item_of(jury, number, item)
    form = ItemForm(request.POST or None, instance=found, jury=jury)
    if form.is_valid():
        programme.change_item(
            item=found, facts=form.facts(), experts=form.experts(), by=request.user
        )
        return redirect("sessions:session", jury.slug, number)
    title = _("Change the agenda item")
    way = session_crumbs(session_of(jury, number), (title, None))
    return form_page(request, jury, form, title, way)


@jury_view(Act.PLAN_SESSIONS)
@require_POST
def arrange_item(request: HttpRequest, jury: Jury, number: int, item: int) -> HttpResponse:
    found = item_of(jury, number, item)
    deed = request.POST.get("deed")
    if deed in {"earlier", "later"}:
        programme.move_item(item=found, earlier=deed == "earlier", by=request.user)
    elif deed == "remove":
        programme.remove_item(item=found, by=request.user)
    return redirect("sessions:session", jury.slug, number)


@jury_view(Act.PLAN_SESSIONS)
def new_expert(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = ExpertForm(request.POST or None)
    if form.is_valid():
        programme.add_expert(jury=jury, facts=form.cleaned_data, by=request.user)
        return redirect(reverse("sessions:programme", args=[jury.slug]) + "#experts")
    return form_page(request, jury, form, _("New expert"), crumbs(jury, (_("New expert"), None)))


@jury_view(Act.PLAN_SESSIONS)
def change_expert(request: HttpRequest, jury: Jury, expert: int) -> HttpResponse:
    found = get_object_or_404(Expert.objects.select_related("jury"), jury=jury, pk=expert)
    form = ExpertForm(request.POST or None, instance=found)
    if form.is_valid():
        programme.change_expert(expert=found, facts=form.cleaned_data, by=request.user)
        return redirect(reverse("sessions:programme", args=[jury.slug]) + "#experts")
    way = crumbs(jury, (_("Change the expert"), None))
    return form_page(request, jury, form, _("Change the expert"), way)


def form_page(
    request: HttpRequest, jury: Jury, form: Form, title: str, way: Crumbs
) -> HttpResponse:
    """A page that is one form."""
    context = {"jury": jury, "form": form, "title": title, "crumbs": way}
    return render(request, "sessions/form.html", context)
