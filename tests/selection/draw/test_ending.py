"""A draw ends: broken off with its reason, or closed."""

import pytest
from django.db import IntegrityError, transaction

from juries.audit import JUROR
from juries.enums import Stage
from juries.errors import JuryError
from selection.draw.balls import enter_ball
from selection.draw.ending import break_off, break_off_round, close_draw
from selection.lottery import probabilities
from selection.models import Draw, Lottery, PanelSeat, Round
from selection.panel.seats import accept_seat, decline_seat
from sessions import attendance, programme
from tests.selection.conftest import commit_to, draw_from, freeze, run_lottery
from tests.selection.draw.story import kinds, payloads
from tests.selection.draw.test_committing import chance


def with_a_free_seat(drawn, organiser):
    """A second lottery, for the seat that somebody declined."""
    jury = drawn.draw.jury
    decline_seat(seat=jury.seats.first(), by=JUROR)
    lottery = probabilities.request_lottery(jury=jury, by=organiser, seed=2)
    probabilities.carry_out(lottery.pk)
    lottery.refresh_from_db()
    return lottery


def test_a_draw_broken_off_gives_its_seats_back_and_keeps_its_record(drawn, organiser):
    draw, jury = drawn.draw, drawn.draw.jury

    break_off(draw=draw, code="technical", reason="  One ball fell.  ", by=organiser)

    draw.refresh_from_db()
    jury.refresh_from_db()
    assert (draw.state, draw.abort_reason) == (Draw.State.ABORTED, "One ball fell.")
    assert not PanelSeat.objects.exists()
    assert jury.stage == Stage.LOTTERY
    assert kinds(draw) == ["FREEZE", "COMMIT", "BALLS", "RESULT", "ABORT"]
    assert payloads(draw, "ABORT") == [{"code": "technical", "reason": "One ball fell."}]


def test_an_open_round_is_broken_off_with_its_draw(committed, organiser):
    break_off(draw=committed.draw, code="mistake", reason="Wrong quotas.", by=organiser)

    committed.refresh_from_db()
    assert committed.state == Round.State.ABORTED
    with pytest.raises(JuryError, match="does not wait for balls"):
        enter_ball(round_=committed, digit=4, by=organiser)


def test_the_next_draw_takes_the_seats_and_the_next_number(drawn, organiser):
    break_off(draw=drawn.draw, code="mistake", reason="A quota was wrong.", by=organiser)
    jury = drawn.draw.jury

    again = draw_from(run_lottery(jury, organiser), organiser, 5)

    assert again.draw.number == 2
    assert {seat.round_id for seat in jury.seats.all()} == {again.pk}
    with pytest.raises(JuryError, match="no ready lottery"):
        commit_to(drawn.lottery, organiser)


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_is_broken_off_without_a_reason(drawn, organiser, reason):
    with pytest.raises(JuryError, match="reason is public"):
        break_off(draw=drawn.draw, code="other", reason=reason, by=organiser)

    assert drawn.draw.jury.seats.count() == 4


def test_a_draw_is_broken_off_once_and_a_closed_one_never(drawn, organiser):
    close_draw(draw=drawn.draw, by=organiser)
    with pytest.raises(JuryError, match="ended already"):
        break_off(draw=drawn.draw, code="other", reason="Too late.", by=organiser)

    Draw.objects.update(state=Draw.State.DRAWN)
    break_off(draw=drawn.draw, code="other", reason="A reason.", by=organiser)
    with pytest.raises(JuryError, match="ended already"):
        break_off(draw=drawn.draw, code="other", reason="Again.", by=organiser)


def test_a_lottery_at_work_is_cancelled_before_its_draw_is_broken_off(frozen, organiser):
    probabilities.request_lottery(jury=frozen.jury, by=organiser)

    with pytest.raises(JuryError, match="Cancel it first"):
        break_off(draw=frozen, code="other", reason="A reason.", by=organiser)


def test_a_panel_that_has_sat_stays(drawn, organiser):
    jury = drawn.draw.jury
    for seat in jury.seats.all():
        accept_seat(seat=seat, by=JUROR)
    jury.refresh_from_db()
    facts = {"title_fi": "Alku", "title_sv": "Början", "place": "Kirjasto"}
    session = programme.plan_session(
        jury=jury, facts={**facts, "starts_at": drawn.drawn_at}, by=organiser
    )
    states = dict.fromkeys(jury.seats.values_list("pk", flat=True), "present")
    attendance.mark_attendance(session=session, states=states, by=organiser)

    with pytest.raises(JuryError, match="part of the sessions"):
        break_off(draw=drawn.draw, code="other", reason="Too late.", by=organiser)

    assert jury.seats.count() == 4
    assert "ABORT" not in kinds(drawn.draw)


def test_a_replacement_round_broken_off_leaves_the_panel_as_it_was(drawn, organiser):
    round_ = commit_to(with_a_free_seat(drawn, organiser), organiser)
    before = list(drawn.draw.jury.seats.values_list("pk", "state"))

    break_off_round(round_=round_, code="technical", reason="No power.", by=organiser)

    assert list(drawn.draw.jury.seats.values_list("pk", "state")) == before
    said = payloads(drawn.draw, "ABORT")
    assert said == [{"round": 1, "code": "technical", "reason": "No power."}]
    drawn.draw.refresh_from_db()
    assert drawn.draw.state == Draw.State.DRAWN
    with pytest.raises(JuryError, match="drawn from already"):
        commit_to(round_.lottery, organiser)
    assert commit_to(again(drawn, organiser), organiser).number == 2


def again(drawn, organiser):
    lottery = probabilities.request_lottery(jury=drawn.draw.jury, by=organiser, seed=3)
    probabilities.carry_out(lottery.pk)
    return Lottery.objects.get(pk=lottery.pk)


def test_only_an_open_replacement_round_is_broken_off_alone(committed, organiser):
    with pytest.raises(JuryError, match="ended already"):
        break_off_round(round_=committed, code="other", reason="A reason.", by=organiser)

    assert "ABORT" not in kinds(committed.draw)


def test_closing_says_who_sits_and_how_many_seats_are_empty(drawn, organiser):
    jury = drawn.draw.jury
    decline_seat(seat=jury.seats.first(), by=JUROR)
    held = jury.seats.held().values("registrant")

    close_draw(draw=drawn.draw, by=organiser)

    places = drawn.draw.entries.filter(registrant__in=held).values_list("index", flat=True)
    left = drawn.draw.entries.get(registrant=jury.seats.first().registrant)
    assert payloads(drawn.draw, "CLOSE") == [
        {
            "gone": [{"index": left.index, "p": left.pseudonym}],
            "panel": sorted(places),
            "vacant": 1,
        }
    ]
    drawn.draw.refresh_from_db()
    assert drawn.draw.state == Draw.State.CLOSED
    assert drawn.draw.ended_by == organiser


def test_a_draw_is_closed_once_and_not_before_it_is_drawn(committed, organiser):
    with pytest.raises(JuryError, match="has been drawn can be closed"):
        close_draw(draw=committed.draw, by=organiser)


def test_an_open_round_is_drawn_before_the_close(drawn, organiser):
    commit_to(with_a_free_seat(drawn, organiser), organiser)

    with pytest.raises(JuryError, match="waits to be drawn from"):
        close_draw(draw=drawn.draw, by=organiser)


def test_nothing_follows_the_close(drawn, organiser):
    lottery = with_a_free_seat(drawn, organiser)
    close_draw(draw=drawn.draw, by=organiser)

    with pytest.raises(JuryError, match="drawn from already"):
        commit_to(lottery, organiser)
    with pytest.raises(JuryError, match="has been drawn can be closed"):
        close_draw(draw=drawn.draw, by=organiser)


def test_the_database_wants_a_reason(frozen):
    frozen.state = Draw.State.ABORTED

    with pytest.raises(IntegrityError), transaction.atomic():
        frozen.save()


def test_a_lottery_of_a_draw_that_was_broken_off_is_not_drawn_from(ready, organiser):
    break_off(draw=ready.draw, code="objection", reason="A name was missing.", by=organiser)
    freeze(ready.jury, organiser)
    ready.refresh_from_db()

    from_before = pytest.raises(JuryError, match="no ready lottery")
    with from_before:
        commit_to(ready, organiser)
    assert chance().beacon_round is None
