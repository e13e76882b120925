"""The panel: who holds a seat, how they answered, and what the panel looks like."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.enums import Act
from juries.errors import JuryError
from juries.models import Jury
from juries.web import jury_view
from selection.composition.table import composition_table
from selection.lottery.explanation import Explanation, explain
from selection.models import Lottery, PanelSeat, Round
from selection.panel import seats as panel_seats
from selection.views.lottery import HEAVY, acts, crumbs
from selection.views.panel_ways import panel_ways


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One seat as the list prints it; ``name`` is blank for those who may not read it."""

    seat: PanelSeat
    name: str
    values: list[tuple[str, str]]
    withdrawn: bool

    @property
    def held(self) -> bool:
        held = {PanelSeat.State.OFFERED, PanelSeat.State.CONFIRMED}
        return self.seat.state in held and not self.withdrawn


@jury_view(Act.SEE_JURY)
def seats(request: HttpRequest, jury: Jury) -> HttpResponse:
    permitted = acts(request)
    rows = _rows(jury, named="see_panel" in permitted)
    lottery = jury.lotteries.defer(*HEAVY).first()
    held = [row for row in rows if row.held]
    context = {
        "jury": jury,
        "acts": permitted,
        "rows": rows,
        "criteria": list(jury.criteria.all()),
        "confirmed": sum(row.seat.state == PanelSeat.State.CONFIRMED for row in held),
        "offered": sum(row.seat.state == PanelSeat.State.OFFERED for row in held),
        "free": max(0, jury.panel_size - len(held)) if rows else 0,
        "lottery": lottery,
        "trouble": _trouble(lottery),
        "waiting": Round.objects.filter(draw__jury=jury, state=Round.State.COMMITTED).exists(),
        "to_draw": lottery is not None
        and lottery.state == Lottery.State.DONE
        and not lottery.rounds.exists(),
        "bars": composition_table(jury),
        "ways": panel_ways(jury, request.acts, "panel"),
        "crumbs": crumbs(jury, (_("Panel"), None)),
    }
    return render(request, "selection/panel/panel.html", context)


@jury_view(Act.MANAGE_PANEL)
@require_POST
def answer(request: HttpRequest, jury: Jury, pk: int) -> HttpResponse:
    seat = get_object_or_404(jury.seats.drawn().select_related("registrant"), pk=pk)
    verbs = {"accept": panel_seats.accept_seat, "decline": panel_seats.decline_seat}
    verb = verbs.get(request.POST.get("answer", ""))
    if verb is None:
        messages.error(request, _("Choose whether the seat is accepted or declined."))
        return redirect("selection:panel", jury.slug)
    try:
        verb(seat=seat, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    else:
        state = seat.get_state_display()
        messages.success(
            request,
            _("%(reference)s: %(state)s.")
            % {"reference": seat.registrant.reference, "state": state},
        )
    return redirect("selection:panel", jury.slug)


def _trouble(lottery: Lottery | None) -> Explanation | None:
    """Why the last lottery for free seats had no result, if it had none."""
    if lottery is None or lottery.state != Lottery.State.FAILED:
        return None
    return explain(lottery.failure, lottery.quotas)


def _rows(jury: Jury, *, named: bool) -> list[SeatRow]:
    """Every seat ever offered, held ones first, each by identifier; in three queries."""
    seats = (
        jury.seats.drawn()
        .select_related("registrant")
        .prefetch_related("registrant__traits__value", "registrant__traits__criterion")
        .order_by("registrant__reference")
    )
    rows = [
        SeatRow(
            seat=seat,
            name=seat.registrant.name if named else "",
            values=[
                (str(trait.criterion), str(trait.value))
                for trait in sorted(
                    seat.registrant.traits.all(), key=lambda trait: trait.criterion.position
                )
            ],
            withdrawn=seat.registrant.withdrawn_at is not None,
        )
        for seat in seats
    ]
    return sorted(rows, key=lambda row: not row.held)
