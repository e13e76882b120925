"""Will the draw work; and if not, what would help, at the press of a button."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.enums import Act
from juries.errors import JuryError
from juries.models import Jury
from juries.web import jury_view, page_or_part
from selection.forms.lottery import EasingForm
from selection.lottery.easing import STAGES, ease_quotas
from selection.lottery.explanation import Suggestion
from selection.lottery.feasibility import Outlook, outlook
from selection.views.lottery.lotteries import acts, crumbs


@jury_view(Act.SEE_POOL)
def feasibility(request: HttpRequest, jury: Jury) -> HttpResponse:
    return _page(request, jury)


@jury_view(Act.SET_UP_JURY)
@require_POST
def ease(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = EasingForm(request.POST)
    if not form.is_valid():
        return _page(request, jury, sent=form)
    try:
        ease_quotas(jury=jury, by=request.user, **form.cleaned_data)
    except JuryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The quotas are changed."))
    return redirect("selection:feasibility", jury.slug)


def _page(request: HttpRequest, jury: Jury, sent: EasingForm | None = None) -> HttpResponse:
    found, permitted = outlook(jury), acts(request)
    context = {
        "jury": jury,
        "acts": permitted,
        "outlook": found,
        "easings": _easings(found, sent)
        if "set_up_jury" in permitted and jury.stage in STAGES
        else [],
        "crumbs": crumbs(jury, (_("Will the draw work?"), None)),
    }
    return render(
        request, page_or_part(request, "selection/lottery/feasibility.html", "answer"), context
    )


def _easings(found: Outlook, sent: EasingForm | None) -> list[tuple[Suggestion, EasingForm]]:
    """Every suggestion that may be applied, with its form; what was sent stays in its own."""
    trouble = found.trouble
    if trouble is None or trouble.beyond:
        return []
    forms = []
    for number, suggestion in enumerate(trouble.suggestions, start=1):
        own = sent is not None and sent.data.get("changes") == suggestion.key
        form = EasingForm(
            sent.data if sent and own else None,
            auto_id=f"id_%s_{number}",
            initial={"changes": suggestion.key},
        )
        forms.append((suggestion, form))
    return forms
