"""Where a draw stands: the present step, and one sentence for each of the seven."""

from datetime import timedelta

import pytest
from django.utils import timezone

from juries.audit import JUROR
from juries.enums import Stage
from selection.draw.ending import break_off, break_off_round, close_draw
from selection.draw.readiness import missing_before_freezing
from selection.draw.standing import Now, standing_of
from selection.draw.steps import steps_of
from selection.lottery import probabilities
from selection.models import Round
from selection.panel.seats import decline_seat
from tests import factories
from tests.selection.conftest import commit_to, draw_balls, freeze, run_lottery
from tests.selection.draw.story import SECOND, type_in


def now(jury):
    jury.refresh_from_db()
    return standing_of(jury).now


def states(jury):
    return [step.state for step in steps_of(jury, standing_of(jury))]


def test_the_steps_follow_a_draw_by_balls_and_beacon(closed, organiser, time_machine):
    assert (now(closed), states(closed)) == (Now.FREEZE, ["now", *["later"] * 6])

    draw = freeze(closed, organiser, objection_hours=1)
    assert (now(closed), states(closed)[:3]) == (Now.LOTTERY, ["done", "now", "now"])

    lottery = run_lottery(closed, organiser)
    assert (now(closed), states(closed)[:3]) == (Now.OBJECTIONS, ["done", "now", "done"])

    time_machine.move_to(timezone.now() + timedelta(hours=1, seconds=1))
    assert (now(closed), states(closed)) == (Now.COMMIT, ["done"] * 3 + ["now"] + ["later"] * 3)

    round_ = commit_to(lottery, organiser, Round.Sources.BOTH)
    assert (now(closed), states(closed)[3:]) == (Now.BALLS, ["done", "now", "later", "later"])

    type_in(round_, organiser, "417")
    assert (now(closed), states(closed)[3:]) == (Now.BEACON, ["done", "done", "now", "later"])

    time_machine.move_to(round_.fallback_after + SECOND)
    assert now(closed) == Now.BEACON
    assert draw.rounds.get() == standing_of(closed).round


def test_a_drawn_panel_is_settled_and_closed(drawn, organiser):
    jury = drawn.draw.jury
    assert (now(jury), states(jury)) == (Now.PANEL, ["done"] * 5 + ["now"])

    close_draw(draw=drawn.draw, by=organiser)

    assert (now(jury), states(jury)[-1]) == (Now.CLOSED, "done")


def test_balls_missed_without_a_beacon_are_something_missing(committed, time_machine):
    jury = committed.draw.jury
    time_machine.move_to(committed.balls_deadline)

    assert (now(jury), states(jury)[4]) == (Now.MISSED, "missing")


def test_balls_missed_before_a_beacon_leave_it_to_the_beacon(beaconed, time_machine):
    jury = beaconed.draw.jury
    time_machine.move_to(beaconed.balls_deadline)

    assert (now(jury), states(jury)[4:6]) == (Now.BEACON, ["done", "now"])


def test_a_broken_off_draw_leads_back_to_the_pool(committed, organiser):
    break_off(draw=committed.draw, code="mistake", reason="A quota was wrong.", by=organiser)

    assert now(committed.draw.jury) == Now.FREEZE


def test_a_replacement_round_goes_through_the_same_steps(drawn, organiser):
    jury = drawn.draw.jury
    decline_seat(seat=jury.seats.first(), by=JUROR)
    jury.refresh_from_db()
    lottery = probabilities.request_lottery(jury=jury, by=organiser, seed=2)
    assert (now(jury), states(jury)[2:5]) == (Now.LOTTERY, ["now", "later", "later"])

    probabilities.carry_out(lottery.pk)
    lottery.refresh_from_db()
    assert (now(jury), states(jury)[2:5]) == (Now.COMMIT, ["done", "now", "later"])

    round_ = commit_to(lottery, organiser)
    assert now(jury) == Now.BALLS
    break_off_round(round_=round_, code="other", reason="No power.", by=organiser)
    assert (now(jury), standing_of(jury).round) == (Now.PANEL, drawn)

    lottery = run_lottery(jury, organiser, seed=3)
    draw_balls(commit_to(lottery, organiser), organiser, "005")
    assert (now(jury), standing_of(jury).round.number) == (Now.PANEL, 2)


def test_a_lottery_for_seats_that_have_changed_since_is_not_offered(drawn, organiser):
    jury = drawn.draw.jury
    first, second, *_rest = jury.seats.all()
    decline_seat(seat=first, by=JUROR)
    jury.refresh_from_db()
    run_lottery(jury, organiser)
    assert now(jury) == Now.COMMIT

    decline_seat(seat=second, by=JUROR)

    assert now(jury) == Now.PANEL


def test_lotteries_to_choose_from_come_the_latest_first(ready, organiser):
    run_lottery(ready.jury, organiser, rule="maximin")

    assert [one.number for one in standing_of(ready.jury).lotteries] == [2, 1]


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (Stage.SETTING_UP, Now.TOO_EARLY),
        (Stage.REGISTRATION, Now.FREEZE),
        (Stage.LOTTERY, Now.FREEZE),
    ],
)
def test_before_a_draw_the_stage_says_what_comes(jury, stage, expected):
    jury.stage = stage
    jury.save()

    assert now(jury) == expected


def test_what_is_missing_before_freezing_leads_to_where_it_is_mended(closed):
    assert missing_before_freezing(closed) == []

    first, second, *_rest = closed.registrants.all()
    closed.registrants.filter(pk__in=[first.pk, second.pk]).update(email="sama@kunta.example")
    first.traits.first().delete()

    assert [one.url.split("/")[-2] for one in missing_before_freezing(closed)] == [
        "duplicates",
        "incomplete",
    ]


def test_a_panel_that_is_not_possible_leads_to_the_reasons(jury):
    factories.make_registrants(jury, [("woman", "young")] * 5)

    [found] = missing_before_freezing(jury)

    assert found.url.endswith("/feasibility/")
