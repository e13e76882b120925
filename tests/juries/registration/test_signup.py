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
from juries.enums import Channel, Stage
from juries.errors import JuryError, WrongStage
from juries.invitation.batches import make_batch
from juries.models import AuditEntry, Jury, Registrant
from juries.registration.signup import InvitationRefused, sign_up
from tests import factories
from tests.juries.registration.registering import (
    answers,
    open_jury,
    particulars,
    sign_up_url,
    values_of,
)
from tests.simultaneous import at_once, shared_database


@pytest.fixture
def jury(db: None) -> Jury:
    return open_jury()


def test_a_person_signs_up_and_gets_a_code_that_opens_their_own_page(jury):
    client = Client()

    receipt = client.post(sign_up_url(jury), answers(jury), follow=True)

    registrant = Registrant.objects.get()
    code = codes.code_of(registrant.submission)
    assert code in receipt.content.decode()
    assert registrant.channel == Channel.WEB
    assert {value.key for value in registrant.values.all()} == {"woman", "young"}
    stranger = Client()
    own_page = stranger.post(reverse("own_code"), {"code": code.lower()}, follow=True)
    assert "Aino Mallikas" in own_page.content.decode()


def test_signing_up_leaves_one_audit_line_without_personal_data(jury):
    Client().post(sign_up_url(jury), answers(jury))

    line = AuditEntry.objects.get()
    assert line.verb == "registration.received"
    assert line.actor == "registrant"
    assert line.facts == {"registrant": Registrant.objects.get().pk}


def test_the_code_is_stored_only_as_a_digest(jury):
    Client().post(sign_up_url(jury), answers(jury))

    registrant = Registrant.objects.get()
    code = codes.code_of(registrant.submission)
    assert registrant.code_digest == codes.digest_of(code)
    stored = str(Registrant.objects.values().get())
    assert codes.plain(code) not in codes.plain(stored)


def test_r1_the_form_sent_twice_is_one_registration_with_the_same_receipt(jury):
    client, form = Client(), answers(jury)

    first = client.post(sign_up_url(jury), form, follow=True)
    second = client.post(sign_up_url(jury), {**form, "name": "Somebody Else"}, follow=True)

    registrant = Registrant.objects.get()
    assert registrant.name == "Aino Mallikas"
    code = codes.code_of(registrant.submission)
    assert code in first.content.decode()
    assert code in second.content.decode()


@pytest.mark.django_db(transaction=True)
def test_r1_the_form_sent_four_times_at_once_is_one_registration(tmp_path):
    jury = open_jury()
    form = answers(jury)

    with shared_database(tmp_path):
        statuses = at_once(lambda: Client().post(sign_up_url(jury), form).status_code, people=4)
        counts = at_once(Registrant.objects.count, people=1)

    assert statuses == [302] * 4
    assert counts == [1]


@pytest.mark.django_db(transaction=True)
def test_r1_control_four_different_forms_at_once_are_four_registrations(tmp_path):
    jury = open_jury()

    with shared_database(tmp_path):
        at_once(lambda: Client().post(sign_up_url(jury), answers(jury)), people=4)
        counts = at_once(Registrant.objects.count, people=1)

    assert counts == [4]


def test_r1_the_database_refuses_a_submission_twice(jury):
    submission = uuid4()
    factories.make_registrants(jury, [("woman", "young")], submission=submission)

    with pytest.raises(IntegrityError), transaction.atomic():
        factories.make_registrants(jury, [("man", "old")], submission=submission)

    factories.make_registrants(jury, [("man", "old")], submission=uuid4())
    assert jury.registrants.count() == 2


def test_r2_an_invitation_is_used_once(jury):
    jury = _by_invitation(jury)
    user = factories.make_user()
    [code] = make_batch(jury=jury, request=uuid4(), count=1, by=user)

    first = Client().post(sign_up_url(jury), answers(jury, invitation_code=code.lower()))
    second = Client().post(sign_up_url(jury), answers(jury, invitation_code=code))

    assert first.status_code == 302
    assert second.status_code == 200
    assert "invitation_code" in second.context["form"].errors
    assert Registrant.objects.count() == 1


def test_r4_unknown_misspelt_and_used_invitations_get_the_same_answer(jury):
    jury = _by_invitation(jury)
    [used] = make_batch(jury=jury, request=uuid4(), count=1, by=factories.make_user())
    Client().post(sign_up_url(jury), answers(jury, invitation_code=used))

    errors = {
        str(
            Client()
            .post(sign_up_url(jury), answers(jury, invitation_code=code))
            .context["form"]
            .errors["invitation_code"]
        )
        for code in (used, codes.new_code(), "nonsense", "0")
    }

    assert len(errors) == 1


def test_an_invitation_of_another_jury_does_not_open_this_one(jury):
    elsewhere = _by_invitation(open_jury(slug="toinen"))
    [code] = make_batch(jury=elsewhere, request=uuid4(), count=1, by=factories.make_user())
    jury = _by_invitation(jury)

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
    elsewhere = values_of(jury, "old")[0]

    response = Client().post(
        sign_up_url(jury), answers(jury, **{f"criterion_{criterion.pk}": elsewhere.pk})
    )

    assert response.context["form"].errors
    assert Registrant.objects.count() == 0


def test_every_question_must_be_answered(jury):
    criterion = jury.criteria.first()

    response = Client().post(sign_up_url(jury), answers(jury, **{f"criterion_{criterion.pk}": ""}))

    assert f"criterion_{criterion.pk}" in response.context["form"].errors


def test_the_verb_itself_refuses_half_the_answers(jury):
    with pytest.raises(JuryError):
        sign_up(
            jury=jury,
            submission=uuid4(),
            particulars=particulars(),
            values=values_of(jury, "woman"),
        )


def test_r14_below_the_minimum_age_nothing_is_stored(jury):
    year = timezone.localdate().year - jury.minimum_age

    too_young = Client().post(sign_up_url(jury), answers(jury, birth_year=year + 1))
    stored_then = Registrant.objects.count()
    old_enough = Client().post(sign_up_url(jury), answers(jury, birth_year=year))

    assert "birth_year" in too_young.context["form"].errors
    assert stored_then == 0
    assert old_enough.status_code == 302


def test_the_address_is_asked_for_only_where_one_is_drawn_from_each_household(jury):
    free = Client().post(sign_up_url(jury), answers(jury))
    strict_jury = open_jury(slug="taloudet", one_per_household=True)
    refused = Client().post(sign_up_url(strict_jury), answers(strict_jury))

    assert free.status_code == 302
    assert set(refused.context["form"].errors) == {"street_address", "postal_code"}


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
    )
    with override("en"):
        url = sign_up_url(jury)

    page = Client().get(url)
    sent = Client().post(url, answers(jury))

    assert heading in page.content.decode()
    assert heading in sent.content.decode()
    assert Registrant.objects.count() == 0
    with pytest.raises(WrongStage):
        sign_up(
            jury=jury,
            submission=uuid4(),
            particulars=particulars(),
            values=values_of(jury, "woman", "young"),
        )


def test_a_form_sent_again_after_closing_still_finds_its_receipt(jury):
    client, form = Client(), answers(jury)
    client.post(sign_up_url(jury), form)
    Jury.objects.update(stage=Stage.LOTTERY)

    response = client.post(sign_up_url(jury), form, follow=True)

    assert codes.code_of(Registrant.objects.get().submission) in response.content.decode()


def test_a_form_that_another_jury_has_received_is_a_registration_of_its_own(jury):
    elsewhere = open_jury(slug="muu")
    sent = answers(jury)
    Client().post(sign_up_url(jury), sent)

    response = Client().post(
        sign_up_url(elsewhere), answers(elsewhere, submission=sent["submission"])
    )

    assert response.url == reverse("receipt", args=["muu"])
    assert elsewhere.registrants.get().code_digest != jury.registrants.get().code_digest


def test_a_receipt_is_only_for_whoever_sent_the_form(jury):
    Client().post(sign_up_url(jury), answers(jury))

    response = Client().get(reverse("receipt", args=[jury.slug]))

    assert response.status_code == 302
    assert response.url == reverse("own_code")


def test_a_receipt_does_not_stay_open(jury, time_machine):
    client = Client()
    client.post(sign_up_url(jury), answers(jury))
    url = reverse("receipt", args=[jury.slug])
    at_first = client.get(url)

    time_machine.move_to(timezone.now() + timedelta(minutes=31))
    later = client.get(url)

    assert at_first.status_code == 200
    assert later.status_code == 302


def test_nothing_is_said_about_others_who_look_alike(jury):
    first = Client().post(sign_up_url(jury), answers(jury), follow=True)
    second = Client().post(sign_up_url(jury), answers(jury), follow=True)

    assert Registrant.objects.count() == 2
    assert first.redirect_chain == second.redirect_chain
    assert not list(second.context["messages"])


@pytest.mark.parametrize("values", [1, 20])
def test_the_form_costs_the_same_however_many_values(django_assert_num_queries, db, values):
    quotas = {"area": {f"area{number}": (0, 4) for number in range(values)}}
    jury = open_jury(quotas=quotas)

    with django_assert_num_queries(3):
        Client().get(sign_up_url(jury))


def _by_invitation(jury: Jury) -> Jury:
    jury.invitation_only = True
    jury.save()
    return jury
