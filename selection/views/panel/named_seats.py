"""Named seats: naming somebody, correcting it, giving the seat up; and the holder's own page."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from juries.audit import JUROR
from juries.crumbs import Crumbs, desk_crumbs
from juries.enums import Act
from juries.errors import JuryError
from juries.forms.registration.needs import WrittenNeedsForm
from juries.models import Jury, Registrant
from juries.post.addresses import address_of, on_paper
from juries.web import jury_view, own_view
from selection.forms.named_seats import NamedSeatForm
from selection.members.listing import name_on
from selection.models import PanelSeat
from selection.panel import named_seats as deeds
from selection.panel.seats import is_over
from selection.views.panel.ways import panel_ways


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is printed for whoever was named just now; the code is in no other answer."""

    seat: PanelSeat
    code: str
    own_address: str


@jury_view(Act.MANAGE_PANEL)
def named(request: HttpRequest, jury: Jury) -> HttpResponse:
    """Sent again, the form gives the same receipt."""
    form = NamedSeatForm(request.POST or None, jury=jury)
    receipt = None
    if form.is_valid():
        receipt = _receipt(form.name_somebody(by=request.user))
    if receipt:
        form = NamedSeatForm(jury=jury)
    sees_contacts = Act.SEE_CONTACTS in request.acts
    context = {
        "jury": jury,
        "form": form,
        "receipt": receipt,
        "seats": deeds.named_seats(jury),
        "in_pool_too": _in_pool_too(jury) if sees_contacts else [],
        "sees_contacts": sees_contacts,
        "can_name": deeds.can_name(jury),
        "ways": panel_ways(jury, request.acts, "named_seats"),
        "crumbs": desk_crumbs(jury, (_("Named seats"), None)),
    }
    return render(request, "selection/panel/named_seats.html", context)


@jury_view(Act.MANAGE_PANEL)
def change(request: HttpRequest, jury: Jury, named: int) -> HttpResponse:
    seat = _seat(jury, named)
    form = NamedSeatForm(request.POST or None, jury=jury, seat=seat)
    if form.is_valid() and form.change(by=request.user):
        messages.success(request, _("The changes have been saved."))
        return redirect("selection:named_seats", jury.slug)
    context = {
        "jury": jury,
        "form": form,
        "seat": seat,
        "name": name_on(seat),
        "crumbs": _crumbs(jury, (_("Change"), None)),
    }
    return render(request, "selection/panel/named_seat.html", context)


@jury_view(Act.MANAGE_PANEL)
def give_up(request: HttpRequest, jury: Jury, named: int) -> HttpResponse:
    """The page asks; the button does it."""
    seat = _seat(jury, named)
    if request.method == "POST":
        try:
            deeds.give_up_named_seat(seat=seat, by=request.user)
        except JuryError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The seat has been given up."))
        return redirect("selection:named_seats", jury.slug)
    context = {
        "jury": jury,
        "seat": seat,
        "name": name_on(seat),
        "crumbs": _crumbs(jury, (_("Give the seat up"), None)),
    }
    return render(request, "selection/panel/give_up_named_seat.html", context)


@jury_view(Act.MANAGE_PANEL)
def needs(request: HttpRequest, jury: Jury, named: int) -> HttpResponse:
    """What the holder needs is written down; it is read only by those who make arrangements."""
    form = WrittenNeedsForm(request.POST or None, person=_seat(jury, named).registrant)
    if form.is_valid() and form.save(by=request.user):
        messages.success(request, _("The needs have been saved."))
        return redirect("selection:named_seats", jury.slug)
    context = {
        "jury": jury,
        "form": form,
        "back": reverse("selection:named_seats", args=[jury.slug]),
        "crumbs": _crumbs(jury, (_("Needs"), None)),
    }
    return render(request, "juries/registration/write_needs.html", context)


@own_view
def own(request: HttpRequest, registrant: Registrant) -> HttpResponse:
    """Looking changes nothing; the button gives the seat up."""
    seat = (
        PanelSeat.objects.named().filter(registrant=registrant).select_related("registrant").first()
    )
    if seat is None or registrant.withdrawn_at:
        raise Http404
    if request.POST.get("answer") == "give-up":
        try:
            deeds.give_up_named_seat(seat=seat, by=JUROR)
        except JuryError as error:
            messages.error(request, str(error))
        return redirect("selection:own_named_seat")
    context = {
        "jury": registrant.jury,
        "seat": seat,
        "is_over": is_over(registrant.jury),
        "crumbs": [(_("My own page"), reverse("own_page")), (_("My seat"), None)],
    }
    return render(request, "selection/panel/own_named_seat.html", context)


def _seat(jury: Jury, pk: int) -> PanelSeat:
    held = jury.seats.named().exclude(state=PanelSeat.State.LEFT)
    return get_object_or_404(held.select_related("registrant"), pk=pk)


def _receipt(named: deeds.Named | None) -> Receipt | None:
    if named is None:
        return None
    language = named.seat.registrant.language
    return Receipt(named.seat, named.code, on_paper(address_of("own_code", language=language)))


def _in_pool_too(jury: Jury) -> list[tuple[PanelSeat, Registrant]]:
    found = deeds.in_pool_too(jury)
    return [(seat, found[seat.pk]) for seat in deeds.named_seats(jury) if seat.pk in found]


def _crumbs(jury: Jury, *further: tuple[str, str | None]) -> Crumbs:
    page = (_("Named seats"), reverse("selection:named_seats", args=[jury.slug]))
    return desk_crumbs(jury, page, *further)
