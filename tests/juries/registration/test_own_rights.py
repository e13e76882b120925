"""A registrant's rights, used without asking anyone: R11 erasure, R12 own data, consents."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from juries import codes
from juries.enums import LegalBasis, Stage
from juries.invitation.candidates import unanswered
from juries.invitation.waves import letters_of, make_codes
from juries.models import (
    Answer,
    AuditEntry,
    Consent,
    Jury,
    Message,
    Needs,
    Question,
    Registrant,
)
from juries.questions.kinds import name_of
from juries.questions.standard import touch
from juries.registration.answers import needs_of
from juries.registration.own_data import Held
from tests import factories
from tests.juries.registration.registering import answers, open_jury, register

NEEDS = {"needs": ["ride"], "needs_words": "Kyyti kylältä", "agreed_needs": "on"}


@pytest.fixture
def jury(db: None) -> Jury:
    """A jury whose form has a question of its own and a consent."""
    jury = open_jury()
    section = jury.form_sections.all()[1]
    section.questions.create(kind=Question.Kind.TEXT, label_fi="Ammatti?", position=90)
    section.questions.create(
        kind=Question.Kind.CONSENT,
        label_fi="Nimeni saa julkaista.",
        legal_basis=LegalBasis.CONSENT,
        position=91,
    )
    touch(jury)
    jury.refresh_from_db()
    return jury


def question(kind: Question.Kind) -> Question:
    return Question.objects.get(kind=kind, on=True)


@pytest.fixture
def owner(jury: Jury) -> Client:
    """A client that has told everything and stands on its own page."""
    client = Client()
    told = {
        name_of(question(Question.Kind.TEXT)): "Kanarialintujen kasvattaja",
        name_of(question(Question.Kind.CONSENT)): "on",
    }
    register(client, jury, **NEEDS, **told)
    return client


def test_r12_on_the_page_days_languages_and_ticks_stand_in_words(owner):
    held = {part.key: dict(part.read()) for part in owner.get(reverse("own_data")).context["held"]}

    assert held["told"]["Asiointikieli"] == "suomi"
    assert "Turvakielto" not in str(held["told"])
    assert not any(part.rows and "+00:00" in str(part.read()) for part in _parts(owner))


def test_r12_control_in_the_file_they_stand_as_machines_read_them(owner):
    file = json.loads(owner.post(reverse("own_data")).content)

    told = {row["key"]: row["value"] for row in file["told"]}
    assert told["language"] == "fi"
    assert told["address_protected"] is False
    assert "T" in file["consents"][0]["value"]["given_at"]


def _parts(owner: Client) -> list[Held]:
    return owner.get(reverse("own_data")).context["held"]


def test_r12_the_data_are_on_a_page_and_in_a_file_and_taking_it_is_logged(owner):
    page = owner.get(reverse("own_data")).content.decode()
    file = owner.post(reverse("own_data"))

    told = {row["key"]: row["value"] for part in json.loads(file.content).values() for row in part}
    assert told["name"] == "Aino Mallikas"
    assert told["email"] == "aino@kaarnalahti.example"
    assert told["birth_year"] == 1984
    assert told["gender"] == "woman"
    assert told["needs"].endswith("Kyyti kylältä")
    assert "Kanarialintujen kasvattaja" in told.values()
    assert "attachment" in file.headers["Content-Disposition"]
    assert "no-store" in file.headers["Cache-Control"]
    for words in ("Aino Mallikas", "Kyyti kylältä", "Kanarialintujen kasvattaja", "woman"):
        assert words in page
    line = AuditEntry.objects.get(verb="registration.data_taken")
    assert line.facts == {"registrant": Registrant.objects.get().pk}


def test_r12_the_data_are_of_nobody_else_and_for_nobody_else(jury, owner):
    factories.make_registrants(jury, [("man", "old")], name="Börje Påhittsson")

    assert "Börje" not in owner.post(reverse("own_data")).content.decode()
    assert Client().post(reverse("own_data")).url == reverse("own_code")


def test_r11_withdrawing_before_the_lottery_erases_every_answer(jury, owner):
    owner.post(reverse("own_withdraw"))

    registrant = Registrant.objects.get()
    assert registrant.erased_at
    assert not registrant.traits.exists()
    for model in (Answer, Needs, Consent, Message):
        assert not model.objects.exists()


def test_r11_control_until_then_it_is_all_there(owner):
    for model in (Answer, Needs, Consent, Message):
        assert model.objects.exists()


def test_r11_after_the_lottery_only_the_values_of_the_criteria_stay(jury, owner):
    Jury.objects.update(stage=Stage.LOTTERY)

    owner.post(reverse("own_withdraw"))

    assert Registrant.objects.get().traits.count() == 2
    for model in (Answer, Needs, Consent, Message):
        assert not model.objects.exists()


def test_whoever_withdrew_gets_no_reminder_and_can_sign_up_again(jury):
    wave = make_codes(jury=jury, request=uuid4(), count=1, by=factories.make_user())
    code = next(letters_of(wave)).code
    client = Client()
    register(client, jury, invitation_code=code)
    client.post(reverse("own_withdraw"))

    assert not unanswered(jury).exists()
    client.post(reverse("sign_up_over", args=[jury.slug]))
    register(client, jury, invitation_code=code)
    assert jury.registrants.in_pool().count() == 1


def test_each_consent_is_taken_back_and_given_by_itself(jury, owner):
    asked = question(Question.Kind.CONSENT)
    address = reverse("own_consent", args=[asked.pk])
    standing = Consent.objects.filter(text__question=asked, withdrawn_at=None)

    owner.post(address, {"deed": "withdraw"})
    taken_back = standing.count()
    owner.post(address, {"deed": "withdraw"})
    owner.post(address, {"deed": "give"})
    owner.post(address, {"deed": "give"})

    assert taken_back == 0
    assert standing.count() == 1
    assert Consent.objects.filter(text__question=asked).count() == 2
    assert needs_of(Registrant.objects.get())


def test_needs_go_with_the_consent_to_them(owner):
    asked = question(Question.Kind.NEEDS)

    owner.post(reverse("own_consent", args=[asked.pk]), {"deed": "withdraw"})

    assert not Needs.objects.exists()


def test_a_consent_of_another_jury_is_not_given_here(jury, owner):
    elsewhere = open_jury(slug="muu")
    foreign = elsewhere.form_sections.first().questions.create(
        kind=Question.Kind.CONSENT, label_fi="Muu", position=99
    )
    before = Consent.objects.count()

    response = owner.post(reverse("own_consent", args=[foreign.pk]), {"deed": "give"})

    assert response.url == reverse("own_page")
    assert Consent.objects.count() == before


def test_needs_and_answers_are_corrected_while_registration_is_open(jury, owner):
    name = name_of(question(Question.Kind.TEXT))
    shown = owner.get(reverse("own_change")).content.decode()

    owner.post(
        reverse("own_change"),
        answers(jury, needs=["diet"], needs_words="", agreed_needs="on", **{name: "Puuseppä"}),
    )

    registrant = Registrant.objects.get()
    assert "Kanarialintujen kasvattaja" in shown
    assert "Kyyti kylältä" in shown
    assert needs_of(registrant).kinds == ("diet",)
    assert Answer.objects.get(question__kind="text").content == "Puuseppä"
    line = AuditEntry.objects.first()
    assert line.facts["changed"] == ["answers", "needs"]
    assert Consent.objects.filter(text__question__kind="consent", withdrawn_at=None).exists()


def test_a_correction_sent_twice_is_one(jury, owner):
    for _click in range(2):
        owner.post(reverse("own_change"), answers(jury, name="Aino Uusinimi"))

    assert Registrant.objects.get().name == "Aino Uusinimi"
    assert Message.objects.count() == 1


def test_r4_guessing_codes_of_own_pages_is_soon_refused(jury, owner):
    for _guess in range(60):
        Client().post(reverse("own_code"), {"code": codes.new_code()})

    right = codes.code_of(Registrant.objects.get().submission)
    refused = Client().post(reverse("own_code"), {"code": right})

    assert refused.status_code == 200
    assert "code" in refused.context["form"].errors
