"""Signing up: once however often it is sent, in words whatever is typed, in time or not at all."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from juries import codes
from juries.audit import REGISTRANT
from juries.enums import Channel, CodeUse, Stage
from juries.errors import JuryError, WrongStage
from juries.invitation.waves import letters_of, make_codes
from juries.models import AuditEntry, Invitation, Jury, Registrant, SignUpDraft
from juries.registration.signup import InvitationRefused, sign_up
from juries.registration.withdrawing import withdraw
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
    step_url,
    values_of,
)
from tests.simultaneous import at_once, shared_database


@pytest.fixture
def jury(db: None) -> Jury:
    return open_jury()


def test_a_person_signs_up_and_gets_a_code_that_opens_their_own_page(jury):
    client = Client()

    sent = register(client, jury)
    receipt = client.get(sent.url)

    registrant = Registrant.objects.get()
    code = codes.code_of(registrant.submission)
    assert code in receipt.content.decode()
    assert registrant.channel == Channel.WEB
    assert {value.key for value in registrant.values.all()} == {"woman", "young"}
    stranger = Client()
    own_page = stranger.post(reverse("own_code"), {"code": code.lower()}, follow=True)
    assert "Aino Mallikas" in own_page.content.decode()


def test_nothing_is_registered_before_the_last_button(jury):
    client = Client()

    checked = go_through(client, jury, answers(jury))

    assert Registrant.objects.count() == 0
    page = checked.content.decode()
    for told in ("Aino Mallikas", "aino@kaarnalahti.example", "1984", "woman", "young"):
        assert told in page
    assert step_url(jury, 2) in page


def test_signing_up_leaves_one_audit_line_without_personal_data(jury):
    register(Client(), jury)

    line = AuditEntry.objects.get()
    assert line.verb == "registration.received"
    assert line.actor == "registrant"
    assert line.facts == {"registrant": Registrant.objects.get().pk}


def test_the_code_is_stored_only_as_a_digest(jury):
    register(Client(), jury)

    registrant = Registrant.objects.get()
    code = codes.code_of(registrant.submission)
    assert registrant.code_digest == codes.digest_of(code)
    stored = str(Registrant.objects.values().get())
    assert codes.plain(code) not in codes.plain(stored)


def test_r1_the_form_sent_twice_is_one_registration_with_the_same_receipt(jury):
    client, carried = Client(), key(jury)
    go_through(client, jury, answers(jury, key=carried))

    first = client.post(check_url(jury), {"key": carried}, follow=True)
    second = client.post(check_url(jury), {"key": carried}, follow=True)

    code = codes.code_of(Registrant.objects.get().submission)
    assert code in first.content.decode()
    assert code in second.content.decode()


@pytest.mark.parametrize("page", [1, 2])
def test_r1_a_second_tab_and_the_back_button_lead_to_the_same_receipt(jury, page):
    client, carried = Client(), key(jury)
    go_through(client, jury, answers(jury, key=carried))
    client.post(check_url(jury), {"key": carried})

    back = client.post(step_url(jury, page), answers(jury, name="Somebody Else", key=carried))
    other_tab = client.post(step_url(jury, 1), answers(jury, key=key(jury)))

    assert back.url == other_tab.url == reverse("receipt", args=[jury.slug])
    assert Registrant.objects.get().name == "Aino Mallikas"
    assert SignUpDraft.objects.count() == 0


def test_r1_two_tabs_opened_before_anything_was_typed_are_one_draft(jury):
    client = Client()
    client.post(step_url(jury, 1), answers(jury, key=key(jury)))

    client.post(step_url(jury, 1), answers(jury, key=key(jury), birth_year="1985"))

    assert SignUpDraft.objects.count() == 1


def test_r1_whoever_has_withdrawn_signs_up_anew_with_the_same_browser(jury):
    client, carried = Client(), key(jury)
    go_through(client, jury, answers(jury, key=carried))
    client.post(check_url(jury), {"key": carried})
    withdraw(registrant=Registrant.objects.get(), by=REGISTRANT)

    go_through(client, jury, answers(jury, key=carried, name="Aino Uudestaan"))
    client.post(check_url(jury), {"key": carried})

    again = Registrant.objects.get(withdrawn_at=None)
    assert again.name == "Aino Uudestaan"
    assert Registrant.objects.count() == 2


def test_r1_a_form_whose_registration_was_erased_makes_no_second_one(jury):
    form = {
        "jury": jury,
        "submission": uuid4(),
        "particulars": particulars(),
        "values": values_of(jury, "woman", "young"),
    }
    sent = sign_up(**form).registrant
    withdraw(registrant=sent, by=REGISTRANT)

    again = sign_up(**form)

    assert again.repeated
    assert again.registrant == sent


@pytest.mark.django_db(transaction=True)
def test_r1_the_button_pressed_four_times_at_once_is_one_registration(tmp_path):
    jury, carried = open_jury(), key_of_a_whole_draft()

    with shared_database(tmp_path):
        statuses = at_once(
            lambda: Client().post(check_url(jury), {"key": carried}).status_code, people=4
        )
        counts = at_once(Registrant.objects.count, people=1)

    assert statuses == [302] * 4
    assert counts == [1]


@pytest.mark.django_db(transaction=True)
def test_r1_control_four_different_forms_at_once_are_four_registrations(tmp_path):
    jury = open_jury()
    carried = iter([key_of_a_whole_draft() for _person in range(4)])

    with shared_database(tmp_path):
        at_once(lambda: Client().post(check_url(jury), {"key": next(carried)}), people=4)
        counts = at_once(Registrant.objects.count, people=1)

    assert counts == [4]


def key_of_a_whole_draft() -> str:
    """The key of a form that has been filled in and waits for its last button."""
    jury, carried = Jury.objects.get(), key(Jury.objects.get())
    go_through(Client(), jury, answers(jury, key=carried))
    return carried


def test_r1_the_database_refuses_a_submission_twice(jury):
    submission = uuid4()
    factories.make_registrants(jury, [("woman", "young")], submission=submission)

    with pytest.raises(IntegrityError), transaction.atomic():
        factories.make_registrants(jury, [("man", "old")], submission=submission)

    factories.make_registrants(jury, [("man", "old")], submission=uuid4())
    assert jury.registrants.count() == 2


def test_a_second_person_signs_up_with_the_same_browser(jury):
    client = Client()
    register(client, jury)

    asked = client.get(sign_up_url(jury))
    client.post(reverse("sign_up_over", args=[jury.slug]))
    register(client, jury, name="Börje Påhittsson")

    assert "Aino" not in asked.content.decode()
    assert {person.name for person in Registrant.objects.all()} == {
        "Aino Mallikas",
        "Börje Påhittsson",
    }


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


def test_a_value_of_another_criterion_is_refused(jury):
    criterion = jury.criteria.first()

    response = register(Client(), jury, **{f"criterion_{criterion.pk}": "old"})

    assert response.context["form"].errors
    assert Registrant.objects.count() == 0


def test_every_question_of_the_draw_must_be_answered(jury):
    criterion = jury.criteria.first()

    response = register(Client(), jury, **{f"criterion_{criterion.pk}": ""})

    assert f"criterion_{criterion.pk}" in response.context["form"].errors


def test_the_verb_itself_refuses_half_the_answers(jury):
    with pytest.raises(JuryError):
        sign_up(
            jury=jury,
            submission=uuid4(),
            particulars=particulars(),
            values=values_of(jury, "woman"),
        )


@pytest.mark.parametrize(
    ("facts", "heading"),
    [
        ({"stage": Stage.SETTING_UP}, "Registration has not opened yet"),
        ({"opens": 1}, "Registration has not opened yet"),
        ({"closes": -1}, "Registration has closed"),
        ({"stage": Stage.LOTTERY}, "Registration has closed"),
        ({"stage": Stage.PANEL}, "Registration has closed"),
    ],
)
def test_outside_its_time_the_page_says_so_and_nobody_can_sign_up(db, facts, heading):
    today = timezone.localdate()
    jury = open_jury(
        stage=facts.get("stage", Stage.REGISTRATION),
        registration_opens_on=today + timedelta(days=facts.get("opens", -9)),
        registration_closes_on=today + timedelta(days=facts.get("closes", 9)),
        first_contact_phone="02 555 0100",
    )
    with override("en"):
        url, first = sign_up_url(jury), step_url(jury, 1)

    pages = [
        Client().get(url),
        Client().get(first),
        Client().post(first, {"key": key(jury), **answers(jury)}),
    ]

    for page in pages:
        assert heading in page.content.decode()
        assert "02 555 0100" in page.content.decode()
    assert Registrant.objects.count() == SignUpDraft.objects.count() == 0
    with pytest.raises(WrongStage):
        sign_up(
            jury=jury,
            submission=uuid4(),
            particulars=particulars(),
            values=values_of(jury, "woman", "young"),
        )


def test_a_form_sent_again_after_closing_still_finds_its_receipt(jury):
    client, carried = Client(), key(jury)
    go_through(client, jury, answers(jury, key=carried))
    client.post(check_url(jury), {"key": carried})
    Jury.objects.update(stage=Stage.LOTTERY)

    response = client.post(check_url(jury), {"key": carried}, follow=True)

    assert codes.code_of(Registrant.objects.get().submission) in response.content.decode()


def test_the_key_of_a_form_belongs_to_one_jury(jury):
    elsewhere = open_jury(slug="muu")
    carried = key(jury)
    go_through(Client(), jury, answers(jury, key=carried))

    go_through(Client(), elsewhere, answers(elsewhere, key=carried))

    assert [draft.jury_id for draft in SignUpDraft.objects.order_by("pk")] == [
        jury.pk,
        elsewhere.pk,
    ]


def test_a_receipt_is_only_for_whoever_sent_the_form(jury):
    register(Client(), jury)

    response = Client().get(reverse("receipt", args=[jury.slug]))

    assert response.status_code == 302
    assert response.url == reverse("own_code")


def test_a_receipt_does_not_stay_open(jury, time_machine):
    client = Client()
    register(client, jury)
    url = reverse("receipt", args=[jury.slug])
    at_first = client.get(url)

    time_machine.move_to(timezone.now() + timedelta(minutes=31))
    later = client.get(url)

    assert at_first.status_code == 200
    assert later.status_code == 302


def test_nothing_is_said_about_others_who_look_alike(jury):
    sent = [register(Client(), jury) for _person in range(2)]

    assert Registrant.objects.count() == 2
    assert sent[0].url == sent[1].url


@pytest.mark.parametrize("values", [1, 20])
def test_a_page_costs_the_same_however_many_values(django_assert_max_num_queries, db, values):
    quotas = {"area": {f"area{number}": (0, 4) for number in range(values)}}
    jury = open_jury(quotas=quotas)
    Client().get(sign_up_url(jury))

    with django_assert_max_num_queries(3):
        Client().get(sign_up_url(jury))


def test_each_request_of_a_registration_asks_little_of_the_database(
    django_assert_max_num_queries, jury
):
    """Two of the counted lines of each page, and eight of the last, are savepoints of the test."""
    client, carried = Client(), key(jury)
    typed = answers(jury, key=carried)
    client.get(sign_up_url(jury))

    for number in (1, 2, 3, 4):
        with django_assert_max_num_queries(10):
            sent = client.post(step_url(jury, number), typed)
        with django_assert_max_num_queries(4):
            client.get(sent.url)
    with django_assert_max_num_queries(32):
        client.post(check_url(jury), {"key": carried})

    assert Registrant.objects.count() == 1
