"""The vote as staff run it, and the adoption."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.crumbs import desk_crumbs
from juries.enums import Act
from juries.errors import JuryError
from juries.models import Jury
from juries.web import jury_view, page_or_part
from statements import adoption, voting
from statements.document import document_of
from statements.forms import RuleForm
from statements.models import Statement
from statements.web import ways_inside


@jury_view(Act.RUN_VOTE)
def vote_desk(request: HttpRequest, jury: Jury) -> HttpResponse:
    statement = Statement.objects.filter(jury=jury).first()
    return vote_page(request, jury, statement, rule_form(statement))


def vote_page(
    request: HttpRequest, jury: Jury, statement: Statement | None, form: RuleForm
) -> HttpResponse:
    context: dict[str, Any] = {
        "jury": jury,
        "statement": statement,
        "form": form,
        "crumbs": desk_crumbs(jury, (_("Vote and adoption"), None)),
        "ways": ways_inside(jury, request.acts, "vote_desk"),
    }
    if statement:
        statement.jury = jury
        voters, members = voting.turnout(statement)
        context |= {
            "document": document_of(statement),
            "rule": voting.rule_sentence(statement),
            "voters": voters,
            "members": members,
        }
    return render(request, page_or_part(request, "statements/vote_desk.html", "turnout"), context)


def rule_form(statement: Statement | None) -> RuleForm:
    """The rule as it stands, to be changed."""
    if statement is None:
        return RuleForm()
    return RuleForm(
        initial={"threshold_percent": statement.threshold_percent, "base": statement.base}
    )


@jury_view(Act.RUN_VOTE)
@require_POST
def rule(request: HttpRequest, jury: Jury) -> HttpResponse:
    statement = get_object_or_404(Statement, jury=jury)
    form = RuleForm(request.POST)
    if form.is_valid():
        try:
            voting.set_rule(statement=statement, by=request.user, **form.cleaned_data)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The rule is written down."))
            return redirect("statements:vote_desk", jury.slug)
    return vote_page(request, jury, statement, form)


def deed(verb: Callable[..., object], done: Callable[[], str]) -> Callable[..., HttpResponse]:
    """A view that does ``verb`` to the jury's statement and says that it is ``done``."""

    @jury_view(Act.RUN_VOTE)
    @require_POST
    def view(request: HttpRequest, jury: Jury) -> HttpResponse:
        statement = get_object_or_404(Statement, jury=jury)
        try:
            verb(statement=statement, by=request.user)
        except JuryError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, done())
        return redirect("statements:vote_desk", jury.slug)

    return view


open_vote = deed(voting.open_vote, lambda: _("The vote is open. Members vote on their own page."))
close_vote = deed(voting.close_vote, lambda: _("The vote is closed and counted."))
adopt = deed(adoption.adopt_statement, lambda: _("The statement is adopted."))
publish = deed(adoption.publish_statement, lambda: _("The statement is published."))
