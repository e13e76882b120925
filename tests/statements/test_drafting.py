"""Sections and recommendations, and what happens when two people write at once."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from juries.enums import Role
from juries.errors import JuryError, WrongStage
from juries.models import AuditEntry
from statements import drafting, voting
from statements.differences import difference
from statements.models import Part, Revision, Statement
from tests.statements import stories


def words(statement: Statement) -> list[tuple[int | None, str]]:
    return [(line.number, line.revision.heading) for line in drafting.outline(statement)]


def test_drafting_is_refused_before_the_panel_exists(jury):
    with pytest.raises(WrongStage):
        drafting.start_statement(jury=jury, language="fi", by=stories.organiser(jury))

    assert not Statement.objects.exists()


def test_starting_twice_gives_the_same_statement(jury):
    stories.seated(jury)

    first = drafting.start_statement(jury=jury, language="fi", by=stories.organiser(jury))
    again = drafting.start_statement(jury=jury, language="sv", by=stories.organiser(jury))

    assert (again.pk, again.language) == (first.pk, "fi")
    assert AuditEntry.objects.filter(verb="statement.started").count() == 1


def test_recommendations_are_numbered_in_their_order_and_follow_when_moved(jury):
    stories.seated(jury)
    statement = stories.drafted(jury, ["Tila", "Auto", "Raha"])
    car = Part.objects.get(revisions__heading="Auto")

    drafting.move_part(part=car, step=drafting.UP, by=stories.organiser(jury))

    assert words(statement) == [(None, "Johdanto"), (1, "Auto"), (2, "Tila"), (3, "Raha")]


def test_the_first_part_stays_first_when_moved_up(jury):
    stories.seated(jury)
    statement = stories.drafted(jury)
    before = words(statement)

    drafting.move_part(part=statement.parts.first(), step=drafting.UP, by=stories.organiser(jury))

    assert words(statement) == before


def test_a_removed_part_keeps_its_words_and_can_be_brought_back(jury):
    stories.seated(jury)
    statement = stories.drafted(jury, ["Tila", "Auto"])
    room = Part.objects.get(revisions__heading="Tila")
    drafting.remove_part(part=room, by=stories.organiser(jury))
    assert words(statement) == [(None, "Johdanto"), (1, "Auto")]

    drafting.restore_part(part=room, by=stories.organiser(jury))

    assert words(statement) == [(None, "Johdanto"), (1, "Auto"), (2, "Tila")]


def test_every_save_is_a_revision_with_its_author_and_an_unchanged_text_is_none(jury):
    stories.seated(jury)
    statement = stories.drafted(jury)
    part, by = statement.parts.first(), stories.organiser(jury)

    drafting.revise_part(part=part, base=1, heading="Alku", text="Me.", by=by)
    drafting.revise_part(part=part, base=2, heading="Alku", text="Me.", by=by)

    assert list(part.revisions.values_list("number", "heading", "by")) == [
        (2, "Alku", by.pk),
        (1, "Johdanto", by.pk),
    ]


def test_a_save_on_an_old_revision_stores_nothing_and_hands_back_the_newer_one(jury):
    stories.seated(jury)
    statement = stories.drafted(jury)
    part, by = statement.parts.first(), stories.organiser(jury)
    drafting.revise_part(part=part, base=1, heading="Alku", text="Ensimmäinen.", by=by)

    with pytest.raises(drafting.StaleRevision) as stale:
        drafting.revise_part(part=part, base=1, heading="Alku", text="Toinen.", by=by)

    assert stale.value.newest.text == "Ensimmäinen."
    assert part.revisions.count() == 2


def test_the_text_stands_still_once_the_vote_is_open(jury):
    stories.seated(jury)
    statement = stories.voting_on(jury)
    part, by = statement.parts.first(), stories.organiser(jury)

    for change in (
        lambda: drafting.revise_part(part=part, base=1, heading="A", text="B", by=by),
        lambda: drafting.move_part(part=part, step=drafting.DOWN, by=by),
        lambda: drafting.remove_part(part=part, by=by),
        lambda: drafting.add_part(
            statement=statement, kind="section", heading="A", text="B", by=by
        ),
        lambda: voting.set_rule(statement=statement, threshold_percent=80, base="cast", by=by),
    ):
        with pytest.raises(JuryError):
            change()


def test_the_database_keeps_revision_numbers_apart(jury):
    stories.seated(jury)
    part = stories.drafted(jury).parts.first()

    with pytest.raises(IntegrityError):
        Revision.objects.create(
            part=part, number=1, heading="x", text="y", by=stories.organiser(jury)
        )


def test_a_difference_gives_back_both_texts():
    before, after = "Auto tulee joka viikko.", "Auto tulee joka toinen viikko, aina."

    pieces = difference(before, after)

    assert "".join(piece.text for piece in pieces if piece.change != "added") == before
    assert "".join(piece.text for piece in pieces if piece.change != "removed") == after
    assert [piece.text for piece in pieces if piece.change == "added"] == ["toinen ", ", aina"]


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
    assert words(statement) == [(1, "Två"), (2, "Ett")]
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
