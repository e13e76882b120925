"""What this room adds to the jury's home, its public page and a juror's own page."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from juries.enums import GRANTS, Act, Role
from juries.rooms import public_sections_of
from statements import answering, room, voting
from tests.statements import stories

ALL = frozenset(Act)


def states(jury):
    return [step.state for step in room.steps(jury, ALL)]


def cards(seat):
    return [card.url for card in room.own_cards(seat.registrant)]


def test_the_steps_follow_the_statement_from_the_draft_to_the_answer(jury, time_machine):
    time_machine.move_to("2027-06-01T12:00Z")
    assert states(jury) == ["later", "later", "later", "later"]
    stories.seated(jury)
    assert states(jury) == ["now", "later", "later", "later"]
    statement = stories.voting_on(jury)
    assert states(jury) == ["done", "now", "later", "later"]
    for seat in jury.seats.all():
        voting.cast_vote(seat=seat, choices=stories.choices(statement))
    voting.close_vote(statement=statement, by=stories.organiser(jury))
    stories.adoption.adopt_statement(statement=statement, by=stories.organiser(jury))
    assert states(jury) == ["done", "now", "later", "later"]
    statement = stories.adoption.publish_statement(statement=statement, by=stories.organiser(jury))
    assert states(jury) == ["done", "done", "now", "later"]
    given, _code = stories.delivered(statement, due_on=date(2027, 9, 8))
    assert states(jury) == ["done", "done", "done", "now"]
    time_machine.move_to("2027-09-09T12:00Z")
    assert states(jury) == ["done", "done", "done", "missing"]
    answering.save_draft(delivery=given, answers=stories.answers(given))
    answering.publish_answers(delivery=given)
    assert states(jury) == ["done", "done", "done", "done"]


def test_a_step_is_a_link_only_for_those_who_may_work_on_it(jury):
    stories.seated(jury)
    stories.published(jury)

    for role in Role:
        acts = GRANTS[role]
        linked = [step.url is not None for step in room.steps(jury, acts)]
        assert linked[0] == (Act.DRAFT_STATEMENT in acts)
        assert linked[1] == (Act.RUN_VOTE in acts)
        assert linked[2] == (Act.DELIVER in acts)


def test_a_juror_reads_votes_dissents_and_reads_again(jury):
    seat, *_others = stories.seated(jury)
    assert cards(seat) == []
    statement = stories.drafted(jury)
    assert cards(seat) == [reverse("statements:own_draft")]
    by = stories.organiser(jury)
    voting.open_vote(statement=statement, by=by)
    assert cards(seat) == [reverse("statements:ballot"), reverse("statements:own_draft")]
    for one in jury.seats.all():
        voting.cast_vote(seat=one, choices=stories.choices(statement))
    assert cards(seat) == [reverse("statements:own_draft")]
    voting.close_vote(statement=statement, by=by)
    assert cards(seat)[0] == reverse("statements:dissent")
    stories.adoption.adopt_statement(statement=statement, by=by)
    stories.adoption.publish_statement(statement=statement, by=by)
    assert cards(seat) == [reverse("statements:statement", args=[jury.slug])]


def test_somebody_without_a_seat_gets_no_card(jury):
    registrants = stories.factories.make_mixed_pool(jury, 5)
    stories.factories.make_panel(jury, registrants[:4])
    stories.drafted(jury)

    assert room.own_cards(registrants[4]) == []


def test_a_juror_reads_the_draft_and_what_changed_in_it(jury):
    seat = stories.seated(jury)[0]
    statement = stories.drafted(jury)
    part = statement.parts.first()
    client = stories.own_client(seat)

    draft = client.get(reverse("statements:own_draft")).content.decode()
    history = client.get(reverse("statements:own_history", args=[part.pk]))

    assert "Kirjastoauto ja palvelukyyti tulee." in draft
    assert history.status_code == 200


def test_a_juror_of_another_jury_reads_no_changes_of_this_one(jury):
    stories.seated(jury)
    part = stories.drafted(jury).parts.first()
    other = stories.factories.make_jury("toinen")
    stranger = stories.seated(other)[0]

    page = stories.own_client(stranger).get(reverse("statements:own_history", args=[part.pk]))

    assert page.status_code == 404


def test_the_public_page_has_nothing_to_say_before_the_publication(jury):
    stories.seated(jury)
    stories.counted(jury)

    assert room.public_sections(jury) == []


def test_the_public_page_says_that_an_answer_is_overdue_and_since_when(jury, time_machine):
    stories.seated(jury)
    stories.delivered(stories.published(jury), due_on=date(2027, 9, 8))
    time_machine.move_to("2027-09-20T12:00Z")

    page = Client().get(reverse("jury", args=[jury.slug])).content.decode()

    assert "Yhteinen tila" in page
    assert date_format(date(2027, 9, 9), "DATE_FORMAT") in page.replace("\xa0", " ")


def test_the_public_page_begins_with_what_the_jury_has_come_to(jury):
    def sections():
        return [section.key for section in public_sections_of(jury)]

    stories.seated(jury)
    before = sections()

    stories.delivered(stories.published(jury))

    assert before
    assert sections() == ["statement", "answers", *before]


@pytest.mark.parametrize("count", [1, 12])
def test_the_sections_cost_the_same_whatever_their_length(jury, django_assert_num_queries, count):
    stories.seated(jury)
    statement = stories.published(jury, [f"Suositus {number}" for number in range(count)])
    for number in range(count):
        stories.answered(stories.delivered(statement, body=f"Lautakunta {number}")[0])

    with django_assert_num_queries(5):
        room.public_sections(jury)
    with django_assert_num_queries(2):
        room.steps(jury, ALL)
