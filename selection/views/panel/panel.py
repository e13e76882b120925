"""The panel: who holds a seat, who has been told, what awaits an answer, what it looks like."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from juries.enums import Act
from juries.models import Jury
from juries.post import mailings
from juries.web import jury_view
from selection.composition.table import composition_table
from selection.lottery.explanation import Explanation, explain
from selection.models import Lottery, Round
from selection.panel import circles
from selection.panel.deadlines import release_overdue, to_release
from selection.panel.listing import criteria_shown, figures_of, listed
from selection.views.composition import sees_whole
from selection.views.lottery.lotteries import acts, crumbs
from selection.views.panel.ways import panel_ways


@jury_view(Act.SEE_JURY)
def seats(request: HttpRequest, jury: Jury) -> HttpResponse:
    permitted = acts(request)
    manages = "manage_panel" in permitted
    criteria = criteria_shown(jury)
    named, gone_too = "see_panel" in permitted, "see_contacts" in permitted
    rows = listed(jury, criteria, named=named, gone_too=gone_too)
    lottery = jury.lotteries.real().light().first()
    context = {
        "jury": jury,
        "acts": permitted,
        "rows": rows,
        "criteria": criteria,
        "figures": figures_of(jury, rows),
        "untold": circles.untold(jury) if rows and manages else [],
        "undoable": mailings.can_be_undone(jury) if manages else [],
        "releasable": to_release(jury).count() if manages else 0,
        "lottery": lottery,
        "trouble": _trouble(lottery),
        "waiting": Round.objects.filter(draw__jury=jury, state=Round.State.COMMITTED).exists(),
        "to_draw": lottery is not None
        and lottery.state == Lottery.State.DONE
        and not lottery.rounds.exists(),
        "bars": composition_table(jury, public=not sees_whole(request)),
        "ways": panel_ways(jury, request.acts, "panel"),
        "crumbs": crumbs(jury, (_("Panel"), None)),
    }
    return render(request, "selection/panel/panel.html", context)


@jury_view(Act.MANAGE_PANEL)
@require_POST
def release(request: HttpRequest, jury: Jury) -> HttpResponse:
    """Every overdue offer has lapsed."""
    count = release_overdue(jury=jury, by=request.user)
    if not count:
        messages.info(request, _("No offer is overdue."))
    else:
        sentence = ngettext(
            "%(count)s seat was released and is free.",
            "%(count)s seats were released and are free.",
            count,
        )
        messages.success(request, sentence % {"count": count})
    return redirect("selection:panel", jury.slug)


def _trouble(lottery: Lottery | None) -> Explanation | None:
    """Why the last lottery for free seats had no result, if it had none."""
    if lottery is None or lottery.state != Lottery.State.FAILED:
        return None
    return explain(lottery.failure, lottery.quotas)
