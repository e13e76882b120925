"""Pages anyone may read: the front page, the notices in the footer, a jury's public page."""

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language_from_request, override

from juries import rooms
from juries.demo import ACCOUNTS
from juries.models import Jury, Organisation
from juries.web import public, public_jury_view


@public
def choose_language(request: HttpRequest) -> HttpResponse:
    """The bare address leads to the front page in the browser's language."""
    with override(get_language_from_request(request)):
        return redirect(reverse("front"))


@public
def front(request: HttpRequest) -> HttpResponse:
    juries = Jury.objects.published().select_related("organisation")
    return render(request, "juries/front.html", {"juries": juries})


def notice(name: str) -> object:
    """A view that prints one of the notices in the footer."""

    @public
    def view(request: HttpRequest) -> HttpResponse:
        context = {"organisation": Organisation.objects.order_by("pk").first()}
        return render(request, f"pages/{name}.html", context)

    return view


@public_jury_view
def jury_page(request: HttpRequest, jury: Jury) -> HttpResponse:
    sections = list(rooms.public_sections_of(jury))
    return render(request, "juries/jury.html", {"jury": jury, "sections": sections})


sign_in = public(
    LoginView.as_view(
        template_name="juries/sign_in.html",
        redirect_authenticated_user=True,
        extra_context={"demo_accounts": ACCOUNTS if settings.DEMO else ()},
    )
)
