"""The desk of the draw: where it stands, and the form for the present step. No names here."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.crumbs import Crumbs, desk_crumbs
from juries.enums import Act
from juries.errors import JuryError
from juries.models import Jury
from juries.web import jury_view
from selection.draw.adding import sum_of
from selection.draw.committing import commit
from selection.draw.drawing import blind_panel
from selection.draw.freezing import freeze_pool
from selection.draw.opening import anonymity_of, missing_for_opening
from selection.draw.readiness import missing_before_freezing
from selection.draw.standing import Now, Standing, standing_of
from selection.draw.steps import steps_of
from selection.forms.draw import BeaconForm, CommitForm, FreezeForm
from selection.lottery.explanation import spoken
from selection.models import Draw, Round
from selection.protocol import drand
from selection.protocol.words import hex_groups, spoken_words

FORMS = {Now.FREEZE: FreezeForm, Now.COMMIT: CommitForm, Now.BEACON: BeaconForm}
"""The form of a step, where it has one."""

STEP_PAGES = {Now.CLOSED: Now.PANEL}
"""Steps that are shown by the page of another."""


@jury_view(Act.SEE_LOTTERY)
def draw(request: HttpRequest, jury: Jury) -> HttpResponse:
    return draw_page(request, jury)


@jury_view(Act.RUN_DRAW)
@require_POST
def freeze(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = FreezeForm(request.POST)
    if form.is_valid():
        try:
            freeze_pool(jury=jury, by=request.user, **form.cleaned_data)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The pool is frozen. Each registrant has a receipt."))
            return redirect("selection:draw", jury.slug)
    return draw_page(request, jury, form=form)


@jury_view(Act.RUN_DRAW)
@require_POST
def commit_to(request: HttpRequest, jury: Jury) -> HttpResponse:
    standing = standing_of(jury)
    if standing.round is not None and standing.round.state == Round.State.COMMITTED:
        messages.error(request, _("A lottery is committed and waits to be drawn from."))
        return redirect("selection:draw", jury.slug)
    if standing.draw is None or not standing.lotteries:
        messages.error(request, _("There is no ready lottery of this pool."))
        return redirect("selection:draw", jury.slug)
    form = CommitForm(request.POST, draw=standing.draw, lotteries=standing.lotteries)
    if form.is_valid():
        try:
            commit(lottery=form.chosen, chance=form.chance, by=request.user, disclosure=form.level)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Committed. Read the six words aloud in the room."))
            return redirect("selection:draw", jury.slug)
    return draw_page(request, jury, form=form)


def draw_page(request: HttpRequest, jury: Jury, *, form: Any = None) -> HttpResponse:
    """The page, with the form as it came back if something in it was wrong.

    The form of another step comes from a page that was opened before: only what it says is told.
    """
    standing = standing_of(jury)
    if form is not None and not isinstance(form, FORMS.get(standing.now, ())):
        for sentence in form.non_field_errors():
            messages.error(request, sentence)
        form = None
    context = {
        "jury": jury,
        "may_run": Act.RUN_DRAW in request.acts,
        "may_witness": Act.WITNESS_DRAW in request.acts,
        "may_approve": Act.APPROVE_OPENING in request.acts,
        "may_export": Act.EXPORT_PEOPLE in request.acts,
        "standing": standing,
        "step_template": f"selection/draw/now_{STEP_PAGES.get(standing.now, standing.now)}.html",
        "steps": steps_of(jury, standing),
        "form": form,
        "draws": _all_draws(jury),
        "crumbs": desk_crumbs(jury, (_("Draw"), None)),
    }
    if Act.RUN_DRAW in request.acts:
        context |= _for_the_step(jury, standing, form)
    if standing.round is not None and not standing.begins_anew:
        context |= _about_the_round(standing.round)
    return render(request, "selection/draw/draw.html", context)


def draw_crumbs(jury: Jury, here: str) -> Crumbs:
    """The way to a page below the draw."""
    return desk_crumbs(jury, (_("Draw"), reverse("selection:draw", args=[jury.slug])), (here, None))


def _for_the_step(jury: Jury, standing: Standing, form: Any) -> dict[str, Any]:
    """What the form of the present step needs."""
    if standing.now == Now.FREEZE:
        promised = jury.registration_closes_on
        return {
            "missing": missing_before_freezing(jury),
            "form": form or FreezeForm(),
            "promised_until": promised if promised >= timezone.localdate() else None,
        }
    if standing.now == Now.COMMIT and standing.draw is not None:
        return _committing(standing.draw, standing, form)
    if standing.now == Now.BEACON:
        return {"form": form or BeaconForm()}
    return {}


def _committing(draw: Draw, standing: Standing, form: Any) -> dict[str, Any]:
    ready = {"form": form or CommitForm(draw=draw, lotteries=standing.lotteries)}
    if draw.state != Draw.State.FROZEN:
        return ready
    alike = anonymity_of(draw)
    return ready | {"alike": alike, "objections": list(missing_for_opening(draw, alike=alike))}


def _about_the_round(round_: Round) -> dict[str, Any]:
    """What is told of a committed round to whoever may see the draw."""
    shown = _columns_shown(round_.draw)
    digest, added, now = round_.commitment_digest, sum_of(round_), timezone.now()
    late = round_.fallback_after is not None and now >= round_.fallback_after
    return {
        "words": " ".join(spoken_words(digest)) if digest else "",
        "hex_groups": hex_groups(digest),
        "sum": added,
        "beacon_is_out": round_.beacon_time is not None and now >= round_.beacon_time,
        "may_fall_back": late and bool(added.balls),
        "addresses": drand.address_of(round_.beacon_round) if round_.beacon_round else [],
        "house_checks": drand.can_check(),
        "criteria": [spoken(round_.draw.quotas[column]["names"]) for column in shown],
        "panel": list(_blind(round_, shown)),
    }


def _columns_shown(draw: Draw) -> list[int]:
    """The places among the quotas of what may stand beside an identifier: nothing sensitive."""
    public = set(draw.jury.criteria.for_everybody().values_list("pk", flat=True))
    return [column for column, table in enumerate(draw.quotas) if table["criterion"] in public]


def _blind(round_: Round, shown: Sequence[int]) -> Iterator[tuple[str, list[str]]]:
    """The panel on the ticket that was drawn: identifiers and groups, nobody's name."""
    members = json.loads(round_.result)["panel"]["m"] if round_.result else []
    quotas = round_.draw.quotas
    for reference, values in blind_panel(round_.lottery, members):
        yield (
            reference,
            [
                spoken(quotas[column]["values"][values[column]]["names"]) if values else "–"
                for column in shown
            ],
        )


def _all_draws(jury: Jury) -> list[Draw]:
    """Every draw of the jury, the latest first, each with its rounds; in two queries."""
    rounds = Round.objects.select_related("lottery").only(
        "draw", "number", "state", "ticket", "commitment_digest", "lottery__ticket_count"
    )
    return list(jury.draws.prefetch_related(Prefetch("rounds", rounds)))
