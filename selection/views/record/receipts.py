"""Receipts of a frozen pool: everybody's own, and at the desk for those without a computer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from juries.enums import Act
from juries.models import Jury, Registrant
from juries.web import jury_view, own_view
from selection.draw.freezing import objections_are_open
from selection.models import Draw
from selection.record.files import JSON
from selection.record.receipts import (
    NAME,
    Receipt,
    entry_of,
    receipt_file,
    receipt_of,
    show_to_staff,
)
from selection.views.lottery.lotteries import crumbs


@own_view
def own_receipt(request: HttpRequest, registrant: Registrant) -> HttpResponse:
    receipt = receipt_of(registrant)
    if receipt is None:
        raise Http404
    context = {
        **_told(receipt, registrant.jury),
        "crumbs": [(_("My own page"), reverse("own_page")), (_("My receipt"), None)],
    }
    return render(request, "selection/record/own_receipt.html", context)


@own_view
def own_receipt_file(request: HttpRequest, registrant: Registrant, round: int = 0) -> HttpResponse:
    entry = entry_of(registrant)
    if entry is None or (round and not entry.draw.rounds.filter(number=round).exists()):
        raise Http404
    return HttpResponse(
        receipt_file(entry, round),
        content_type=JSON,
        headers={"Content-Disposition": f'attachment; filename="{NAME}"'},
    )


@jury_view(Act.SEE_CONTACTS)
def desk_receipt(request: HttpRequest, jury: Jury, registrant: int) -> HttpResponse:
    """Opening the page shows nothing; the button shows the receipt and leaves a line in the log."""
    readable = Registrant.objects.readable_by(request.user).filter(jury=jury)
    person = get_object_or_404(readable, pk=registrant)
    entry = entry_of(person)
    if entry is None:
        raise Http404
    context = {
        "jury": jury,
        "registrant": person,
        "draw": entry.draw,
        "crumbs": crumbs(
            jury,
            (_("Registrants"), reverse("registrants", args=[jury.slug])),
            (person.name or person.reference, reverse("registrant", args=[jury.slug, person.pk])),
            (_("Receipt"), None),
        ),
    }
    if request.method == "POST":
        receipt = show_to_staff(registrant=person, by=request.user)
        if receipt is not None:
            context |= _told(receipt, jury)
            context["file"] = receipt_file(receipt.entry).decode()
    return render(request, "selection/record/desk_receipt.html", context)


def _told(receipt: Receipt, jury: Jury) -> dict[str, object]:
    return {
        "jury": jury,
        "receipt": receipt,
        "draw": receipt.draw,
        "people": receipt.draw.entries.count(),
        "is_drawn": receipt.draw.state in {Draw.State.DRAWN, Draw.State.CLOSED},
        "objections_open": objections_are_open(receipt.draw),
    }
