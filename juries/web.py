"""The edge every view stands on: each view declares its act, or to whom it is open."""

from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from functools import wraps
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.views.decorators.cache import never_cache

from juries.enums import Act
from juries.models import Jury, Registrant
from juries.roles import acts_of, organisations_of

OWN_REGISTRANT = "own_registrant"
OWN_CODE = "own_code"

View = Callable[..., HttpResponse]


class Open(Enum):
    """To whom a view is open that asks for no act."""

    ANYONE = "anyone"
    SIGNED_IN = "anyone signed in"
    ORGANISERS = "the organisers of the organisation"
    OWN_CODE = "the holder of a personal code"
    RESPONSE_CODE = "the holder of a response link"


def jury_view(act: Act) -> Callable[[View], View]:
    """Give the view a jury the user can see, or 404; require ``act``, or 403.

    The view finds the user's acts in ``request.acts``.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
            jury = get_object_or_404(
                Jury.objects.visible_to(request.user).select_related("organisation"), slug=slug
            )
            request.acts = acts_of(request.user, jury)  # type: ignore[attr-defined]
            if act not in request.acts:  # type: ignore[attr-defined]
                raise PermissionDenied
            return with_a_way_back(request, view(request, jury, **kwargs))

        return declare(never_cache(guarded), act)

    return decorate


def signed_in(view: View) -> View:
    """Open the view to anyone with an account; the view itself asks for more where needed."""
    return declare(never_cache(view), Open.SIGNED_IN)


def organisation_view(view: View) -> View:
    """Give the view an organisation that the user organises as a whole, or 404."""

    @wraps(view)
    def guarded(request: HttpRequest, organisation: str, **kwargs: Any) -> HttpResponse:
        mine = {one.slug: one for one in organisations_of(request.user)}
        if organisation not in mine:
            raise Http404
        return with_a_way_back(request, view(request, mine[organisation], **kwargs))

    return declare(never_cache(guarded), Open.ORGANISERS)


def public(view: View) -> View:
    """Open the view to anyone."""
    return declare(login_not_required(view), Open.ANYONE)


def public_jury_view(view: View) -> View:
    """Give the view a published jury, or 404; open to anyone."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        jury = get_object_or_404(Jury.objects.published().select_related("organisation"), slug=slug)
        return view(request, jury, **kwargs)

    return declare(login_not_required(guarded), Open.ANYONE)


def own_view(view: View) -> View:
    """Give the view the registrant whose personal code was entered, or ask for the code.

    The session holds the digest of the code, so that a new code ends it.
    """

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        registrant = (
            Registrant.objects.select_related("jury__organisation")
            .filter(pk=request.session.get(OWN_REGISTRANT, 0), jury__removed_at=None)
            .first()
        )
        if registrant is None or (
            request.session.get(OWN_CODE, registrant.code_digest) != registrant.code_digest
        ):
            return redirect("own_code")
        return view(request, registrant, **kwargs)

    return declare(login_not_required(never_cache(guarded)), Open.OWN_CODE)


def with_a_way_back(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response, or a page where somebody opened the address to which a form is sent.

    That happens where a form came back with errors and the page is opened again or in another
    language: the next page above is the one from which the form came.
    """
    if request.method != "GET" or not isinstance(response, HttpResponseNotAllowed):
        return response
    body = render_to_string("405.html", {"page": _page_above(request.path)}, request)
    return HttpResponseNotAllowed(response.headers["Allow"].split(", "), content=body)


def _page_above(path: str) -> str:
    while path := path.rstrip("/").rpartition("/")[0]:
        with suppress(Resolver404):
            resolve(f"{path}/")
            return f"{path}/"
    return "/"


def page_or_part(request: HttpRequest, template: str, part: str) -> str:
    """The template, or for htmx the named part inside it."""
    return f"{template}#{part}" if request.htmx else template  # type: ignore[attr-defined]


def sender_address(request: HttpRequest) -> str:
    """The address the request came from: the last before the proxies of this house.

    Each proxy adds whom it heard from; what anybody else says of themselves is not believed.
    """
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    sender: str = request.META.get("REMOTE_ADDR", "")
    while told and _is_proxy(sender):
        heard_from = told.pop().strip()
        if not heard_from:
            break
        sender = heard_from
    return sender


def _is_proxy(address: str) -> bool:
    """Whether the address is one of the house's proxies; a socket of the machine is blank."""
    try:
        known = ip_address(address or "127.0.0.1")
    except ValueError:
        return False
    return any(known in network for network in settings.PROXIES)


def declare(view: View, act: Act | Open) -> View:
    """Write on the view what it asks for; the architecture test reads it."""
    view.act = act  # type: ignore[attr-defined]
    return view
