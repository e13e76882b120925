"""A registrant's own page: entered by personal code, left by a button."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from juries import codes
from juries.audit import REGISTRANT
from juries.crumbs import Crumbs
from juries.enums import Channel, Stage
from juries.errors import JuryError
from juries.forms.registration.missing import MissingAnswersForm
from juries.forms.registration.own import CodeForm, OwnChangeForm
from juries.invitation.guessing import TooManyMisses, note_miss, require_unsuspected
from juries.models import Question, Registrant
from juries.pool.completeness import lacking
from juries.privacy.consents import give_consent
from juries.registration import entry, own_data, withdrawing
from juries.registration.completing import may_complete
from juries.registration.correcting import take_consent_back
from juries.registration.named_needs import may_tell
from juries.registration.own_page import (
    answers_of_own,
    consents_of,
    facts_of,
    stage_sentence,
    waits_for,
    why_excluded,
)
from juries.rooms import own_cards_of, taking_part_in
from juries.views.registration import visiting
from juries.views.registration.receipt import take_receipt_back
from juries.web import OWN_CODE, OWN_REGISTRANT, own_view, public, sender_address


@public
@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if form.is_valid() and _open_door(request, form):
        return redirect("own_page")
    return render(request, "juries/registration/own_code.html", {"form": form, "crumbs": _crumbs()})


@public
@never_cache
def enter_by_link(request: HttpRequest, code: str) -> HttpResponse:
    """Opening the link does nothing: mail scanners and previews open links too."""
    if request.method != "POST":
        return render(
            request, "juries/registration/own_code_link.html", {"code": code, "crumbs": _crumbs()}
        )
    form = CodeForm({"code": code})
    if form.is_valid() and _open_door(request, form):
        return redirect("own_page")
    return render(request, "juries/registration/own_code.html", {"form": form, "crumbs": _crumbs()})


@own_view
def page(request: HttpRequest, registrant: Registrant) -> HttpResponse:
    context = {
        "registrant": registrant,
        "jury": registrant.jury,
        "sentence": stage_sentence(registrant),
        "waits": [] if registrant.withdrawn_at else waits_for(registrant),
        "excluded": why_excluded(registrant),
        "cards": [] if registrant.withdrawn_at else list(own_cards_of(registrant)),
        "facts": facts_of(registrant) + answers_of_own(registrant),
        "consents": [] if registrant.withdrawn_at else consents_of(registrant),
        "can_change": _can_change(registrant),
        "can_tell_needs": may_tell(registrant),
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
def missing(request: HttpRequest, registrant: Registrant) -> HttpResponse:
    """What the quotas need and nobody has told yet, and nothing else."""
    lacks = lacking(registrant.jury, [registrant])[registrant.pk]
    if registrant.withdrawn_at or not lacks or not may_complete(registrant.jury):
        return redirect("own_page")
    form = MissingAnswersForm(request.POST or None, registrant=registrant, missing=lacks)
    if form.is_valid():
        try:
            told = form.save()
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Thank you. Your answer has been saved."))
            asks_guardian = entry.awaits_guardian(told) and not told.guardian_contact
            return redirect("own_change" if asks_guardian else "own_page")
    context = {"form": form, "jury": registrant.jury, "crumbs": _crumbs(_("An answer is missing"))}
    return render(request, "juries/registration/own_missing.html", context)


@own_view
def withdraw(request: HttpRequest, registrant: Registrant) -> HttpResponse:
    if not _can_withdraw(registrant):
        return redirect("own_page")
    if request.method == "POST":
        try:
            withdrawing.withdraw(registrant=registrant, by=REGISTRANT)
        except JuryError as error:
            messages.error(request, str(error))
        return redirect("own_page")
    context = {
        "jury": registrant.jury,
        "before_lottery": registrant.jury.stage in entry.BEFORE_THE_LOTTERY,
        "took_part": registrant.pk in taking_part_in(registrant.jury),
        "crumbs": _crumbs(_("Withdraw")),
    }
    return render(request, "juries/registration/own_withdraw.html", context)


@own_view
@require_POST
def consent(request: HttpRequest, registrant: Registrant, question: int) -> HttpResponse:
    """One consent is given, or taken back, by its own button."""
    offered = {asked.pk: (asked, given) for asked, given in consents_of(registrant)}
    if question not in offered or registrant.withdrawn_at:
        return redirect("own_page")
    asked, given = offered[question]
    if request.POST.get("deed") == "withdraw" and given:
        take_consent_back(registrant=registrant, consent=given)
        messages.success(request, _("Your consent has been taken back."))
    elif request.POST.get("deed") == "give" and asked.kind == Question.Kind.CONSENT:
        give_consent(registrant=registrant, question=asked, language=get_language(), by=REGISTRANT)
        messages.success(request, _("You have consented. You can take it back here."))
    return redirect("own_page")


@own_view
def data(request: HttpRequest, registrant: Registrant) -> HttpResponse:
    """Everything that is held, to read; by the button as a file for a machine."""
    if request.method == "POST":
        held = own_data.hand_over(registrant=registrant)
        document = json.dumps(own_data.as_document(held), ensure_ascii=False, indent=2)
        response = HttpResponse(document, content_type="application/json")
        response["Content-Disposition"] = f'attachment; filename="{registrant.reference}.json"'
        return response
    context = {
        "jury": registrant.jury,
        "held": own_data.held_about(registrant),
        "crumbs": _crumbs(_("My data")),
    }
    return render(request, "juries/registration/own_data.html", context)


@own_view
@require_POST
def leave(request: HttpRequest, registrant: Registrant) -> HttpResponse:
    """Whoever comes to this browser next finds neither the page nor the form that led to it."""
    take_receipt_back(request)
    messages.success(request, _("You have left your own page."))
    onward = redirect("jury" if registrant.jury.published_at else "front", **_slug(registrant))
    return visiting.forget(onward, registrant.jury)


def _slug(registrant: Registrant) -> dict[str, str]:
    return {"slug": registrant.jury.slug} if registrant.jury.published_at else {}


def _open_door(request: HttpRequest, form: CodeForm) -> bool:
    """Let the holder of the code in. Unknown and misspelt codes go the same way to the same no."""
    code, sender = form.cleaned_data["code"], sender_address(request)
    try:
        require_unsuspected(code, address=sender)
    except TooManyMisses as refusal:
        form.add_error("code", str(refusal))
        return False
    known = Registrant.objects.filter(
        code_digest=codes.digest_of(code), jury__removed_at=None
    ).first()
    if known is None or not codes.is_well_formed(code):
        note_miss(code, address=sender)
        form.add_error("code", _wrong_code())
        return False
    known = entry.standing(known)
    request.session.cycle_key()
    request.session[OWN_REGISTRANT] = known.pk
    request.session[OWN_CODE] = known.code_digest
    return True


def _wrong_code() -> str:
    return _("We do not find this code. Check it letter by letter, or contact the organiser.")


def _can_change(registrant: Registrant) -> bool:
    asked = registrant.channel != Channel.NAMED and not registrant.withdrawn_at
    return asked and registrant.jury.stage == Stage.REGISTRATION


def _can_withdraw(registrant: Registrant) -> bool:
    return not registrant.withdrawn_at and not entry.has_seat(registrant)


def _crumbs(label: str = "") -> Crumbs:
    if not label:
        return [(_("My own page"), None)]
    return [(_("My own page"), reverse("own_page")), (label, None)]
