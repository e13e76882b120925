"""The offer of a seat, for whoever has its code: no account, no session."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from juries.audit import JUROR
from juries.errors import JuryError
from juries.forms.registration.own import ButtonForm
from juries.invitation.guessing import TooManyMisses
from juries.web import public, sender_address
from selection.forms.panel import OfferCodeForm
from selection.panel.offers import code_of, facts_of, offer_of, seat_of
from selection.panel.seats import accept_seat, decline_seat

ANSWERS = {"accept": accept_seat, "decline": decline_seat}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, code: str) -> HttpResponse:
    """Opening the page does nothing: mail scanners and previews open links too."""
    try:
        seat = seat_of(code, address=sender_address(request))
    except TooManyMisses as refusal:
        return _closed(request, str(refusal), status=429)
    if seat is None:
        return _closed(request, _("Check that the whole address came along."), status=404)
    form = ButtonForm(request.POST if request.method == "POST" else None)
    answer = ANSWERS.get(request.POST.get("answer", ""))
    if answer is not None and form.is_valid():
        try:
            answer(seat=seat, by=JUROR)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            return redirect("selection:offer", code)
    context = {
        "jury": seat.jury,
        "offer": offer_of(seat),
        "facts": facts_of(seat.jury),
        "form": form,
        "crumbs": [],
    }
    return render(request, "selection/panel/offer.html", context)


@public
@never_cache
def by_code(request: HttpRequest) -> HttpResponse:
    """For whoever reads the code from paper."""
    form = OfferCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            seat = seat_of(form.cleaned_data["code"], address=sender_address(request))
        except TooManyMisses as refusal:
            form.add_error("code", str(refusal))
        else:
            if seat is not None:
                return redirect("selection:offer", code_of(seat))
            form.add_error("code", _("No offer has this code. Compare it with the letter."))
    return render(request, "selection/panel/offer_code.html", {"form": form, "crumbs": []})


def _closed(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    context = {"sentence": sentence, "crumbs": []}
    return render(request, "selection/panel/offer_closed.html", context, status=status)
