"""What a decision-maker does with the link: opens it, answers, publishes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from juries import codes
from juries.errors import JuryError
from juries.invitation.guessing import TooManyMisses, note_miss, require_unsuspected
from juries.web import Open, declare, public, sender_address
from statements import answering
from statements.delivery import open_link
from statements.document import Item, document_of
from statements.forms import AnswerFormSet, LinkCodeForm
from statements.models import Delivery, Response
from statements.web import ANSWER_LINK, answer_view


@public
@never_cache
def answer_code(request: HttpRequest) -> HttpResponse:
    """For whoever comes without a link that works: what to do, and a field for the code."""
    form = LinkCodeForm(request.POST or None)
    if form.is_valid():
        try:
            if delivery_looked_up(request, form.cleaned_data["code"]):
                return redirect("statements:answer", codes.plain(form.cleaned_data["code"]))
        except TooManyMisses as refusal:
            form.add_error("code", str(refusal))
        else:
            form.add_error("code", _("There is no answer link with this code. Check the code."))
    return render(request, "statements/answer_code.html", {"form": form})


def link_page(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the link is for. Opening it takes a button: a mail scanner presses none."""
    try:
        delivery = delivery_looked_up(request, code)
    except TooManyMisses as refusal:
        messages.error(request, str(refusal))
        return redirect("statements:answer_code")
    if delivery is None:
        messages.error(request, _("This link does not work. A newer link may have replaced it."))
        return redirect("statements:answer_code")
    if request.method == "POST":
        open_link(delivery=delivery)
        request.session.cycle_key()
        request.session[ANSWER_LINK] = delivery.code_digest
        return redirect("statements:answer_form")
    context = {"delivery": delivery, "jury": delivery.statement.jury, "code": code}
    return render(request, "statements/answer_link.html", context)


answer = declare(login_not_required(never_cache(link_page)), Open.RESPONSE_CODE)


def delivery_looked_up(request: HttpRequest, code: str) -> Delivery | None:
    """The delivery whose link has this code; a code that opens nothing counts as a guess."""
    sender = sender_address(request)
    require_unsuspected(code, address=sender)
    delivery = (
        Delivery.objects.select_related("statement__jury__organisation")
        .filter(code_digest=codes.digest_of(code))
        .first()
    )
    if delivery is None:
        note_miss(code, address=sender)
    return delivery


@answer_view
def answer_form(request: HttpRequest, delivery: Delivery) -> HttpResponse:
    """All recommendations on one page: save a draft, or publish the answers together."""
    document = document_of(delivery.statement)
    newest = answering.newest_responses(delivery)
    forms = answer_forms(request, document.accepted, newest)
    if request.method == "POST" and forms.is_valid():
        answers = {
            item.part_id: form.answer() for item, form in zip(document.accepted, forms, strict=True)
        }
        try:
            said = keep(delivery, answers, publish="publish" in request.POST)
        except JuryError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, said)
            return redirect("statements:answer_form")
    context = {
        "delivery": delivery,
        "jury": delivery.statement.jury,
        "document": document,
        "overdue": delivery.is_overdue(timezone.localdate()),
        "formset": forms,
        "rows": list(zip(document.accepted, forms, strict=True)),
        "has_unpublished_changes": delivery.published_at is not None
        and any(answer.published_at is None for answer in newest.values()),
    }
    return render(request, "statements/answer_form.html", context)


def answer_forms(request: HttpRequest, items: tuple[Item, ...], newest: dict[int, Response]) -> Any:
    """One form for each recommendation, filled with the newest answer."""
    texts = [answering.text_of(newest.get(item.part_id)) for item in items]
    return AnswerFormSet(
        request.POST if request.method == "POST" else None,
        prefix="answer",
        initial=[
            {
                "status": text.status,
                "reasons": text.reasons,
                "owner": text.owner,
                "due_on": text.due_on,
            }
            for text in texts
        ],
        form_kwargs={"publishing": "publish" in request.POST},
    )


def keep(delivery: Delivery, answers: dict[int, answering.AnswerText], *, publish: bool) -> str:
    """Save the answers, publish them if asked, and say which."""
    answering.save_draft(delivery=delivery, answers=answers)
    if not publish:
        return _("The draft is saved. Only this link shows it. You can go on later.")
    answering.publish_answers(delivery=delivery)
    return _("The answers are published. Thank you.")
