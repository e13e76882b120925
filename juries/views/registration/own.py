"""A registrant's own page: entered by personal code, left by a button."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from juries import codes
from juries.audit import REGISTRANT
from juries.crumbs import Crumbs
from juries.enums import Stage
from juries.errors import JuryError
from juries.forms.signup import CodeForm, OwnChangeForm
from juries.models import Registrant
from juries.registration import entry
from juries.registration.own_page import facts_of, stage_sentence
from juries.rooms import own_cards_of
from juries.views.registration.signup import RECEIPT
from juries.web import OWN_CODE, OWN_REGISTRANT, own_view, public


@public
@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if _open_door(request, form.cleaned_data["code"]):
            return redirect("own_page")
        form.add_error("code", _wrong_code())
    return render(request, "juries/registration/own_code.html", {"form": form, "crumbs": _crumbs()})


@public
@never_cache
def enter_by_link(request: HttpRequest, code: str) -> HttpResponse:
    """Opening the link does nothing: mail scanners and previews open links too."""
    if request.method != "POST":
        return render(
            request, "juries/registration/own_code_link.html", {"code": code, "crumbs": _crumbs()}
        )
    if _open_door(request, code):
        return redirect("own_page")
    form = CodeForm({"code": code})
    form.add_error("code", _wrong_code())
    return render(request, "juries/registration/own_code.html", {"form": form, "crumbs": _crumbs()})


@own_view
def page(request: HttpRequest, registrant: Registrant) -> HttpResponse:
    context = {
        "registrant": registrant,
        "jury": registrant.jury,
        "sentence": stage_sentence(registrant),
        "cards": [] if registrant.withdrawn_at else list(own_cards_of(registrant)),
        "facts": facts_of(registrant),
        "can_change": _can_change(registrant),
        "can_withdraw": _can_withdraw(registrant),
        "crumbs": [(_("My own page"), None)],
    }
    return render(request, "juries/registration/own_page.html", context)


@own_view
def change(request: HttpRequest, registrant: Registrant) -> HttpResponse:
    if not _can_change(registrant):
        messages.info(request, _("What you told can be changed only while registration is open."))
        return redirect("own_page")
    form = OwnChangeForm(request.POST or None, registrant=registrant)
    if form.is_valid():
        try:
            form.save()
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your changes have been saved."))
            return redirect("own_page")
    context = {"form": form, "jury": registrant.jury, "crumbs": _crumbs(_("Change what you told"))}
    return render(request, "juries/registration/own_change.html", context)


@own_view
def withdraw(request: HttpRequest, registrant: Registrant) -> HttpResponse:
    if not _can_withdraw(registrant):
        return redirect("own_page")
    if request.method == "POST":
        try:
            entry.withdraw(registrant=registrant, by=REGISTRANT)
        except JuryError as error:
            messages.error(request, str(error))
        return redirect("own_page")
    context = {
        "jury": registrant.jury,
        "before_lottery": registrant.jury.stage in entry.BEFORE_THE_LOTTERY,
        "crumbs": _crumbs(_("Withdraw")),
    }
    return render(request, "juries/registration/own_withdraw.html", context)


@own_view
@require_POST
def leave(request: HttpRequest, registrant: Registrant) -> HttpResponse:
    for key in (OWN_REGISTRANT, OWN_CODE, RECEIPT):
        request.session.pop(key, None)
    messages.success(request, _("You have left your own page."))
    return redirect("jury" if registrant.jury.published_at else "front", **_slug(registrant))


def _slug(registrant: Registrant) -> dict[str, str]:
    return {"slug": registrant.jury.slug} if registrant.jury.published_at else {}


def _open_door(request: HttpRequest, code: str) -> bool:
    """Let the holder of the code in. Unknown and misspelt codes go the same way to the same no."""
    known = Registrant.objects.filter(
        code_digest=codes.digest_of(code), jury__removed_at=None
    ).first()
    if known is None or not codes.is_well_formed(code):
        return False
    known = entry.standing(known)
    request.session.cycle_key()
    request.session[OWN_REGISTRANT] = known.pk
    request.session[OWN_CODE] = known.code_digest
    return True


def _wrong_code() -> str:
    return _("We do not find this code. Check it letter by letter, or contact the organiser.")


def _can_change(registrant: Registrant) -> bool:
    return not registrant.withdrawn_at and registrant.jury.stage == Stage.REGISTRATION


def _can_withdraw(registrant: Registrant) -> bool:
    return not registrant.withdrawn_at and not entry.has_seat(registrant)


def _crumbs(label: str = "") -> Crumbs:
    if not label:
        return [(_("My own page"), None)]
    return [(_("My own page"), reverse("own_page")), (label, None)]
