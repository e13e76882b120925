"""The edge of this room: who comes in with a response link or as a juror, and the ways inside."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from juries.enums import Act
from juries.models import Jury, Registrant
from juries.web import Open, declare, own_view
from selection.models import PanelSeat
from statements.models import Delivery

ANSWER_LINK = "answer_link"

View = Callable[..., HttpResponse]


def answer_view(view: View) -> View:
    """Give the view the delivery whose link was opened, or ask for the link.

    The session holds the digest of the link's code, so that a new link ends it.
    """

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        delivery = (
            Delivery.objects.select_related("statement__jury__organisation")
            .filter(code_digest=request.session.get(ANSWER_LINK, ""))
            .first()
        )
        if delivery is None:
            return redirect("statements:answer_code")
        return view(request, delivery, **kwargs)

    return declare(login_not_required(never_cache(guarded)), Open.RESPONSE_CODE)


def juror_view(view: View) -> View:
    """Give the view the confirmed seat of whoever entered a personal code, or 404."""

    @wraps(view)
    def seated(request: HttpRequest, registrant: Registrant, **kwargs: Any) -> HttpResponse:
        seat = (
            PanelSeat.objects.confirmed()
            .select_related("registrant", "jury__organisation")
            .filter(registrant=registrant)
            .first()
        )
        if seat is None:
            raise Http404
        return view(request, seat, **kwargs)

    return own_view(seated)


def ways_inside(jury: Jury, acts: frozenset[Act], current: str) -> list[tuple[str, str, bool]]:
    """The pages of this room that somebody with ``acts`` may open."""
    pages = [
        ("draft", _("Draft"), Act.DRAFT_STATEMENT),
        ("vote_desk", _("Vote and adoption"), Act.RUN_VOTE),
        ("delivery", _("Delivery and answers"), Act.DELIVER),
    ]
    return [
        (label, reverse(f"statements:{name}", args=[jury.slug]), name == current)
        for name, label, act in pages
        if act in acts
    ]
