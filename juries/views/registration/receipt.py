"""The receipt: the personal code, shown to whoever sent the form and to nobody else."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from juries import codes
from juries.crumbs import public_crumbs
from juries.models import Jury, Registrant
from juries.registration.entry import awaits_email, awaits_guardian
from juries.views.registration.visiting import sign_up_view
from juries.web import OWN_CODE, OWN_REGISTRANT

RECEIPT = "receipt"
RECEIPT_LIVES = timedelta(minutes=30)


@sign_up_view
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
    registrant.jury = jury
    context = {
        "jury": jury,
        "registrant": registrant,
        "repeated": kept["repeated"],
        "code": code,
        "awaits_email": awaits_email(registrant),
        "awaits_guardian": awaits_guardian(registrant),
        "crumbs": public_crumbs(jury, (_("You have signed up"), None)),
    }
    return render(request, "juries/registration/receipt.html", context)


def hand_receipt(
    request: HttpRequest, submission: UUID, registrant: Registrant, *, repeated: bool
) -> None:
    """The browser may show the receipt for half an hour, and opens the own page."""
    if request.session.session_key:
        request.session.cycle_key()
    request.session[OWN_REGISTRANT] = registrant.pk
    request.session[OWN_CODE] = codes.digest_of(codes.code_of(submission))
    request.session[RECEIPT] = {
        "submission": str(submission),
        "at": timezone.now().timestamp(),
        "repeated": repeated,
    }


def take_receipt_back(request: HttpRequest) -> None:
    """The browser shows neither the receipt nor the own page any more."""
    for key in (OWN_REGISTRANT, OWN_CODE, RECEIPT):
        request.session.pop(key, None)
