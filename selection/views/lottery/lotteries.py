"""Asking for a lottery or a rehearsal, watching it, reading its result. No names here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.commission.readiness import Missing
from juries.enums import Act, Stage
from juries.errors import JuryError
from juries.figures.writing import per_cent
from juries.models import Jury
from juries.web import jury_view, page_or_part
from selection.forms.lottery import LookUpForm, LotteryForm
from selection.lottery import comparing, easing, probabilities, rehearsing, report
from selection.lottery.bridge import read
from selection.lottery.explanation import explain
from selection.lottery.path import path_of
from selection.lottery.quota_changes import changed_quotas
from selection.models import Draw, Lottery, Round
from selection.tasks import nudge

TICKETS_ON_A_PAGE = 50

type Crumbs = list[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to do when there is no result, and where."""

    sentence: str
    action: str
    url: str


def crumbs(jury: Jury, *further: tuple[str, str | None]) -> Crumbs:
    """The way to a page of this room."""
    home = reverse("home", args=[jury.slug])
    return [(_("Juries"), reverse("juries")), (jury.name, home), *further]


def acts(request: HttpRequest) -> dict[str, bool]:
    """What the template may offer, so that it need not know about roles."""
    return {act.name.lower(): True for act in request.acts}


@jury_view(Act.SEE_LOTTERY)
def lotteries(request: HttpRequest, jury: Jury) -> HttpResponse:
    return lotteries_page(request, jury, LotteryForm())


def lotteries_page(request: HttpRequest, jury: Jury, form: LotteryForm) -> HttpResponse:
    rows = list(jury.lotteries.light().select_related("requested_by", "draw"))
    before_freezing = jury.stage in easing.STAGES
    context = {
        "jury": jury,
        "acts": acts(request),
        "lotteries": rows,
        "path": path_of(jury),
        "form": form,
        "idle": not any(row.is_at_work for row in rows),
        "may_start": jury.draws.filter(state=Draw.State.FROZEN).exists(),
        "may_rehearse": rehearsing.can_rehearse(jury),
        "before_freezing": before_freezing,
        "has_panel": jury.stage == Stage.PANEL,
        "obstacles": _obstacles(jury) if before_freezing else [],
        "changed": changed_quotas(jury),
        "comparable": sum(row.state == Lottery.State.DONE for row in rows) > 1,
        "crumbs": crumbs(jury, (_("Lottery"), None)),
    }
    return render(request, "selection/lottery/lotteries.html", context)


def _obstacles(jury: Jury) -> list[Missing]:
    """What keeps the pool from being frozen, each with the page where it is put right."""
    return [
        Missing(sentence, reverse(page, args=[jury.slug]))
        for sentence, page in probabilities.obstacles_and_pages(jury, read(jury))
    ]


@jury_view(Act.RUN_LOTTERY)
@require_POST
def start(request: HttpRequest, jury: Jury) -> HttpResponse:
    return _ask(request, jury, probabilities.request_lottery)


@jury_view(Act.RUN_LOTTERY)
@require_POST
def rehearse(request: HttpRequest, jury: Jury) -> HttpResponse:
    return _ask(request, jury, rehearsing.rehearse)


def _ask(request: HttpRequest, jury: Jury, verb: Callable[..., Lottery]) -> HttpResponse:
    form = LotteryForm(request.POST)
    if form.is_valid():
        try:
            lottery = verb(jury=jury, by=request.user, **form.cleaned_data)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            nudge(lottery.pk)
            return redirect("selection:lottery_run", jury.slug, lottery.number)
    return lotteries_page(request, jury, form)


@jury_view(Act.SEE_LOTTERY)
def compare(request: HttpRequest, jury: Jury) -> HttpResponse:
    runs = comparing.runs_of(jury)
    context = {
        "jury": jury,
        "runs": runs,
        "bars": comparing.compared(runs),
        "before_freezing": jury.stage not in {Stage.FROZEN, Stage.PANEL},
        "committed": any(run.use for run in runs),
        "crumbs": crumbs(
            jury,
            (_("Lottery"), reverse("selection:lottery", args=[jury.slug])),
            (_("Compare"), None),
        ),
    }
    return render(request, "selection/lottery/compare.html", context)


@jury_view(Act.SEE_LOTTERY)
def run(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    unread = jury.lotteries.defer("panels", "tickets", "proof", "shuffled")
    lottery = get_object_or_404(unread, number=number)
    name = comparing.run_name(number, rehearsal=lottery.rehearsal)
    context = {
        "jury": jury,
        "acts": acts(request),
        "lottery": lottery,
        "name": name,
        "phase": report.phase_sentence(lottery),
        "elapsed": report.elapsed(lottery),
        "crumbs": crumbs(
            jury,
            (_("Lottery"), reverse("selection:lottery", args=[jury.slug])),
            (name, None),
        ),
    }
    if lottery.state == Lottery.State.FAILED:
        context |= _failure(jury, lottery)
    elif lottery.state == Lottery.State.DONE:
        context |= _result(request, lottery)
    return render(request, page_or_part(request, "selection/lottery/run.html", "run"), context)


@jury_view(Act.RUN_LOTTERY)
@require_POST
def cancel(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    lottery = get_object_or_404(jury.lotteries.light(), number=number)
    try:
        probabilities.cancel_lottery(lottery=lottery, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    return redirect("selection:lottery_run", jury.slug, number)


@jury_view(Act.SEE_LOTTERY)
def tickets(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    """Every ticket with the identifiers on it, page by page."""
    lottery = get_object_or_404(jury.lotteries.real().ready(), number=number)
    page = Paginator(range(lottery.ticket_count), TICKETS_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    references = _references(lottery)
    run_url = reverse("selection:lottery_run", args=[jury.slug, number])
    context = {
        "jury": jury,
        "lottery": lottery,
        "page": page,
        "rows": [
            (
                lottery.ticket_name(ticket),
                [references[place] for place in lottery.panel_on(ticket)],
            )
            for ticket in page
        ],
        "crumbs": crumbs(
            jury,
            (_("Lottery"), reverse("selection:lottery", args=[jury.slug])),
            (_("Lottery %(number)s") % {"number": number}, run_url),
            (_("Tickets"), None),
        ),
    }
    return render(request, "selection/lottery/tickets.html", context)


def _failure(jury: Jury, lottery: Lottery) -> dict[str, Any]:
    """Why there is no result, and where to go from here."""
    return {"trouble": explain(lottery.failure, lottery.quotas), "remedy": _remedy(jury)}


def _remedy(jury: Jury) -> Remedy:
    if jury.stage == Stage.FROZEN:
        return Remedy(
            _(
                "The pool and its quotas are frozen. Break the draw off, ease the quotas, and"
                " freeze the pool again."
            ),
            _("Go to the draw"),
            reverse("selection:draw", args=[jury.slug]),
        )
    if jury.stage == Stage.PANEL:
        return Remedy(
            _("Free seats are filled from the page of the panel."),
            _("Go to the panel"),
            reverse("selection:panel", args=[jury.slug]),
        )
    return Remedy(
        _("The pool may have changed since. What would help now stands on a page of its own."),
        _("Will the draw work?"),
        reverse("selection:feasibility", args=[jury.slug]),
    )


def _result(request: HttpRequest, lottery: Lottery) -> dict[str, Any]:
    """What the page of a ready lottery says beyond the job."""
    result: dict[str, Any] = {
        "chances": report.chances_of(lottery),
        "rule_sentences": report.rule_sentences(lottery.rule),
        "proof": report.proof_sentences(lottery),
    }
    if lottery.rehearsal:
        return result | {"panel": report.trial_panel(lottery)}
    return result | _drawable(lottery) | _looked_up(request, lottery)


def _drawable(lottery: Lottery) -> dict[str, Any]:
    return {
        "drawn": lottery.rounds.filter(state=Round.State.DRAWN).exists(),
        "first_ticket": lottery.ticket_name(0),
        "last_ticket": lottery.ticket_name(lottery.ticket_count - 1),
    }


def _looked_up(request: HttpRequest, lottery: Lottery) -> dict[str, Any]:
    """The form for one identifier, and the chance of whoever has it."""
    form = LookUpForm(request.GET if "reference" in request.GET else None)
    if not form.is_valid():
        return {"form": form}
    reference = form.cleaned_data["reference"]
    found = lottery.chances.filter(registrant__reference__iexact=reference).first()
    if found is None:
        form.add_error("reference", _("Nobody in this lottery has this identifier."))
        return {"form": form}
    return {"form": form, "found": reference, "found_chance": per_cent(found.probability, 2)}


def _references(lottery: Lottery) -> dict[int, str]:
    """The identifiers by place."""
    return dict(lottery.chances.values_list("place", "registrant__reference"))
