"""The record of a draw at the desk: the auditor's copy, and what the auditor found."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.enums import Act
from juries.errors import JuryError
from juries.models import Jury
from juries.web import jury_view
from selection.forms.record import CopyForm, StatementForm
from selection.models import Draw
from selection.record.auditing import (
    copy_for_auditor,
    objection_to_copy,
    record_statement,
    remove_statement,
)
from selection.views.lottery.lotteries import acts, crumbs


@jury_view(Act.EXPORT_PEOPLE)
def desk_record(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    return _page(request, _seen(request, jury, number))


@jury_view(Act.EXPORT_PEOPLE)
@require_POST
def copy(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    draw, form = _seen(request, jury, number), CopyForm(request.POST)
    if form.is_valid():
        try:
            file = copy_for_auditor(draw=draw, reason=form.cleaned_data["reason"], by=request.user)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            return HttpResponse(
                file.content,
                content_type=file.kind,
                headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
            )
    return _page(request, draw, copy_form=form)


@jury_view(Act.RUN_DRAW)
@require_POST
def new_statement(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    draw, form = _seen(request, jury, number), StatementForm(request.POST)
    if form.is_valid():
        try:
            record_statement(draw=draw, by=request.user, **form.cleaned_data)
        except JuryError as error:
            form.add_error("sha256", str(error))
        else:
            messages.success(request, _("The auditor's statement is public."))
            return redirect("selection:desk_record", jury.slug, draw.number)
    return _page(request, draw, statement_form=form)


@jury_view(Act.RUN_DRAW)
@require_POST
def remove(request: HttpRequest, jury: Jury, number: int, statement: int) -> HttpResponse:
    draw = _seen(request, jury, number)
    remove_statement(
        statement=get_object_or_404(draw.auditor_statements, pk=statement), by=request.user
    )
    messages.success(request, _("The auditor's statement is not public any more."))
    return redirect("selection:desk_record", jury.slug, draw.number)


def _seen(request: HttpRequest, jury: Jury, number: int) -> Draw:
    """The draw if it has a record and the user may see draws."""
    if Act.SEE_LOTTERY not in request.acts:
        raise PermissionDenied
    draw = get_object_or_404(jury.draws.filter(events__n=0), number=number)
    draw.jury = jury
    return draw


def _page(
    request: HttpRequest,
    draw: Draw,
    *,
    copy_form: CopyForm | None = None,
    statement_form: StatementForm | None = None,
) -> HttpResponse:
    jury = draw.jury
    context = {
        "jury": jury,
        "acts": acts(request),
        "draw": draw,
        "objection": objection_to_copy(draw),
        "statements": list(draw.auditor_statements.all()),
        "copy_form": copy_form or CopyForm(),
        "statement_form": statement_form or StatementForm(),
        "crumbs": crumbs(
            jury,
            (_("Draw"), reverse("selection:draw", args=[jury.slug])),
            (_("The record of draw %(number)s") % {"number": draw.number}, None),
        ),
    }
    return render(request, "selection/record/desk_record.html", context)
