"""Somebody else's yes: the guardian's of a minor, and of whoever holds an e-mail address (R2)."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from juries.enums import Channel, Role
from juries.invitation.waves import letters_of, make_codes
from juries.models import AuditEntry, Jury, Message, Registrant
from juries.registration.agreeing import Yes, agree, link_code
from juries.registration.correcting import correct
from juries.registration.signup import register_at_desk
from tests import factories
from tests.juries.registration.registering import answers as typed_answers
from tests.juries.registration.registering import (
    check_url,
    go_through,
    key,
    particulars,
    register,
    values_of,
)

GUARDIAN = {"guardian_name": "Huoltaja Mallikas", "guardian_contact": "huoltaja@muualla.example"}


def minor(**guardian: str) -> dict[str, str]:
    """Seventeen in the year in which registration opens."""
    return {"birth_year": str(2026 - 17), **(guardian or GUARDIAN)}


def link(yes: Yes) -> str:
    return reverse("agree", args=[link_code(Registrant.objects.get(), yes)])


def test_r14_a_minor_is_asked_for_a_guardian_and_an_adult_is_not(jury):
    asked = register(Client(), jury, **minor(guardian_name="", guardian_contact=""))
    adult = register(Client(), jury)

    assert set(asked.context["form"].errors) == {"guardian_name", "guardian_contact"}
    assert adult.status_code == 302


@pytest.mark.parametrize("contact", ["ei osoite", "a@", "12"])
def test_a_guardian_can_be_reached(jury, contact):
    asked = register(Client(), jury, **minor(guardian_name="Huoltaja", guardian_contact=contact))

    assert "guardian_contact" in asked.context["form"].errors


def test_r14_a_minor_comes_into_the_pool_when_the_guardian_agrees(jury):
    register(Client(), jury, **minor())
    before = jury.registrants.in_pool().count()

    opened = Client().get(link(Yes.GUARDIAN))
    after_opening = jury.registrants.in_pool().count()
    Client().post(link(Yes.GUARDIAN))
    Client().post(link(Yes.GUARDIAN))

    assert opened.status_code == 200
    assert (before, after_opening, jury.registrants.in_pool().count()) == (0, 0, 1)
    assert AuditEntry.objects.filter(verb="registration.guardian_agreed").count() == 1
    assert "Mallikas" not in opened.content.decode()


def test_the_guardian_is_asked_once_and_without_a_word_that_was_typed(jury):
    client, carried = Client(), key(jury)
    go_through(client, jury, typed_answers(jury, key=carried, name="KANARIALINTU", **minor()))
    for _click in range(3):
        client.post(check_url(jury), {"key": carried})

    message = Message.objects.get(wording="mail_guardian")

    assert message.to == GUARDIAN["guardian_contact"]
    assert link(Yes.GUARDIAN) in message.body
    assert "KANARIALINTU" not in message.body + message.subject


def test_a_new_guardian_is_asked_anew_and_the_old_link_opens_nothing(jury):
    register(Client(), jury, **minor())
    old = link(Yes.GUARDIAN)
    Client().post(old)
    registrant = Registrant.objects.get()

    changed = correct(
        registrant=registrant,
        particulars=particulars(
            birth_year=registrant.birth_year,
            guardian_name="Toinen Huoltaja",
            guardian_contact="toinen@muualla.example",
        ),
        values=list(registrant.values.all()),
    )
    Client().post(old)

    assert changed.unconfirmed
    assert Registrant.objects.get().guardian_agreed_at is None
    assert Message.objects.filter(wording="mail_guardian").count() == 2


def test_staff_mark_an_agreement_that_came_on_paper(jury, sign_in_as):
    registrant = register_at_desk(
        jury=jury,
        submission=uuid4(),
        particulars=particulars(birth_year=jury.registration_opens_on.year - 17),
        values=values_of(jury, "woman", "young"),
        by=factories.make_user(),
    ).registrant
    page = reverse("mark_agreed", args=[jury.slug, registrant.pk])
    recruiter = sign_in_as(Role.RECRUITER, jury)

    without_reason = recruiter.post(page, {"yes": "guardian", "reason": ""})
    before = jury.registrants.in_pool().count()
    recruiter.post(page, {"yes": "guardian", "reason": "Paperi 3.3."})

    assert "reason" in without_reason.context["form"].errors
    assert (before, jury.registrants.in_pool().count()) == (0, 1)
    assert AuditEntry.objects.first().facts["reason"] == "Paperi 3.3."


@pytest.mark.parametrize(
    "code", ["", "x", "1-email-AAAA", "1-guardian-", "9999999999999999999999-email-A", "²-email-A"]
)
def test_a_link_that_this_house_did_not_write_opens_nothing(jury, code):
    register(Client(), jury, **minor())

    response = Client().post(reverse("agree", args=[code or "-"]))

    assert response.status_code == 200
    assert Registrant.objects.get().unconfirmed


def confirming(jury: Jury) -> None:
    Jury.objects.filter(pk=jury.pk).update(confirm_email=True)
    jury.refresh_from_db()


def test_r2_in_an_open_registration_an_address_is_confirmed_by_its_holder(jury):
    confirming(jury)
    client = Client()
    sent = register(client, jury)
    receipt = client.get(sent.url)
    before = jury.registrants.in_pool().count()

    Client().get(link(Yes.EMAIL))
    opened = jury.registrants.in_pool().count()
    Client().post(link(Yes.EMAIL))

    assert receipt.context["awaits_email"]
    assert (before, opened, jury.registrants.in_pool().count()) == (0, 0, 1)


def test_r2_one_confirmed_address_brings_one_person_into_the_pool(jury):
    confirming(jury)
    links = []
    for name in ("Aino Mallikas", "Börje Påhittsson"):
        register(Client(), jury, name=name)
        registrant = Registrant.objects.get(name=name)
        links.append(reverse("agree", args=[link_code(registrant, Yes.EMAIL)]))
    Client().post(links[0])

    refused = Client().post(links[1])
    by_machine = jury.registrants.in_pool().count()
    agree(
        registrant=Registrant.objects.get(name="Börje Påhittsson"),
        yes=Yes.EMAIL,
        by=factories.make_user(),
        reason="A couple with one address",
    )

    assert refused.context["form"].errors
    assert by_machine == 1
    assert jury.registrants.count() == jury.registrants.in_pool().count() == 2


def test_r2_control_where_addresses_are_not_confirmed_everybody_is_in_at_once(jury):
    for _person in range(2):
        register(Client(), jury)

    assert jury.registrants.in_pool().count() == 2


def test_where_addresses_are_confirmed_an_address_is_needed(jury):
    confirming(jury)

    without = register(Client(), jury, email="", phone="040 123 4567")

    assert "email" in without.context["form"].errors


def test_whoever_has_a_personal_code_needs_no_confirmed_address(jury):
    confirming(jury)
    wave = make_codes(jury=jury, request=uuid4(), count=1, by=factories.make_user())
    code = next(letters_of(wave)).code

    register(Client(), jury, invitation_code=code, email="", phone="040 123 4567")

    assert jury.registrants.in_pool().count() == 1


def test_whoever_comes_on_paper_has_no_address_to_confirm(jury):
    confirming(jury)

    register_at_desk(
        jury=jury,
        submission=uuid4(),
        particulars=particulars(email=""),
        values=values_of(jury, "woman", "young"),
        by=factories.make_user(),
        channel=Channel.PHONE,
    )

    assert jury.registrants.in_pool().count() == 1
