"""Empty seats and the reserve list: what can be done, and doing it. Identifiers, no names."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from juries.enums import Act
from juries.errors import JuryError
from juries.models import Jury
from juries.web import jury_view
from selection.draw.standing import lotteries_of_seats
from selection.forms.replacing import ReservesForm
from selection.lottery import probabilities
from selection.models import Draw, Round, Rule
from selection.panel import empty_seats
from selection.panel.circles import CIRCLES
from selection.panel.replacing import POOL, RESERVES, replace_by_rank
from selection.panel.reserves import draw_up_reserves, standing_list
from selection.tasks import nudge
from selection.views.lottery.lotteries import Crumbs, acts, crumbs


@jury_view(Act.MANAGE_PANEL)
def replacements(request: HttpRequest, jury: Jury) -> HttpResponse:
    draw = jury.draws.standing().first()
    rows = empty_seats.listed(jury)
    context = {
        "jury": jury,
        "acts": acts(request),
        "draw": draw,
        "open": draw is not None and draw.state == Draw.State.DRAWN,
        "rows": rows,
        "rule": empty_seats.rule_in_words(draw) if draw and rows else "",
        "next_of_pool": empty_seats.next_in_words(jury, POOL),
        "next_of_reserves": empty_seats.next_in_words(jury, RESERVES),
        "free": max(0, jury.panel_size - jury.seats.drawn().held().count()),
        "untold": CIRCLES["drawn"].untold(jury).count(),
        "round": _open_round(jury),
        "lottery": lotteries_of_seats(draw).first() if draw else None,
        "made": empty_seats.replaced_so_far(draw) if draw else [],
        "crumbs": _crumbs(jury, _("Empty seats")),
    }
    return render(request, "selection/panel/replacements.html", context)


@jury_view(Act.MANAGE_PANEL)
@require_POST
def by_rank(request: HttpRequest, jury: Jury) -> HttpResponse:
    """Every empty seat is offered to whoever comes next."""
    among = RESERVES if request.POST.get("among") == RESERVES else POOL
    try:
        made = replace_by_rank(jury=jury, by=request.user, among=among)
    except JuryError as error:
        messages.error(request, str(error))
    else:
        found = sum(one.taken_by is not None for one in made)
        sentence = ngettext(
            "%(count)s seat is offered to the next in order.",
            "%(count)s seats are offered to the next in order.",
            found,
        )
        messages.success(request, sentence % {"count": found})
        for one in made:
            messages.info(request, " ".join(empty_seats.sentences_of(one, jury)))
    return redirect("selection:replacements", jury.slug)


@jury_view(Act.RUN_LOTTERY)
@require_POST
def by_lottery(request: HttpRequest, jury: Jury) -> HttpResponse:
    """A lottery for the free seats, by the rule by which the panel was drawn."""
    main = Round.objects.filter(draw__in=jury.draws.standing(), number=0)
    rule = main.values_list("lottery__rule", flat=True).first() or Rule.LEXIMIN
    try:
        lottery = probabilities.request_lottery(jury=jury, rule=rule, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
        return redirect("selection:replacements", jury.slug)
    nudge(lottery.pk)
    return redirect("selection:lottery_run", jury.slug, lottery.number)


@jury_view(Act.MANAGE_PANEL)
def reserves(request: HttpRequest, jury: Jury) -> HttpResponse:
    """The reserve list, and the form that draws one up."""
    draw = jury.draws.standing().first()
    form = ReservesForm(request.POST or None, jury=jury)
    if request.method == "POST" and form.is_valid():
        try:
            draw_up_reserves(jury=jury, by=request.user, **form.cleaned_data)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The reserve list is drawn up."))
            return redirect("selection:reserves", jury.slug)
    permitted = acts(request)
    found = standing_list(draw) if draw else None
    waits = _open_round(jury) is not None
    context: dict[str, Any] = {
        "jury": jury,
        "acts": permitted,
        "form": form,
        "open": draw is not None and draw.state == Draw.State.DRAWN and not waits,
        "waits": waits,
        "list": found,
        "worth": empty_seats.worth_of(found) if found else "",
        "crumbs": _crumbs(jury, _("Reserve list")),
    }
    return render(request, "selection/panel/reserves.html", context)


def _open_round(jury: Jury) -> Round | None:
    rounds = Round.objects.filter(draw__jury=jury, state=Round.State.COMMITTED, number__gt=0)
    return rounds.first()


def _crumbs(jury: Jury, here: str) -> Crumbs:
    return crumbs(jury, (_("Panel"), reverse("selection:panel", args=[jury.slug])), (here, None))
