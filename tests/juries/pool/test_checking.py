"""R3: nobody gains by telling what is not so: it is compared, checked, and fixed by the lottery."""

import pytest
from django.test import Client
from django.urls import reverse

from juries.enums import Channel, CodeUse, Role, Stage
from juries.errors import WrongStage
from juries.models import Invitation, Jury, Registrant, Wave
from juries.pool.card import facts_for_staff
from juries.registration.entry import change_registration
from tests import factories
from tests.juries.registration.registering import (
    answers,
    go_through,
    key,
    open_jury,
    particulars,
    values_of,
)


@pytest.fixture
def jury(db: None) -> Jury:
    return open_jury()


def invited(jury: Jury, **told: object) -> Registrant:
    """Somebody who registered with the code of a letter to somebody born in 1950 in 00100."""
    invitee = factories.make_invitee(jury, birth_year=1950, postal_code="00100")
    wave = Wave.objects.create(jury=jury, number=1, size=1)
    invitation = Invitation.objects.create(
        jury=jury, wave=wave, invitee=invitee, code_digest="a", number=1
    )
    [person] = factories.make_registrants(jury, [("woman", "young")], channel=Channel.WEB)
    Registrant.objects.filter(pk=person.pk).update(invitation=invitation, **told)
    return Registrant.objects.select_related("jury", "invitation").get(pk=person.pk)


def on_the_card(person: Registrant) -> str:
    return " ".join(text for _label, text in facts_for_staff(person))


@pytest.mark.parametrize(
    ("told", "shown"), [({"birth_year": 2001}, "1950"), ({"postal_code": "00999"}, "00100")]
)
def test_r3_what_the_address_sample_says_otherwise_is_shown_on_the_card(jury, told, shown):
    assert shown in on_the_card(invited(jury, **told))


def test_r3_control_what_agrees_with_the_sample_is_not_to_be_checked(jury):
    person = invited(jury, birth_year=1950, postal_code="00100")
    before = on_the_card(person)
    Registrant.objects.update(invitation=None)

    assert before == on_the_card(Registrant.objects.select_related("jury").get(pk=person.pk))


def test_r3_a_letter_to_a_household_says_nothing_of_the_year_of_birth(jury):
    Jury.objects.update(code_use=CodeUse.HOUSEHOLD)

    assert "1950" not in on_the_card(invited(jury, birth_year=2001))


def test_r3_before_sending_one_reads_that_details_are_checked(jury):
    page = go_through(Client(), jury, {**answers(jury), "key": key(jury)})

    assert "tarkistetaan" in page.content.decode()


@pytest.mark.parametrize("stage", [Stage.LOTTERY, Stage.PANEL])
def test_r3_once_registration_has_closed_nobody_moves_to_another_group(jury, stage):
    """The control: until then somebody can."""
    [person] = factories.make_registrants(jury, [("woman", "young")])
    staff = factories.make_member(jury, Role.RECRUITER)

    def move(*keys: str) -> None:
        told = particulars(name="Aino")
        change_registration(
            registrant=person, particulars=told, values=values_of(jury, *keys), by=staff
        )

    move("man", "old")
    Jury.objects.update(stage=stage)

    with pytest.raises(WrongStage):
        move("woman", "young")
    assert set(person.values.values_list("key", flat=True)) == {"man", "old"}
    assert reverse("own_code") in Client().get(reverse("own_change")).url
