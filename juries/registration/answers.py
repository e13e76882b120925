"""What somebody tells beyond the particulars: answers to the jury's own questions, and needs.

Sensitive answers and all needs are stored sealed; needs stand in a row of their own that is erased
first.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from juries.models import Answer, Needs, Registrant
from juries.privacy.sealing import ANSWER, NEEDS, CannotUnseal, answer_place, seal, unseal

KINDS_OF_NEEDS: dict[str, Promise] = {
    "access": _("step-free access or a place for a wheelchair"),
    "hearing": _("help with hearing or seeing"),
    "interpreter": _("an interpreter"),
    "diet": _("a special diet or an allergy"),
    "childcare": _("childcare"),
    "ride": _("a ride to the place"),
    "device": _("a device or help with using one"),
    "other": _("something else"),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one question of the jury's own, in the wording of that version."""

    question: int
    version: int
    content: Any
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class NeedsTold:
    """What somebody needs in order to take part: kinds of ``KINDS_OF_NEEDS``, and own words."""

    kinds: tuple[str, ...] = ()
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.kinds or self.words)

    def sentence(self) -> str:
        """The needs as one reads them."""
        named = ", ".join(str(KINDS_OF_NEEDS[kind]) for kind in self.kinds)
        return ". ".join(part for part in (named, self.words) if part)


def write_answers(registrant: Registrant, replies: Sequence[Reply]) -> bool:
    """Exactly these answers stand. Says whether any of them is new."""
    told = {reply.question: reply.content for reply in replies if not _is_empty(reply.content)}
    if answers_of(registrant) == told:
        return False
    registrant.answers.all().delete()
    write_first_answers(registrant, replies)
    return True


def write_first_answers(registrant: Registrant, replies: Sequence[Reply]) -> None:
    """These answers stand of somebody who had none."""
    told = {reply.question: reply for reply in replies if not _is_empty(reply.content)}
    Answer.objects.bulk_create(_answer(registrant, reply) for reply in told.values())


def answers_of(registrant: Registrant) -> dict[int, Any]:
    """What was answered, by question, sealed answers too."""
    return {answer.question_id: content_of(answer) for answer in registrant.answers.all()}


def content_of(answer: Answer) -> Any:
    """The answer itself; nothing where the key to it has been lost."""
    if answer.sealed is None:
        return answer.content
    place = answer_place(answer.registrant_id, answer.question_id)
    try:
        return json.loads(unseal(ANSWER, place, answer.sealed))
    except CannotUnseal:
        return None


def write_needs(registrant: Registrant, needs: NeedsTold) -> bool:
    """These needs stand, or none. Says whether they are new."""
    if needs_of(registrant) == needs:
        return False
    if needs:
        sealed = seal(NEEDS, registrant.pk, json.dumps(asdict(needs)))
        Needs.objects.update_or_create(registrant=registrant, defaults={"sealed": sealed})
    else:
        Needs.objects.filter(registrant=registrant).delete()
    return True


def needs_of(registrant: Registrant) -> NeedsTold:
    """What the registrant needs, opened."""
    row = Needs.objects.filter(registrant=registrant).first()
    return opened(row) if row else NeedsTold()


def opened(row: Needs) -> NeedsTold:
    """The needs of one row; none where the key to them has been lost."""
    try:
        told = json.loads(unseal(NEEDS, row.registrant_id, row.sealed))
    except CannotUnseal:
        return NeedsTold()
    kinds = tuple(kind for kind in told["kinds"] if kind in KINDS_OF_NEEDS)
    return NeedsTold(kinds, told["words"])


def _answer(registrant: Registrant, reply: Reply) -> Answer:
    answer = Answer(registrant=registrant, question_id=reply.question, version=reply.version)
    if reply.sensitive:
        place = answer_place(registrant.pk, reply.question)
        answer.sealed = seal(ANSWER, place, json.dumps(reply.content))
    else:
        answer.content = reply.content
    return answer


def _is_empty(content: Any) -> bool:
    return content is None or content in ("", [])
