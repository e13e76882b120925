"""Letters and messages: their words, and how the post stands."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.crumbs import desk_crumbs, recruitment_ways
from juries.enums import Act
from juries.errors import JuryError
from juries.forms.post.wording import WordingForm
from juries.models import Jury
from juries.models.translated import LANGUAGE_CODES
from juries.post import mailings, standing, trying_out
from juries.post.kinds import FACTS, KINDS
from juries.post.wordings import change_wording, reset_wording, written
from juries.registration import mailing
from juries.web import jury_view


@jury_view(Act.SEND)
def post(request: HttpRequest, jury: Jury) -> HttpResponse:
    context = {
        "jury": jury,
        "texts": standing.texts(jury),
        "outbox": standing.outbox(jury),
        "groups": [
            (group, mailings.recipients(jury, group).count()) for group in mailing.GROUPS.values()
        ],
        "undoable": mailings.can_be_undone(jury),
        "ways": recruitment_ways(jury, request.acts, "post"),
        "crumbs": desk_crumbs(jury, _recruitment(jury), (_("Letters and messages"), None)),
    }
    return render(request, "juries/post/post.html", context)


@jury_view(Act.SEND)
def wording(request: HttpRequest, jury: Jury, key: str) -> HttpResponse:
    """The words as they stand, or as they were just written and not yet kept."""
    if request.POST.get("deed") == "reset":
        reset_wording(jury=jury, key=key, by=request.user)
        messages.success(request, _("The text is the house's own again."))
        return redirect(f"text_{key}", jury.slug)
    form = WordingForm(request.POST or None, jury=jury, kind=KINDS[key])
    if form.is_valid() and request.POST.get("deed") == "keep":
        try:
            change_wording(jury=jury, key=key, texts=form.texts(), by=request.user)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The text is kept."))
            return redirect(f"text_{key}", jury.slug)
    return _wording_page(request, jury, key, form)


@jury_view(Act.SEND)
def sample_letter(request: HttpRequest, jury: Jury, key: str) -> HttpResponse:
    """One letter as it will be printed, to a real person of a sample where there is one."""
    language = request.GET.get("in", "")
    pdf = trying_out.letter_pdf(jury, key, language if language in LANGUAGE_CODES else "")
    headers = {"Content-Disposition": f'inline; filename="{jury.slug}-{_("sample")}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@jury_view(Act.SEND)
@require_POST
def send_again(request: HttpRequest, jury: Jury) -> HttpResponse:
    count = standing.send_again(jury=jury, by=request.user)
    if count:
        messages.success(request, _("The messages wait to be sent again."))
    else:
        messages.info(request, _("No message has failed."))
    return redirect("post", jury.slug)


def post_crumb(jury: Jury) -> tuple[str, str]:
    return _("Letters and messages"), reverse("post", args=[jury.slug])


def _recruitment(jury: Jury) -> tuple[str, str]:
    return _("Recruitment"), reverse("recruitment", args=[jury.slug])


def _wording_page(request: HttpRequest, jury: Jury, key: str, form: WordingForm) -> HttpResponse:
    kind = KINDS[key]
    tried = form.texts() if form.is_bound and form.is_valid() else None
    context: dict[str, Any] = {
        "jury": jury,
        "kind": kind,
        "form": form,
        "facts": [(name, FACTS[name], name in kind.needed) for name in kind.facts],
        "rewritten": key in written(jury),
        "tried": tried is not None,
        "previews": trying_out.previews(jury, kind, tried),
        "crumbs": desk_crumbs(jury, _recruitment(jury), post_crumb(jury), (str(kind.name), None)),
    }
    return render(request, "juries/post/wording.html", context)
