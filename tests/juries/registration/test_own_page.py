"""A registrant's own page: opened by code, never by a link alone; changed and withdrawn in time."""

import pytest
from django.test import Client
from django.urls import reverse

from juries import codes
from juries.audit import REGISTRANT
from juries.enums import Role, Stage
from juries.errors import JuryError, WrongStage
from juries.models import AuditEntry, Jury, Registrant
from juries.registration import entry, withdrawing
from tests import factories
from tests.juries.registration.registering import answers, particulars, register, values_of


@pytest.fixture
def owner(jury: Jury) -> Client:
    """A client that has signed up and stands on its own page."""
    client = Client()
    register(client, jury)
    return client


def the_code() -> str:
    return codes.code_of(Registrant.objects.get().submission)


@pytest.mark.parametrize("wrong", ["7TYS-6ZAN-5XRP", "nonsense", "0", "K7RM-4PXQ", "\x00"])
def test_every_wrong_code_gets_the_same_gentle_answer(db, wrong):
    reference = Client().post(reverse("own_code"), {"code": "AAAA-AAAA-AAAA"})

    response = Client().post(reverse("own_code"), {"code": wrong})

    assert response.status_code == 200
    if wrong != "\x00":
        assert response.context["form"].errors == reference.context["form"].errors
    assert reverse("own_page") not in response.headers.get("Location", "")


def test_a_code_is_read_whatever_its_spelling(jury, owner):
    spelt = f" {the_code().lower().replace('-', ' ')} ".replace("0", "o").replace("1", "l")

    response = Client().post(reverse("own_code"), {"code": spelt})

    assert response.url == reverse("own_page")


def test_j5_opening_the_link_does_nothing_until_the_button_is_pressed(jury, owner):
    link = reverse("own_code_link", args=[the_code()])
    client = Client()

    opened = client.get(link)
    after_opening = client.get(reverse("own_page"))
    pressed = client.post(link)
    after_pressing = client.get(reverse("own_page"))

    assert opened.status_code == 200
    assert "Aino" not in opened.content.decode()
    assert after_opening.url == reverse("own_code")
    assert pressed.url == reverse("own_page")
    assert "Aino Mallikas" in after_pressing.content.decode()


def test_a_link_with_a_wrong_code_is_answered_as_a_wrong_code(db):
    response = Client().post(reverse("own_code_link", args=["AAAA-AAAA-AAAA"]))

    assert response.status_code == 200
    assert "code" in response.context["form"].errors


def test_leaving_closes_the_door_behind(jury, owner):
    owner.post(reverse("own_leave"))

    assert owner.get(reverse("own_page")).status_code == 302
    assert owner.get(reverse("receipt", args=[jury.slug])).url == reverse("own_code")


def test_leaving_takes_a_button(owner):
    assert owner.get(reverse("own_leave")).status_code == 405


def test_the_page_says_what_was_told(owner):
    page = owner.get(reverse("own_page")).content.decode()

    for told in ("Aino Mallikas", "aino@kaarnalahti.example", "1984", "woman", "young"):
        assert told in page


def test_a_registrant_changes_what_they_told(jury, owner):
    old, young = values_of(jury, "old", "young")

    owner.post(
        reverse("own_change"),
        answers(jury, name="Aino Uusinimi", **{f"criterion_{old.criterion_id}": old.key}),
    )

    registrant = Registrant.objects.get()
    assert registrant.name == "Aino Uusinimi"
    assert old in registrant.values.all()
    assert young not in registrant.values.all()
    line = AuditEntry.objects.first()
    assert line.verb == "registration.changed"
    assert line.facts["changed"] == ["name", "traits"]
    assert "Uusinimi" not in str(line.facts)


def test_a_wrong_change_keeps_what_was_typed(jury, owner):
    response = owner.post(
        reverse("own_change"), answers(jury, name="Aino Uusinimi", birth_year="x")
    )

    assert "Aino Uusinimi" in response.content.decode()
    assert Registrant.objects.get().name == "Aino Mallikas"


@pytest.mark.parametrize("stage", [Stage.LOTTERY, Stage.PANEL])
def test_nothing_changes_once_registration_has_closed(jury, owner, stage):
    Jury.objects.update(stage=stage)

    response = owner.post(reverse("own_change"), answers(jury, name="Aino Uusinimi"))

    assert response.url == reverse("own_page")
    assert Registrant.objects.get().name == "Aino Mallikas"
    with pytest.raises(WrongStage):
        entry.change_registration(
            registrant=Registrant.objects.get(),
            particulars=particulars(),
            values=values_of(jury, "man", "old"),
            by=REGISTRANT,
        )


def test_r11_before_the_lottery_withdrawing_erases_everything_and_frees_the_invitation(jury, owner):
    asked = owner.get(reverse("own_withdraw"))
    still = Registrant.objects.get().withdrawn_at

    owner.post(reverse("own_withdraw"))

    registrant = Registrant.objects.get()
    page = owner.get(reverse("own_page"))
    assert asked.status_code == 200
    assert still is None
    assert registrant.withdrawn_at
    assert (registrant.name, registrant.email, registrant.birth_year) == ("", "", None)
    assert not registrant.traits.exists()
    assert not jury.registrants.in_pool().exists()
    assert "Aino" not in page.content.decode()
    assert page.status_code == 200


def test_r11_after_the_lottery_the_values_stay_without_a_name(jury, owner):
    Jury.objects.update(stage=Stage.LOTTERY)

    owner.post(reverse("own_withdraw"))

    registrant = Registrant.objects.get()
    assert registrant.withdrawn_at
    assert (registrant.name, registrant.email) == ("", "")
    assert registrant.traits.count() == 2


def test_withdrawing_twice_is_withdrawing_once(jury, owner):
    owner.post(reverse("own_withdraw"))
    owner.post(reverse("own_withdraw"))

    assert AuditEntry.objects.filter(verb="registration.withdrawn").count() == 1


def test_whoever_has_a_seat_declines_it_instead_of_withdrawing(jury, owner):
    registrant = Registrant.objects.get()
    factories.make_panel(jury, [registrant])

    owner.post(reverse("own_withdraw"))

    assert Registrant.objects.get().withdrawn_at is None
    with pytest.raises(JuryError):
        withdrawing.withdraw(registrant=registrant, by=REGISTRANT)


def test_a_new_code_replaces_the_one_before(jury, owner):
    old = the_code()
    staff = factories.make_member(jury, Role.RECRUITER)

    new = entry.give_new_code(registrant=Registrant.objects.get(), by=staff)

    assert Client().post(reverse("own_code"), {"code": new}).url == reverse("own_page")
    assert Client().post(reverse("own_code"), {"code": old}).status_code == 200
    assert new not in str(AuditEntry.objects.first().facts)


def test_a_new_code_ends_the_visit_of_whoever_came_with_the_old_one(jury, owner):
    visitor = Client()
    visitor.post(reverse("own_code"), {"code": the_code()})
    before = [client.get(reverse("own_page")).status_code for client in (owner, visitor)]

    entry.give_new_code(registrant=Registrant.objects.get(), by=factories.make_user())

    assert before == [200, 200]
    for client in (owner, visitor):
        assert client.get(reverse("own_page")).url == reverse("own_code")
    assert owner.get(reverse("receipt", args=[jury.slug])).url == reverse("own_code")


@pytest.mark.parametrize("state", ["declined", "lapsed", "left"])
def test_r11_whoever_has_a_seat_no_more_can_withdraw(jury, owner, state):
    registrant = Registrant.objects.get()
    factories.make_panel(jury, [registrant], state=state)

    owner.post(reverse("own_withdraw"))

    registrant.refresh_from_db()
    assert registrant.withdrawn_at
    assert (registrant.name, registrant.email) == ("", "")


def test_one_registrant_never_sees_another(jury, owner):
    factories.make_registrants(jury, [("man", "old")], name="Börje Påhittsson")

    assert "Börje" not in owner.get(reverse("own_page")).content.decode()
