"""Chance comes in: balls typed in by one and confirmed by another, the beacon, the fall-back."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.enums import Act
from juries.errors import JuryError
from juries.models import Jury
from juries.web import jury_view, page_or_part
from selection.draw import beacon, pasting
from selection.draw.balls import confirm_ball, enter_ball, take_ball_back
from selection.draw.drawing import draw_by_balls_alone
from selection.draw.handling import handling_of
from selection.forms.draw import BeaconForm
from selection.models import Ball, Round
from selection.views.draw.desk import draw_crumbs, draw_page


@jury_view(Act.WITNESS_DRAW)
def balls(request: HttpRequest, jury: Jury) -> HttpResponse:
    context = {
        "jury": jury,
        "handling": handling_of(jury, request.user, may_enter=Act.RUN_DRAW in request.acts),
        "crumbs": draw_crumbs(jury, _("Balls")),
    }
    return render(request, page_or_part(request, "selection/draw/balls.html", "turn"), context)


@jury_view(Act.RUN_DRAW)
@require_POST
def enter(request: HttpRequest, jury: Jury) -> HttpResponse:
    digit, place = _number(request, "digit"), _number(request, "place")
    try:
        enter_ball(round_=_open_round(jury), digit=digit, by=request.user, place=place)
    except JuryError as error:
        messages.error(request, str(error))
    return redirect("selection:balls", jury.slug)


@jury_view(Act.WITNESS_DRAW)
@require_POST
def confirm(request: HttpRequest, jury: Jury) -> HttpResponse:
    """Yes, the ball shows this digit; or no, and it is typed in again."""
    try:
        ball = _typed_ball(_open_round(jury), _number(request, "place"))
        if request.POST.get("answer") == "yes":
            confirm_ball(ball=ball, digit=_number(request, "digit"), by=request.user)
        else:
            take_ball_back(ball=ball, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    return redirect("selection:balls", jury.slug)


@jury_view(Act.RUN_DRAW)
@require_POST
def ask_relays(request: HttpRequest, jury: Jury) -> HttpResponse:
    round_ = _open_rounds(jury).first()
    if round_ is None:
        messages.error(request, _gone_on())
    elif beacon.fetch_beacon(round_):
        messages.success(request, _("The beacon has come."))
    else:
        messages.error(request, _("No relay has given the beacon. Try again, or paste it in."))
    return redirect("selection:draw", jury.slug)


@jury_view(Act.RUN_DRAW)
@require_POST
def paste_beacon(request: HttpRequest, jury: Jury) -> HttpResponse:
    round_ = _open_rounds(jury).first()
    if round_ is None:
        messages.error(request, _gone_on())
        return redirect("selection:draw", jury.slug)
    form = BeaconForm(request.POST)
    if form.is_valid():
        try:
            stands = pasting.paste_beacon(round_=round_, by=request.user, **form.cleaned_data)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            said = _("The beacon has come.") if stands else _("Now somebody else confirms it.")
            messages.success(request, said)
            return redirect("selection:draw", jury.slug)
    return draw_page(request, jury, form=form)


@jury_view(Act.WITNESS_DRAW)
@require_POST
def confirm_beacon(request: HttpRequest, jury: Jury) -> HttpResponse:
    """Yes, a relay shows this signature; or no, and it is typed in again."""
    try:
        round_ = _open_round(jury)
        if request.POST.get("answer") == "yes":
            signature = request.POST.get("signature", "")
            pasting.confirm_beacon(round_=round_, signature=signature, by=request.user)
            messages.success(request, _("The beacon has come."))
        else:
            pasting.take_beacon_back(round_=round_, by=request.user)
            messages.success(request, _("Taken back. It can be typed in again."))
    except JuryError as error:
        messages.error(request, str(error))
    return redirect("selection:draw", jury.slug)


@jury_view(Act.RUN_DRAW)
@require_POST
def balls_alone(request: HttpRequest, jury: Jury) -> HttpResponse:
    try:
        draw_by_balls_alone(round_=_open_round(jury), by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    return redirect("selection:draw", jury.slug)


def _open_rounds(jury: Jury):
    return Round.objects.filter(draw__in=jury.draws.standing(), state=Round.State.COMMITTED)


def _open_round(jury: Jury) -> Round:
    """The round that waits; a page that was opened before it was drawn from is told so."""
    round_ = _open_rounds(jury).first()
    if round_ is None:
        raise JuryError(_gone_on())
    return round_


def _typed_ball(round_: Round, place: int) -> Ball:
    """The ball at the place; it may have been taken back since the page was opened."""
    ball = round_.balls.filter(place=place).first()
    if ball is None:
        raise JuryError(_("This ball has been changed or confirmed meanwhile. Look again."))
    return ball


def _gone_on() -> str:
    return _("The draw has gone on since this page was opened. Look at where it stands.")


def _number(request: HttpRequest, name: str) -> int:
    """The number sent under the name; -1, which is none, for anything else."""
    with suppress(ValueError):
        sent = request.POST.get(name, "")
        return int(sent) if sent.isascii() and len(sent) <= 2 else -1
    return -1
