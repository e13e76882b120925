"""One seat at the desk: how it stands, and every deed that can be done about it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.enums import Act
from juries.errors import JuryError
from juries.models import Jury, Registrant
from juries.web import jury_view
from selection.forms.panel import DeadlineForm, DropOutForm
from selection.models import PanelSeat
from selection.panel import seats as panel_seats
from selection.panel.calling import calls_of
from selection.panel.deadlines import release_seat, to_release
from selection.panel.letters import can_print, print_offer
from selection.panel.listing import lost_offers, told_how
from selection.panel.telling import mark_one_posted
from selection.views.lottery.lotteries import crumbs

DEEDS: dict[str, Callable[..., None]] = {
    "accept": panel_seats.accept_seat,
    "decline": panel_seats.decline_seat,
    "release": release_seat,
    "posted": mark_one_posted,
}
BACK = "seat"


@jury_view(Act.MANAGE_PANEL)
def seat(request: HttpRequest, jury: Jury, pk: int) -> HttpResponse:
    """The seat's page, and the deeds without a form of their own, here and on the list."""
    found = seat_or_404(request, jury, pk)
    if request.method != "POST":
        return _page(request, jury, found, DeadlineForm())
    deed = DEEDS.get(request.POST.get("answer", ""))
    if deed is None:
        messages.error(request, _("Choose whether the seat is accepted or declined."))
    elif _done(request, lambda: deed(seat=found, by=request.user)):
        _say_how_it_stands(request, found)
    return _back(request, jury, found)


@jury_view(Act.MANAGE_PANEL)
@require_POST
def drop_out(request: HttpRequest, jury: Jury, pk: int) -> HttpResponse:
    """A member has left."""
    found, form = seat_or_404(request, jury, pk), DropOutForm(request.POST, jury=jury)
    on_the_day = form.is_valid() and form.cleaned_data.get("on_the_day", False)

    def leave() -> None:
        panel_seats.drop_out(seat=found, on_the_day=on_the_day, by=request.user)

    if _done(request, leave):
        _say_how_it_stands(request, found)
    return redirect("selection:panel", jury.slug)


@jury_view(Act.MANAGE_PANEL)
@require_POST
def deadline(request: HttpRequest, jury: Jury, pk: int) -> HttpResponse:
    """One person has more time."""
    found, form = seat_or_404(request, jury, pk), DeadlineForm(request.POST)
    if form.is_valid() and form.save(seat=found, by=request.user):
        messages.success(request, _("The last day to answer is changed."))
        return redirect("selection:seat", jury.slug, pk)
    return _page(request, jury, found, form)


@jury_view(Act.MANAGE_PANEL)
@require_POST
def letter(request: HttpRequest, jury: Jury, pk: int) -> HttpResponseBase:
    """The letter with which one person can answer."""
    found = seat_or_404(request, jury, pk)
    try:
        file = print_offer(seat=found, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
        return redirect("selection:seat", jury.slug, pk)
    name = f"{jury.slug}-{found.registrant.reference}.pdf"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/pdf")


def seat_or_404(request: HttpRequest, jury: Jury, pk: int) -> PanelSeat:
    """The seat of somebody whose name and contact details the user may read, or 404."""
    readable = Registrant.objects.readable_by(request.user).filter(jury=jury)
    seats = jury.seats.drawn().filter(registrant__in=readable.values("pk"))
    return get_object_or_404(seats.select_related("registrant", "jury"), pk=pk)


def _done(request: HttpRequest, deed: Callable[[], None]) -> bool:
    try:
        deed()
    except JuryError as error:
        messages.error(request, str(error))
        return False
    return True


def _say_how_it_stands(request: HttpRequest, found: PanelSeat) -> None:
    facts = {"reference": found.registrant.reference, "state": found.get_state_display()}
    messages.success(request, _("%(reference)s: %(state)s.") % facts)


def _back(request: HttpRequest, jury: Jury, found: PanelSeat) -> HttpResponse:
    stands = jury.seats.filter(pk=found.pk).exists()
    if stands and request.POST.get("back") == BACK:
        return redirect("selection:seat", jury.slug, found.pk)
    return redirect("selection:panel", jury.slug)


def _page(request: HttpRequest, jury: Jury, found: PanelSeat, form: DeadlineForm) -> HttpResponse:
    context = {
        "jury": jury,
        "seat": found,
        "person": found.registrant,
        "back": BACK,
        "told": told_how(found, lost=lost_offers(jury).get(found.pk)),
        "attempts": len(calls_of(found)),
        "form": form,
        "leaving": DropOutForm(jury=jury),
        "may_accept": panel_seats.can_accept(found),
        "may_release": to_release(jury).filter(pk=found.pk).exists(),
        "may_print": can_print(found),
        "crumbs": crumbs(
            jury,
            (_("Panel"), reverse("selection:panel", args=[jury.slug])),
            (found.registrant.name or found.registrant.reference, None),
        ),
    }
    return render(request, "selection/panel/seat.html", context)
