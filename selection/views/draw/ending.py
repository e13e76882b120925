"""Decisions that stay: opening a record, breaking off, closing. Each has a page that says so."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from juries.enums import Act, Stage
from juries.errors import JuryError
from juries.models import Jury
from juries.web import jury_view
from selection.draw.ending import break_off, break_off_round, close_draw
from selection.draw.opening import anonymity_of, approve_opening, unfit_for_opening
from selection.draw.recalling import know_of_a_seat
from selection.forms.draw import BreakOffForm
from selection.models import Draw, Round
from selection.panel.seats import free_seats, is_over
from selection.protocol.anonymity import LEAST_SHARED
from selection.views.draw.desk import draw_crumbs


@jury_view(Act.APPROVE_OPENING)
def opening(request: HttpRequest, jury: Jury) -> HttpResponse:
    draw = _standing_draw(jury)
    if draw is None:
        return _no_draw(request, jury)
    if request.method == "POST":
        try:
            approve_opening(draw=draw, by=request.user)
        except JuryError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("You have approved that the record may be open."))
        return redirect("selection:opening", jury.slug)
    alike = anonymity_of(draw)
    context = {
        "jury": jury,
        "draw": draw,
        "approved": draw.opening_approved_by,
        "possible": jury.stage == Stage.FROZEN and draw.state == Draw.State.FROZEN,
        "alike": alike,
        "least": LEAST_SHARED,
        "objections": list(unfit_for_opening(draw, alike=alike)),
        "crumbs": draw_crumbs(jury, _("An open record")),
    }
    return render(request, "selection/draw/opening.html", context)


@jury_view(Act.RUN_DRAW)
def breaking_off(request: HttpRequest, jury: Jury) -> HttpResponse:
    """The whole draw, or only the replacement round that waits to be drawn."""
    draw = _standing_draw(jury)
    if draw is None:
        return _no_draw(request, jury)
    form = BreakOffForm(request.POST or None)
    if form.is_valid():
        try:
            break_off(draw=draw, by=request.user, **form.cleaned_data)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The draw is broken off. The reason is public."))
            return redirect("selection:draw", jury.slug)
    context = {
        "jury": jury,
        "draw": draw,
        "know": know_of_a_seat(jury),
        "form": form,
        "crumbs": draw_crumbs(jury, _("Break the draw off")),
    }
    return render(request, "selection/draw/break_off.html", context)


@jury_view(Act.RUN_DRAW)
def breaking_off_round(request: HttpRequest, jury: Jury) -> HttpResponse:
    round_ = _open_replacement(jury)
    form = BreakOffForm(request.POST or None)
    if round_ is not None and form.is_valid():
        try:
            break_off_round(round_=round_, by=request.user, **form.cleaned_data)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The replacement round is broken off."))
            return redirect("selection:draw", jury.slug)
    context = {
        "jury": jury,
        "of_round": True,
        "round": round_,
        "form": form,
        "crumbs": draw_crumbs(jury, _("Break the replacement round off")),
    }
    return render(request, "selection/draw/break_off.html", context)


@jury_view(Act.RUN_DRAW)
def closing(request: HttpRequest, jury: Jury) -> HttpResponse:
    draw = _standing_draw(jury)
    if draw is None:
        return _no_draw(request, jury)
    if request.method == "POST":
        try:
            close_draw(draw=draw, by=request.user)
        except JuryError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The draw is closed. Its record is complete."))
        return redirect("selection:draw", jury.slug)
    vacant = free_seats(jury)
    context = {
        "jury": jury,
        "draw": draw,
        "possible": draw.state == Draw.State.DRAWN,
        "held": jury.panel_size - vacant,
        "unanswered": jury.seats.drawn().held().exclude(state="confirmed").count(),
        "vacant": vacant,
        "meets": not is_over(jury),
        "crumbs": draw_crumbs(jury, _("Close the draw")),
    }
    return render(request, "selection/draw/close.html", context)


def _open_replacement(jury: Jury) -> Round | None:
    open_rounds = Round.objects.filter(state=Round.State.COMMITTED, number__gt=0)
    return open_rounds.filter(draw__in=jury.draws.standing()).select_related("draw").first()


def _standing_draw(jury: Jury) -> Draw | None:
    draw = jury.draws.standing().first()
    if draw is not None:
        draw.jury = jury
    return draw


def _no_draw(request: HttpRequest, jury: Jury) -> HttpResponse:
    """Back to the draw: a page opened before says nothing of a draw that is broken off since."""
    messages.error(request, _("There is no draw now. Look at where the draw stands."))
    return redirect("selection:draw", jury.slug)
