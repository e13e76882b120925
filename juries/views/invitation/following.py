"""Following the letters: how many answer, how many letters it takes, what each channel brings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.crumbs import desk_crumbs
from juries.enums import Act
from juries.errors import JuryError
from juries.figures.bars import BarGroup, BarRow, BarTable
from juries.figures.writing import decimal, per_cent
from juries.forms.invitation.ways_in import AssumptionsForm, OutreachForm
from juries.invitation import rates
from juries.invitation.candidates import those_to_remind
from juries.invitation.forecast import Column, forecast, further_letters
from juries.invitation.outreach import add_outreach_code, effects, remove_outreach_code
from juries.invitation.rates import Rate
from juries.models import Jury
from juries.models.translated import LANGUAGE_CODES, translated_name
from juries.views.invitation.addresses import outreach_address, qr_drawing, qr_picture
from juries.views.invitation.recruitment import recruitment_crumb
from juries.web import jury_view


@jury_view(Act.RECRUIT)
def response(request: HttpRequest, jury: Jury) -> HttpResponse:
    context = {
        "jury": jury,
        "overall": rates.overall(jury),
        "waves": rates.by_wave(jury),
        "bars": _rate_bars(jury),
        "to_remind": sum(len(people) for people in those_to_remind(jury).values()),
        "crumbs": desk_crumbs(jury, recruitment_crumb(jury), (_("Answers to letters"), None)),
    }
    return render(request, "juries/invitation/response.html", context)


@jury_view(Act.RECRUIT)
def letters_needed(request: HttpRequest, jury: Jury) -> HttpResponse:
    criteria = [one for one in jury.criteria.prefetch_related("values") if _has_population(one)]
    form = AssumptionsForm(request.GET or None, criteria=criteria)
    assumptions, criterion = form.assumptions(), form.criterion()
    expected = forecast(jury, assumptions, criterion)
    headings = [_heading(column) for column in expected.columns]
    context = {
        "jury": jury,
        "form": form,
        "forecast": expected,
        "headings": list(zip(headings, expected.columns, strict=True)),
        "rows": [
            {"value": group.value, "cells": list(zip(headings, group.letters, strict=True))}
            for group in expected.groups
        ],
        "criterion": criterion,
        "further": further_letters(jury, criterion, assumptions) if criterion else [],
        "crumbs": desk_crumbs(jury, recruitment_crumb(jury), (_("How many letters"), None)),
    }
    return render(request, "juries/invitation/forecast.html", context)


@jury_view(Act.RECRUIT)
def outreach(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = OutreachForm(request.POST or None)
    if form.is_valid():
        try:
            add_outreach_code(jury=jury, name=form.cleaned_data["name"], by=request.user)
        except JuryError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("The link is ready."))
            return redirect("outreach", jury.slug)
    language = (jury.languages or LANGUAGE_CODES)[0]
    context = {
        "jury": jury,
        "form": form,
        "effects": [
            (effect, outreach_address(request, effect.code, language)) for effect in effects(jury)
        ],
        "crumbs": desk_crumbs(jury, recruitment_crumb(jury), (_("Links and posters"), None)),
    }
    return render(request, "juries/invitation/outreach.html", context)


@jury_view(Act.RECRUIT)
@require_POST
def remove_outreach(request: HttpRequest, jury: Jury, outreach: int) -> HttpResponse:
    code = get_object_or_404(jury.outreach_codes, pk=outreach)
    try:
        remove_outreach_code(code=code, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The link has been removed from the table."))
    return redirect("outreach", jury.slug)


@jury_view(Act.RECRUIT)
def outreach_qr(request: HttpRequest, jury: Jury, outreach: int) -> HttpResponse:
    """The QR code of one link: a drawing, or a picture where ``?as=png`` asks for it."""
    code = get_object_or_404(jury.outreach_codes.select_related("jury"), pk=outreach)
    language = request.GET.get("in", "")
    address = outreach_address(request, code, language if language in LANGUAGE_CODES else "")
    return qr_picture(address) if request.GET.get("as") == "png" else qr_drawing(address)


def _has_population(criterion: object) -> bool:
    return any(value.population for value in criterion.values.all())


def _heading(column: Column) -> str:
    if column.so_far:
        return _("At %(share)s, as so far") % {"share": per_cent(column.share)}
    return _("At %(share)s") % {"share": per_cent(column.share, 0)}


def _rate_bars(jury: Jury) -> BarTable:
    groups = [
        (_("Language"), rates.by_language(jury), translated_name),
        (_("Group"), rates.by_group(jury), str),
    ]
    return BarTable(
        caption=_("Who has registered of those invited"),
        headings=(_("Invited"), _("Registered"), _("Share")),
        groups=tuple(
            BarGroup(name, tuple(_rate_row(rate, named) for rate in found))
            for name, found, named in groups
            if found
        ),
    )


def _rate_row(rate: Rate, named) -> BarRow:
    return BarRow(
        label=named(rate.key) if rate.key else _("Not known"),
        cells=(decimal(rate.invited, 0), decimal(rate.registered, 0), rate.percentage),
        bars=(rate.share,),
    )
