"""Will the draw work; asking for a lottery, watching it, reading its result. No names here."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.enums import Act, Stage
from juries.errors import JuryError
from juries.figures.writing import per_cent
from juries.models import Jury
from juries.web import jury_view, page_or_part
from selection.forms.lottery import LookUpForm, LotteryForm
from selection.lottery import probabilities, report
from selection.lottery.bridge import read
from selection.lottery.explanation import explain
from selection.lottery.feasibility import outlook
from selection.models import Lottery, Round
from selection.tasks import nudge

HEAVY = ("panels", "tickets", "quotas", "proof")
TICKETS_ON_A_PAGE = 50

type Crumbs = list[tuple[str, str | None]]


def crumbs(jury: Jury, *further: tuple[str, str | None]) -> Crumbs:
    """The way to a page of this room."""
    home = reverse("home", args=[jury.slug])
    return [(_("Juries"), reverse("juries")), (jury.name, home), *further]


def acts(request: HttpRequest) -> dict[str, bool]:
    """What the template may offer, so that it need not know about roles."""
    return {act.name.lower(): True for act in request.acts}  # type: ignore[attr-defined]


@jury_view(Act.SEE_POOL)
def feasibility(request: HttpRequest, jury: Jury) -> HttpResponse:
    context = {
        "jury": jury,
        "acts": acts(request),
        "outlook": outlook(jury),
        "crumbs": crumbs(jury, (_("Will the draw work?"), None)),
    }
    return render(
        request, page_or_part(request, "selection/lottery/feasibility.html", "answer"), context
    )


@jury_view(Act.SEE_LOTTERY)
def lotteries(request: HttpRequest, jury: Jury) -> HttpResponse:
    return lotteries_page(request, jury, LotteryForm())


def lotteries_page(request: HttpRequest, jury: Jury, form: LotteryForm) -> HttpResponse:
    rows = list(jury.lotteries.defer(*HEAVY).select_related("requested_by"))
    context = {
        "jury": jury,
        "acts": acts(request),
        "lotteries": rows,
        "form": form,
        "too_early": jury.stage in {Stage.SETTING_UP, Stage.REGISTRATION},
        "open": jury.stage == Stage.FROZEN and not any(row.is_at_work for row in rows),
        "obstacles": probabilities.obstacles(jury, read(jury))
        if jury.stage == Stage.LOTTERY
        else [],
        "crumbs": crumbs(jury, (_("Lottery"), None)),
    }
    return render(request, "selection/lottery/lotteries.html", context)


@jury_view(Act.RUN_LOTTERY)
@require_POST
def start(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = LotteryForm(request.POST)
    if form.is_valid():
        try:
            lottery = probabilities.request_lottery(jury=jury, by=request.user, **form.cleaned_data)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            nudge(lottery.pk)
            return redirect("selection:lottery_run", jury.slug, lottery.number)
    return lotteries_page(request, jury, form)


@jury_view(Act.SEE_LOTTERY)
def run(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    lottery = get_object_or_404(jury.lotteries.defer("panels", "tickets", "proof"), number=number)
    context = {
        "jury": jury,
        "acts": acts(request),
        "lottery": lottery,
        "phase": report.phase_sentence(lottery),
        "elapsed": report.elapsed(lottery),
        "crumbs": crumbs(
            jury,
            (_("Lottery"), reverse("selection:lottery", args=[jury.slug])),
            (_("Lottery %(number)s") % {"number": number}, None),
        ),
    }
    if lottery.state == Lottery.State.FAILED:
        context["trouble"] = explain(lottery.failure, lottery.quotas)
    elif lottery.state == Lottery.State.DONE:
        context |= _result(request, lottery)
    return render(request, page_or_part(request, "selection/lottery/run.html", "run"), context)


@jury_view(Act.RUN_LOTTERY)
@require_POST
def cancel(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    lottery = get_object_or_404(jury.lotteries.defer(*HEAVY), number=number)
    try:
        probabilities.cancel_lottery(lottery=lottery, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    return redirect("selection:lottery_run", jury.slug, number)


@jury_view(Act.SEE_LOTTERY)
def tickets(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    """Every ticket with the identifiers on it, page by page."""
    lottery = get_object_or_404(jury.lotteries, number=number, state=Lottery.State.DONE)
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


def _result(request: HttpRequest, lottery: Lottery) -> dict[str, Any]:
    """What the page of a ready lottery says beyond the job."""
    form = LookUpForm(request.GET if "reference" in request.GET else None)
    result: dict[str, Any] = {
        "drawn": lottery.rounds.filter(state=Round.State.DRAWN).exists(),
        "chances": report.chances_of(lottery),
        "rule_sentences": report.rule_sentences(lottery.rule),
        "proof": report.proof_sentences(lottery),
        "form": form,
        "first_ticket": lottery.ticket_name(0),
        "last_ticket": lottery.ticket_name(lottery.ticket_count - 1),
    }
    if form.is_valid():
        reference = form.cleaned_data["reference"]
        found = lottery.chances.filter(registrant__reference__iexact=reference).first()
        if found is None:
            form.add_error("reference", _("Nobody in this lottery has this identifier."))
        else:
            result |= {"found": reference, "found_chance": per_cent(found.probability, 2)}
    return result


def _references(lottery: Lottery) -> dict[int, str]:
    """The identifiers by place."""
    return dict(lottery.chances.values_list("place", "registrant__reference"))
