"""Adding and changing a question or a section."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from juries.enums import Act, LegalBasis
from juries.errors import JuryError
from juries.forms.questions.adding import KindForm
from juries.forms.questions.question import QuestionForm
from juries.forms.questions.words import SectionForm
from juries.models import FormSection, Jury, Question
from juries.privacy.clocks import kept_until
from juries.questions.freezing import WORDED_UNTIL, question_title
from juries.questions.kinds import kept_as
from juries.views.questions.builder import crumbs_inside, question_of, section_of
from juries.web import jury_view


@jury_view(Act.SET_UP_JURY)
def new_question(request: HttpRequest, jury: Jury, section: int) -> HttpResponse:
    row = section_of(jury, section)
    chosen = KindForm(request.GET or None, jury=jury, section=row)
    if not chosen.is_valid():
        title = _("Add a question")
        context = {"jury": jury, "form": chosen, "crumbs": crumbs_inside(jury, title)}
        return render(request, "juries/questions/kind.html", context | {"title": title})
    kind = chosen.cleaned_data["kind"]
    form = QuestionForm(_sent(request), jury=jury, section=row, kind=kind)
    if request.method == "POST" and form.is_valid():
        question = form.save(request.user)
        if question:
            messages.success(request, _("The question is added."))
            return redirect(_place(jury, f"question-{question.pk}"))
    return _question_page(request, jury, form, title=_("New question"))


@jury_view(Act.SET_UP_JURY)
def change_question(request: HttpRequest, jury: Jury, question: int) -> HttpResponse:
    row = question_of(jury, question)
    form = QuestionForm(_sent(request), jury=jury, section=row.section, kind=row.kind, question=row)
    if request.method == "POST" and form.is_valid() and form.save(request.user):
        messages.success(request, _("The question is saved."))
        return redirect(_place(jury, f"question-{row.pk}"))
    return _question_page(request, jury, form, title=question_title(question_of(jury, question)))


@jury_view(Act.SET_UP_JURY)
def new_section(request: HttpRequest, jury: Jury) -> HttpResponse:
    return _section_page(request, jury, None, title=_("New section"))


@jury_view(Act.SET_UP_JURY)
def change_section(request: HttpRequest, jury: Jury, section: int) -> HttpResponse:
    row = section_of(jury, section)
    return _section_page(request, jury, row, title=row.title)


def _section_page(
    request: HttpRequest, jury: Jury, section: FormSection | None, *, title: str
) -> HttpResponse:
    form = SectionForm(_sent(request), jury=jury, section=section)
    if request.method == "POST" and form.is_valid():
        try:
            saved = form.save(request.user)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The section is saved."))
            return redirect(_place(jury, f"section-{saved.pk}"))
    context = {"jury": jury, "form": form, "title": title, "crumbs": crumbs_inside(jury, title)}
    return render(request, "juries/questions/section.html", context)


def _question_page(
    request: HttpRequest, jury: Jury, form: QuestionForm, *, title: str
) -> HttpResponse:
    kind = Question.Kind(form.kind)
    context = {
        "jury": jury,
        "form": form,
        "title": title,
        "kind": capfirst(kind.label),
        "asks_for_criterion": kind == Question.Kind.CRITERION,
        "basis": _basis(form),
        "kept": [(data.label, kept_until(jury, data)) for data in kept_as(form.kind)],
        "closed": jury.stage not in WORDED_UNTIL,
        "crumbs": crumbs_inside(jury, title),
    }
    return render(request, "juries/questions/question.html", context)


def _basis(form: QuestionForm) -> str:
    """The legal basis in words, where it is not chosen on the form."""
    if form.question:
        return str(LegalBasis(form.question.legal_basis).label)
    return str(form.default_basis.label)


def _sent(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def _place(jury: Jury, anchor: str) -> str:
    return reverse("form_builder", args=[jury.slug]) + f"#{anchor}"
