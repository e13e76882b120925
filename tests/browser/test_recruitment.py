"""Recruitment as two people meet it: an organiser in a hurry, and somebody of 75 with a phone."""

from collections.abc import Callable

import pytest

from juries.enums import Role
from tests import factories
from tests.browser import answering, beginning, recruiting
from tests.browser.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = 375
DESK = 1280


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_an_organiser_in_a_hurry_gets_letters_out_and_opens_registration(
    language: str, somebody: Callable[..., Person], findings: list[str]
) -> None:
    earlier = factories.make_jury("earlier", published_at=None)
    account = factories.make_member(earlier, Role.ORGANISER)
    earlier.delete()
    axe_at = PHONE if language == "fi" else DESK
    organiser = somebody(language, widths=(PHONE, DESK), axe_at=[axe_at])

    beginning.sign_in(organiser, account.email)
    jury = recruiting.begin_a_jury(organiser)
    recruiting.say_who_receives(organiser, jury)
    recruiting.bring_the_population(organiser, jury)
    recruiting.add_a_question(organiser, jury)
    sample = recruiting.bring_addresses(organiser, jury)
    wave = recruiting.make_a_wave(organiser, sample)
    recruiting.read_the_letter(organiser, jury)
    recruiting.make_the_letters(organiser, wave)
    recruiting.open_registration(organiser, jury)
    recruiting.see_how_it_goes(organiser, jury)

    assert wave.invitations.count() == 30
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize(("language", "kind"), [("fi", Person), ("sv", answering.WithoutScripts)])
def test_somebody_of_75_signs_up_by_phone_corrects_and_withdraws(
    language: str, kind: type[Person], somebody: Callable[..., Person], findings: list[str]
) -> None:
    jury, code = answering.invite(language)
    person = somebody(language, kind, widths=(DESK, PHONE))

    answering.open_the_letter(person, jury, code)
    answering.tell_who_i_am(person, jury)
    answering.tell_how_to_reach_me(person)
    answering.leave_and_come_back(person, jury, code)
    answering.tell_my_background(person, jury)
    answering.tell_my_needs(person)
    own_code = answering.check_and_send(person, jury)
    answering.correct(person, jury, own_code)
    answering.withdraw(person, jury)

    assert not findings, "\n".join(findings)
