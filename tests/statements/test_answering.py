"""Answers: drafted, published together, changed only in the open."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from juries.errors import JuryError
from statements import answering, voting
from statements.answering import AnswerText
from statements.models import Response
from tests.statements import stories


@pytest.fixture
def given(jury):
    """A delivery of two recommendations."""
    stories.seated(jury)
    return stories.delivered(stories.published(jury))[0]


def answering_client(given):
    client = Client()
    session = client.session
    session["answer_link"] = given.code_digest
    session.save()
    return client


def sent(given, deed, **changed):
    """What the browser sends: the same answer to everything, but for ``changed``."""
    fields = {"answer-TOTAL_FORMS": 2, "answer-INITIAL_FORMS": 2, deed: ""}
    for row in range(2):
        fields |= {
            f"answer-{row}-status": "partly",
            f"answer-{row}-reasons": "Rahat riittävät puoleen.",
            f"answer-{row}-owner": "Tilapalvelut",
            f"answer-{row}-due_on": "2028-01-01",
        }
    return fields | {name.replace("__", "-"): value for name, value in changed.items()}


def public_rows(given):
    page = Client().get(reverse("statements:statement", args=[given.statement.jury.slug]))
    return page.context["bodies"][0].rows


def test_a_draft_is_kept_and_public_nowhere(given):
    answering.save_draft(delivery=given, answers=stories.answers(given))

    assert [answer.published_at for answer in given.responses.all()] == [None, None]
    assert [row.answer for row in public_rows(given)] == [None, None]


def test_answers_are_published_only_when_each_has_a_status_and_reasons(given):
    first, second = stories.answers(given)
    answering.save_draft(
        delivery=given, answers={first: AnswerText("not", "Ei varaa."), second: AnswerText("not")}
    )

    with pytest.raises(JuryError):
        answering.publish_answers(delivery=given)

    assert not Response.objects.published().exists()

    answering.save_draft(delivery=given, answers={second: AnswerText("not", "Ei lupaa.")})
    answering.publish_answers(delivery=given)

    assert Response.objects.published().count() == 2


def test_a_changed_answer_is_a_new_version_and_both_are_public(given):
    stories.answered(given, "implemented")
    first, _second = stories.answers(given)
    before = list(given.responses.values())

    answering.save_draft(delivery=given, answers={first: AnswerText("not", "Rahat loppuivat.")})
    assert [row.answer.status for row in public_rows(given)] == ["implemented", "implemented"]
    answering.publish_answers(delivery=given)

    changed, same = public_rows(given)
    assert (changed.answer.status, changed.answer.version) == ("not", 2)
    assert [earlier.status for earlier in changed.earlier] == ["implemented"]
    assert same.earlier == ()
    kept = given.responses.filter(pk__in=[row["id"] for row in before])
    assert list(kept.order_by("part__position").values()) == before


def test_saving_what_is_already_published_leaves_no_draft(given):
    stories.answered(given)
    first, _second = stories.answers(given)
    answering.save_draft(delivery=given, answers={first: AnswerText("not", "Ei sittenkään.")})

    answering.save_draft(delivery=given, answers=stories.answers(given))

    assert not Response.objects.drafts().exists()
    assert Response.objects.count() == 2


def test_the_day_of_the_answer_is_the_day_of_the_first_publication(given):
    stories.answered(given)
    given.refresh_from_db()
    first_published = given.published_at

    stories.answered(given, "not")

    given.refresh_from_db()
    assert given.published_at == first_published


def test_only_adopted_recommendations_are_answered(jury):
    seats = stories.seated(jury)
    statement = stories.voting_on(jury)
    accepted, refused = voting.recommendations_of(statement)
    for seat in seats:
        voting.cast_vote(seat=seat, choices={accepted.pk: "yes", refused.pk: "no"})
    by = stories.organiser(jury)
    voting.close_vote(statement=statement, by=by)
    stories.adoption.adopt_statement(statement=statement, by=by)
    statement = stories.adoption.publish_statement(statement=statement, by=by)

    given, _code = stories.delivered(statement)

    assert answering.parts_to_answer(given) == [accepted]
    answering.save_draft(delivery=given, answers={refused.pk: AnswerText("not", "Ei.")})
    assert not Response.objects.exists()


def test_the_database_publishes_no_answer_without_reasons_and_keeps_one_draft(given):
    part = answering.parts_to_answer(given)[0]
    draft = Response.objects.create(delivery=given, part=part, status="not")

    for broken in ({"published_at": "2027-09-01T12:00Z"}, {"status": "perhaps"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Response.objects.filter(pk=draft.pk).update(**broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.create(delivery=given, part=part, version=2)


def test_a_body_saves_a_draft_comes_back_and_publishes_in_the_browser(given):
    client, url = answering_client(given), reverse("statements:answer_form")

    client.post(url, sent(given, "save", answer__1__reasons="", answer__1__status=""))
    page = client.get(url).content.decode()
    assert "Rahat riittävät puoleen.</textarea>" in page

    client.post(url, sent(given, "publish"))

    assert [
        (row.answer.status, row.answer.owner, row.answer.due_on) for row in public_rows(given)
    ] == [("partly", "Tilapalvelut", date(2028, 1, 1))] * 2


def test_publishing_with_something_missing_says_where_and_loses_nothing(given):
    client, url = answering_client(given), reverse("statements:answer_form")

    page = client.post(url, sent(given, "publish", answer__1__reasons="  "))

    assert [set(form.errors) for form in page.context["formset"]] == [set(), {"reasons"}]
    assert "Rahat riittävät puoleen.</textarea>" in page.content.decode()
    assert not Response.objects.exists()


def test_a_draft_with_a_date_that_is_none_says_so_at_its_field(given):
    page = answering_client(given).post(
        reverse("statements:answer_form"), sent(given, "save", answer__0__due_on="joskus")
    )

    assert "due_on" in page.context["formset"][0].errors


@pytest.mark.parametrize("claimed", ["0", "1", "900", "many", ""])
def test_the_number_of_forms_a_browser_claims_does_not_matter(given, claimed):
    fields = sent(given, "publish") | {"answer-TOTAL_FORMS": claimed}

    page = answering_client(given).post(reverse("statements:answer_form"), fields)

    assert page.status_code in {200, 302}
    assert Response.objects.count() in {0, 2}


@pytest.mark.parametrize("count", [1, 12])
def test_the_answer_form_costs_the_same_whatever_its_length(jury, django_assert_num_queries, count):
    stories.seated(jury)
    statement = stories.published(jury, [f"Suositus {number}" for number in range(count)])
    given, _code = stories.delivered(statement)
    client = answering_client(given)

    with django_assert_num_queries(5):
        client.get(reverse("statements:answer_form"))
