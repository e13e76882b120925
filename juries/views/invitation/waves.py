"""Waves of letters: making them, taking them out as a file, marking them as sent."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from juries.crumbs import desk_crumbs
from juries.enums import Act
from juries.errors import JuryError
from juries.forms.invitation.waves import (
    CodesForm,
    HowManyForm,
    LetterFileForm,
    NoLettersForm,
    SentForm,
)
from juries.invitation import rates
from juries.invitation.candidates import (
    people_among,
    shown_invited,
    shown_invitees,
    those_not_invited,
    those_to_remind,
)
from juries.invitation.waves import (
    make_codes,
    make_reminder,
    make_wave,
    mark_sent,
    send_no_more,
    take_back,
)
from juries.models import Invitee, Jury, Wave
from juries.views.invitation.recruitment import recruitment_crumb
from juries.web import jury_view

type Make = Callable[..., Wave]
type Show = Callable[[Iterable[int]], list[Invitee]]


@jury_view(Act.SEND)
def new_wave(request: HttpRequest, jury: Jury, sample: int) -> HttpResponse:
    kept = get_object_or_404(jury.samples.filter(erased_at=None), pk=sample)
    form = HowManyForm(request.POST or None, candidates=those_not_invited(kept))
    about = {"title": _("New wave of letters"), "sample": kept}
    return _choose(request, jury, form, about, shown_invitees, _making(make_wave, sample=kept))


@jury_view(Act.SEND)
def new_reminder(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = HowManyForm(request.POST or None, candidates=those_to_remind(jury))
    about = {"title": _("Remind those who have not answered")}
    return _choose(request, jury, form, about, shown_invited, _making(make_reminder, jury=jury))


@jury_view(Act.RECRUIT)
def make_invitations(request: HttpRequest, jury: Jury) -> HttpResponse:
    """Codes that belong to nobody, to be handed out."""
    form = CodesForm(request.POST or None)
    if form.is_valid():
        try:
            made = make_codes(jury=jury, by=request.user, **form.cleaned_data)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _made(made))
            return redirect("wave", jury.slug, made.pk)
    context = {
        "jury": jury,
        "form": form,
        "crumbs": desk_crumbs(jury, recruitment_crumb(jury), (_("Codes to hand out"), None)),
    }
    return render(request, "juries/invitation/codes.html", context)


@jury_view(Act.RECRUIT)
def wave(request: HttpRequest, jury: Jury, wave: int) -> HttpResponse:
    return wave_page(request, _wave_or_404(jury, wave))


@jury_view(Act.SEND)
@require_POST
def sent(request: HttpRequest, jury: Jury, wave: int) -> HttpResponse:
    kept = _wave_or_404(jury, wave)
    form = SentForm(request.POST)
    if form.is_valid():
        try:
            mark_sent(wave=kept, on=form.cleaned_data["on"], by=request.user)
        except JuryError as error:
            form.add_error("on", str(error))
        else:
            messages.success(request, _("The day has been noted."))
            return redirect("wave", jury.slug, kept.pk)
    return wave_page(request, kept, sent_form=form)


@jury_view(Act.SEND)
@require_POST
def back(request: HttpRequest, jury: Jury, wave: int) -> HttpResponse:
    kept = _wave_or_404(jury, wave)
    try:
        take_back(wave=kept, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
        return redirect("wave", jury.slug, kept.pk)
    messages.success(request, _("The wave has been taken back. Its codes open nothing."))
    return redirect("recruitment", jury.slug)


@jury_view(Act.RECRUIT)
def no_letters(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = NoLettersForm(request.POST or None)
    if form.is_valid():
        try:
            send_no_more(jury=jury, code=form.cleaned_data["code"], by=request.user)
        except JuryError as error:
            form.add_error("code", str(error))
        else:
            messages.success(request, _("They get no more letters."))
            return redirect("response", jury.slug)
    context = {
        "jury": jury,
        "form": form,
        "crumbs": desk_crumbs(jury, recruitment_crumb(jury), (_("No more letters"), None)),
    }
    return render(request, "juries/invitation/no_letters.html", context)


def wave_page(request: HttpRequest, kept: Wave, **forms: Any) -> HttpResponse:
    """The page of one wave, with whatever form was sent and was wrong."""
    jury = kept.jury
    context = {
        "jury": jury,
        "wave": kept,
        "rate": next(one.rate for one in rates.by_wave(jury) if one.wave.pk == kept.pk),
        "file_form": LetterFileForm(prefix="file"),
        "sent_form": SentForm(initial={"on": kept.sent_on} if kept.sent_on else None),
        "can_be_printed": kept.kind == Wave.Kind.REMINDER or kept.seed is not None,
        "acts": request.acts,
        "crumbs": desk_crumbs(jury, recruitment_crumb(jury), (wave_name(kept), None)),
        **forms,
    }
    return render(request, "juries/invitation/wave.html", context)


def wave_name(wave: Wave) -> str:
    return _("Wave %(number)s") % {"number": wave.number}


def _choose(
    request: HttpRequest,
    jury: Jury,
    form: HowManyForm,
    about: dict[str, Any],
    show: Show,
    make: Make,
) -> HttpResponse:
    """Who gets a letter: asked, shown with the number, and made once the number is typed."""
    plan = form.plan() if form.is_valid() else None
    if plan and not plan.total:
        form.add_error(None, _("There is nobody to write to."))
    elif plan and request.POST.get("deed") == "make":
        try:
            made = make(
                request=form.seed, plan=plan, typed=form.cleaned_data["typed"], by=request.user
            )
        except JuryError as error:
            form.add_error("typed", str(error))
        else:
            messages.success(request, _made(made))
            return redirect("wave", jury.slug, made.pk)
    context = {
        "jury": jury,
        "form": form,
        "plan": plan if plan and plan.total else None,
        "people": sum(len(people) for people in form.candidates.values()),
        "examples": show(people_among(form.candidates, plan)) if plan else [],
        "crumbs": desk_crumbs(jury, recruitment_crumb(jury), (about["title"], None)),
        **about,
    }
    return render(request, "juries/invitation/new_wave.html", context)


def _making(verb: Make, **about: Any) -> Make:
    return lambda **facts: verb(**about, **facts)


def _made(wave: Wave) -> str:
    return ngettext(
        "Wave %(number)s: one letter has been made.",
        "Wave %(number)s: %(count)s letters have been made.",
        wave.size,
    ) % {"number": wave.number, "count": wave.size}


def _wave_or_404(jury: Jury, wave: int) -> Wave:
    kept = get_object_or_404(jury.waves.select_related("sample"), pk=wave)
    kept.jury = jury
    return kept
