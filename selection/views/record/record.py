"""The public record of a draw: the page, the files, the verifier, and the sum by hand."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.functional import SimpleLazyObject
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from juries.crumbs import public_crumbs
from juries.models import Jury
from juries.web import public, public_jury_view
from selection.draw.committing import VERIFIER, verifier_digest
from selection.models import Draw
from selection.record.account import account_of, told_as
from selection.record.by_hand import commands, steps_of
from selection.record.files import (
    COMMITMENT,
    JSON,
    ZIP,
    public_record,
    public_tag,
    record_name,
)

PYTHON = "text/x-python; charset=utf-8"
A_MINUTE, AN_HOUR = 60, 3600


@public_jury_view
@require_safe
@conditional_page
def record(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    draw = _recorded(jury, number)
    context = {
        "jury": jury,
        "draw": draw,
        "told_as": told_as(draw),
        "account": SimpleLazyObject(lambda: account_of(draw)),
        "commands": commands(draw),
        "crumbs": public_crumbs(jury, (_title(draw), None)),
    }
    return _for_everybody(request, render(request, "selection/record/record.html", context))


@public_jury_view
@require_safe
@conditional_page
def by_hand(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    draw = _recorded(jury, number)
    if not draw.rounds.exists():
        raise Http404
    context = {
        "jury": jury,
        "draw": draw,
        "told_as": told_as(draw),
        "steps": SimpleLazyObject(lambda: steps_of(draw)),
        "commands": commands(draw),
        "record_name": record_name(draw),
        "verifier": verifier_digest(),
        "crumbs": public_crumbs(
            jury,
            (_title(draw), reverse("selection:record", args=[jury.slug, draw.number])),
            (_("Check the sum by hand"), None),
        ),
    }
    return _for_everybody(request, render(request, "selection/record/by_hand.html", context))


@public_jury_view
@require_safe
def record_file(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    """The zip; for the same draw the same bytes, whoever asks and whenever."""
    draw = _recorded(jury, number)
    return _file(
        request,
        name=record_name(draw),
        kind=ZIP,
        tag=public_tag(draw),
        seconds=A_MINUTE,
        content=lambda: public_record(draw),
    )


@public_jury_view
@require_safe
def commitment(request: HttpRequest, jury: Jury, number: int, round: int = 0) -> HttpResponse:
    """The very bytes whose fingerprint is read aloud."""
    found = get_object_or_404(_recorded(jury, number).rounds, number=round)
    return _file(
        request,
        name=COMMITMENT,
        kind=JSON,
        tag=found.commitment_digest,
        seconds=AN_HOUR,
        content=found.commitment.encode,
    )


@public
@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The file as it stands in the source of the house."""
    return _file(
        request,
        name=VERIFIER.name,
        kind=PYTHON,
        tag=verifier_digest(),
        seconds=A_MINUTE,
        content=VERIFIER.read_bytes,
    )


def _recorded(jury: Jury, number: int) -> Draw:
    """The draw if it has a record, or 404."""
    recorded = jury.draws.filter(events__n=0)
    draw = get_object_or_404(recorded, number=number)
    draw.jury = jury
    return draw


def _title(draw: Draw) -> str:
    return _("Draw %(number)s") % {"number": draw.number}


def _for_everybody(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Proxies may keep the page for those who are not signed in: the others see their name."""
    if not request.user.is_authenticated:
        patch_cache_control(response, public=True, max_age=A_MINUTE)
    return response


def _file(
    request: HttpRequest,
    *,
    name: str,
    kind: str,
    tag: str,
    seconds: int,
    content: Callable[[], bytes],
) -> HttpResponse:
    """A file for everybody; whoever has these very bytes is not sent them again."""
    etag = quote_etag(tag)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(
            content(),
            content_type=kind,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=seconds)
    return response
