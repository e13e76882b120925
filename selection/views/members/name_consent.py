"""A member's name in public: decided on the own page, or written down by staff."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from juries.audit import JUROR
from juries.enums import Act
from juries.errors import JuryError
from juries.models import Jury, Registrant
from juries.web import jury_view, own_view
from selection.forms.members import HowForm
from selection.members import name_consent as deeds
from selection.members.listing import name_on
from selection.models import PanelSeat
from selection.views.panel.ways import members_crumbs


@own_view
def own(request: HttpRequest, registrant: Registrant) -> HttpResponse:
    """Looking changes nothing; each way has its button."""
    seat = get_object_or_404(deeds.with_a_say(PanelSeat.objects.filter(registrant=registrant)))
    language = (get_language() or registrant.language)[:2]
    if "deed" in request.POST:
        _decide(request, seat, language)
        return redirect("own_page" if _has_left(seat) else "selection:own_name")
    context = {
        **_words(seat, language),
        "jury": registrant.jury,
        "name": registrant.name or registrant.reference,
        "crumbs": [(_("My own page"), reverse("own_page")), (_("My name in public"), None)],
    }
    return render(request, "selection/members/own_name.html", context)


@jury_view(Act.MANAGE_PANEL)
def by_staff(request: HttpRequest, jury: Jury, seat: int) -> HttpResponse:
    """For whoever told it on paper or by phone."""
    found = get_object_or_404(deeds.with_a_say(jury.seats.select_related("registrant")), pk=seat)
    form = HowForm(request.POST or None)
    if form.is_valid() and _write_down(request, found, form):
        return redirect("selection:members", jury.slug)
    context = {
        **_words(found, found.registrant.language),
        "jury": jury,
        "form": form,
        "name": name_on(found),
        "crumbs": members_crumbs(jury, (name_on(found), None)),
    }
    return render(request, "selection/members/name_by_staff.html", context)


def _decide(request: HttpRequest, seat: PanelSeat, language: str) -> None:
    deed, left = request.POST["deed"], _has_left(seat)
    try:
        if deed == "give":
            deeds.give_name_consent(seat=seat, language=language, by=JUROR)
            messages.success(request, _("Thank you. Your name is on the public page."))
        elif deed == "withdraw":
            deeds.withdraw_name_consent(seat=seat, by=JUROR)
            off = _("Your name has been taken off the public page.")
            messages.success(request, _("Your consent has been taken back.") if left else off)
    except JuryError as error:
        messages.error(request, str(error))


def _has_left(seat: PanelSeat) -> bool:
    return seat.state != PanelSeat.State.CONFIRMED


def _write_down(request: HttpRequest, seat: PanelSeat, form: HowForm) -> bool:
    how, by = form.cleaned_data["how"], request.user
    try:
        if "withdraw" in request.POST:
            deeds.withdraw_name_consent(seat=seat, by=by, how=how)
        else:
            language = seat.registrant.language
            deeds.give_name_consent(seat=seat, language=language, by=by, how=how)
    except JuryError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Saved. The public page says so from now on."))
    return True


def _words(seat: PanelSeat, language: str) -> dict[str, object]:
    """What is agreed to, and what was, where somebody agreed to earlier words."""
    standing = deeds.standing_consent(seat)
    earlier = standing if standing and standing.version != deeds.CURRENT else None
    return {
        "has_left": _has_left(seat),
        "may_agree": not _has_left(seat) and (standing is None or earlier is not None),
        "language": language,
        "words": deeds.words_of(deeds.CURRENT, language),
        "standing": standing,
        "earlier": earlier,
        "earlier_words": deeds.words_of(earlier.version, earlier.language) if earlier else "",
    }
