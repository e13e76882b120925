"""A jury that holds something of everything, each with a word in it that stands nowhere else."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from juries.enums import LegalBasis, Stage
from juries.intake.uploads import keep_upload, read_upload
from juries.models import (
    AddressSample,
    Answer,
    Call,
    FormSection,
    Invitee,
    Jury,
    Message,
    Needs,
    Question,
    Registrant,
    SignUpDraft,
    Upload,
)
from juries.privacy.consents import write_consents
from juries.privacy.sealing import ANSWER, DRAFT, NEEDS, answer_place, seal
from selection.models import FeeBasis
from tests import factories

CANARIES = tuple(f"kanaria{number}lintu" for number in range(12))
SAMPLED, CALLED, BEGUN, TOLD, NEEDED = CANARIES[:5]


def hold_everything(jury: Jury) -> tuple[Registrant, Registrant]:
    """Somebody who was not drawn, and a member; both told everything there is to tell."""
    Jury.objects.filter(pk=jury.pk).update(stage=Stage.REGISTRATION)
    user = factories.make_user()
    sample = AddressSample.objects.create(
        jury=jury,
        name="Otos",
        permit_number="1",
        purpose="Kutsut",
        delete_on=date(2031, 1, 1),
        people=1,
        file_digest="x",
        imported_by=user,
    )
    Invitee.objects.create(sample=sample, number=1, name=SAMPLED, street_address=SAMPLED)
    submission = uuid4()
    draft = SignUpDraft.objects.create(
        jury=jury, submission=submission, sealed=seal(DRAFT, submission, BEGUN)
    )
    SignUpDraft.objects.filter(pk=draft.pk).update(touched_at=datetime(2030, 2, 1, 12, tzinfo=UTC))
    upload = keep_upload(
        jury=jury,
        purpose=Upload.Purpose.PEOPLE,
        file_name=f"{CALLED}.csv",
        content=f"nimi\n{CALLED}\n".encode(),
        by=user,
    )
    read_upload(upload.pk)
    question = sensitive_question(jury)
    people = factories.make_registrants(jury, [("woman", "young"), ("man", "old")])
    for person, word in zip(people, CANARIES[5:7], strict=True):
        tell(person, word, question)
    factories.make_registrants(jury, [("man", "young")], on_trial=True, name=CANARIES[7])
    [seat] = factories.make_panel(jury, people[1:])
    FeeBasis.objects.create(seat=seat, note=CANARIES[6])
    Jury.objects.filter(pk=jury.pk).update(stage=Stage.PANEL)
    jury.refresh_from_db()
    return people[0], people[1]


def sensitive_question(jury: Jury) -> Question:
    section = FormSection.objects.create(jury=jury, position=9)
    return Question.objects.create(
        section=section,
        position=0,
        kind=Question.Kind.TEXT,
        label_fi="Arka asia",
        sensitive=True,
        legal_basis=LegalBasis.EXPLICIT_CONSENT,
    )


def tell(person: Registrant, word: str, question: Question) -> None:
    """The registrant has told everything, with ``word`` in all of it."""
    for name in ("name", "phone", "street_address", "guardian_name", "guardian_contact"):
        setattr(person, name, word)
    person.email = f"{word}@kaarnalahti.example"
    person.save()
    Needs.objects.create(registrant=person, sealed=seal(NEEDS, person.pk, f"{word} {NEEDED}"))
    Answer.objects.create(
        registrant=person,
        question=question,
        sealed=seal(ANSWER, answer_place(person.pk, question.pk), f"{word} {TOLD}"),
    )
    write_consents(person, [question], language="fi")
    Message.objects.create(
        jury=person.jury,
        registrant=person,
        key=f"receipt {person.pk}",
        wording="mail_receipt",
        language="fi",
        to=person.email,
        body=word,
        due_at=timezone.now(),
    )
    Call.objects.create(
        jury=person.jury, registrant=person, outcome="answered", note=word, by=factories.make_user()
    )


def day_before(day: date) -> date:
    return day - timedelta(days=1)
