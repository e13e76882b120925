"""A body's answers: drafted as long as it takes, published together, changed only in the open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import DECISION_MAKER, record
from juries.errors import JuryError
from statements.models import Delivery, Part, Response
from statements.voting import recommendations_of


@dataclass(frozen=True, slots=True)
class AnswerText:
    """What a body says to one recommendation."""

    status: str = ""
    reasons: str = ""
    owner: str = ""
    due_on: date | None = None


@transaction.atomic
def save_draft(*, delivery: Delivery, answers: Mapping[int, AnswerText]) -> None:
    """The answers (part key -> text) are kept for later; nobody else sees them.

    One that says what is already published leaves no draft.
    """
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    newest = newest_responses(delivery)
    for part in parts_to_answer(delivery):
        if part.pk in answers:
            _keep(delivery, part, newest.get(part.pk), answers[part.pk])
    record("answer.saved", jury=delivery.statement.jury, by=DECISION_MAKER, delivery=delivery.pk)


@transaction.atomic
def publish_answers(*, delivery: Delivery) -> None:
    """Every recommendation has a published answer. What was published before stays beside it."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    newest = newest_responses(delivery)
    for part in parts_to_answer(delivery):
        answer = newest.get(part.pk)
        if answer is None or not answer.status or not answer.reasons.strip():
            raise JuryError(
                _("Recommendation %(number)s still needs an answer and its reasons.")
                % {"number": part.number}
            )
    now = timezone.now()
    published = delivery.responses.drafts().update(published_at=now)
    if delivery.published_at is None:
        delivery.published_at = now
        delivery.save(update_fields=["published_at"])
    record(
        "answer.published",
        jury=delivery.statement.jury,
        by=DECISION_MAKER,
        delivery=delivery.pk,
        answers=published,
    )


def parts_to_answer(delivery: Delivery) -> list[Part]:
    """The recommendations that the panel adopted, in order."""
    return list(recommendations_of(delivery.statement).filter(adopted=True))


def newest_responses(delivery: Delivery) -> dict[int, Response]:
    """The newest answer to each recommendation, draft or published, by the part's key."""
    return {answer.part_id: answer for answer in delivery.responses.order_by("version")}


def text_of(answer: Response | None) -> AnswerText:
    """What the answer says; nothing if there is none."""
    if answer is None:
        return AnswerText()
    return AnswerText(answer.status, answer.reasons, answer.owner, answer.due_on)


def _keep(delivery: Delivery, part: Part, newest: Response | None, text: AnswerText) -> None:
    """Store ``text`` as the draft of the answer, which becomes the next version."""
    if text_of(newest) == text:
        return
    if newest is not None and newest.published_at is None:
        _rewrite(delivery, part, newest, text)
        return
    Response.objects.create(
        delivery=delivery, part=part, version=newest.version + 1 if newest else 1, **_fields(text)
    )


def _rewrite(delivery: Delivery, part: Part, draft: Response, text: AnswerText) -> None:
    published = delivery.responses.published().filter(part=part).order_by("-version").first()
    if published is not None and text_of(published) == text:
        draft.delete()
        return
    for name, value in _fields(text).items():
        setattr(draft, name, value)
    draft.save()


def _fields(text: AnswerText) -> dict[str, "str | date | None"]:
    return {
        "status": text.status,
        "reasons": text.reasons,
        "owner": text.owner,
        "due_on": text.due_on,
    }
