"""However often a form is sent, it is one registration."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from juries import codes
from juries.audit import REGISTRANT
from juries.models import Jury, Registrant, SignUpDraft
from juries.registration.signup import sign_up
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
