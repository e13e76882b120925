"""Accepting, declining, giving back, dropping out: what holds afterwards, and what is refused."""

from datetime import date

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from juries.audit import JUROR
from juries.errors import JuryError
from juries.models import Jury, Message, Registrant
from selection.draw.ending import close_draw
from selection.lottery import probabilities
from selection.models import Lottery, PanelSeat
from selection.panel.replacing import reason_of, replace_by_rank
from selection.panel.seats import accept_seat, can_accept, decline_seat, drop_out, free_seats
from sessions import attendance, programme
from sessions.models import Attendance
from tests.selection.conftest import draw_from, run_lottery
from tests.selection.panel.offering import send_all

State = PanelSeat.State
TODAY = date(2026, 3, 11)


@pytest.fixture
def jury_drawn(drawn):
    return drawn.draw.jury


def seat_of(jury, place=0):
    return jury.seats.order_by("registrant__reference")[place]


def begins(jury, day):
    Jury.objects.filter(pk=jury.pk).update(first_session_on=day)


def verbs(jury):
    return list(jury.audit_entries.filter(verb__startswith="seat.").values_list("verb", flat=True))


def test_who_accepts_sits_on_the_panel(jury_drawn):
    seat = seat_of(jury_drawn)

    accept_seat(seat=seat, by=JUROR)

    assert jury_drawn.seats.confirmed().get() == seat


def test_answering_twice_changes_nothing(jury_drawn):
    seat = seat_of(jury_drawn)
    accept_seat(seat=seat, by=JUROR)
    answered_at = seat.answered_at

    accept_seat(seat=seat, by=JUROR)

    assert seat.answered_at == seat.accepted_at == answered_at
    assert verbs(jury_drawn) == ["seat.confirmed"]
    assert Message.objects.filter(wording="mail_seat_confirmed").count() == 1


def test_whoever_takes_a_seat_is_thanked_once_in_their_language(jury_drawn):
    seat = seat_of(jury_drawn)
    Registrant.objects.filter(pk=seat.registrant_id).update(language="sv")
    for answer in (accept_seat, decline_seat, accept_seat):
        answer(seat=seat, by=JUROR)

    assert send_all() == 1
    [sent] = mail.outbox
    assert sent.subject == "Tack, din plats är bekräftad: Närservice 2035"
    assert "det första mötet är 10.4.2030" in sent.body
    assert seat.registrant.name not in sent.body


def test_nobody_is_thanked_who_has_no_address(jury_drawn):
    seat = seat_of(jury_drawn)
    Registrant.objects.filter(pk=seat.registrant_id).update(email="")

    accept_seat(seat=seat, by=JUROR)

    assert not Message.objects.exists()


def test_a_declined_seat_is_free(jury_drawn, organiser):
    decline_seat(seat=seat_of(jury_drawn), by=organiser)

    assert free_seats(jury_drawn) == 1
    assert jury_drawn.seats.held().count() == 3


def test_a_member_who_gives_the_seat_back_has_dropped_out_and_has_not_declined(jury_drawn):
    never, gave_back = seat_of(jury_drawn, 0), seat_of(jury_drawn, 1)
    accept_seat(seat=gave_back, by=JUROR)

    decline_seat(seat=never, by=JUROR)
    decline_seat(seat=gave_back, by=JUROR)

    assert (never.state, reason_of(never)) == (State.DECLINED, "declined")
    assert (gave_back.state, reason_of(gave_back)) == (State.LEFT, "dropped_out")
    assert verbs(jury_drawn) == ["seat.left", "seat.declined", "seat.confirmed"]


@pytest.mark.parametrize(("on_the_day", "reason"), [(False, "dropped_out"), (True, "on_the_day")])
def test_a_member_drops_out_and_the_record_says_when(jury_drawn, organiser, on_the_day, reason):
    begins(jury_drawn, timezone.localdate())
    seat = seat_of(jury_drawn)
    accept_seat(seat=seat, by=JUROR)

    for _click in range(2):
        drop_out(seat=seat, on_the_day=on_the_day, by=organiser)

    assert reason_of(seat) == reason
    assert free_seats(jury_drawn) == 1
    assert verbs(jury_drawn) == ["seat.left", "seat.confirmed"]


@pytest.mark.parametrize(("day", "refused"), [(-1, True), (0, False), (1, False)])
def test_before_the_first_meeting_nobody_drops_out_on_its_day(jury_drawn, organiser, day, refused):
    begins(jury_drawn, TODAY)
    seat = seat_of(jury_drawn)
    accept_seat(seat=seat, by=JUROR)

    # Just after midnight in Finland, while it is still the day before in Greenwich.
    with time_machine.travel(f"2026-03-{10 + day}T22:30Z", tick=False):
        if refused:
            with pytest.raises(JuryError, match="still to come"):
                drop_out(seat=seat, on_the_day=True, by=organiser)
            drop_out(seat=seat, on_the_day=False, by=organiser)
        else:
            drop_out(seat=seat, on_the_day=True, by=organiser)

    seat.refresh_from_db()
    assert (seat.state, seat.on_the_day) == (State.LEFT, not refused)


@pytest.mark.parametrize("answered", [None, State.DECLINED])
def test_only_a_member_can_drop_out(jury_drawn, organiser, answered):
    seat = seat_of(jury_drawn)
    if answered:
        decline_seat(seat=seat, by=JUROR)

    with pytest.raises(JuryError, match="taken the seat"):
        drop_out(seat=seat, on_the_day=True, by=organiser)


def test_attendance_stays_when_a_member_drops_out(jury_drawn, organiser):
    seat = seat_of(jury_drawn)
    accept_seat(seat=seat, by=JUROR)
    titles = {"title_fi": "Alku", "title_sv": "Början", "place": "Kirjasto"}
    session = programme.plan_session(
        jury=jury_drawn, facts={**titles, "starts_at": timezone.now()}, by=organiser
    )
    here = {seat.pk: Attendance.State.PRESENT}
    attendance.mark_attendance(session=session, states=here, by=organiser)

    begins(jury_drawn, timezone.localdate())
    drop_out(seat=seat, on_the_day=True, by=organiser)

    assert Attendance.objects.get().seat == seat


@pytest.mark.parametrize("state", [State.DECLINED, State.LAPSED, State.LEFT])
def test_whose_seat_is_free_may_still_accept(jury_drawn, state):
    seat = seat_of(jury_drawn)
    PanelSeat.objects.filter(pk=seat.pk).update(
        state=state, answered_at=timezone.now(), on_the_day=True
    )

    accept_seat(seat=seat, by=JUROR)

    assert (seat.state, seat.on_the_day) == (State.CONFIRMED, False)


def test_who_declined_cannot_accept_while_the_seat_is_being_drawn(jury_drawn, organiser):
    seat = seat_of(jury_drawn)
    decline_seat(seat=seat, by=JUROR)
    probabilities.request_lottery(jury=jury_drawn, by=organiser)

    with pytest.raises(JuryError, match="somebody else"):
        accept_seat(seat=seat, by=JUROR)


def test_a_seat_that_was_given_away_is_not_accepted_even_where_another_is_free(
    jury_drawn, organiser
):
    first, second = seat_of(jury_drawn, 0), seat_of(jury_drawn, 1)
    decline_seat(seat=first, by=JUROR)
    replace_by_rank(jury=jury_drawn, by=organiser)
    decline_seat(seat=second, by=JUROR)
    first.refresh_from_db()
    second.refresh_from_db()

    assert free_seats(jury_drawn) == 1
    assert (can_accept(first), can_accept(second)) == (False, True)
    with pytest.raises(JuryError, match="somebody else"):
        accept_seat(seat=first, by=JUROR)
    assert first.state == State.DECLINED


def test_once_the_draw_is_closed_a_seat_is_not_taken_back(jury_drawn, organiser):
    declined, offered = seat_of(jury_drawn, 0), seat_of(jury_drawn, 1)
    decline_seat(seat=declined, by=JUROR)
    close_draw(draw=jury_drawn.draws.get(), by=organiser)

    with pytest.raises(JuryError, match="somebody else"):
        accept_seat(seat=declined, by=JUROR)
    accept_seat(seat=offered, by=JUROR)
    assert offered.state == State.CONFIRMED


def test_a_replacement_keeps_the_held_seats_and_their_answers(jury_drawn, organiser):
    stays, goes = seat_of(jury_drawn, 0), seat_of(jury_drawn, 1)
    accept_seat(seat=stays, by=JUROR)
    decline_seat(seat=goes, by=JUROR)
    held = set(jury_drawn.seats.held().values_list("registrant", flat=True))

    second = draw_from(run_lottery(jury_drawn, organiser), organiser, 3)

    stays.refresh_from_db()
    now_held = set(jury_drawn.seats.held().values_list("registrant", flat=True))
    assert stays.state == State.CONFIRMED
    assert held < now_held
    assert len(now_held) == 4
    assert goes.registrant_id not in now_held
    assert second.seats.count() == 1


def test_who_declined_is_never_drawn_again(jury_drawn, organiser):
    goes = seat_of(jury_drawn)
    decline_seat(seat=goes, by=JUROR)

    lottery = run_lottery(jury_drawn, organiser)

    assert lottery.chances.get(registrant=goes.registrant).gone


def test_a_seat_declined_after_the_lottery_for_the_others_makes_that_lottery_stale(
    jury_drawn, organiser
):
    decline_seat(seat=seat_of(jury_drawn, 0), by=JUROR)
    lottery = run_lottery(jury_drawn, organiser)
    decline_seat(seat=seat_of(jury_drawn, 1), by=JUROR)

    with pytest.raises(JuryError, match="changed since this lottery"):
        draw_from(lottery, organiser)


def test_when_nobody_fits_the_free_seat_the_lottery_says_so(jury_drawn, organiser):
    goes = jury_drawn.seats.filter(registrant__traits__value__key="woman").first()
    decline_seat(seat=goes, by=JUROR)
    women = jury_drawn.registrants.filter(traits__value__key="woman", seat=None)
    women.update(withdrawn_at=timezone.now())

    lottery = run_lottery(jury_drawn, organiser)

    assert lottery.state == Lottery.State.FAILED
    assert lottery.failure["bounds"] == [
        {"criterion": 0, "value": 0, "kind": "minimum", "limit": 2, "available": 1}
    ]
    assert {change["criterion"] for change in lottery.failure["changes"]} == {0}


def test_who_has_withdrawn_holds_no_seat_and_cannot_accept_one(jury_drawn):
    seat = seat_of(jury_drawn)
    Registrant.objects.filter(pk=seat.registrant_id).update(withdrawn_at=timezone.now())
    seat = PanelSeat.objects.get(pk=seat.pk)

    with pytest.raises(JuryError, match="withdrawn"):
        accept_seat(seat=seat, by=JUROR)
    assert free_seats(jury_drawn) == 1
