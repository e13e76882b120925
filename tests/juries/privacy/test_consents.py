"""A consent is to words as they stood, and can be taken back with what rests on it."""

import pytest

from juries.audit import REGISTRANT
from juries.enums import LegalBasis
from juries.models import (
    Answer,
    AuditEntry,
    Consent,
    ConsentText,
    FormSection,
    Jury,
    Needs,
    Question,
)
from juries.privacy.consents import (
    give_consent,
    needs_consent,
    standing,
    text_of,
    withdraw_consent,
    write_consents,
)
from juries.privacy.sealing import NEEDS, seal
from tests import factories


@pytest.fixture
def registrant(jury):
    return factories.make_registrants(jury, [("woman", "young")])[0]


@pytest.fixture
def question(jury):
    section = FormSection.objects.create(jury=jury, position=9)
    return Question.objects.create(
        section=section,
        position=0,
        kind=Question.Kind.TEXT,
        label_fi="Mitä mieltä olet liitoksesta?",
        help_fi="Kysymme vain suostumuksellasi.",
        sensitive=True,
        legal_basis=LegalBasis.EXPLICIT_CONSENT,
    )


def test_the_words_are_kept_as_they_stood(registrant, question):
    consent = give_consent(registrant=registrant, question=question, language="fi", by=REGISTRANT)
    question.label_fi = "Jotain muuta"
    question.save()

    consent.refresh_from_db()
    assert consent.text.text_fi == "Mitä mieltä olet liitoksesta?\nKysymme vain suostumuksellasi."
    assert text_of(question).version == 2
    assert ConsentText.objects.count() == 2


def test_the_same_words_are_one_version_and_one_consent(registrant, question):
    for _time in range(2):
        write_consents(registrant, [question], language="sv")

    assert ConsentText.objects.count() == Consent.objects.count() == 1
    assert standing(registrant).get().language == "sv"


def test_taken_back_it_takes_the_answer_with_it(registrant, question):
    other = Question.objects.create(section=question.section, position=1, kind="text")
    for asked in (question, other):
        Answer.objects.create(registrant=registrant, question=asked, content="x")
    consent = give_consent(registrant=registrant, question=question, language="fi", by=REGISTRANT)

    withdraw_consent(consent=consent, by=REGISTRANT)
    withdraw_consent(consent=consent, by=REGISTRANT)

    assert not standing(registrant).exists()
    assert Consent.objects.get().withdrawn_at
    assert [answer.question for answer in Answer.objects.all()] == [other]
    assert AuditEntry.objects.filter(verb="consent.withdrawn").count() == 1


def test_after_taking_it_back_one_can_consent_again(registrant, question):
    first = give_consent(registrant=registrant, question=question, language="fi", by=REGISTRANT)
    withdraw_consent(consent=first, by=REGISTRANT)

    again = give_consent(registrant=registrant, question=question, language="fi", by=REGISTRANT)

    assert again != first
    assert standing(registrant).get() == again


def test_only_some_questions_rest_on_consent(question):
    assert needs_consent(question)
    assert not needs_consent(Question(legal_basis=LegalBasis.PUBLIC_TASK))


def test_needs_go_with_the_consent_on_which_they_rest(registrant, question):
    question.kind = Question.Kind.NEEDS
    question.save()
    Needs.objects.create(registrant=registrant, sealed=seal(NEEDS, registrant.pk, "keliakia"))
    consent = give_consent(registrant=registrant, question=question, language="fi", by=REGISTRANT)

    withdraw_consent(consent=consent, by=REGISTRANT)

    assert not Needs.objects.exists()


def test_before_the_lottery_the_value_of_a_criterion_goes_too_and_after_it_stays(
    registrant, question
):
    criterion = registrant.jury.criteria.first()
    question.kind, question.criterion = Question.Kind.CRITERION, criterion
    question.save()
    for stage, left in (("lottery", 2), ("registration", 1)):
        Jury.objects.update(stage=stage)
        consent = give_consent(
            registrant=registrant, question=question, language="fi", by=REGISTRANT
        )
        withdraw_consent(consent=consent, by=REGISTRANT)
        assert registrant.traits.count() == left
