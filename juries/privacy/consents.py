"""Consents: to which words somebody said yes, when, and whether they have taken it back.

    write_consents(registrant, questions, language=…)  # within the verb that registers
    give_consent(registrant=…, question=…, language=…, by=REGISTRANT)
    withdraw_consent(consent=…, by=REGISTRANT)
    standing(registrant)                                # what they have consented to now

The words are kept as they stood. When they change, the old consents stay consents to the old words.
Whoever takes back the consent to a sensitive question takes the answer back with it; where it is a
criterion, only before the lottery, since the published lottery is made of the values.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from juries.audit import record
from juries.enums import LegalBasis, Stage
from juries.models import (
    Answer,
    Consent,
    ConsentText,
    Jury,
    Needs,
    Question,
    Registrant,
    User,
)
from juries.models.translated import LANGUAGE_CODES

ASKED_FOR = (LegalBasis.CONSENT, LegalBasis.EXPLICIT_CONSENT)


def needs_consent(question: Question) -> bool:
    """Whether an answer to the question may be kept only with its giver's consent."""
    return question.legal_basis in ASKED_FOR


def text_of(question: Question) -> ConsentText:
    """The words of the question as they stand; a new version where they have changed."""
    words = {f"text_{code}": _words(question, code) for code in LANGUAGE_CODES}
    same = question.consent_texts.filter(**words).order_by("-version").first()
    if same:
        return same
    newest = question.consent_texts.aggregate(newest=Max("version"))["newest"] or 0
    return ConsentText.objects.create(question=question, version=newest + 1, **words)


def write_consents(
    registrant: Registrant, questions: Iterable[Question], *, language: str
) -> list[Consent]:
    """The registrant consents to each of these questions; who does already still does."""
    consents = []
    for question in questions:
        text = text_of(question)
        consent, _made = Consent.objects.get_or_create(
            registrant=registrant, text=text, withdrawn_at=None, defaults={"language": language}
        )
        consents.append(consent)
    return consents


@transaction.atomic
def give_consent(
    *, registrant: Registrant, question: Question, language: str, by: User | str
) -> Consent:
    """The registrant consents to the question in its present words."""
    _hold(registrant)
    [consent] = write_consents(registrant, [question], language=language)
    record(
        "consent.given",
        jury=registrant.jury,
        by=by,
        registrant=registrant.pk,
        question=question.pk,
        version=consent.text.version,
    )
    return consent


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: User | str) -> None:
    """The consent is taken back, and with it the answer that rested on it. Twice is once."""
    registrant, question = consent.registrant, consent.text.question
    jury = _hold(registrant)
    taken_back = standing(registrant).filter(text__question=question)
    if not taken_back.update(withdrawn_at=timezone.now()):
        return
    Answer.objects.filter(registrant=registrant, question=question).delete()
    if question.kind == Question.Kind.NEEDS:
        Needs.objects.filter(registrant=registrant).delete()
    if question.criterion_id and jury.stage in (Stage.SETTING_UP, Stage.REGISTRATION):
        registrant.traits.filter(criterion=question.criterion_id).delete()
    record(
        "consent.withdrawn",
        jury=registrant.jury,
        by=by,
        registrant=registrant.pk,
        question=question.pk,
        version=consent.text.version,
    )


def standing(registrant: Registrant) -> QuerySet[Consent]:
    """The registrant's consents that have not been taken back, the newest first."""
    consents = Consent.objects.filter(registrant=registrant, withdrawn_at=None)
    return consents.select_related("text__question").order_by("-given_at", "-pk")


def _hold(registrant: Registrant) -> Jury:
    """The registrant's jury, held still until the transaction ends."""
    return Jury.objects.select_for_update().get(pk=registrant.jury_id)


def _words(question: Question, code: str) -> str:
    texts = (getattr(question, f"label_{code}"), getattr(question, f"help_{code}"))
    return "\n".join(text for text in texts if text)
