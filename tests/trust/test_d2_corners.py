"""D2: honest draws in which something unusual happened are accepted too, whole and public."""

from datetime import timedelta

import numpy as np
import pytest

from juries.audit import JUROR
from juries.errors import JuryError
from juries.models import Registrant
from juries.registration.withdrawing import withdraw
from selection.draw.ending import break_off, close_draw
from selection.draw.standing import Now, standing_of
from selection.draw.steps import steps_of
from selection.models import Draw, DrawEvent, Round
from selection.panel.replacing import replace_by_rank
from selection.panel.seats import decline_seat
from selection.record.files import public_record, record_of
from tests.trust.draws import MORNING, at, balls, by_balls, committed, house, ready
from tests.trust.verifying import HONEST, answer


@pytest.fixture
def people(db):
    """A jury whose pool is frozen, and its two officials."""
    with at(MORNING):
        yield house(5, np.random.default_rng(5), one_per_household=True)


def accepted(tmp_path, draw: Draw) -> None:
    draw = Draw.objects.get(pk=draw.pk)
    for record in (public_record(draw), record_of(draw, "L2")):
        code, said = answer(tmp_path, "check", record)
        assert code in HONEST, said


def drawn_by_balls(lottery, organiser, observer) -> Draw:
    by_balls(lottery, organiser, observer, np.random.default_rng(1))
    return Draw.objects.get(pk=lottery.draw_id)


def test_a_draw_is_closed_with_a_seat_that_nobody_takes(people, tmp_path):
    jury, organiser, observer = people
    draw = drawn_by_balls(ready(jury, organiser), organiser, observer)
    decline_seat(seat=jury.seats.first(), by=JUROR)

    close_draw(draw=draw, by=organiser)

    accepted(tmp_path, draw)


def test_somebody_who_has_withdrawn_since_the_commitment_is_drawn(people, tmp_path):
    jury, organiser, observer = people
    lottery = ready(jury, organiser)
    round_ = committed(lottery, organiser, Round.Sources.BALLS)
    entry = lottery.draw.entries.get(index=lottery.panel_on(123)[0])
    withdraw(registrant=entry.registrant, by="registrant")

    balls(round_, "123", organiser, observer)

    round_.refresh_from_db()
    assert entry.index in lottery.panel_on(round_.ticket)
    accepted(tmp_path, lottery.draw)


def test_a_lottery_that_could_draw_somebody_withdrawn_is_not_committed_to(people):
    jury, organiser, _observer = people
    lottery = ready(jury, organiser)
    withdraw(registrant=lottery.draw.entries.first().registrant, by="registrant")

    with pytest.raises(JuryError, match="has withdrawn since this lottery"):
        committed(lottery, organiser)
    assert standing_of(jury).now == Now.LOTTERY
    assert "withdrawn since" in steps_of(jury, standing_of(jury))[2].sentence

    committed(ready(jury, organiser, seed=2), organiser)


def test_a_round_keeps_the_households_of_those_who_sit_out(people, tmp_path):
    jury, organiser, observer = people
    for place, registrant in enumerate(jury.registrants.order_by("pk")):
        at_home = {"street_address": f"Kotikatu {place // 2}", "postal_code": "33100"}
        Registrant.objects.filter(pk=registrant.pk).update(**at_home)
    draw = drawn_by_balls(ready(jury, organiser), organiser, observer)
    decline_seat(seat=jury.seats.first(), by=JUROR)
    again = ready(jury, organiser, seed=2)
    balls(committed(again, organiser, Round.Sources.BALLS), "500", organiser, observer)

    accepted(tmp_path, draw)


def test_a_lottery_of_seats_is_no_longer_ready_once_somebody_gave_up_the_seat(people):
    jury, organiser, observer = people
    drawn_by_balls(ready(jury, organiser), organiser, observer)
    decline_seat(seat=jury.seats.first(), by=JUROR)
    again = ready(jury, organiser, seed=2)
    assert standing_of(jury).now == Now.COMMIT

    replace_by_rank(jury=jury, by=organiser)
    decline_seat(seat=jury.seats.latest("pk"), by=JUROR)

    assert standing_of(jury).now == Now.PANEL
    with pytest.raises(JuryError, match="The seats have changed"):
        committed(again, organiser, Round.Sources.BALLS)


def test_a_round_fills_all_seats_when_everybody_declined(people, tmp_path):
    jury, organiser, observer = people
    draw = drawn_by_balls(ready(jury, organiser), organiser, observer)
    for seat in jury.seats.held():
        decline_seat(seat=seat, by=JUROR)

    again = ready(jury, organiser, seed=2)
    assert standing_of(jury).now == Now.COMMIT
    balls(committed(again, organiser, Round.Sources.BALLS), "007", organiser, observer)

    accepted(tmp_path, draw)


def test_nothing_is_committed_once_the_draw_is_closed(people):
    jury, organiser, observer = people
    draw = drawn_by_balls(ready(jury, organiser), organiser, observer)
    decline_seat(seat=jury.seats.first(), by=JUROR)
    ready(jury, organiser, seed=2)
    seen_before = standing_of(jury).lotteries[0]
    close_draw(draw=draw, by=organiser)

    with pytest.raises(JuryError, match="drawn from already"):
        committed(seen_before, organiser, Round.Sources.BALLS)


def test_a_clock_that_steps_back_leaves_the_chain_in_order(people, tmp_path):
    jury, organiser, observer = people
    lottery = ready(jury, organiser)
    round_ = committed(lottery, organiser, Round.Sources.BALLS)

    with at(MORNING - timedelta(seconds=3)):
        balls(round_, "123", organiser, observer)

    accepted(tmp_path, lottery.draw)


def test_the_draw_after_one_from_before_there_were_chains(people, tmp_path):
    jury, organiser, observer = people
    lottery = ready(jury, organiser)
    break_off(draw=lottery.draw, code="mistake", reason="Väärä pallo", by=organiser)
    DrawEvent.objects.filter(draw=lottery.draw)._raw_delete("default")

    draw = drawn_by_balls(ready(jury, organiser, seed=2), organiser, observer)

    assert draw.number == 2
    accepted(tmp_path, draw)
