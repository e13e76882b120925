"""Messages to many: looked at, confirmed by number, undone while they wait."""

import re
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from juries.crumbs import desk_crumbs
from juries.enums import Act
from juries.errors import JuryError
from juries.forms.post.wording import MailingForm
from juries.models import Jury
from juries.post import mailings
from juries.registration import mailing
from juries.views.post.texts import post_crumb
from juries.web import jury_view

A_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@jury_view(Act.SEND)
def to_many(request: HttpRequest, jury: Jury, group: str) -> HttpResponse:
    form = MailingForm(request.POST or None, initial={"mailing": uuid4()})
    if form.is_valid():
        try:
            count = mailing.write_to(jury=jury, group=group, by=request.user, **form.cleaned_data)
        except JuryError as error:
            form.add_error("typed", str(error))
        else:
            messages.success(request, _gone(count))
            return redirect("post", jury.slug)
    chosen = mailing.GROUPS[group]
    context = {
        "jury": jury,
        "form": form,
        "group": chosen,
        "count": mailings.recipients(jury, chosen).count(),
        "samples": mailings.samples(jury, chosen),
        "text_page": f"text_{chosen.wording}",
        "crumbs": desk_crumbs(jury, post_crumb(jury), (str(chosen.name), None)),
    }
    return render(request, "juries/post/to_many.html", context)


@jury_view(Act.SEND)
@require_POST
def undo(request: HttpRequest, jury: Jury) -> HttpResponse:
    which = request.POST.get("mailing", "")
    try:
        if not A_UUID.fullmatch(which):
            raise JuryError(_("The messages have already gone."))
        count = mailings.undo(jury=jury, mailing=UUID(which), by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            ngettext(
                "%(count)s message was held back and will not go.",
                "%(count)s messages were held back and will not go.",
                count,
            )
            % {"count": count},
        )
    return redirect("post", jury.slug)


def _gone(count: int) -> str:
    return ngettext(
        "%(count)s message goes in two minutes. Until then you can undo it here.",
        "%(count)s messages go in two minutes. Until then you can undo them here.",
        count,
    ) % {"count": count}
