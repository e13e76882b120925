import pytest
from django.utils import timezone

from juries.audit import JUROR
from juries.errors import JuryError
from juries.models import Registrant
from selection.lottery import probabilities
from selection.models import Lottery, PanelSeat
from selection.panel.seats import accept_seat, decline_seat, free_seats
from tests.selection.conftest import draw_from, run_lottery

State = PanelSeat.State


def seat_of(draw, place=0):
    return draw.jury.seats.order_by("registrant__reference")[place]


def test_who_accepts_sits_on_the_panel(drawn):
    seat = seat_of(drawn)

    accept_seat(seat=seat, by=JUROR)

    assert drawn.jury.seats.confirmed().get() == seat


def test_answering_twice_changes_nothing(drawn):
    seat = seat_of(drawn)
    accept_seat(seat=seat, by=JUROR)
    answered_at = seat.answered_at

    accept_seat(seat=seat, by=JUROR)

    assert seat.answered_at == answered_at
    assert drawn.jury.audit_entries.filter(verb="seat.confirmed").count() == 1


def test_a_declined_seat_is_free(drawn, organiser):
    decline_seat(seat=seat_of(drawn), by=organiser)

    assert free_seats(drawn.jury) == 1
    assert drawn.jury.seats.held().count() == 3


def test_a_confirmed_seat_can_be_given_back(drawn, organiser):
    seat = seat_of(drawn)
    accept_seat(seat=seat, by=JUROR)

    decline_seat(seat=seat, by=JUROR)

    assert seat.state == State.DECLINED


def test_who_declined_may_accept_while_the_seat_is_free(drawn, organiser):
    seat = seat_of(drawn)
    decline_seat(seat=seat, by=JUROR)

    accept_seat(seat=seat, by=JUROR)

    assert seat.state == State.CONFIRMED


def test_who_declined_cannot_accept_while_the_seat_is_being_drawn(drawn, organiser):
    seat = seat_of(drawn)
    decline_seat(seat=seat, by=JUROR)
    probabilities.request_lottery(jury=drawn.jury, by=organiser)

    with pytest.raises(JuryError, match="somebody else"):
        accept_seat(seat=seat, by=JUROR)


def test_a_replacement_keeps_the_held_seats_and_their_answers(drawn, organiser):
    stays, goes = seat_of(drawn, 0), seat_of(drawn, 1)
    accept_seat(seat=stays, by=JUROR)
    decline_seat(seat=goes, by=JUROR)
    held = set(drawn.jury.seats.held().values_list("registrant", flat=True))

    second = draw_from(run_lottery(drawn.jury, organiser), organiser, 3)

    stays.refresh_from_db()
    now_held = set(drawn.jury.seats.held().values_list("registrant", flat=True))
    assert stays.state == State.CONFIRMED
    assert held < now_held
    assert len(now_held) == 4
    assert goes.registrant_id not in now_held
    assert second.seats.count() == 1


def test_who_declined_is_never_drawn_again(drawn, organiser):
    goes = seat_of(drawn)
    decline_seat(seat=goes, by=JUROR)

    lottery = run_lottery(drawn.jury, organiser)

    assert not lottery.chances.filter(registrant=goes.registrant).exists()


def test_a_seat_declined_after_the_lottery_for_the_others_makes_that_lottery_stale(
    drawn, organiser
):
    decline_seat(seat=seat_of(drawn, 0), by=JUROR)
    lottery = run_lottery(drawn.jury, organiser)
    decline_seat(seat=seat_of(drawn, 1), by=JUROR)

    with pytest.raises(JuryError, match="changed since this lottery"):
        draw_from(lottery, organiser)


def test_when_nobody_fits_the_free_seat_the_lottery_says_so(drawn, organiser):
    jury = drawn.jury
    goes = jury.seats.filter(registrant__traits__value__key="woman").first()
    decline_seat(seat=goes, by=JUROR)
    women = jury.registrants.filter(traits__value__key="woman", seat=None)
    women.update(withdrawn_at=timezone.now())

    lottery = run_lottery(jury, organiser)

    assert lottery.state == Lottery.State.FAILED
    assert lottery.failure["bounds"] == [
        {"criterion": 0, "value": 0, "kind": "minimum", "limit": 2, "available": 1}
    ]
    assert {change["criterion"] for change in lottery.failure["changes"]} == {0}


def test_who_has_withdrawn_holds_no_seat_and_cannot_accept_one(drawn):
    seat = seat_of(drawn)
    Registrant.objects.filter(pk=seat.registrant_id).update(withdrawn_at=timezone.now())
    seat = PanelSeat.objects.get(pk=seat.pk)

    with pytest.raises(JuryError, match="withdrawn"):
        accept_seat(seat=seat, by=JUROR)
    assert free_seats(drawn.jury) == 1
