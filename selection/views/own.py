"""A registrant's own pages: the chance, and the seat. Looking changes nothing."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from juries.audit import JUROR
from juries.errors import JuryError
from juries.models import Registrant
from juries.web import own_view
from selection.lottery import own
from selection.lottery.report import rule_sentences
from selection.models import PanelSeat
from selection.panel.offers import offer_of
from selection.panel.seats import accept_seat, decline_seat
from selection.record.receipts import entry_of

type Crumbs = list[tuple[str, str | None]]


@own_view
def chance(request: HttpRequest, registrant: Registrant) -> HttpResponse:
    found = own.own_chance(registrant)
    if found is None:
        raise Http404
    context = {
        "jury": registrant.jury,
        "own": found,
        "tickets": own.tickets_with(found.chance),
        "reasons": own.reasons_of(found.chance),
        "lottery": found.chance.lottery,
        "rule_sentences": rule_sentences(found.chance.lottery.rule),
        "receipt": entry_of(registrant) is not None,
        "crumbs": _crumbs(_("My chance")),
    }
    return render(request, "selection/lottery/own_chance.html", context)


@own_view
def seat(request: HttpRequest, registrant: Registrant) -> HttpResponse:
    found = own.own_seat(registrant)
    if found is None or registrant.withdrawn_at:
        raise Http404
    if found.kind == PanelSeat.Kind.NAMED:
        return redirect("selection:own_named_seat")
    verb = {"accept": accept_seat, "decline": decline_seat}.get(request.POST.get("answer", ""))
    if verb is not None:
        try:
            verb(seat=found, by=JUROR)
        except JuryError as error:
            messages.error(request, str(error))
        stands = PanelSeat.objects.filter(pk=found.pk).exists()
        return redirect("selection:own_seat" if stands else "own_page")
    context = {
        "jury": registrant.jury,
        "offer": offer_of(found),
        "crumbs": _crumbs(_("My seat")),
    }
    return render(request, "selection/panel/own_seat.html", context)


def _crumbs(here: str) -> Crumbs:
    return [(_("My own page"), reverse("own_page")), (here, None)]
