"""Signing up: nothing before the last button, in time or not at all."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from juries import codes
from juries.enums import Channel, Stage
from juries.errors import JuryError, WrongStage
from juries.models import AuditEntry, Jury, Registrant, SignUpDraft
from juries.registration.signup import sign_up
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
