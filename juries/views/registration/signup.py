"""Signing up: one page with a form, and the receipt with the personal code."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from juries import codes
from juries.crumbs import public_crumbs
from juries.errors import JuryError
from juries.forms.signup import SignUpForm
from juries.models import Jury, Registrant
from juries.registration.entry import Opening, opening
from juries.registration.signup import SignedUp
from juries.web import OWN_CODE, OWN_REGISTRANT, public_jury_view

RECEIPT = "receipt"
RECEIPT_LIVES = timedelta(minutes=30)


@public_jury_view
def sign_up(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = SignUpForm(
        request.POST or None,
        jury=jury,
        initial={"invitation_code": request.GET.get("code", "")[:40]},
    )
    if form.is_valid():
        try:
            signed_up = form.save()
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            if signed_up:
                _hand_receipt(request, form.cleaned_data["submission"], signed_up)
                return redirect("receipt", jury.slug)
    state = opening(jury)
    context = {
        "jury": jury,
        "form": form,
        "not_yet": state is Opening.NOT_YET,
        "crumbs": public_crumbs(jury, (_("Sign up"), None)),
    }
    page = "sign_up" if state is Opening.OPEN else "sign_up_closed"
    return render(request, f"juries/registration/{page}.html", context)


@public_jury_view
@never_cache
def receipt(request: HttpRequest, jury: Jury) -> HttpResponse:
    """The code is derived anew from the form that was sent; nothing stored holds it."""
    kept = request.session.get(RECEIPT, {})
    if kept.get("at", 0) <= (timezone.now() - RECEIPT_LIVES).timestamp():
        return redirect("own_code")
    submission = UUID(kept["submission"])
    code = codes.code_of(submission)
    registrant = Registrant.objects.filter(
        jury=jury, submission=submission, code_digest=codes.digest_of(code)
    ).first()
    if registrant is None:
        return redirect("own_code")
    context = {
        "jury": jury,
        "registrant": registrant,
        "repeated": kept["repeated"],
        "code": code,
        "crumbs": public_crumbs(jury, (_("You have signed up"), None)),
    }
    return render(request, "juries/registration/receipt.html", context)


def _hand_receipt(request: HttpRequest, submission: UUID, signed_up: SignedUp) -> None:
    request.session.cycle_key()
    request.session[OWN_REGISTRANT] = signed_up.registrant.pk
    request.session[OWN_CODE] = codes.digest_of(codes.code_of(submission))
    request.session[RECEIPT] = {
        "submission": str(submission),
        "at": timezone.now().timestamp(),
        "repeated": signed_up.repeated,
    }
