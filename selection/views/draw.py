"""The draw: the ticket is typed in, checked, and only then are seats offered. No names here."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.enums import Act
from juries.errors import JuryError
from juries.models import Jury
from juries.web import jury_view
from selection import draw as drawing
from selection.explanation import spoken
from selection.forms import SetAsideForm, TicketForm
from selection.models import Draw, Lottery
from selection.report import blind_panel
from selection.views.lottery import HEAVY, acts, crumbs


@dataclass(frozen=True, slots=True)
class BlindPanel:
    """A drawn panel as identifiers and criteria."""

    criteria: list[str]
    people: list[tuple[str, list[tuple[str, str]]]]


@jury_view(Act.SEE_LOTTERY)
def draws(request: HttpRequest, jury: Jury) -> HttpResponse:
    lottery = _lottery_to_draw(jury)
    return draws_page(request, jury, TicketForm(lottery=lottery) if lottery else None)


def draws_page(request: HttpRequest, jury: Jury, form: TicketForm | None) -> HttpResponse:
    rows = list(
        jury.draws.select_related("lottery", "entered_by", "confirmed_by", "set_aside_by").defer(
            *(f"lottery__{column}" for column in HEAVY)
        )
    )
    waiting = next((row for row in rows if row.awaits_confirmation), None)
    context = {
        "jury": jury,
        "acts": acts(request),
        "draws": rows,
        "waiting": waiting,
        "panel": _blind(waiting) if waiting else None,
        "form": None if waiting else form,
        "lottery": form.lottery if form else None,
        "crumbs": crumbs(jury, (_("Draw"), None)),
    }
    return render(request, "selection/draw.html", context)


@jury_view(Act.RUN_DRAW)
@require_POST
def enter(request: HttpRequest, jury: Jury) -> HttpResponse:
    lottery = _lottery_to_draw(jury)
    if lottery is None:
        messages.error(request, _("There is no lottery to draw from."))
        return redirect("selection:draw", jury.slug)
    form = TicketForm(request.POST, lottery=lottery)
    if form.is_valid():
        try:
            drawing.enter_draw(
                lottery=lottery,
                ticket=form.cleaned_data["ticket"],
                source=form.cleaned_data["source"],
                by=request.user,
            )
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            return redirect("selection:draw", jury.slug)
    return draws_page(request, jury, form)


@jury_view(Act.RUN_DRAW)
@require_POST
def confirm(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    draw = get_object_or_404(Draw.objects.select_related("lottery"), jury=jury, number=number)
    try:
        drawing.confirm_draw(draw=draw, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
        return redirect("selection:draw", jury.slug)
    messages.success(request, _("The draw is confirmed. The seats are offered."))
    return redirect("selection:panel", jury.slug)


@jury_view(Act.RUN_DRAW)
def set_aside(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    draw = get_object_or_404(jury.draws.standing().select_related("lottery"), number=number)
    form = SetAsideForm(request.POST or None)
    if form.is_valid():
        try:
            drawing.set_aside_draw(draw=draw, by=request.user, **form.cleaned_data)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            return redirect("selection:draw", jury.slug)
    context = {
        "jury": jury,
        "draw": draw,
        "form": form,
        "crumbs": crumbs(
            jury,
            (_("Draw"), reverse("selection:draw", args=[jury.slug])),
            (_("Set aside"), None),
        ),
    }
    return render(request, "selection/set_aside.html", context)


def _lottery_to_draw(jury: Jury) -> Lottery | None:
    """The latest ready lottery, if no ticket of it counts yet."""
    lottery = jury.lotteries.defer(*HEAVY).filter(state=Lottery.State.DONE).first()
    if lottery is None or lottery.draws.standing().exists():
        return None
    return lottery


def _blind(draw: Draw) -> BlindPanel:
    lottery = Lottery.objects.get(pk=draw.lottery_id)
    tables = lottery.quotas
    criteria = [spoken(table["names"]) for table in tables]
    names = [[spoken(row["names"]) for row in table["values"]] for table in tables]
    people = [
        (
            reference,
            [
                (criterion, names[column][place])
                for column, (criterion, place) in enumerate(zip(criteria, values, strict=True))
            ],
        )
        for reference, values in blind_panel(lottery, drawing.places_on(lottery, draw.ticket))
    ]
    return BlindPanel(criteria, people)
