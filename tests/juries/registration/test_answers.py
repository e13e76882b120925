"""What is told beyond the particulars: sealed where it is sensitive, apart where it is a need."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from juries.audit import SYSTEM
from juries.enums import LegalBasis, Role
from juries.invitation.rates import overall
from juries.invitation.samples import erase_sample
from juries.models import (
    Answer,
    AuditEntry,
    Consent,
    Jury,
    Message,
    Needs,
    OutreachCode,
    Question,
    Registrant,
)
from juries.privacy.sealing import ANSWER, CannotUnseal, answer_place, unseal
from juries.questions.kinds import name_of
from juries.questions.standard import touch
from juries.registration.answers import answers_of, needs_of
from juries.registration.withdrawing import erase_people
from tests import factories
from tests.juries.invitation import sampling
from tests.juries.registration.registering import register, sign_up_url

NEEDS = {
    "needs": ["access", "diet"],
    "needs_words": "Kanarialintu-allergia",
    "agreed_needs": "on",
}


def ask(jury: Jury, kind: Question.Kind, **facts: object) -> Question:
    """A question more on the second page."""
    question = jury.form_sections.all()[1].questions.create(
        **{"kind": kind, "label_fi": "Kysymys", "position": 90, **facts}
    )
    touch(jury)
    jury.refresh_from_db()
    return question


def sensitive(jury: Jury) -> Question:
    return ask(jury, Question.Kind.TEXT, sensitive=True, legal_basis=LegalBasis.EXPLICIT_CONSENT)


def stored() -> bytes:
    """Every value in the tables of this application, as bytes."""
    with connection.cursor() as cursor:
        tables = [
            name
            for name in connection.introspection.table_names(cursor)
            if name.startswith("juries_")
        ]
        found = b""
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                found += b"".join(
                    bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                    for cell in row
                )
    return found


def test_r17_needs_are_sealed_and_apart_and_in_no_message_or_log(jury):
    register(Client(), jury, **NEEDS)

    registrant = Registrant.objects.get()
    assert needs_of(registrant).kinds == ("access", "diet")
    assert needs_of(registrant).words == "Kanarialintu-allergia"
    assert b"Kanarialintu" not in stored()
    assert not Message.objects.filter(body__contains="Kanarialintu").exists()


def test_r17_control_what_is_not_sensitive_is_found_by_the_same_search(jury):
    question = ask(jury, Question.Kind.TEXT)

    register(Client(), jury, **{name_of(question): "Kanarialintu"})

    assert b"Kanarialintu" in stored()


def test_r17_needs_are_stored_only_with_express_agreement(jury):
    refused = register(Client(), jury, **{**NEEDS, "agreed_needs": ""})
    register(Client(), jury, **NEEDS)
    register(Client(), jury)

    assert "agreed_needs" in refused.context["form"].errors
    assert Needs.objects.count() == 1
    assert [consent.text.question.kind for consent in Consent.objects.all()] == ["needs"]


def test_an_answer_to_a_sensitive_question_is_sealed_in_its_own_place(jury):
    question = sensitive(jury)
    name = name_of(question)

    for told in ("Kanarialintu", "Toinen"):
        register(Client(), jury, **{name: told, f"agreed_{name}": "on"})

    first, second = Answer.objects.filter(question=question).order_by("pk")
    assert b"Kanarialintu" not in stored()
    assert answers_of(first.registrant)[question.pk] == "Kanarialintu"
    with pytest.raises(CannotUnseal):
        unseal(ANSWER, answer_place(second.registrant_id, question.pk), first.sealed)


def test_an_answer_is_never_both_open_and_sealed(jury):
    register(Client(), jury)
    question = ask(jury, Question.Kind.TEXT)

    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(
            registrant=Registrant.objects.get(), question=question, content="x", sealed=b"x"
        )


def test_r15_a_protected_address_is_stored_nowhere_and_the_area_is_kept(jury):
    Question.objects.filter(kind=Question.Kind.ADDRESS).update(on=True)
    Question.objects.filter(kind=Question.Kind.POSTAL_CODE).update(on=True)
    touch(jury)

    register(
        Client(),
        jury,
        street_address="Kanarialintukatu 4",
        postal_code="00100",
        address_protected="on",
    )

    registrant = Registrant.objects.get()
    assert registrant.address_protected
    assert (registrant.street_address, registrant.postal_code) == ("", "")
    assert b"Kanarialintu" not in stored()


def test_r15_control_without_the_tick_the_address_is_stored(jury):
    Question.objects.filter(kind=Question.Kind.ADDRESS).update(on=True)
    touch(jury)

    register(Client(), jury, street_address="Kanarialintukatu 4")

    assert b"Kanarialintu" in stored()


def test_r15_an_area_follows_from_a_protected_address(jury):
    criterion = jury.criteria.create(key="area", name_fi="Alue", position=5, source="postal_code")
    criterion.values.create(key="itä", position=0, postal_codes=["00100"], minimum=0, maximum=4)
    Question.objects.filter(kind=Question.Kind.ADDRESS).update(on=True)
    touch(jury)

    register(Client(), jury, postal_code="00100", address_protected="on")

    registrant = Registrant.objects.get()
    assert registrant.postal_code == ""
    assert registrant.values.filter(key="itä").exists()


def test_r15_who_has_a_protected_address_is_on_no_page_of_the_recruiters(jury, sign_in_as):
    register(Client(), jury, address_protected="on")
    Registrant.objects.update(address_protected=True)
    recruiter = sign_in_as(Role.RECRUITER, jury)
    person = Registrant.objects.get()

    pages = [
        recruiter.get(reverse("registrants", args=[jury.slug])),
        recruiter.get(reverse("registrant", args=[jury.slug, person.pk])),
    ]

    for page in pages:
        assert "turvakielto" not in page.content.decode().lower()
        assert "non-disclosure" not in page.content.decode().lower()


def test_a_consent_is_kept_with_the_words_that_were_read(jury):
    question = ask(jury, Question.Kind.CONSENT, legal_basis=LegalBasis.CONSENT)

    register(Client(), jury, **{name_of(question): "on"})
    register(Client(), jury)

    consent = Consent.objects.get()
    assert consent.text.text_fi == "Kysymys"
    assert consent.language == "fi"


def test_the_way_by_which_somebody_came_is_counted_and_kept(jury):
    way = OutreachCode.objects.create(jury=jury, key="kirjasto", name="Kirjasto")
    client = Client()

    page = client.get(f"{sign_up_url(jury)}?from=kirjasto")
    register(client, jury, **{"from": page.context["form"]["from"].value()})
    register(Client(), jury, **{"from": "tuntematon"})

    way.refresh_from_db()
    assert way.visits == 1
    assert [person.outreach for person in Registrant.objects.all()] == [way, None]


def test_erasing_what_was_told_leaves_nothing_of_it(jury):
    question = ask(jury, Question.Kind.TEXT)
    register(Client(), jury, **{name_of(question): "Kanarialintu", **NEEDS})

    erase_people(Registrant.objects.all())

    found = stored()
    assert b"Kanarialintu" not in found
    assert b"Aino Mallikas" not in found
    assert b"aino@kaarnalahti" not in found
    for model in (Needs, Answer, Consent):
        assert not model.objects.exists()


@pytest.mark.parametrize("addresses_gone", [True, False])
def test_that_a_letter_was_answered_stays_once_it_leads_to_nobody(jury, addresses_gone):
    sample = sampling.imported(jury, [sampling.row(1)])
    wave = sampling.invited(sample)
    register(Client(), jury)
    Registrant.objects.update(invitation=wave.invitations.get())
    if addresses_gone:
        erase_sample(sample=sample, by=SYSTEM)

    erase_people(Registrant.objects.all())

    assert overall(jury).registered == int(addresses_gone)


@pytest.fixture
def seated(jury: Jury) -> Registrant:
    """A member who has told of needs, beside one registrant who has too."""
    register(Client(), jury, **NEEDS)
    register(Client(), jury, name="Börje Påhittsson", **NEEDS)
    member = Registrant.objects.get(name="Aino Mallikas")
    factories.make_panel(jury, [member])
    return member


def test_r17_needs_of_members_are_read_by_name_only_on_request_and_the_reading_is_logged(
    jury, seated, sign_in_as
):
    page = reverse("needs", args=[jury.slug])
    arranger = sign_in_as(Role.ARRANGER, jury)

    opened = arranger.get(page).content.decode()
    logged_before = AuditEntry.objects.filter(verb="needs.read").count()
    read = arranger.post(page).content.decode()

    assert "Kanarialintu" not in opened
    assert "Aino" not in opened
    assert "Kanarialintu-allergia" in read
    assert "Aino Mallikas" in read
    assert "Börje" not in read
    assert logged_before == 0
    line = AuditEntry.objects.get(verb="needs.read")
    assert line.facts == {"people": 1}


def test_totals_for_the_venue_count_members_only(jury, seated, sign_in_as):
    page = sign_in_as(Role.ARRANGER, jury).get(reverse("needs", args=[jury.slug]))

    assert sum(number for _label, number in page.context["totals"]) == 2


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ARRANGER])
def test_r17_nobody_else_opens_the_page_of_needs(jury, seated, sign_in_as, role):
    client, page = sign_in_as(role, jury), reverse("needs", args=[jury.slug])

    assert client.get(page).status_code == client.post(page).status_code == 403
