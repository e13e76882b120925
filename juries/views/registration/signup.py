"""Signing up: one page after another, everything once more to check, and the receipt.

The address of a step holds its number; what was typed is kept at each step, so that nothing is lost
by leaving. A form whose token is too old comes back as it was, to be sent again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.crumbs import public_crumbs
from juries.errors import JuryError
from juries.forms.registration.steps import CODE, WAY, AgainForm, WholeForm, form_for
from juries.invitation import outreach
from juries.models import Jury
from juries.pool.exclusions import rules_told
from juries.questions.reading import Page, kept_form_of
from juries.registration import drafts
from juries.registration.drafts import Typed
from juries.registration.entry import Opening
from juries.registration.steps import Step, answers_typed, steps_of
from juries.views.registration import visiting
from juries.views.registration.receipt import hand_receipt, take_receipt_back
from juries.views.registration.visiting import Visit, sign_up_view, state_for, visit_of
from juries.web import sender_address


@dataclass(frozen=True)
class Path:
    """The steps of one visit."""

    request: HttpRequest
    jury: Jury
    visit: Visit

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        return kept_form_of(self.jury)

    @property
    def typed(self) -> Typed:
        return self.visit.draft.typed if self.visit.draft else {}

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return steps_of(self.jury, self.pages, self.typed)

    def first_undone(self) -> int | None:
        """The number of the first step that waits; None when everything can be checked."""
        done = self.visit.draft.done if self.visit.draft else []
        return next(
            (number for number, step in enumerate(self.steps, start=1) if step.key not in done),
            None,
        )

    def form(self, number: int, data: Any) -> forms.Form:
        return form_for(
            self.steps[number - 1],
            jury=self.jury,
            data=data,
            before=answers_typed(self.pages, self.typed),
            first=number == 1,
            sender=sender_address(self.request),
        )

    def onward(self) -> HttpResponse:
        """To the first step that waits, or to the page where everything is checked."""
        waiting = self.first_undone()
        if waiting is None:
            return redirect("sign_up_check", self.jury.slug)
        return redirect("sign_up_step", self.jury.slug, waiting)


@sign_up_view
def sign_up(request: HttpRequest, jury: Jury) -> HttpResponse:
    """The way in: the first page, or what stands already at this browser."""
    if request.method == "POST":
        return _step(request, jury, 1)
    if state_for(request, jury) is not Opening.OPEN:
        return _closed(request, jury)
    left = visiting.left_behind(request, jury)
    if left and _can_be_known(left):
        return _again(request, jury, left, AgainForm())
    way = outreach.find(jury, request.GET.get(WAY, "")[:60]) if WAY in request.GET else None
    if way:
        outreach.count_visit(way)
    path = Path(request, jury, Visit(uuid4()))
    form = path.form(1, None)
    form.initial = {CODE: request.GET.get("code", "")[:40], WAY: way.key if way else ""}
    return _page(path, 1, form)


@sign_up_view
def again(request: HttpRequest, jury: Jury) -> HttpResponse:
    """What was begun at this browser is shown again to whoever knows the year of birth in it."""
    left = visiting.left_behind(request, jury)
    is_open = state_for(request, jury) is Opening.OPEN
    if request.method != "POST" or not is_open or not left or not left.draft:
        return redirect("sign_up", jury.slug)
    form = AgainForm(request.POST)
    if not visiting.is_fresh(request):
        return _again(request, jury, left, form, stale=True)
    if form.is_valid():
        if drafts.is_known_to(jury, left.submission, year=form.cleaned_data["year"]):
            return visiting.remember(redirect("sign_up_check", jury.slug), jury, left.submission)
        form.add_error("year", _("The form was begun with another year of birth."))
        if not visiting.left_behind(request, jury):
            messages.info(request, _("The form that had been begun here was cleared."))
            return visiting.forget(redirect("sign_up", jury.slug), jury)
    return _again(request, jury, left, form)


@sign_up_view
def step(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    return _step(request, jury, number)


def _step(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    """One page of questions: shown with what was typed before, kept when it is sent."""
    path = Path(request, jury, visit_of(request, jury))
    if path.visit.sent:
        return _repeated(path)
    if state_for(request, jury) is not Opening.OPEN:
        return _closed(request, jury)
    if number not in range(1, len(path.steps) + 1):
        return path.onward()
    if request.method != "POST":
        return _shown(path, number)
    form = path.form(number, request.POST)
    if not visiting.is_fresh(request):
        return _page(path, number, form, stale=True)
    valid = form.is_valid()
    if getattr(form, "stops", ()):
        return _stopped(path, form)
    return _kept(path, number, form) if valid else _page(path, number, form)


@sign_up_view
def check(request: HttpRequest, jury: Jury) -> HttpResponse:
    """Everything once more; the button here is what registers."""
    path = Path(request, jury, visit_of(request, jury))
    if path.visit.sent:
        return _repeated(path)
    if state_for(request, jury) is not Opening.OPEN:
        return _closed(request, jury)
    if path.first_undone() is not None:
        return path.onward() if path.visit.draft else redirect("sign_up", jury.slug)
    form = WholeForm(jury=jury, pages=path.pages, typed=path.typed)
    if not form.is_valid():
        return redirect("sign_up_step", jury.slug, _first_wrong(path))
    stale = request.method == "POST" and not visiting.is_fresh(request)
    if request.method == "POST" and not stale:
        try:
            signed_up = form.send(path.visit.submission, sender=sender_address(request))
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            hand_receipt(
                request,
                path.visit.submission,
                signed_up.registrant,
                repeated=signed_up.repeated,
            )
            return redirect("receipt", jury.slug)
    return _checked(path, form, stale=stale)


@sign_up_view
@require_POST
def start_over(request: HttpRequest, jury: Jury) -> HttpResponse:
    """Nothing that was typed is left, here or in the house; what was sent stands."""
    if visiting.is_fresh(request):
        for visit in (visit_of(request, jury), visiting.left_behind(request, jury)):
            if visit and visit.draft:
                drafts.forget(jury, visit.submission)
        take_receipt_back(request)
    return visiting.forget(redirect("sign_up", jury.slug), jury)


def _can_be_known(left: Visit) -> bool:
    """Whether there is something to ask for: a form without a year of birth is begun anew."""
    return bool(left.sent or (left.draft and left.draft.year))


def _again(
    request: HttpRequest, jury: Jury, left: Visit, form: AgainForm, *, stale: bool = False
) -> HttpResponse:
    context = {"jury": jury, "sent": left.sent, "form": form, "stale": stale}
    context["crumbs"] = _crumbs(jury)
    page = render(request, "juries/registration/sign_up_again.html", context)
    return visiting.put_to_sleep(page, jury, left.submission)


def _shown(path: Path, number: int) -> HttpResponse:
    """A step that was done before shows what was typed; one that waits is empty."""
    draft = path.visit.draft
    waiting = path.first_undone()
    if draft is None or (waiting is not None and number > waiting):
        return redirect("sign_up", path.jury.slug) if draft is None else path.onward()
    done = path.steps[number - 1].key in draft.done
    form = path.form(number, MultiValueDict(draft.typed) if done else None)
    form.is_valid()
    return _stopped(path, form) if getattr(form, "stops", ()) else _page(path, number, form)


def _kept(path: Path, number: int, form: forms.Form) -> HttpResponse:
    """What was typed is kept, and the next page comes."""
    typed = {name: path.request.POST.getlist(name) for name in form.fields}
    draft = drafts.keep(path.jury, path.visit.submission, typed, step=path.steps[number - 1].key)
    onward = Path(path.request, path.jury, replace(path.visit, draft=draft)).onward()
    return visiting.remember(onward, path.jury, path.visit.submission)


def _stopped(path: Path, form: Any) -> HttpResponse:
    """The person cannot take part: why, whom to ask, and nothing is kept."""
    if path.visit.draft:
        drafts.forget(path.jury, path.visit.submission)
    context = {"jury": path.jury, "reasons": form.stops, "crumbs": _crumbs(path.jury)}
    response = render(path.request, "juries/registration/sign_up_stopped.html", context)
    return visiting.forget(response, path.jury)


def _first_wrong(path: Path) -> int:
    """The first step whose answers no longer do."""
    data = MultiValueDict(path.typed)
    for number in range(1, len(path.steps) + 1):
        if not path.form(number, data).is_valid():
            return number
    return 1


def _repeated(path: Path) -> HttpResponse:
    """What was sent already: the same receipt, to whoever sent it.

    A page of somebody else's makes no browser hold a registration that is not its own.
    """
    sent = path.visit.sent
    if sent and path.request.method == "POST" and visiting.is_fresh(path.request):
        hand_receipt(path.request, path.visit.submission, sent, repeated=True)
    return redirect("receipt", path.jury.slug)


def _page(path: Path, number: int, form: forms.Form, *, stale: bool = False) -> HttpResponse:
    step = path.steps[number - 1]
    context = {
        **_common(path, stale=stale),
        "form": form,
        "step": step,
        "number": number,
        "count": len(path.steps) + 1,
        "rules": rules_told(path.jury) if number == 1 else (),
    }
    return render(path.request, "juries/registration/sign_up.html", context)


def _checked(path: Path, form: WholeForm, *, stale: bool) -> HttpResponse:
    context = {
        **_common(path, stale=stale),
        "form": form,
        "sections": [
            (step, number, list(form.told_on(step.page)) if step.page else form.guardian())
            for number, step in enumerate(path.steps, start=1)
        ],
        "code": "".join(path.typed.get(CODE, ())),
        "number": len(path.steps) + 1,
        "count": len(path.steps) + 1,
    }
    return render(path.request, "juries/registration/sign_up_check.html", context)


def _common(path: Path, *, stale: bool) -> Mapping[str, Any]:
    return {
        "jury": path.jury,
        "visit": path.visit,
        "key": visiting.key_of(path.jury, path.visit.submission),
        "trial": visiting.is_trial_for(path.request, path.jury),
        "stale": stale,
        "crumbs": _crumbs(path.jury),
    }


def _closed(request: HttpRequest, jury: Jury) -> HttpResponse:
    context = {
        "jury": jury,
        "not_yet": state_for(request, jury) is Opening.NOT_YET,
        "crumbs": _crumbs(jury),
    }
    return render(request, "juries/registration/sign_up_closed.html", context)


def _crumbs(jury: Jury) -> Any:
    return public_crumbs(jury, (_("Sign up"), None)) if jury.published_at else []
