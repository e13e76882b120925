"""The call log: what came of each call, and who is to be called back today."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from juries.enums import Role
from juries.errors import JuryError
from juries.models import AuditEntry, Call
from juries.pool.calls import due_today, log_call
from tests import factories

TODAY = timezone.localdate
Outcome = Call.Outcome


def call_back(jury, days: int, registrant=None, note: str = "") -> Call:
    return log_call(
        jury=jury,
        outcome=Outcome.CALL_BACK,
        by=factories.make_user(),
        registrant=registrant,
        note=note,
        call_back_on=TODAY() + timedelta(days=days),
    )


def test_who_is_to_be_called_back_today_is_listed_until_somebody_calls(jury):
    [person] = factories.make_registrants(jury, [("woman", "young")])
    call = call_back(jury, 0, person)
    call_back(jury, 3)

    before = list(due_today(jury))
    log_call(jury=jury, outcome=Outcome.ANSWERED, by=factories.make_user(), registrant=person)

    assert before == [call]
    assert list(due_today(jury)) == []
    assert due_today(jury, on=TODAY() + timedelta(days=3)).count() == 1


def test_a_call_with_somebody_unknown_is_answered_by_the_next(jury, sign_in_as):
    call = call_back(jury, 0, note="kirjasto")
    client = sign_in_as(Role.RECRUITER, jury)

    answer = client.post(
        reverse("settle_call", args=[jury.slug, call.pk]), {"outcome": Outcome.NO_ANSWER}
    )

    assert answer.status_code == 302
    assert not due_today(jury).exists()
    assert jury.calls.count() == 2


@pytest.mark.parametrize(("outcome", "days"), [(Outcome.CALL_BACK, None), (Outcome.ANSWERED, 1)])
def test_a_day_belongs_to_a_call_that_is_to_be_returned(jury, outcome, days):
    day = None if days is None else TODAY() + timedelta(days=days)

    with pytest.raises(JuryError):
        log_call(jury=jury, outcome=outcome, by=factories.make_user(), call_back_on=day)


def test_the_log_keeps_the_outcome_and_not_the_note(jury):
    log_call(jury=jury, outcome=Outcome.ANSWERED, by=factories.make_user(), note="salaisuus")

    assert "salaisuus" not in str(AuditEntry.objects.get().facts)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"outcome": "?"},
        {"outcome": "call_back"},
        {"outcome": "call_back", "call_back_on": "2001-01-01"},
        {"outcome": "call_back", "call_back_on": "31.2."},
        {"outcome": "answered", "note": "x" * 301},
        {"outcome": "answered", "note": "\x00"},
    ],
)
def test_what_is_wrong_is_said_at_its_field(jury, sign_in_as, sent):
    [person] = factories.make_registrants(jury, [("woman", "young")])
    client = sign_in_as(Role.RECRUITER, jury)

    for page in (
        reverse("calls", args=[jury.slug]),
        reverse("log_call", args=[jury.slug, person.pk]),
    ):
        answer = client.post(page, sent)
        assert answer.status_code == 200
        assert answer.context["form"].errors
    assert not Call.objects.exists()


def test_the_call_stands_on_the_card_and_in_the_log(jury, sign_in_as):
    [person] = factories.make_registrants(jury, [("woman", "young")])
    client = sign_in_as(Role.RECRUITER, jury)

    client.post(
        reverse("log_call", args=[jury.slug, person.pk]),
        {"outcome": "answered", "note": "kysyi palkkiosta"},
    )

    for page in (
        reverse("calls", args=[jury.slug]),
        reverse("registrant", args=[jury.slug, person.pk]),
    ):
        assert "kysyi palkkiosta" in client.get(page).content.decode()


@pytest.mark.parametrize("size", [1, 60])
def test_the_page_costs_the_same_whatever_its_size(
    jury, sign_in_as, django_assert_max_num_queries, size
):
    for person in factories.make_mixed_pool(jury, size):
        call_back(jury, 0, person)
    client = sign_in_as(Role.RECRUITER, jury)

    with django_assert_max_num_queries(12):
        client.get(reverse("calls", args=[jury.slug]))
