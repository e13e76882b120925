"""Links for those who answer, and who is late."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from juries.codes import digest_of, new_code
from juries.enums import Role
from juries.errors import JuryError, WrongStage
from juries.invitation.guessing import MISSES_OF_A_NETWORK
from juries.models import CodeMiss
from statements import adoption, delivery
from statements.models import Delivery
from tests.statements import stories


def opened(code):
    """A browser in which the link has been opened by its button."""
    client = Client()
    client.post(reverse("statements:answer", args=[code]))
    return client


def test_only_a_published_statement_is_delivered(jury):
    stories.seated(jury)
    statement = stories.counted(jury)
    statement = adoption.adopt_statement(statement=statement, by=stories.organiser(jury))

    with pytest.raises(WrongStage):
        stories.delivered(statement)


def test_a_body_gets_the_statement_once(jury):
    stories.seated(jury)
    statement = stories.published(jury)
    stories.delivered(statement)

    with pytest.raises(JuryError):
        stories.delivered(statement, body="KAUPUNGINHALLITUS")
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(
            statement=statement, body="Kaupunginhallitus", person="x", due_on="2027-09-08"
        )


def test_the_code_is_returned_and_only_its_digest_is_kept(jury):
    stories.seated(jury)

    given, code = stories.delivered(stories.published(jury))

    assert given.code_digest == digest_of(code)
    assert code not in str(Delivery.objects.values().get())


def test_j5_opening_a_link_by_get_does_nothing_and_by_its_button_lets_in(jury):
    stories.seated(jury)
    given, code = stories.delivered(stories.published(jury))
    client = Client()
    link, form = reverse("statements:answer", args=[code]), reverse("statements:answer_form")

    page = client.get(link)

    assert page.status_code == 200
    assert client.get(form).status_code == 302
    given.refresh_from_db()
    assert given.opened_at is None

    assert client.post(link).url == form
    assert client.get(form).status_code == 200
    given.refresh_from_db()
    assert given.opened_at is not None


def test_a_new_link_ends_the_old_one_and_whoever_came_in_with_it(jury):
    stories.seated(jury)
    given, old = stories.delivered(stories.published(jury))
    client = opened(old)
    assert client.get(reverse("statements:answer_form")).status_code == 200

    new = delivery.issue_link(delivery=given, by=stories.organiser(jury))

    assert client.get(reverse("statements:answer_form")).status_code == 302
    dead = client.get(reverse("statements:answer", args=[old]))
    assert dead.url == reverse("statements:answer_code")
    assert opened(new).get(reverse("statements:answer_form")).status_code == 200


def test_whoever_has_no_link_is_asked_for_its_code(jury):
    stories.seated(jury)
    given, code = stories.delivered(stories.published(jury))
    client, url = Client(), reverse("statements:answer_code")

    assert client.get(reverse("statements:answer_form")).url == url
    assert "code" in client.post(url, {"code": "K7RM-4PXQ-9ABD"}).context["form"].errors
    for spelling in (code, code.lower(), code.replace("-", " / ")):
        door = client.post(url, {"code": spelling}).url
        assert client.get(door).context["delivery"] == given, spelling


@pytest.mark.parametrize("door", ["answer_code", "answer"])
def test_r4_guessing_codes_of_answer_links_is_soon_refused(jury, door):
    stories.seated(jury)
    _given, code = stories.delivered(stories.published(jury))
    client, url = Client(), reverse("statements:answer_code")

    for _turn in range(MISSES_OF_A_NETWORK):
        guess = new_code()
        if door == "answer":
            client.get(reverse("statements:answer", args=[guess]))
        else:
            client.post(url, {"code": guess})
    refused = client.post(url, {"code": code})

    assert CodeMiss.objects.count() == 2 * MISSES_OF_A_NETWORK
    assert refused.status_code == 200
    assert "code" in refused.context["form"].errors
    assert client.get(reverse("statements:answer", args=[code])).url == url


def test_an_answer_is_late_from_the_day_after_it_was_due(jury):
    stories.seated(jury)
    given, _code = stories.delivered(stories.published(jury), due_on=date(2027, 9, 8))

    assert not given.is_overdue(date(2027, 9, 8))
    assert given.is_overdue(date(2027, 9, 9))
    assert given.overdue_since == date(2027, 9, 9)

    stories.answered(given)
    given.refresh_from_db()

    assert not given.is_overdue(date(2027, 9, 9))


def test_the_day_changes_at_midnight_in_helsinki_and_everybody_sees_it(jury, time_machine):
    stories.seated(jury)
    stories.delivered(stories.published(jury), due_on=date(2027, 9, 8))
    url = reverse("statements:statement", args=[jury.slug])

    time_machine.move_to(datetime(2027, 9, 8, 20, 59, tzinfo=UTC))
    before = Client().get(url).context["bodies"]
    time_machine.move_to(datetime(2027, 9, 8, 21, 1, tzinfo=UTC))
    after = Client().get(url).context["bodies"]

    assert [body.is_overdue for body in (*before, *after)] == [False, True]


def test_the_desk_delivers_and_shows_the_link_once(jury, sign_in_as):
    stories.seated(jury)
    stories.published(jury)
    client = sign_in_as(Role.ORGANISER, jury)
    url = reverse("statements:delivery", args=[jury.slug])

    page = client.post(
        url, {"body": "Kaupunginhallitus", "person": "Piia Päättäjä", "due_on": "2099-09-08"}
    )
    path = page.context["link"].removeprefix("http://testserver")

    assert Client().get(path).status_code == 200
    assert path not in client.get(url).content.decode()


def test_a_delivery_with_a_date_that_has_passed_keeps_what_was_typed(jury, sign_in_as):
    stories.seated(jury)
    stories.published(jury)

    page = sign_in_as(Role.ORGANISER, jury).post(
        reverse("statements:delivery", args=[jury.slug]),
        {"body": "Lautakunta", "person": "Piia Päättäjä", "due_on": "2020-01-01"},
    )

    assert set(page.context["form"].errors) == {"due_on"}
    assert 'value="Piia Päättäjä"' in page.content.decode()
    assert not Delivery.objects.exists()


def test_a_facilitator_does_not_deliver(jury, sign_in_as):
    stories.seated(jury)
    given, _code = stories.delivered(stories.published(jury))
    client = sign_in_as(Role.FACILITATOR, jury)

    assert client.get(reverse("statements:delivery", args=[jury.slug])).status_code == 403
    url = reverse("statements:new_link", args=[jury.slug, given.pk])
    assert client.post(url).status_code == 403


@pytest.mark.parametrize("count", [1, 12])
def test_the_deliveries_cost_the_same_whatever_their_number(
    jury, sign_in_as, django_assert_num_queries, count
):
    stories.seated(jury)
    statement = stories.published(jury)
    for number in range(count):
        stories.delivered(statement, body=f"Lautakunta {number}")
    client = sign_in_as(Role.ORGANISER, jury)

    with django_assert_num_queries(7):
        client.get(reverse("statements:delivery", args=[jury.slug]))


def test_only_the_first_delivery_is_suggested(jury, sign_in_as):
    stories.seated(jury)
    statement = stories.published(jury)
    client = sign_in_as(Role.ORGANISER, jury)
    url = reverse("statements:delivery", args=[jury.slug])

    first = client.get(url).context["form"]
    stories.delivered(statement)
    second = client.get(url).context["form"]

    assert first["body"].value() == jury.commissioner
    assert second["body"].value() is None
