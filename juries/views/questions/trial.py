"""Seeing the form as a registrant does, and trying it out by a link."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from juries.enums import Act, Stage
from juries.errors import JuryError
from juries.forms.registration.questions import QuestionsForm
from juries.models import Jury
from juries.models.translated import translated_name
from juries.questions.gaps import missing
from juries.questions.reading import form_of
from juries.questions.trial import TRIAL, begin_trial, end_trial, jury_of_trial, trial_token
from juries.views.questions.builder import crumbs_inside, form_ways
from juries.web import jury_view, public


@jury_view(Act.SET_UP_JURY)
def preview(request: HttpRequest, jury: Jury) -> HttpResponse:
    """Every page of the form in one of its languages, as the registrant's own pages print it."""
    wanted = request.GET.get("in") or get_language()
    language = wanted if wanted in jury.languages else jury.languages[0]
    with translation.override(language):
        pages = [
            (page, QuestionsForm(jury=jury, pages=[page], auto_id=f"page-{page.pk}-%s"))
            for page in form_of(jury)
        ]
    here = reverse("form_preview", args=[jury.slug])
    context = {
        "jury": jury,
        "pages": pages,
        "language": language,
        "spoken": [
            (capfirst(translated_name(code)), f"{here}?in={code}", code == language)
            for code in jury.languages
        ],
        "missing": missing(jury),
        "ways": form_ways(jury, "form_preview"),
        "crumbs": crumbs_inside(jury, _("Preview")),
    }
    return render(request, "juries/questions/preview.html", context)


@jury_view(Act.SET_UP_JURY)
def trial(request: HttpRequest, jury: Jury) -> HttpResponse:
    if request.method == "POST":
        return _turn(request, jury)
    link = reverse("try_form", args=[trial_token(jury)])
    context = {
        "jury": jury,
        "link": request.build_absolute_uri(link),
        "tried": jury.registrants.filter(on_trial=True).count(),
        "possible": jury.stage == Stage.SETTING_UP,
        "ways": form_ways(jury, "form_trial"),
        "crumbs": crumbs_inside(jury, _("Trial")),
    }
    return render(request, "juries/questions/trial.html", context)


@public
def try_form(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever has the link can fill in the form on trial with this browser."""
    jury = jury_of_trial(code)
    if jury is None:
        raise Http404
    response = redirect("sign_up", jury.slug)
    response.set_cookie(TRIAL, code, secure=settings.HTTPS, httponly=True, samesite="Lax")
    return response


def _turn(request: HttpRequest, jury: Jury) -> HttpResponse:
    try:
        if request.POST.get("deed") == "begin":
            begin_trial(jury=jury, by=request.user)
            messages.success(request, _("The form can be tried out with the link below."))
        elif request.POST.get("deed") == "end":
            end_trial(jury=jury, by=request.user)
            messages.success(request, _("The trial is over, and what was sent on it is erased."))
    except JuryError as error:
        messages.error(request, str(error))
    return redirect("form_trial", jury.slug)
