"""Pages anyone may read: the front page, the notices in the footer, a jury's public page."""

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_from_request, override

from juries import demo, rooms
from juries.models import Jury, Organisation
from juries.registration.showcase import showcase, shown
from juries.web import public, public_jury_view


@public
def choose_language(request: HttpRequest) -> HttpResponse:
    """The bare address leads to the front page in the browser's language."""
    with override(get_language_from_request(request)):
        return redirect(reverse("front"))


@public
def front(request: HttpRequest) -> HttpResponse:
    juries = Jury.objects.published().select_related("organisation")
    return render(
        request, "juries/public/front.html", {"shown": showcase(juries, timezone.localdate())}
    )


def notice(name: str) -> object:
    """A view that prints one of the notices in the footer."""

    @public
    def view(request: HttpRequest) -> HttpResponse:
        context = {"organisations": Organisation.objects.order_by("name_fi", "pk")}
        return render(request, f"pages/{name}.html", context)

    return view


@public_jury_view
def jury_page(request: HttpRequest, jury: Jury) -> HttpResponse:
    sections = rooms.public_sections_of(jury)
    context = {
        "jury": jury,
        "shown": shown(jury, timezone.localdate()),
        "sections": sections,
        "ways": [(section.title, f"#{section.key}", False) for section in sections],
        "crumbs": [(jury.name, None)],
    }
    return render(request, "juries/public/jury.html", context)


@public
def sign_in(request: HttpRequest) -> HttpResponseBase:
    view = LoginView.as_view(
        template_name="juries/sign_in.html",
        redirect_authenticated_user=True,
        extra_context=_demo_doors() if settings.DEMO else {},
    )
    return view(request)


def _demo_doors() -> dict[str, object]:
    """Who can come in to the demo, and with what."""
    return {
        "demo_accounts": demo.ACCOUNTS,
        "demo_password": demo.PASSWORD,
        "demo_code_holders": demo.code_holders(),
    }
