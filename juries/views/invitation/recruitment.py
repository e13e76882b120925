"""The front door of recruitment: who can register, by which link, and how the letters stand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from juries.crumbs import desk_crumbs, recruitment_ways
from juries.enums import Act, CodeUse
from juries.errors import JuryError
from juries.forms.invitation.ways_in import ONLY, DoorsForm
from juries.invitation import rates
from juries.invitation.doors import choose_doors
from juries.invitation.next_step import letter_steps
from juries.models import Jury
from juries.models.translated import LANGUAGE_CODES
from juries.pool.completeness import incomplete
from juries.pool.duplicates import pairs_to_look_at
from juries.registration.entry import Opening, opening
from juries.views.invitation.addresses import qr_drawing, sign_up_address
from juries.web import jury_view


@jury_view(Act.RECRUIT)
def recruitment(request: HttpRequest, jury: Jury) -> HttpResponse:
    state = opening(jury)
    context = {
        "jury": jury,
        "steps": letter_steps(jury),
        "samples": jury.samples.order_by("pk"),
        "waves": rates.by_wave(jury),
        "people": jury.registrants.in_pool().count(),
        "incomplete": incomplete(jury).count(),
        "undecided": len(pairs_to_look_at(jury)),
        "is_open": state is Opening.OPEN,
        "not_yet": state is Opening.NOT_YET,
        "doors": [
            (code, get_language_info(code)["name_local"], sign_up_address(request, jury, code))
            for code in jury.languages
        ],
        "ways": recruitment_ways(jury, request.acts, "recruitment"),
        "crumbs": desk_crumbs(jury, (_("Recruitment"), None)),
    }
    return render(request, "juries/invitation/recruitment.html", context)


@jury_view(Act.RECRUIT)
def doors(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = DoorsForm(request.POST or None, jury=jury)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            choose_doors(
                jury=jury,
                invitation_only=facts["who"] == ONLY,
                code_use=CodeUse(facts["code_use"]),
                by=request.user,
            )
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your choice has been saved."))
            return redirect("recruitment", jury.slug)
    context = {
        "jury": jury,
        "form": form,
        "crumbs": desk_crumbs(jury, recruitment_crumb(jury), (_("Who can register"), None)),
    }
    return render(request, "juries/invitation/doors.html", context)


@jury_view(Act.RECRUIT)
def sign_up_qr(request: HttpRequest, jury: Jury) -> HttpResponse:
    """The QR code of the sign-up page, as a drawing that prints sharp at any size."""
    language = request.GET.get("in", "")
    address = sign_up_address(request, jury, language if language in LANGUAGE_CODES else "")
    return qr_drawing(address)


def recruitment_crumb(jury: Jury) -> tuple[str, str]:
    return _("Recruitment"), reverse("recruitment", args=[jury.slug])
