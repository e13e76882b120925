"""The draft as staff write it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.crumbs import Crumbs, desk_crumbs
from juries.enums import Act, Stage
from juries.errors import JuryError
from juries.models import Jury
from juries.web import jury_view
from statements import differences, drafting
from statements.forms import PartForm, StartForm
from statements.models import Part, Revision, Statement
from statements.web import ways_inside

STEPS = {"up": drafting.UP, "down": drafting.DOWN}


@jury_view(Act.DRAFT_STATEMENT)
def draft(request: HttpRequest, jury: Jury) -> HttpResponse:
    statement = Statement.objects.filter(jury=jury).first()
    return draft_page(request, jury, statement, StartForm(languages=jury.languages))


@jury_view(Act.DRAFT_STATEMENT)
@require_POST
def start(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = StartForm(request.POST, languages=jury.languages)
    if form.is_valid():
        try:
            drafting.start_statement(jury=jury, by=request.user, **form.cleaned_data)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            return redirect("statements:draft", jury.slug)
    return draft_page(request, jury, None, form)


def draft_page(
    request: HttpRequest, jury: Jury, statement: Statement | None, form: StartForm
) -> HttpResponse:
    removed = Revision.objects.filter(
        part__statement=statement, part__removed_at__isnull=False
    ).newest()
    context = {
        "jury": jury,
        "statement": statement,
        "form": form,
        "panel_exists": jury.stage == Stage.PANEL,
        "lines": drafting.outline(statement) if statement else [],
        "removed": removed if statement else [],
        "drafting": statement is not None and statement.state == Statement.State.DRAFTING,
        "crumbs": desk_crumbs(jury, (_("Statement"), None)),
        "ways": ways_inside(jury, request.acts, "draft"),
    }
    return render(request, "statements/draft.html", context)


@jury_view(Act.DRAFT_STATEMENT)
def add(request: HttpRequest, jury: Jury, kind: str) -> HttpResponse:
    statement = get_object_or_404(Statement, jury=jury)
    form = PartForm(request.POST or None, kind=kind)
    if form.is_valid():
        try:
            drafting.add_part(statement=statement, kind=kind, by=request.user, **form.texts())
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            return redirect("statements:draft", jury.slug)
    title = _("New section") if kind == Part.Kind.SECTION else _("New recommendation")
    context = {
        "jury": jury,
        "title": title,
        "form": form,
        "language": statement.language,
        "crumbs": crumbs_inside(jury, title),
    }
    return render(request, "statements/part.html", context)


@jury_view(Act.DRAFT_STATEMENT)
def part(request: HttpRequest, jury: Jury, pk: int) -> HttpResponse:
    """Change a part. If somebody saved it meanwhile, both texts are shown."""
    found = part_of(jury, pk)
    newest = found.revisions.latest("number")
    initial = {
        "heading": newest.heading,
        "text": newest.text,
        "reasons": newest.reasons,
        "base": newest.number,
    }
    form = PartForm(request.POST or None, kind=found.kind, initial=initial)
    theirs = None
    if form.is_valid():
        try:
            drafting.revise_part(
                part=found, base=form.cleaned_data["base"] or 0, by=request.user, **form.texts()
            )
        except drafting.StaleRevision as stale:
            theirs = stale.newest
            form = on_top_of(theirs, form, found.kind)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("statements:draft", jury.slug)
    context = {
        "jury": jury,
        "part": found,
        "title": newest.heading,
        "form": form,
        "theirs": theirs,
        "changes": differences.changes(theirs, mine(form)) if theirs else [],
        "language": found.statement.language,
        "crumbs": crumbs_inside(jury, newest.heading),
    }
    return render(request, "statements/part.html", context)


def on_top_of(theirs: Revision, form: PartForm, kind: str) -> PartForm:
    """The same words in a form that, sent again, replaces what the other person saved."""
    data = form.data.copy()
    data["base"] = theirs.number
    again = PartForm(data, kind=kind)
    again.full_clean()
    return again


def mine(form: PartForm) -> Revision:
    """What is in the form, as the revision it would become."""
    return Revision(**form.texts())


@jury_view(Act.DRAFT_STATEMENT)
@require_POST
def arrange(request: HttpRequest, jury: Jury, pk: int) -> HttpResponse:
    """Move a part up or down, take it out or bring it back, as the pressed button says."""
    found, deed = part_of(jury, pk), request.POST.get("deed", "")
    try:
        if deed in STEPS:
            drafting.move_part(part=found, step=STEPS[deed], by=request.user)
        elif deed == "remove":
            drafting.remove_part(part=found, by=request.user)
        elif deed == "restore":
            drafting.restore_part(part=found, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    return redirect("statements:draft", jury.slug)


@jury_view(Act.DRAFT_STATEMENT)
def history(request: HttpRequest, jury: Jury, pk: int) -> HttpResponse:
    context = history_context(request, part_of(jury, pk))
    crumbs = crumbs_inside(jury, _("Revisions"))
    return render(request, "statements/history.html", {"jury": jury, "crumbs": crumbs, **context})


def history_context(request: HttpRequest, found: Part) -> dict[str, object]:
    """The revisions of a part and what changed between the two that were asked for.

    Without a sensible question: between the newest and the one before it.
    """
    revisions = list(found.revisions.select_related("by"))
    by_number = {str(revision.number): revision for revision in revisions}
    after = by_number.get(request.GET.get("after", ""), revisions[0])
    one_before = by_number.get(str(after.number - 1), after)
    before = by_number.get(request.GET.get("before", ""), one_before)
    return {
        "part": found,
        "revisions": revisions,
        "before": before,
        "after": after,
        "changes": differences.changes(before, after),
        "language": found.statement.language,
    }


def crumbs_inside(jury: Jury, label: str) -> Crumbs:
    """The way to a page about a part of the draft."""
    draft_url = reverse("statements:draft", args=[jury.slug])
    return desk_crumbs(jury, (_("Statement"), draft_url), (label, None))


def part_of(jury: Jury, pk: int) -> Part:
    """The part of the jury's statement, or 404."""
    return get_object_or_404(Part.objects.select_related("statement"), pk=pk, statement__jury=jury)
