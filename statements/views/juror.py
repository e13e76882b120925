"""What a juror does on the own page: reads the draft, votes, dissents."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.crumbs import Crumbs
from juries.errors import JuryError
from selection.models import PanelSeat
from statements import dissenting, voting
from statements.drafting import Line, outline
from statements.forms import WHOLE, BallotForm, DissentForm
from statements.models import Dissent, Part, Statement
from statements.views.draft import history_context
from statements.web import juror_view


def own_crumbs(label: str) -> Crumbs:
    """The way to a juror's page."""
    return [(_("My own page"), reverse("own_page")), (label, None)]


def statement_of(seat: PanelSeat) -> Statement:
    """The statement of the juror's panel, or 404."""
    return get_object_or_404(Statement, jury=seat.jury_id)


@juror_view
def own_draft(request: HttpRequest, seat: PanelSeat) -> HttpResponse:
    statement = statement_of(seat)
    context = {
        "jury": seat.jury,
        "statement": statement,
        "lines": outline(statement),
        "crumbs": own_crumbs(_("Draft of the statement")),
    }
    return render(request, "statements/own_draft.html", context)


@juror_view
def own_history(request: HttpRequest, seat: PanelSeat, pk: int) -> HttpResponse:
    part = get_object_or_404(
        Part.objects.select_related("statement"), pk=pk, statement__jury=seat.jury_id
    )
    crumbs = own_crumbs(_("Revisions"))
    context = {"jury": seat.jury, "crumbs": crumbs, **history_context(request, part)}
    return render(request, "statements/history.html", context)


@juror_view
def ballot(request: HttpRequest, seat: PanelSeat) -> HttpResponse:
    statement = statement_of(seat)
    lines = recommendations(statement)
    form = BallotForm(request.POST or None, lines=lines)
    if request.method == "POST" and form.is_valid():
        try:
            voting.cast_vote(seat=seat, choices=form.choices())
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            return redirect("statements:ballot")
    context = {
        "jury": seat.jury,
        "statement": statement,
        "body": "" if seat.votes else seat.body,
        "came_late": voting.came_late(statement, seat),
        "has_voted": statement.voter_marks.filter(seat=seat).exists(),
        "is_open": statement.state == Statement.State.VOTING,
        "rule": voting.rule_sentence(statement),
        "form": form,
        "questions": [(line, form[f"part-{line.part.pk}"]) for line in lines],
        "crumbs": own_crumbs(_("Vote on the recommendations")),
    }
    return render(request, "statements/ballot.html", context)


@juror_view
def dissent(request: HttpRequest, seat: PanelSeat) -> HttpResponse:
    statement = statement_of(seat)
    lines = recommendations(statement)
    form = DissentForm(
        request.POST or None,
        lines=lines,
        name=seat.registrant.name,
        initial={"part": WHOLE, "signed": "member"},
    )
    if form.is_valid():
        try:
            dissenting.write_dissent(seat=seat, **form.dissent())
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your dissenting opinion is saved."))
            return redirect("statements:dissent")
    context = {
        "jury": seat.jury,
        "statement": statement,
        "is_open": statement.state == Statement.State.COUNTED,
        "lines": lines,
        "rule": voting.rule_sentence(statement),
        "mine": statement.dissents.filter(seat=seat).select_related("part"),
        "form": form,
        "crumbs": own_crumbs(_("Dissenting opinion")),
    }
    return render(request, "statements/dissent.html", context)


@juror_view
@require_POST
def withdraw_dissent(request: HttpRequest, seat: PanelSeat, pk: int) -> HttpResponse:
    try:
        dissenting.withdraw_dissent(seat=seat, dissent=get_object_or_404(Dissent, pk=pk, seat=seat))
    except JuryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your dissenting opinion is withdrawn."))
    return redirect("statements:dissent")


def recommendations(statement: Statement) -> list[Line]:
    """The numbered recommendations with their newest text."""
    return [line for line in outline(statement) if line.number]
