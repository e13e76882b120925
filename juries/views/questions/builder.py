"""The registration form on one page: its sections and questions, and moving them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.crumbs import Crumbs, desk_crumbs
from juries.enums import Act
from juries.errors import JuryError
from juries.forms.questions.adding import KindForm
from juries.models import FormSection, Jury, Question
from juries.questions.arranging import (
    DOWN,
    UP,
    move_question,
    move_section,
    remove_section,
    step_question,
)
from juries.questions.building import remove_question, turn
from juries.questions.outline import outline
from juries.web import jury_view, page_or_part

STEPS = {"up": UP, "down": DOWN}


@jury_view(Act.SET_UP_JURY)
def form_builder(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = outline(jury)
    kinds = {row.section.pk: KindForm(jury=jury, section=row.section) for row in form.sections}
    context = {
        "jury": jury,
        "outline": form,
        "sections": [(row, kinds[row.section.pk]) for row in form.sections],
        "ways": form_ways(jury, "form_builder"),
        "crumbs": desk_crumbs(jury, (_("Registration form"), None)),
    }
    return render(request, page_or_part(request, "juries/questions/builder.html", "form"), context)


@jury_view(Act.SET_UP_JURY)
@require_POST
def arrange_question(request: HttpRequest, jury: Jury, question: int) -> HttpResponse:
    """Move a question, turn it on or off, or take it out, as the pressed button says."""
    row = question_of(jury, question)
    try:
        _arrange(row, request)
    except JuryError as error:
        messages.error(request, str(error))
    return redirect(reverse("form_builder", args=[jury.slug]) + f"#question-{question}")


@jury_view(Act.SET_UP_JURY)
@require_POST
def arrange_section(request: HttpRequest, jury: Jury, section: int) -> HttpResponse:
    """Move a section up or down, or take it out, as the pressed button says."""
    row, deed = section_of(jury, section), request.POST.get("deed", "")
    try:
        if deed in STEPS:
            move_section(section=row, step=STEPS[deed], by=request.user)
        elif deed == "remove":
            remove_section(section=row, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    return redirect(reverse("form_builder", args=[jury.slug]) + f"#section-{section}")


def question_of(jury: Jury, pk: int) -> Question:
    rows = Question.objects.select_related("section__jury", "criterion")
    return get_object_or_404(rows, section__jury=jury, pk=pk)


def section_of(jury: Jury, pk: int) -> FormSection:
    return get_object_or_404(jury.form_sections, pk=pk)


def form_ways(jury: Jury, here: str) -> list[tuple[str, str, bool]]:
    """The pages of the form beside each other."""
    pages = [
        ("form_builder", _("Registration form")),
        ("form_preview", _("Preview")),
        ("form_trial", _("Trial")),
    ]
    return [(label, reverse(name, args=[jury.slug]), name == here) for name, label in pages]


def crumbs_inside(jury: Jury, title: str) -> Crumbs:
    return desk_crumbs(
        jury,
        (_("Registration form"), reverse("form_builder", args=[jury.slug])),
        (title, None),
    )


def _arrange(row: Question, request: HttpRequest) -> None:
    by, deed = request.user, request.POST.get("deed", "")
    if deed in STEPS:
        step_question(question=row, step=STEPS[deed], by=by)
    elif deed in {"on", "off"}:
        turn(question=row, on=deed == "on", by=by)
    elif deed == "remove":
        remove_question(question=row, by=by)
    elif deed == "place":
        place, section = request.POST.get("place", ""), request.POST.get("section", "")
        if place.isdecimal() and section.isdecimal() and len(place + section) < 18:
            target = section_of(row.section.jury, int(section))
            move_question(question=row, section=target, place=int(place), by=by)
