"""The call desk: in which order people are called, what is said, and that a call stands once."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from juries.audit import JUROR
from juries.enums import Role
from juries.errors import JuryError
from juries.models import AuditEntry, Call, Message
from juries.pool.calls import due_today, log_call
from selection.models import How, PanelSeat
from selection.panel.calling import note_call, script_for, to_call
from selection.panel.seats import accept_seat
from tests import factories
from tests.selection.conftest import text
from tests.selection.panel.offering import give, offered

State, Outcome = PanelSeat.State, Call.Outcome
NOW = datetime(2030, 3, 20, 10, tzinfo=UTC)
TODAY = date(2030, 3, 20)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def by(jury):
    return factories.make_member(jury, Role.RECRUITER)


@pytest.fixture
def seats(jury):
    return offered(jury, answer_by=TODAY + timedelta(days=3), told_at=NOW)


def call(seat, by, outcome, **facts):
    return note_call(seat=seat, outcome=outcome, submission=uuid4(), by=by, **facts)


def test_overdue_first_then_whom_no_e_mail_reaches_then_by_last_day(jury, seats):
    later, without, lost, late = seats
    jury.seats.filter(pk=late.pk).update(answer_by=TODAY - timedelta(days=1))
    jury.seats.filter(pk=lost.pk).update(answer_by=TODAY + timedelta(days=4))
    give([without.registrant], email="")
    Message.objects.create(
        jury=jury,
        registrant=lost.registrant,
        key="x",
        wording="mail_offer",
        language="fi",
        to=lost.registrant.email,
        state=Message.State.FAILED,
        due_at=NOW,
    )

    rows = to_call(jury)

    assert [row.seat for row in rows] == [late, without, lost, later]
    assert [row.late for row in rows] == [True, False, False, False]
    assert [row.reachable for row in rows] == [True, False, False, True]
    assert [row.undelivered for row in rows] == [False, False, True, False]


def test_attempts_last_outcome_and_next_call_are_told_since_the_offer(jury, seats, by):
    seat = seats[0]
    with time_machine.travel(NOW - timedelta(days=9), tick=False):
        log_call(jury=jury, outcome=Outcome.ANSWERED, by=by, registrant=seat.registrant)
    call(seat, by, Outcome.NO_ANSWER)
    call(seat, by, Outcome.CALL_BACK, call_back_on=TODAY + timedelta(days=1))

    [row] = [row for row in to_call(jury) if row.seat == seat]

    assert (row.attempts, row.last) == (2, "to be called back")
    assert row.again_on == TODAY + timedelta(days=1)
    assert not due_today(jury).exists()
    assert due_today(jury, on=TODAY + timedelta(days=1)).count() == 1


def test_the_next_call_settles_the_one_that_was_to_be_returned(jury, seats, by):
    call(seats[0], by, Outcome.CALL_BACK, call_back_on=TODAY)
    call(seats[0], by, Outcome.NO_ANSWER)

    [row] = [row for row in to_call(jury) if row.seat == seats[0]]
    assert (row.attempts, row.again_on) == (2, None)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Outcome.ACCEPTED, State.CONFIRMED), (Outcome.DECLINED, State.DECLINED)],
)
def test_an_answer_on_the_phone_counts_and_the_person_was_told_by_it(
    jury, seats, by, outcome, state
):
    seat = seats[0]
    jury.seats.update(told_at=None, told_how="")

    call(seat, by, outcome)

    seat.refresh_from_db()
    assert (seat.state, seat.told_how, seat.told_at) == (state, How.PHONE, NOW)
    assert seat not in [row.seat for row in to_call(jury)]
    assert AuditEntry.objects.get(verb=f"seat.{state}").by == by


def test_who_was_told_before_stays_told_as_before(jury, seats, by):
    call(seats[0], by, Outcome.ACCEPTED)

    assert PanelSeat.objects.get(pk=seats[0].pk).told_how == How.EMAIL


@pytest.mark.parametrize("outcome", [Outcome.NO_ANSWER, Outcome.CALL_BACK])
def test_a_call_without_an_answer_tells_nobody_and_changes_no_seat(jury, seats, by, outcome):
    jury.seats.update(told_at=None, told_how="")
    again = TODAY if outcome == Outcome.CALL_BACK else None

    call(seats[0], by, outcome, call_back_on=again)

    assert jury.seats.filter(state=State.OFFERED, told_at=None).count() == 4


def test_a_double_click_writes_one_call(seats, by):
    submission = uuid4()
    calls = {
        note_call(seat=seats[0], outcome=outcome, submission=submission, by=by)
        for outcome in (Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.DECLINED)
    }

    assert len(calls) == Call.objects.count() == 1
    assert PanelSeat.objects.get(pk=seats[0].pk).state == State.CONFIRMED
    assert AuditEntry.objects.filter(verb="call.logged").count() == 1


def test_control_two_calls_are_two(seats, by):
    call(seats[0], by, Outcome.NO_ANSWER)
    call(seats[0], by, Outcome.NO_ANSWER)

    assert Call.objects.count() == 2


@pytest.mark.parametrize("outcome", ["registered", "perhaps", ""])
def test_what_cannot_come_of_such_a_call_is_refused(seats, by, outcome):
    with pytest.raises(JuryError, match="what came of the call"):
        call(seats[0], by, outcome)


def test_a_refused_answer_leaves_no_call(jury, seats, by):
    jury.seats.filter(pk=seats[0].pk).update(state=State.DECLINED, answered_at=NOW, replaced=True)

    with pytest.raises(JuryError, match="somebody else"):
        call(seats[0], by, Outcome.ACCEPTED)
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    ("language", "first", "day"),
    [("fi", "Varmista ensin", "23.3.2030"), ("sv", "Försäkra dig", "23.3.2030")],
)
def test_the_script_is_in_the_language_of_the_person(jury, seats, language, first, day):
    give([seats[0].registrant], language=language)
    seats[0].refresh_from_db()

    spoken, script = script_for(seats[0])

    assert spoken == language
    assert script.body.startswith(first)
    assert day in script.body


@pytest.fixture
def desk(jury, sign_in_as):
    return sign_in_as(Role.RECRUITER, jury)


def page(jury, *rest):
    return f"/en/desk/{jury.slug}/panel/calls/" + "".join(f"{part}/" for part in rest)


def test_the_desk_lists_them_with_numbers_to_touch(jury, seats, desk):
    give([seats[0].registrant], phone="+358 40 123 4567", email="")

    shown = text(desk.get(page(jury)))

    assert 'href="tel:+358401234567"' in shown
    assert "no e-mail" in shown
    assert all(seat.registrant.name in shown for seat in seats)


def test_the_page_of_one_person_has_script_and_buttons(jury, seats, desk):
    give([seats[0].registrant], language="sv", phone="040 123 4567")

    shown = text(desk.get(page(jury, seats[0].pk)))

    assert 'lang="sv"' in shown
    assert "Försäkra dig först" in shown
    for outcome in ("accepted", "declined", "no_answer", "call_back"):
        assert f'name="outcome" value="{outcome}"' in shown


def test_what_came_of_it_is_written_by_a_button_once(jury, seats, desk):
    sent = {"submission": str(uuid4()), "outcome": "declined", "note": "ulkomailla"}

    answers = [desk.post(page(jury, seats[0].pk), sent) for _click in range(2)]

    assert {answer.url for answer in answers} == {page(jury)}
    assert Call.objects.get().note == "ulkomailla"
    assert PanelSeat.objects.get(pk=seats[0].pk).state == State.DECLINED


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"outcome": "?"},
        {"outcome": "call_back"},
        {"outcome": "call_back", "call_back_on": "2001-01-01"},
        {"outcome": "call_back", "call_back_on": "31.2."},
        {"outcome": "no_answer", "note": "x" * 301},
        {"outcome": "no_answer", "note": "\x00"},
        {"outcome": "accepted", "submission": "x"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(jury, seats, desk, sent):
    answer = desk.post(page(jury, seats[0].pk), {"submission": str(uuid4()), **sent})

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Call.objects.exists()
    assert jury.seats.filter(state=State.OFFERED).count() == 4


def test_whoever_has_answered_is_not_asked_again(jury, seats, desk):
    accept_seat(seat=seats[0], by=JUROR)

    shown = text(desk.get(page(jury, seats[0].pk)))

    assert 'name="outcome"' not in shown
    assert "The offer has been answered: confirmed." in shown


def test_a_note_of_script_is_shown_as_it_was_typed(jury, seats, desk):
    call(seats[0], factories.make_user(), Outcome.NO_ANSWER, note="<script>alert(1)</script>")

    shown = text(desk.get(page(jury, seats[0].pk)))

    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown


@pytest.mark.parametrize("people", [4, 40])
def test_the_desk_costs_the_same_whatever_its_size(
    jury, desk, django_assert_max_num_queries, people
):
    seats = offered(jury, answer_by=TODAY, people=people)
    for seat in seats:
        call(seat, factories.make_user(), Outcome.NO_ANSWER)

    with django_assert_max_num_queries(9):
        desk.get(page(jury))


def test_the_ordinary_call_form_offers_no_answer_to_a_seat(jury, seats, desk):
    shown = text(desk.get(f"/en/desk/{jury.slug}/calls/"))
    refused = desk.post(f"/en/desk/{jury.slug}/calls/", {"outcome": "accepted"})

    assert "takes the seat" not in shown
    assert refused.context["form"].errors
    assert timezone.localdate() == TODAY
