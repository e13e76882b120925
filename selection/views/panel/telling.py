"""Telling people how the draw went: messages confirmed by number, letters, calls, undoing."""

import re
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from juries.enums import Act
from juries.errors import JuryError
from juries.forms.post.wording import MailingForm
from juries.models import Jury, Registrant
from juries.post import mailings
from juries.web import jury_view
from selection.forms.panel import PostedForm
from selection.panel.circles import CIRCLES, by_letter, by_phone, sum_of_letters
from selection.panel.letters import print_letters, to_phone
from selection.panel.telling import mark_phoned, mark_posted, tell
from selection.views.lottery.lotteries import crumbs

A_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@jury_view(Act.MANAGE_PANEL)
def circle(request: HttpRequest, jury: Jury, circle: str) -> HttpResponse:
    """Whom of the circle to write to, print letters for, and call."""
    form = MailingForm(request.POST or None, initial={"mailing": uuid4()})
    if form.is_valid():
        try:
            count = tell(jury=jury, circle=circle, by=request.user, **form.cleaned_data)
        except JuryError as error:
            form.add_error("typed", str(error))
        else:
            messages.success(request, _gone(count))
            return redirect("selection:panel", jury.slug)
    return _page(request, jury, circle, form)


@jury_view(Act.MANAGE_PANEL)
@require_POST
def letters(request: HttpRequest, jury: Jury, circle: str) -> HttpResponseBase:
    """The letters as one PDF; this browser knows which they were."""
    chosen = CIRCLES[circle]
    printed = sum_of_letters(chosen, by_letter(chosen.untold(jury)))
    try:
        file = print_letters(jury=jury, circle=circle, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
        return redirect(f"selection:tell_{circle}", jury.slug)
    request.session[_printed(jury, circle)] = printed
    name = f"{jury.slug}-{circle}.pdf"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/pdf")


@jury_view(Act.MANAGE_PANEL)
@require_POST
def posted(request: HttpRequest, jury: Jury, circle: str) -> HttpResponse:
    """The letters have gone."""
    form = PostedForm(request.POST)
    printed = form.cleaned_data["letters"] if form.is_valid() else ""
    try:
        told = mark_posted(jury=jury, circle=circle, letters=printed, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
        return redirect(f"selection:tell_{circle}", jury.slug)
    request.session.pop(_printed(jury, circle), None)
    sentence = ngettext(
        "%(count)s person stands as told by letter.",
        "%(count)s people stand as told by letter.",
        told,
    )
    messages.success(request, sentence % {"count": told})
    return redirect("selection:panel", jury.slug)


@jury_view(Act.MANAGE_PANEL)
@require_POST
def phoned(request: HttpRequest, jury: Jury, circle: str, registrant: int) -> HttpResponse:
    """One person has been told by phone; the others are still on the page."""
    readable = Registrant.objects.readable_by(request.user).filter(jury=jury)
    person = get_object_or_404(readable, pk=registrant)
    try:
        mark_phoned(jury=jury, circle=circle, person=person, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    else:
        sentence = _("%(name)s stands as told by phone.")
        messages.success(request, sentence % {"name": person.name or person.reference})
    return redirect(f"selection:tell_{circle}", jury.slug)


@jury_view(Act.MANAGE_PANEL)
@require_POST
def hold_back(request: HttpRequest, jury: Jury) -> HttpResponse:
    """What has not gone yet does not go, and nobody counts as told by it."""
    which = request.POST.get("mailing", "")
    try:
        if not A_UUID.fullmatch(which):
            raise JuryError(_("The messages have already gone."))
        count = mailings.undo(jury=jury, mailing=UUID(which), by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    else:
        sentence = ngettext(
            "%(count)s message was held back and will not go.",
            "%(count)s messages were held back and will not go.",
            count,
        )
        messages.success(request, sentence % {"count": count})
    return redirect("selection:panel", jury.slug)


def _page(request: HttpRequest, jury: Jury, key: str, form: MailingForm) -> HttpResponse:
    chosen = CIRCLES[key]
    untold = chosen.untold(jury) if chosen.letter else chosen.untold(jury).none()
    posting = list(by_letter(untold))
    printed = request.session.get(_printed(jury, key)) or sum_of_letters(chosen, posting)
    context = {
        "jury": jury,
        "form": form,
        "group": chosen.group,
        "count": mailings.recipients(jury, chosen.group).count(),
        "samples": mailings.samples(jury, chosen.group),
        "text_page": f"text_{chosen.group.wording}",
        "letter_page": f"text_{chosen.letter}" if chosen.letter else "",
        "posting": posting,
        "posted": PostedForm(initial={"letters": printed}),
        "called_elsewhere": [] if chosen.has_no_seat else list(by_phone(untold)),
        "phoning": to_phone(jury, key) if chosen.has_no_seat else [],
        "crumbs": crumbs(
            jury,
            (_("Panel"), reverse("selection:panel", args=[jury.slug])),
            (str(chosen.group.name), None),
        ),
    }
    return render(request, "selection/panel/tell.html", context)


def _printed(jury: Jury, circle: str) -> str:
    """Where the session keeps which letters were downloaded last and are not marked yet."""
    return f"letters_printed:{jury.pk}:{circle}"


def _gone(count: int) -> str:
    return ngettext(
        "%(count)s message goes in two minutes. Until then you can undo it here.",
        "%(count)s messages go in two minutes. Until then you can undo them here.",
        count,
    ) % {"count": count}
