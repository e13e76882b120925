"""The call desk: who is to be called about a seat, the script, and what came of the call."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from juries.enums import Act
from juries.models import Jury
from juries.web import jury_view
from selection.forms.panel import SeatCallForm
from selection.panel.calling import calls_of, script_for, to_call
from selection.views.lottery.lotteries import crumbs
from selection.views.panel.seat import seat_or_404


@jury_view(Act.MANAGE_PANEL)
def calls(request: HttpRequest, jury: Jury) -> HttpResponse:
    context = {
        "jury": jury,
        "rows": to_call(jury),
        "crumbs": crumbs(jury, _panel(jury), (_("Calls about seats"), None)),
    }
    return render(request, "selection/panel/calls.html", context)


@jury_view(Act.MANAGE_PANEL)
def call(request: HttpRequest, jury: Jury, pk: int) -> HttpResponse:
    """One person: the script in their language, and a button for each thing a call can come to."""
    seat = seat_or_404(request, jury, pk)
    form = SeatCallForm(
        request.POST if request.method == "POST" else None, initial={"submission": uuid4()}
    )
    if form.is_valid() and form.save(seat=seat, by=request.user):
        messages.success(request, _("The call is written down."))
        return redirect("selection:calls", jury.slug)
    language, script = script_for(seat)
    desk = reverse("selection:calls", args=[jury.slug])
    context = {
        "jury": jury,
        "seat": seat,
        "person": seat.registrant,
        "form": form,
        "language": language,
        "script": script,
        "calls": calls_of(seat),
        "crumbs": crumbs(
            jury, _panel(jury), (_("Calls about seats"), desk), (seat.registrant.name, None)
        ),
    }
    return render(request, "selection/panel/call.html", context)


def _panel(jury: Jury) -> tuple[str, str]:
    return _("Panel"), reverse("selection:panel", args=[jury.slug])
