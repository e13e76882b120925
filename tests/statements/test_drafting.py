"""Sections and recommendations, and what happens when two people write at once."""

import pytest
from django.db import IntegrityError

from juries.errors import JuryError, WrongStage
from juries.models import AuditEntry
from statements import drafting, voting
from statements.differences import difference
from statements.models import Part, Revision, Statement
from tests.statements import stories


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

    assert stories.words(statement) == [(None, "Johdanto"), (1, "Auto"), (2, "Tila"), (3, "Raha")]


def test_the_first_part_stays_first_when_moved_up(jury):
    stories.seated(jury)
    statement = stories.drafted(jury)
    before = stories.words(statement)

    drafting.move_part(part=statement.parts.first(), step=drafting.UP, by=stories.organiser(jury))

    assert stories.words(statement) == before


def test_a_part_that_somebody_has_taken_out_is_moved_nowhere(jury):
    stories.seated(jury)
    statement = stories.drafted(jury)
    first = voting.recommendations_of(statement).first()
    drafting.remove_part(part=first, by=stories.organiser(jury))
    before = stories.words(statement)

    drafting.move_part(part=first, step=drafting.DOWN, by=stories.organiser(jury))

    assert stories.words(statement) == before


def test_a_removed_part_keeps_its_words_and_can_be_brought_back(jury):
    stories.seated(jury)
    statement = stories.drafted(jury, ["Tila", "Auto"])
    room = Part.objects.get(revisions__heading="Tila")
    drafting.remove_part(part=room, by=stories.organiser(jury))
    assert stories.words(statement) == [(None, "Johdanto"), (1, "Auto")]

    drafting.restore_part(part=room, by=stories.organiser(jury))

    assert stories.words(statement) == [(None, "Johdanto"), (1, "Auto"), (2, "Tila")]


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
