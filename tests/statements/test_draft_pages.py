"""The draft in the browser: writing, arranging, two people at once."""

import pytest
from django.urls import reverse

from juries.enums import Role
from statements import drafting
from statements.models import Statement
from tests.statements import stories


def test_two_people_editing_one_part_both_see_both_texts(jury, sign_in_as):
    stories.seated(jury)
    statement = stories.drafted(jury)
    part = statement.parts.first()
    url = reverse("statements:part", args=[jury.slug, part.pk])
    first, second = sign_in_as(Role.ORGANISER, jury), sign_in_as(Role.FACILITATOR, jury)
    first.post(url, {"heading": "Alku", "text": "Ensimmäisen sanat.", "base": 1})

    page = second.post(url, {"heading": "Alku", "text": "Toisen sanat.", "base": 1})

    assert "Ensimmäisen sanat." in page.content.decode()
    assert "Toisen sanat.</textarea>" in page.content.decode()
    assert part.revisions.count() == 2

    second.post(url, {"heading": "Alku", "text": "Toisen sanat.", "base": 2})

    assert part.revisions.latest("number").text == "Toisen sanat."


def test_words_typed_after_the_vote_opened_are_still_in_the_form(jury, sign_in_as):
    stories.seated(jury)
    part = stories.voting_on(jury).parts.first()
    url = reverse("statements:part", args=[jury.slug, part.pk])

    page = sign_in_as(Role.ORGANISER, jury).post(
        url, {"heading": "Alku", "text": "Pitkä työ.", "base": 1}
    )

    assert page.status_code == 200
    assert "Pitkä työ.</textarea>" in page.content.decode()
    assert part.revisions.count() == 1


def test_the_draft_is_begun_written_and_arranged_in_the_browser(jury, sign_in_as):
    stories.seated(jury)
    client = sign_in_as(Role.FACILITATOR, jury)
    client.post(reverse("statements:start", args=[jury.slug]), {"language": "sv"})
    for heading in ("Ett", "Två"):
        client.post(
            reverse("statements:new_recommendation", args=[jury.slug]),
            {"heading": heading, "text": "Text.", "reasons": "Skäl."},
        )
    statement = Statement.objects.get(jury=jury)
    second = statement.parts.last()

    client.post(reverse("statements:arrange", args=[jury.slug, second.pk]), {"deed": "up"})

    assert statement.language == "sv"
    assert stories.words(statement) == [(1, "Två"), (2, "Ett")]
    page = client.get(reverse("statements:draft", args=[jury.slug])).content.decode()
    assert page.index("1. Två") < page.index("2. Ett")


def test_an_empty_recommendation_is_refused_at_its_fields(jury, sign_in_as):
    stories.seated(jury)
    statement = stories.drafted(jury)
    url = reverse("statements:new_recommendation", args=[jury.slug])

    page = sign_in_as(Role.ORGANISER, jury).post(
        url, {"heading": "", "text": "", "reasons": "Koska."}
    )

    assert set(page.context["form"].errors) == {"heading", "text"}
    assert "Koska.</textarea>" in page.content.decode()
    assert statement.parts.count() == 3


def test_revisions_are_compared_and_a_senseless_question_is_answered_with_the_newest(
    jury, sign_in_as
):
    stories.seated(jury)
    part, by = stories.drafted(jury).parts.first(), stories.organiser(jury)
    drafting.revise_part(part=part, base=1, heading="Johdanto", text="Me kaikki jäsenet.", by=by)
    url = reverse("statements:history", args=[jury.slug, part.pk])
    client = sign_in_as(Role.ORGANISER, jury)

    page = client.get(url).content.decode()
    senseless = client.get(url, {"before": "x", "after": "99"}).content.decode()

    assert "<ins>kaikki</ins>" in page
    assert "<del>raadin</del>" in page
    assert "<ins>kaikki</ins>" in senseless


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.OBSERVER])
def test_other_roles_may_not_draft(jury, sign_in_as, role):
    stories.seated(jury)

    assert (
        sign_in_as(role, jury).get(reverse("statements:draft", args=[jury.slug])).status_code == 403
    )


def test_another_jurys_part_is_not_there(jury, sign_in_as):
    stories.seated(jury)
    part = stories.drafted(jury).parts.first()
    other = stories.factories.make_jury("toinen")

    page = sign_in_as(Role.ORGANISER, other).get(
        reverse("statements:part", args=[other.slug, part.pk])
    )

    assert page.status_code == 404


@pytest.mark.parametrize("count", [1, 12])
def test_the_draft_costs_the_same_whatever_its_length(
    jury, sign_in_as, django_assert_num_queries, count
):
    stories.seated(jury)
    stories.drafted(jury, [f"Suositus {number}" for number in range(count)])
    client = sign_in_as(Role.ORGANISER, jury)

    with django_assert_num_queries(7):
        client.get(reverse("statements:draft", args=[jury.slug]))
