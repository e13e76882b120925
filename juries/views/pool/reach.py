"""Reach: how registrations come in, from whom and by which way; for staff, and for the public."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.crumbs import desk_crumbs, public_crumbs, recruitment_ways
from juries.enums import Act
from juries.figures.columns_over_time import columns_by_day
from juries.figures.writing import per_cent
from juries.invitation import outreach, rates
from juries.models import Jury
from juries.pool.published import is_published, published_reach
from juries.pool.reach import lagging_groups, pace_of, registered_by_day
from juries.web import jury_view, public_jury_view


@jury_view(Act.SEE_POOL)
def reach(request: HttpRequest, jury: Jury) -> HttpResponse:
    pace = pace_of(jury)
    context = {
        "jury": jury,
        "pace": pace,
        "plot": columns_by_day(registered_by_day(jury), until=_last_day(jury)),
        "lagging": lagging_groups(jury, pace),
        "waves": [(one, per_cent(one.rate.share)) for one in rates.by_wave(jury)],
        "ways_in": outreach.effects(jury),
        "may_recruit": Act.RECRUIT in request.acts,
        "ways": recruitment_ways(jury, request.acts, "reach"),
        "crumbs": desk_crumbs(jury, (_("Reach"), None)),
    }
    return render(request, "juries/pool/reach.html", context)


@public_jury_view
def public_reach(request: HttpRequest, jury: Jury) -> HttpResponse:
    """Who has registered so far, in fives, as at last midnight; only while registration is open."""
    if not is_published(jury):
        return redirect("jury", jury.slug)
    context = {
        "jury": jury,
        "reach": published_reach(jury),
        "crumbs": public_crumbs(jury, (_("Who has registered"), None)),
    }
    return render(request, "juries/pool/public_reach.html", context)


def _last_day(jury: Jury) -> date:
    return min(timezone.localdate(), jury.registration_closes_on)
