"""Chance comes in: balls typed in by one and confirmed by another, the beacon, the fall-back."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.enums import Act
from juries.errors import JuryError
from juries.models import Jury
from juries.web import jury_view, page_or_part
from selection.draw import beacon
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
    round_ = get_object_or_404(_open_rounds(jury))
    digit, place = _number(request, "digit"), _number(request, "place")
    try:
        enter_ball(round_=round_, digit=digit, by=request.user, place=place)
    except JuryError as error:
        messages.error(request, str(error))
    return redirect("selection:balls", jury.slug)


@jury_view(Act.WITNESS_DRAW)
@require_POST
def confirm(request: HttpRequest, jury: Jury) -> HttpResponse:
    """Yes, the ball shows this digit; or no, and it is typed in again."""
    place = _number(request, "place")
    ball = Ball.objects.filter(round__in=_open_rounds(jury), place=place).first()
    if ball is None:
        messages.error(request, _("This ball has been changed or confirmed meanwhile. Look again."))
        return redirect("selection:balls", jury.slug)
    try:
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
        return _come_meanwhile(request, jury)
    if beacon.fetch_beacon(round_):
        messages.success(request, _("The beacon has come."))
    else:
        messages.error(request, _("No relay has given the beacon. Try again, or paste it in."))
    return redirect("selection:draw", jury.slug)


@jury_view(Act.RUN_DRAW)
@require_POST
def paste_beacon(request: HttpRequest, jury: Jury) -> HttpResponse:
    round_ = _open_rounds(jury).first()
    if round_ is None:
        return _come_meanwhile(request, jury)
    form = BeaconForm(request.POST)
    if form.is_valid():
        try:
            beacon.take_beacon(round_=round_, by=request.user, **form.cleaned_data)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The beacon has come."))
            return redirect("selection:draw", jury.slug)
    return draw_page(request, jury, form=form)


@jury_view(Act.RUN_DRAW)
@require_POST
def balls_alone(request: HttpRequest, jury: Jury) -> HttpResponse:
    round_ = _open_rounds(jury).first()
    if round_ is None:
        return _come_meanwhile(request, jury)
    try:
        draw_by_balls_alone(round_=round_, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    return redirect("selection:draw", jury.slug)


def _come_meanwhile(request: HttpRequest, jury: Jury) -> HttpResponse:
    """The page of the draw: the worker, or somebody else, was quicker with the beacon."""
    messages.info(request, _("This round does not wait for a beacon."))
    return redirect("selection:draw", jury.slug)


def _open_rounds(jury: Jury):
    return Round.objects.filter(draw__in=jury.draws.standing(), state=Round.State.COMMITTED)


def _number(request: HttpRequest, name: str) -> int:
    """The number sent under the name; -1, which is none, for anything else."""
    with suppress(ValueError):
        sent = request.POST.get(name, "")
        return int(sent) if sent.isascii() and len(sent) <= 2 else -1
    return -1
