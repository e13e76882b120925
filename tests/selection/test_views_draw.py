"""The desk of the draw: a form for each step, balls on two devices, decisions that stay."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from juries.audit import JUROR
from juries.enums import Role
from selection.draw.opening import approve_opening
from selection.draw.standing import Now, standing_of
from selection.forms.draw import usual_moment
from selection.models import Ball, Disclosure, Draw, PanelSeat, Round
from selection.panel.seats import accept_seat
from selection.protocol import drand
from tests import factories
from tests.selection.conftest import (
    address,
    close,
    commit_to,
    draw_balls,
    freeze,
    run_lottery,
    text,
    witness,
)
from tests.selection.draw.story import SECOND, SIGNATURE, believing, type_in, unable_to_check


def evening(hours=2):
    return timezone.localtime(timezone.now() + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


def commitment(**facts):
    """What the form of the commitment sends."""
    return {
        "lottery": "1",
        "sources": "both",
        "balls_by": evening(),
        "fallback_minutes": "60",
        "disclosure": "L1",
        **facts,
    }


@pytest.fixture
def beaconed(ready, organiser):
    return commit_to(ready, organiser, Round.Sources.BOTH)


@pytest.fixture
def phone(committed):
    """The device of the one who confirms."""
    client = Client()
    client.force_login(witness(committed.draw.jury))
    return client


def test_the_pool_is_frozen_from_the_page(closed, desk):
    page = text(desk.get(address(closed, "draw")))
    assert 'value="48"' in page

    found = text(desk.post(address(closed, "draw/freeze"), {"objection_hours": "24"}, follow=True))

    assert "The pool is frozen." in found
    draw = Draw.objects.get()
    assert draw.objections_until - draw.frozen_at == timedelta(hours=24)
    assert "Next: the lottery" in found


def test_whoever_freezes_early_is_told_what_everybody_was_promised(closed, desk):
    today = timezone.localdate()
    for closes, promised in ((today, True), (today - timedelta(days=1), False)):
        closed.registration_closes_on = closes
        closed.save()

        page = text(desk.get(address(closed, "draw")))

        assert ("Everybody was promised that they can register until" in page) == promised


@pytest.mark.parametrize("hours", ["", "-1", "337", "kaksi"])
def test_hours_that_are_none_are_asked_for_again(closed, desk, hours):
    found = text(desk.post(address(closed, "draw/freeze"), {"objection_hours": hours}))

    assert "error-summary" in found
    assert not Draw.objects.exists()


def test_what_stands_in_the_way_is_said_with_the_way_there(closed, desk):
    closed.registrants.first().traits.first().delete()

    page = text(desk.get(address(closed, "draw")))

    assert "Before this can be done:" in page
    assert address(closed, "incomplete") in page
    assert 'name="objection_hours"' not in page
    found = text(desk.post(address(closed, "draw/freeze"), {"objection_hours": "48"}))
    assert "lacks an answer" in found


def test_a_lottery_is_committed_to_and_its_words_are_shown_large(ready, desk):
    found = text(desk.post(address(ready.jury, "draw/commit"), commitment(), follow=True))

    round_ = Round.objects.get()
    assert round_.sources == Round.Sources.BOTH
    assert round_.fallback_after - round_.beacon_time == timedelta(minutes=60)
    assert re.search(r'<p class="fingerprint-words" id="fingerprint">(\w{4} ){5}\w{4}</p>', found)
    assert 'data-copy="#fingerprint"' in found
    assert round_.commitment_digest in found


@pytest.mark.parametrize(
    "wrong",
    [
        {"sources": "dice"},
        {"balls_by": ""},
        {"balls_by": "2020-01-01T10:00"},
        {"balls_by": "2099-01-01T10:00"},
        {"balls_by": "9999-12-31T23:59"},
        {"fallback_minutes": "1"},
        {"lottery": "9"},
        {"lottery": ""},
        {"disclosure": "L9"},
        {"disclosure": "L3"},
    ],
)
def test_a_commitment_that_is_not_possible_leaves_nothing_behind(ready, desk, wrong):
    found = text(desk.post(address(ready.jury, "draw/commit"), commitment(**wrong)))

    assert "error-summary" in found
    assert not Round.objects.exists()


def test_nothing_is_committed_to_where_nothing_is_ready(frozen, desk):
    found = text(desk.post(address(frozen.jury, "draw/commit"), commitment(), follow=True))

    assert "There is no ready lottery of this pool." in found


def test_a_second_tab_is_told_that_a_lottery_is_committed_already(committed, desk):
    jury = committed.draw.jury

    found = text(desk.post(address(jury, "draw/commit"), commitment(), follow=True))

    assert "A lottery is committed and waits to be drawn from." in found
    assert Round.objects.count() == 1


def test_a_second_tab_that_freezes_again_sees_where_the_draw_stands(ready, desk):
    found = text(desk.post(address(ready.jury, "draw/freeze"), {"objection_hours": "1"}))

    assert 'name="balls_by"' in found
    assert 'name="objection_hours"' not in found
    assert 'class="hds-notification hds-notification--error"' in found
    assert Draw.objects.count() == 1


def test_of_several_lotteries_none_is_chosen_beforehand(ready, desk, organiser):
    assert '<input type="hidden" name="lottery" value="1"' in text(
        desk.get(address(ready.jury, "draw"))
    )
    run_lottery(ready.jury, organiser, rule="maximin")
    page = text(desk.get(address(ready.jury, "draw")))
    assert re.search(r'name="lottery" value="2"', page)
    assert not re.search(r'name="lottery" value="\d"[^>]*checked', page)

    desk.post(address(ready.jury, "draw/commit"), commitment(lottery="1"))

    assert Round.objects.get().lottery == ready


def test_the_open_level_says_how_many_are_alike_and_what_is_missing(ready, desk):
    page = text(desk.get(address(ready.jury, "draw")))

    assert "shared by at least 3 people" in page
    assert "at least 5 people must share" in page
    assert "data protection officer has approved" in page


@pytest.mark.parametrize(("days", "expected"), [(0, "18:00"), (3, "18:00"), (-1, None), (9, None)])
def test_the_last_moment_proposed_is_the_evening_of_the_draw_or_soon(closed, days, expected):
    now = datetime(2027, 3, 5, 10, 1, tzinfo=UTC)
    closed.draw_on = now.date() + timedelta(days=days)

    moment = usual_moment(closed, now)

    assert moment > now
    if expected:
        assert timezone.localtime(moment).strftime("%H:%M") == expected
    else:
        assert timezone.localtime(moment).strftime("%H:%M") == "12:35"


def test_two_people_bring_the_balls_in_each_on_their_own_device(committed, desk, phone):
    jury = committed.draw.jury
    page = address(jury, "draw/balls")
    assert text(desk.get(page)).count('class="digit"') == 10
    assert "Waiting until the ball is typed in" in text(phone.get(page))

    for place, digit in enumerate("417"):
        ball = {"place": str(place), "digit": digit}
        found = text(desk.post(address(jury, "draw/balls/enter"), ball, follow=True))
        assert f"Ball {place + 1}: you typed {digit}" in found
        assert f"Yes, it is {digit}" in text(phone.get(page))
        phone.post(address(jury, "draw/balls/confirm"), {**ball, "answer": "yes"})

    committed.refresh_from_db()
    assert committed.ticket_name == "417"
    assert "All three balls are confirmed." in text(phone.get(page))


def test_the_one_who_typed_is_not_asked_to_confirm_and_cannot(committed, desk):
    jury = committed.draw.jury
    ball = {"place": "0", "digit": "4"}
    found = text(desk.post(address(jury, "draw/balls/enter"), ball, follow=True))
    assert "Yes, it is" not in found

    found = text(
        desk.post(address(jury, "draw/balls/confirm"), {**ball, "answer": "yes"}, follow=True)
    )

    assert "Somebody else has to confirm the ball." in found
    assert Ball.objects.get().confirmed_at is None


def test_no_means_that_the_ball_is_typed_in_again(committed, desk, phone):
    jury = committed.draw.jury
    ball = {"place": "0", "digit": "9"}
    desk.post(address(jury, "draw/balls/enter"), ball)

    phone.post(address(jury, "draw/balls/confirm"), {**ball, "answer": "no"})

    assert not Ball.objects.exists()
    assert "Ball 1: what does it show?" in text(desk.get(address(jury, "draw/balls")))


def test_a_second_press_of_a_digit_is_no_second_ball(committed, desk, phone):
    jury = committed.draw.jury
    ball = {"place": "0", "digit": "4"}
    desk.post(address(jury, "draw/balls/enter"), ball)
    phone.post(address(jury, "draw/balls/confirm"), {**ball, "answer": "yes"})

    found = text(desk.post(address(jury, "draw/balls/enter"), ball, follow=True))

    assert "This ball has been typed in already." in found
    assert Ball.objects.count() == 1


@pytest.mark.parametrize("digit", ["", "10", "-1", "x", "٤", "4.0", "99999999999999"])
def test_anything_but_a_digit_is_refused(committed, desk, digit):
    jury = committed.draw.jury

    found = text(
        desk.post(address(jury, "draw/balls/enter"), {"place": "0", "digit": digit}, follow=True)
    )

    assert "from 0 to 9" in found
    assert not Ball.objects.exists()


def test_somebody_who_only_watches_does_not_type_in(committed, phone):
    jury = committed.draw.jury

    response = phone.post(address(jury, "draw/balls/enter"), {"place": "0", "digit": "4"})

    assert response.status_code == 403
    assert 'class="digit"' not in text(phone.get(address(jury, "draw/balls")))


def test_a_third_person_is_told_that_the_first_witness_goes_on(committed, desk, organiser):
    jury = committed.draw.jury
    type_in(committed, organiser, "4")
    desk.post(address(jury, "draw/balls/enter"), {"place": "1", "digit": "1"})
    third = Client()
    third.force_login(factories.make_member(jury, Role.OBSERVER, "toinen@kunta.example"))

    page = text(third.get(address(jury, "draw/balls")))

    assert "The person who confirmed the first ball confirms them all." in page


def test_the_turn_refreshes_itself_while_somebody_else_is_to_act(committed, desk, phone):
    page = address(committed.draw.jury, "draw/balls")

    assert 'hx-trigger="every 2s"' in text(phone.get(page))
    assert "hx-trigger" not in text(desk.get(page))
    part = text(phone.get(page, headers={"HX-Request": "true"}))
    assert part.strip().startswith('<div id="balls-turn"')


def test_without_a_commitment_no_ball_is_awaited(ready, desk, time_machine):
    assert "No balls are awaited now." in text(desk.get(address(ready.jury, "draw/balls")))
    ball = {"place": "0", "digit": "4"}
    sent = desk.post(address(ready.jury, "draw/balls/enter"), ball, follow=True)
    assert "The draw has gone on since this page was opened." in text(sent)
    assert not Ball.objects.exists()


def test_a_ball_that_was_taken_back_meanwhile_is_said_to_be_so(committed, desk, phone):
    jury = committed.draw.jury
    ball = {"place": "0", "digit": "4"}
    desk.post(address(jury, "draw/balls/enter"), ball)
    desk.post(address(jury, "draw/balls/confirm"), {"place": "0", "answer": "no"})

    seen = phone.post(address(jury, "draw/balls/confirm"), {**ball, "answer": "yes"}, follow=True)

    assert "This ball has been changed or confirmed meanwhile." in text(seen)
    assert not Ball.objects.exists()


def test_the_last_ball_confirmed_twice_is_no_lost_page(committed, desk, phone, organiser):
    jury = committed.draw.jury
    draw_balls(committed, organiser, "417")
    again = {"place": "2", "digit": "7", "answer": "yes"}

    seen = text(phone.post(address(jury, "draw/balls/confirm"), again, follow=True))

    assert "The draw has gone on since this page was opened." in seen
    assert "All three balls are confirmed." in seen


@pytest.mark.parametrize("page", ["draw/beacon/ask", "draw/balls-alone"])
def test_what_a_round_waited_for_is_not_asked_for_once_it_is_drawn(drawn, desk, page):
    found = text(desk.post(address(drawn.draw.jury, page), follow=True))

    assert "The draw has gone on since this page was opened." in found


def test_too_late_is_said_on_the_page_of_the_balls(committed, desk, time_machine):
    time_machine.move_to(committed.balls_deadline)

    assert "balls is over" in text(desk.get(address(committed.draw.jury, "draw/balls")))
    assert "Break this off" in text(desk.get(address(committed.draw.jury, "draw")))


@pytest.fixture
def out(beaconed, organiser, time_machine):
    """Balls are drawn and the beacon is published."""
    type_in(beaconed, organiser, "417")
    time_machine.move_to(beaconed.beacon_time)
    return beaconed


def test_before_the_beacon_there_is_nothing_to_paste(beaconed, organiser, desk):
    type_in(beaconed, organiser, "417")

    page = text(desk.get(address(beaconed.draw.jury, "draw")))

    assert "Now: the beacon" in page
    assert "Ask the relays now" not in page


@pytest.mark.parametrize(
    "pasted",
    [
        SIGNATURE,
        f"  {SIGNATURE.upper()}\n",
        f'{{"round":7,"randomness":"{"0" * 64}","signature":"{SIGNATURE}"}}',
    ],
)
def test_a_beacon_is_pasted_in_as_any_relay_gives_it(out, desk, monkeypatch, pasted):
    believing(monkeypatch, SIGNATURE)
    jury = out.draw.jury
    page = text(desk.get(address(jury, "draw")))
    assert all(one in page for one in drand.address_of(out.beacon_round))
    assert "This house checks the signature" in page

    found = text(desk.post(address(jury, "draw/beacon"), {"signature": pasted}, follow=True))

    out.refresh_from_db()
    assert out.beacon_signature == SIGNATURE
    assert f"Ticket {out.ticket_name} was drawn." in found


@pytest.mark.parametrize("pasted", ["", "ab" * 40, f"{SIGNATURE} {'cd' * 48}", "cd" * 48])
def test_what_is_no_beacon_is_refused_with_a_sentence(out, desk, monkeypatch, pasted):
    believing(monkeypatch, SIGNATURE)

    found = text(desk.post(address(out.draw.jury, "draw/beacon"), {"signature": pasted}))

    assert "error-summary" in found
    out.refresh_from_db()
    assert out.beacon_signature == ""


def test_a_house_that_cannot_check_says_so(out, desk, monkeypatch):
    unable_to_check(monkeypatch)

    assert "This house cannot check the signature." in text(
        desk.get(address(out.draw.jury, "draw"))
    )


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [(bytes.fromhex(SIGNATURE), "The beacon has come."), (None, "No relay has given the beacon.")],
)
def test_relays_are_asked_at_the_press_of_a_button(out, desk, monkeypatch, answer, sentence):
    believing(monkeypatch, SIGNATURE)
    monkeypatch.setattr(drand, "fetch", lambda _round, *, seconds: answer)

    found = text(desk.post(address(out.draw.jury, "draw/beacon/ask"), follow=True))

    assert sentence in found


def test_balls_decide_alone_only_when_that_was_announced_and_is_due(out, desk, time_machine):
    jury = out.draw.jury
    assert "let the balls decide alone" not in text(desk.get(address(jury, "draw")))
    found = text(desk.post(address(jury, "draw/balls-alone"), follow=True))
    assert "only when the beacon was not had" in found

    time_machine.move_to(out.fallback_after + SECOND)
    assert "let the balls decide alone" in text(desk.get(address(jury, "draw")))
    desk.post(address(jury, "draw/balls-alone"))

    out.refresh_from_db()
    assert (out.ticket_name, out.mode) == ("417", Round.Mode.BALLS)


def test_a_drawn_panel_is_shown_by_identifier_and_never_by_name(drawn, desk):
    page = text(desk.get(address(drawn.draw.jury, "draw")))

    references = set(drawn.draw.jury.seats.values_list("registrant__reference", flat=True))
    assert all(reference in page for reference in references)
    assert "Malli" not in page
    assert ">417<" in page


def test_a_draw_is_broken_off_only_with_what_happened_and_why(drawn, desk):
    jury = drawn.draw.jury
    page = address(jury, "draw/break-off")
    for incomplete in ({"reason": "A ball fell."}, {"code": "other", "reason": " "}):
        assert "error-summary" in text(desk.post(page, incomplete))
    assert PanelSeat.objects.count() == 4

    found = text(desk.post(page, {"code": "technical", "reason": "A <b>ball</b>."}, follow=True))

    assert "Something technical failed. A &lt;b&gt;ball&lt;/b&gt;." in found
    assert not PanelSeat.objects.exists()


def test_a_replacement_round_is_broken_off_on_its_own_page(drawn, desk, organiser):
    jury = drawn.draw.jury
    page = address(jury, "draw/break-off-round")
    assert "No replacement round waits" in text(desk.get(page))
    assert "No replacement" in text(desk.post(page, {"code": "other", "reason": "Nothing."}))
    seat = jury.seats.first()
    desk.post(address(jury, f"panel/{seat.pk}"), {"answer": "decline"})
    round_ = commit_to(run_lottery(jury, organiser), organiser)
    assert "the panel is as it was before" in text(desk.get(page))

    desk.post(page, {"code": "technical", "reason": "No power."})

    round_.refresh_from_db()
    assert round_.state == Round.State.ABORTED
    assert jury.seats.held().count() == 3


def test_a_replacement_round_uses_the_same_forms(drawn, desk, organiser):
    jury = drawn.draw.jury
    seat = jury.seats.first()
    desk.post(address(jury, f"panel/{seat.pk}"), {"answer": "decline"})
    run_lottery(jury, organiser)
    page = text(desk.get(address(jury, "draw")))
    assert "commit to the lottery for the free seats" in page
    assert 'name="disclosure"' not in page

    desk.post(address(jury, "draw/commit"), commitment(lottery="2", sources="balls"))
    round_ = draw_balls(Round.objects.get(number=1), organiser, "005")

    assert round_.ticket_name == "005"
    assert "Replacement round 1" in text(desk.get(address(jury, "draw")))


def test_closing_says_what_it_means_and_does_it(drawn, desk):
    jury = drawn.draw.jury
    page = text(desk.get(address(jury, "draw/close")))
    assert "4 members have a seat." in page
    assert "4 of them have not answered yet." in page
    assert page.index("<details>") < page.index("hds-button--danger")

    found = text(desk.post(address(jury, "draw/close"), follow=True))

    assert "The draw is closed" in found
    assert "Break the draw off" not in found


def test_a_panel_that_has_answered_is_closed_without_another_question(drawn, desk):
    for seat in drawn.draw.jury.seats.all():
        accept_seat(seat=seat, by=JUROR)

    page = text(desk.get(address(drawn.draw.jury, "draw/close")))

    assert "hds-button--danger" in page
    assert "<details>" not in page


def test_what_is_not_drawn_cannot_be_closed(committed, desk):
    jury = committed.draw.jury
    assert "can be closed" in text(desk.get(address(jury, "draw/close")))

    found = text(desk.post(address(jury, "draw/close"), follow=True))

    assert "can be closed" in found
    assert standing_of(jury).now == Now.BALLS


@pytest.mark.parametrize("page", ["draw/break-off", "draw/close"])
def test_without_a_draw_there_is_nothing_to_end(closed, desk, page):
    response = desk.get(address(closed, page))

    assert response.headers["Location"].rstrip("/").endswith("/draw")
    assert "There is no draw now." in text(desk.get(response.headers["Location"]))


def test_the_officer_approves_of_an_open_record_where_many_are_alike(jury, sign_in_as):
    factories.make_mixed_pool(jury, 20)
    by = factories.make_member(jury, Role.ORGANISER)
    draw = freeze(close(jury), by)
    officer = sign_in_as(Role.PRIVACY_OFFICER, jury)
    assert "I approve of an open record" in text(officer.get(address(jury, "draw/opening")))

    found = text(officer.post(address(jury, "draw/opening"), follow=True))

    draw.refresh_from_db()
    assert draw.opening_approved_by is not None
    assert "has approved it" in found
    organiser = sign_in_as(Role.ORGANISER, jury)
    run_lottery(jury, by)
    organiser.post(address(jury, "draw/commit"), commitment(disclosure="L3"))
    draw.refresh_from_db()
    assert draw.disclosure == Disclosure.OPEN


def test_the_officer_reads_why_there_is_nothing_to_approve(ready, sign_in_as, organiser):
    officer = sign_in_as(Role.PRIVACY_OFFICER, ready.jury)
    page = address(ready.jury, "draw/opening")
    assert "at least 5 people must share" in text(officer.get(page))
    assert "There is nothing to approve in this pool." in text(officer.get(page))
    assert "draw/opening" in text(officer.get(address(ready.jury, "draw")))

    commit_to(ready, organiser)

    assert "That has been done." in text(officer.get(page))
    approve_opening(draw=ready.draw, by=organiser)
    assert "has approved it" in text(officer.get(page))


def test_whoever_only_looks_sees_the_step_and_no_form(ready, sign_in_as):
    for role in (Role.RECRUITER, Role.OBSERVER):
        page = text(sign_in_as(role, ready.jury).get(address(ready.jury, "draw")))

        assert "An organiser commits to the lottery" in page
        assert "<form" not in page[page.index("<main") : page.index("</main>")]
