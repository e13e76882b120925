"""One vote each, secret, counted under the rule that was fixed before."""

from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from juries.errors import JuryError, WrongStage
from juries.models import AuditEntry
from selection.models import PanelSeat
from selection.panel.named_seats import change_named_seat, name_to_seat
from statements import voting
from statements.models import Ballot, Part, Statement, VoterMark
from statements.room import own_cards
from tests import factories
from tests.simultaneous import at_once, shared_database
from tests.statements import stories


@pytest.mark.parametrize(
    ("percent", "base", "adopted"),
    [
        (50, "cast", True),  # 2 of 3
        (66, "cast", True),
        (67, "cast", False),
        (50, "voters", False),  # 2 of 4 is not more than half
        (51, "voters", False),
        (50, "members", False),  # 2 of 5
    ],
)
def test_the_same_votes_are_enough_or_not_under_the_rule_fixed_before(jury, percent, base, adopted):
    seats = stories.seated(jury, 5)
    statement = stories.drafted(jury, ["Tila"])
    by = stories.organiser(jury)
    voting.set_rule(statement=statement, threshold_percent=percent, base=base, by=by)
    voting.open_vote(statement=statement, by=by)
    stories.cast_all(statement, seats[:4], ["yes", "yes", "no", "blank"])

    voting.close_vote(statement=statement, by=by)

    part = voting.recommendations_of(statement).get()
    assert (part.yes, part.no, part.blank, part.adopted) == (2, 1, 1, adopted)
    statement.refresh_from_db()
    assert (statement.voter_count, statement.member_count) == (4, 5)


def test_a_recommendation_on_which_all_are_blank_is_not_adopted(jury):
    seats = stories.seated(jury)
    statement = stories.voting_on(jury, ["Tila"])
    stories.cast_all(statement, seats, ["blank"] * 4)

    voting.close_vote(statement=statement, by=stories.organiser(jury))

    assert voting.recommendations_of(statement).get().adopted is False


def test_j1_a_second_vote_is_refused_and_changes_nothing(jury):
    seat = stories.seated(jury)[0]
    statement = stories.voting_on(jury)
    voting.cast_vote(seat=seat, choices=stories.choices(statement, "yes"))

    with pytest.raises(voting.AlreadyVoted):
        voting.cast_vote(seat=seat, choices=stories.choices(statement, "no"))

    assert set(Ballot.objects.values_list("choice", flat=True)) == {"yes"}
    assert Ballot.objects.count() == 2


def test_only_confirmed_members_vote(jury):
    seat, *_others = stories.seated(jury)
    statement = stories.voting_on(jury)
    PanelSeat.objects.filter(pk=seat.pk).update(state=PanelSeat.State.DECLINED)

    with pytest.raises(JuryError):
        voting.cast_vote(seat=seat, choices=stories.choices(statement))

    assert not VoterMark.objects.exists()


def test_a_vote_that_misses_a_recommendation_or_invents_a_choice_is_refused(jury):
    seat = stories.seated(jury)[0]
    statement = stories.voting_on(jury)
    whole = stories.choices(statement)
    part = next(iter(whole))

    for wrong in ({part: "yes"}, {**whole, part: "maybe"}, {**whole, 0: "yes"}, {}):
        with pytest.raises(JuryError):
            voting.cast_vote(seat=seat, choices=wrong)

    assert not VoterMark.objects.exists()
    assert not Ballot.objects.exists()


def test_the_vote_is_open_only_between_opening_and_closing(jury):
    seats = stories.seated(jury)
    statement = stories.drafted(jury)
    by = stories.organiser(jury)
    with pytest.raises(WrongStage):
        voting.cast_vote(seat=seats[0], choices=stories.choices(statement))
    voting.open_vote(statement=statement, by=by)
    for seat in seats[:3]:
        voting.cast_vote(seat=seat, choices=stories.choices(statement))
    voting.close_vote(statement=statement, by=by)

    with pytest.raises(WrongStage):
        voting.cast_vote(seat=seats[3], choices=stories.choices(statement))
    with pytest.raises(WrongStage):
        voting.open_vote(statement=statement, by=by)


def test_there_must_be_something_to_vote_on(jury):
    stories.seated(jury)
    statement = stories.drafted(jury, [])

    with pytest.raises(JuryError):
        voting.open_vote(statement=statement, by=stories.organiser(jury))

    statement.refresh_from_db()
    assert statement.state == Statement.State.DRAFTING


def test_so_few_votes_that_they_would_tell_are_not_counted(jury):
    seats = stories.seated(jury)
    statement = stories.voting_on(jury, ["Tila"])
    stories.cast_all(statement, seats[:2], ["yes", "no"])

    with pytest.raises(JuryError):
        voting.close_vote(statement=statement, by=stories.organiser(jury))

    assert Ballot.objects.count() == 2


def test_ballots_that_do_not_match_the_voters_stop_the_count(jury):
    seats = stories.seated(jury)
    statement = stories.voting_on(jury, ["Tila"])
    stories.cast_all(statement, seats, ["yes"] * 4)
    Ballot.objects.create(part=voting.recommendations_of(statement).get(), choice="yes")

    with pytest.raises(JuryError):
        voting.close_vote(statement=statement, by=stories.organiser(jury))

    statement.refresh_from_db()
    assert statement.state == Statement.State.VOTING


def test_nothing_joins_a_ballot_to_a_juror():
    columns = {field.name for field in Ballot._meta.get_fields()}
    mark_columns = {field.name for field in VoterMark._meta.get_fields()}

    assert columns == {"id", "part", "choice"}
    assert mark_columns == {"id", "statement", "seat"}


def test_keys_are_random_the_log_names_nobody_and_no_ballot_outlives_the_count(jury):
    stories.seated(jury)
    statement = stories.voting_on(jury)
    for seat in jury.seats.all():
        voting.cast_vote(seat=seat, choices=stories.choices(statement))

    keys = [row.pk for kind in (VoterMark, Ballot) for row in kind.objects.all()]
    assert all(isinstance(key, UUID) and key.version == 4 for key in keys)
    cast = AuditEntry.objects.filter(verb="vote.cast")
    assert [(entry.by, entry.actor, entry.facts) for entry in cast] == [(None, "juror", {})] * 4

    voting.close_vote(statement=statement, by=stories.organiser(jury))

    assert not Ballot.objects.exists()


def test_j1_the_database_takes_one_mark_of_a_seat(jury):
    seat = stories.seated(jury)[0]
    statement = stories.voting_on(jury)
    VoterMark.objects.create(statement=statement, seat=seat)

    with pytest.raises(IntegrityError), transaction.atomic():
        VoterMark.objects.create(statement=statement, seat=seat)


def test_the_database_takes_no_other_choice_and_no_half_count(jury):
    stories.seated(jury)
    part = voting.recommendations_of(stories.voting_on(jury)).first()

    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(part=part, choice="maybe")
    with pytest.raises(IntegrityError), transaction.atomic():
        Part.objects.filter(pk=part.pk).update(yes=3)


def voted(seat, choices):
    """Whether a vote of the juror got through."""
    try:
        voting.cast_vote(seat=seat, choices=choices)
    except JuryError:
        return False
    return True


@pytest.mark.django_db(transaction=True)
def test_j1_fifty_votes_at_once_are_one_vote(monkeypatch, tmp_path):
    """The control: without the mark the same fifty all get through, so the test can see it."""
    jury = stories.factories.make_jury()
    first, other, *_seats = stories.seated(jury)
    choices = stories.choices(stories.voting_on(jury, ["Tila"]))

    with shared_database(tmp_path):
        through = at_once(lambda: voted(first, choices), people=50)
        ballots = at_once(Ballot.objects.count, people=1)
        monkeypatch.setattr(VoterMark.objects, "get_or_create", lambda **_: (None, True))
        unmarked = at_once(lambda: voted(other, choices), people=50)
        all_ballots = at_once(Ballot.objects.count, people=1)

    assert (sum(through), len(through), ballots) == (1, 50, [1])
    assert (sum(unmarked), all_ballots) == (50, [51])


def named_without_a_vote(jury):
    by = stories.organiser(jury)
    return name_to_seat(jury=jury, body="Vammaisneuvosto", votes=False, name="Veikko", by=by).seat


def test_a_member_without_a_vote_has_none_and_is_not_counted(jury):
    seats = stories.seated(jury)
    seat = named_without_a_vote(jury)
    statement = stories.voting_on(jury, ["Tila"])

    with pytest.raises(JuryError, match="without a vote|äänioikeut"):
        voting.cast_vote(seat=seat, choices=stories.choices(statement))
    stories.cast_all(statement, seats, ["yes"] * 4)

    assert not VoterMark.objects.filter(seat=seat).exists()
    assert voting.turnout(statement) == (4, 4)


def test_a_named_member_with_a_vote_votes_like_those_who_were_drawn(jury):
    seats = stories.seated(jury)
    by = stories.organiser(jury)
    named = name_to_seat(jury=jury, body="Neuvosto", votes=True, name="Nuppu", by=by).seat
    statement = stories.voting_on(jury, ["Tila"])

    stories.cast_all(statement, [*seats, named], ["yes"] * 5)

    assert voting.turnout(statement) == (5, 5)


def test_while_the_members_vote_nobody_comes_to_the_voters_by_name(jury):
    seats, by = stories.seated(jury), stories.organiser(jury)
    quiet = named_without_a_vote(jury)
    told = {"body": quiet.body, "name": "Veikko", "by": by}
    statement = stories.voting_on(jury, ["Tila"])

    with pytest.raises(JuryError, match="members are voting now|äänestävät parhaillaan"):
        name_to_seat(jury=jury, votes=True, **told)
    with pytest.raises(JuryError, match="members are voting now|äänestävät parhaillaan"):
        change_named_seat(seat=quiet, votes=True, **told)

    assert change_named_seat(seat=quiet, votes=False, phone="040 1", **told).votes is False
    assert name_to_seat(jury=jury, votes=False, **told).seat.votes is False
    assert voting.turnout(statement) == (0, 4)
    stories.cast_all(statement, seats, ["yes"] * 4)
    voting.close_vote(statement=statement, by=by)
    assert change_named_seat(seat=quiet, votes=True, **told).votes is True


def test_whoever_takes_a_seat_after_the_vote_was_opened_has_none_in_it(jury):
    """Else the vote of whoever left the seat and theirs would both count."""
    seats = stories.seated(jury)
    statement = stories.voting_on(jury, ["Tila"])
    voting.cast_vote(seat=seats[0], choices=stories.choices(statement))
    PanelSeat.objects.filter(pk=seats[0].pk).update(state=PanelSeat.State.LEFT)
    [person] = factories.make_mixed_pool(jury, 1)
    late = PanelSeat.objects.create(
        jury=jury,
        round=seats[0].round,
        registrant=person,
        state=PanelSeat.State.CONFIRMED,
        answered_at=timezone.now(),
    )

    with pytest.raises(JuryError, match="opened before you took your seat|ennen kuin otit paikan"):
        voting.cast_vote(seat=late, choices=stories.choices(statement))

    assert voting.turnout(statement) == (1, 4)
    assert reverse("statements:ballot") not in {card.url for card in own_cards(person)}


def test_a_vote_given_before_the_seat_lost_its_vote_stays_counted(jury):
    stories.seated(jury)
    by = stories.organiser(jury)
    named = name_to_seat(jury=jury, body="Neuvosto", votes=True, name="Nuppu", by=by).seat
    statement = stories.voting_on(jury, ["Tila"])
    voting.cast_vote(seat=named, choices=stories.choices(statement))

    PanelSeat.objects.filter(pk=named.pk).update(votes=False)

    assert voting.turnout(statement) == (1, 5)


def test_a_vote_is_not_opened_for_members_none_of_whom_has_one(jury):
    factories.make_panel(jury, factories.make_mixed_pool(jury, 4), PanelSeat.State.OFFERED)
    named_without_a_vote(jury)
    statement = stories.drafted(jury)

    with pytest.raises(JuryError):
        voting.open_vote(statement=statement, by=stories.organiser(jury))


def test_a_member_without_a_vote_is_told_so_kindly_and_not_asked_to_vote(jury):
    stories.seated(jury)
    seat = named_without_a_vote(jury)
    statement = stories.voting_on(jury, ["Tila"])

    client = stories.own_client(seat)
    page = client.get("/en/own/vote/").content.decode()
    sent = client.post("/en/own/vote/", {f"part-{statement.parts.last().pk}": "yes"})

    assert "You have no vote" in page
    assert "Vammaisneuvosto named you to a seat without a vote." in page
    assert "<form method=" not in page.split("<main")[1].split("</main>")[0]
    assert sent.status_code == 200
    assert not VoterMark.objects.exists()
    assert [card.url for card in own_cards(seat.registrant)] == ["/en/own/statement/"]
