"""Three balls: one person types them in, another confirms them."""

import json

import pytest
from django.db import IntegrityError, transaction

from juries.enums import Role
from juries.errors import JuryError
from juries.models import AuditEntry
from selection.draw.balls import confirm_ball, enter_ball, take_ball_back
from selection.draw.drawing import confirmed_digits
from selection.models import Ball, Round
from tests import factories
from tests.selection.conftest import witness
from tests.selection.draw.story import kinds, payloads, type_in
from tests.simultaneous import at_once, shared_database


@pytest.fixture
def other(committed):
    return witness(committed.draw.jury)


def test_the_balls_are_published_when_the_last_is_confirmed(beaconed, organiser):
    type_in(beaconed, organiser, "41")
    assert kinds(beaconed.draw) == ["FREEZE", "COMMIT"]
    assert confirmed_digits(beaconed) == ""

    type_in(beaconed, organiser, "7")

    assert confirmed_digits(beaconed) == "417"
    [said] = payloads(beaconed.draw, "BALLS")
    assert (said["round"], said["balls"]) == (0, "417")
    assert said["entered_by"] == f"official {organiser.pk}" != said["confirmed_by"]


def test_balls_wait_for_the_beacon_where_one_was_named(beaconed, organiser):
    type_in(beaconed, organiser, "417")

    beaconed.refresh_from_db()
    assert beaconed.state == Round.State.COMMITTED


def test_a_typed_ball_counts_only_when_somebody_else_has_confirmed_it(committed, organiser, other):
    ball = enter_ball(round_=committed, digit=4, by=organiser)

    with pytest.raises(JuryError, match="Somebody else has to confirm"):
        confirm_ball(ball=ball, digit=4, by=organiser)
    confirm_ball(ball=ball, digit=4, by=other)

    ball.refresh_from_db()
    assert ball.confirmed_by == other


def test_the_next_ball_waits_for_the_one_before(committed, organiser):
    enter_ball(round_=committed, digit=4, by=organiser)

    with pytest.raises(JuryError, match="before has not been confirmed"):
        enter_ball(round_=committed, digit=1, by=organiser)


def test_a_ball_that_another_window_typed_in_is_not_typed_again(committed, organiser, other):
    ball = enter_ball(round_=committed, digit=4, by=organiser, place=0)
    confirm_ball(ball=ball, digit=4, by=other)

    with pytest.raises(JuryError, match="typed in already"):
        enter_ball(round_=committed, digit=4, by=organiser, place=0)
    assert enter_ball(round_=committed, digit=1, by=organiser, place=1).place == 1


def test_one_person_types_in_all_balls_and_one_confirms_them_all(committed, organiser):
    third = factories.make_member(committed.draw.jury, Role.ORGANISER, "toinen@kunta.example")
    type_in(committed, organiser, "4")

    with pytest.raises(JuryError, match="One person types in all"):
        enter_ball(round_=committed, digit=1, by=third)
    ball = enter_ball(round_=committed, digit=1, by=organiser)
    with pytest.raises(JuryError, match="confirmed the first ball"):
        confirm_ball(ball=ball, digit=1, by=third)


def test_a_ball_changed_meanwhile_is_not_confirmed(committed, organiser, other):
    ball = enter_ball(round_=committed, digit=4, by=organiser)
    Ball.objects.update(digit=5)

    with pytest.raises(JuryError, match="changed or confirmed meanwhile"):
        confirm_ball(ball=ball, digit=4, by=other)


def test_a_ball_taken_back_meanwhile_is_not_confirmed(committed, organiser, other):
    ball = enter_ball(round_=committed, digit=4, by=organiser)
    take_ball_back(ball=Ball.objects.get(), by=organiser)

    with pytest.raises(JuryError, match="changed or confirmed meanwhile"):
        confirm_ball(ball=ball, digit=4, by=other)


def test_a_ball_is_confirmed_once(committed, organiser, other):
    ball = enter_ball(round_=committed, digit=4, by=organiser)
    confirm_ball(ball=ball, digit=4, by=other)

    with pytest.raises(JuryError, match="changed or confirmed meanwhile"):
        confirm_ball(ball=ball, digit=4, by=other)
    assert AuditEntry.objects.filter(verb="ball.confirmed").count() == 1


def test_a_ball_typed_wrong_is_taken_back_and_the_log_keeps_it(committed, organiser, other):
    ball = enter_ball(round_=committed, digit=9, by=organiser)

    take_ball_back(ball=ball, by=other)

    assert enter_ball(round_=committed, digit=4, by=organiser).place == 0
    entry = AuditEntry.objects.get(verb="ball.taken_back")
    assert entry.facts == {"draw": 1, "round": 0, "ball": 1, "digit": 9}


def test_a_confirmed_ball_stays(committed, organiser):
    type_in(committed, organiser, "4")

    with pytest.raises(JuryError, match="cannot be taken back"):
        take_ball_back(ball=Ball.objects.get(), by=organiser)


@pytest.mark.parametrize("digit", [-1, 10])
def test_a_ball_shows_one_digit(committed, organiser, digit):
    with pytest.raises(JuryError, match="from 0 to 9"):
        enter_ball(round_=committed, digit=digit, by=organiser)


def test_there_are_three_balls(beaconed, organiser):
    type_in(beaconed, organiser, "417")

    with pytest.raises(JuryError, match="All balls have been typed in"):
        enter_ball(round_=beaconed, digit=0, by=organiser)


@pytest.mark.parametrize(
    ("sources", "sentence"),
    [(Round.Sources.BOTH, "beacon alone decides"), (Round.Sources.BALLS, "commit anew")],
)
def test_no_ball_counts_after_the_last_moment(beaconed, organiser, time_machine, sources, sentence):
    Round.objects.update(sources=sources)
    ball = enter_ball(round_=beaconed, digit=4, by=organiser)
    time_machine.move_to(beaconed.balls_deadline)

    for late in (
        lambda: confirm_ball(ball=ball, digit=4, by=witness(beaconed.draw.jury)),
        lambda: take_ball_back(ball=ball, by=organiser),
        lambda: enter_ball(round_=beaconed, digit=4, by=organiser),
    ):
        with pytest.raises(JuryError, match=sentence):
            late()
    assert not Ball.objects.filter(confirmed_at__isnull=False).exists()


def test_a_drawn_round_awaits_no_ball(drawn, organiser):
    with pytest.raises(JuryError, match="does not wait for balls"):
        enter_ball(round_=drawn, digit=4, by=organiser)


def test_the_events_of_the_balls_name_nobody(drawn):
    line = drawn.draw.events.get(kind="BALLS").line

    assert "Orvokki" not in line
    assert json.loads(line)["payload"]["balls"] == "417"


def test_i12_the_database_lets_nobody_confirm_their_own_ball(committed, organiser):
    ball = enter_ball(round_=committed, digit=4, by=organiser)
    ball.confirmed_by = organiser

    with pytest.raises(IntegrityError), transaction.atomic():
        ball.save()


@pytest.mark.django_db(transaction=True)
def test_a_ball_that_two_people_type_in_at_once_is_there_once(committed, organiser, tmp_path):
    second = factories.make_member(committed.draw.jury, Role.ORGANISER, "toinen@kunta.example")
    people = [organiser, second]

    def deed():
        try:
            enter_ball(round_=committed, digit=4, by=people.pop(), place=0)
        except JuryError:
            return "refused"
        return Ball.objects.count()

    with shared_database(tmp_path):
        assert sorted(map(str, at_once(deed, 2))) == ["1", "refused"]
