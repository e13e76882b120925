"""The code of an invitation: needed or not, used once, and by whom."""

from uuid import uuid4

import pytest
from django.test import Client

from juries import codes
from juries.enums import CodeUse
from juries.invitation.waves import letters_of, make_codes
from juries.models import Invitation, Jury, Registrant
from juries.registration.signup import InvitationRefused, sign_up
from tests import factories
from tests.juries.registration.registering import (
    answers,
    check_url,
    go_through,
    key,
    open_jury,
    particulars,
    register,
    sign_up_url,
    values_of,
)


def invited(jury: Jury, **facts: object) -> str:
    """The code of an invitation without which nobody can sign up."""
    Jury.objects.filter(pk=jury.pk).update(invitation_only=True, **facts)
    jury.refresh_from_db()
    wave = make_codes(jury=jury, request=uuid4(), count=1, by=factories.make_user())
    return next(letters_of(wave)).code


def test_r2_an_invitation_is_used_once(jury):
    code = invited(jury)

    first = register(Client(), jury, invitation_code=code.lower())
    second = register(Client(), jury, invitation_code=code)

    assert first.status_code == 302
    assert second.status_code == 200
    assert "invitation_code" in second.context["form"].errors
    assert Registrant.objects.count() == 1


def test_r2_two_who_hold_one_code_at_the_last_button_are_not_both_registered(jury):
    code = invited(jury)
    people = [(Client(), key(jury)) for _person in range(2)]
    for client, carried in people:
        go_through(client, jury, answers(jury, key=carried, invitation_code=code))

    sent = [client.post(check_url(jury), {"key": carried}) for client, carried in people]

    assert [response.status_code for response in sent] == [302, 200]
    assert Registrant.objects.count() == 1


def test_an_open_registration_takes_a_code_but_asks_for_none(jury):
    code = invited(jury)
    Jury.objects.update(invitation_only=False)

    register(Client(), jury, invitation_code=code)
    register(Client(), jury, invitation_code="")
    refused = register(Client(), jury, invitation_code="AAAA-AAAA-AAAA")

    assert [person.invitation_id is None for person in Registrant.objects.all()] == [False, True]
    assert "invitation_code" in refused.context["form"].errors


def test_the_code_of_the_link_is_in_its_field(jury):
    code = invited(jury)

    page = Client().get(f"{sign_up_url(jury)}?code={code}").content.decode()

    assert f'value="{code}"' in page


def test_r4_unknown_misspelt_and_used_invitations_get_the_same_answer(jury):
    used = invited(jury)
    register(Client(), jury, invitation_code=used)

    errors = {
        str(
            register(Client(), jury, invitation_code=code).context["form"].errors["invitation_code"]
        )
        for code in (used, codes.new_code(), "nonsense", "0")
    }

    assert len(errors) == 1


def sent_to_somebody_born_in(year: int, jury: Jury) -> str:
    code = invited(jury)
    invitee = factories.make_invitee(jury, birth_year=year)
    Invitation.objects.update(invitee=invitee)
    return code


def test_r5_a_personal_letter_registers_nobody_born_in_another_year(jury):
    code = sent_to_somebody_born_in(1950, jury)

    refused = register(Client(), jury, invitation_code=code, birth_year="1984")
    taken = register(Client(), jury, invitation_code=code, birth_year="1950")

    assert "invitation_code" in refused.context["form"].errors
    assert taken.status_code == 302


def test_r5_control_a_letter_to_a_household_registers_anybody_in_it(jury):
    code = sent_to_somebody_born_in(1950, jury)
    Jury.objects.update(code_use=CodeUse.HOUSEHOLD)

    taken = register(Client(), jury, invitation_code=code, birth_year="1984")

    assert taken.status_code == 302


def test_an_invitation_of_another_jury_does_not_open_this_one(jury):
    code = invited(open_jury(slug="toinen"))
    invited(jury)

    with pytest.raises(InvitationRefused):
        sign_up(
            jury=jury,
            submission=uuid4(),
            particulars=particulars(),
            values=values_of(jury, "woman", "young"),
            invitation_code=code,
        )
