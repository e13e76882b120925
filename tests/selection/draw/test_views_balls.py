"""The page of the balls: two people, each on their own device."""

import pytest
from django.test import Client

from juries.enums import Role
from selection.models import Ball
from tests import factories
from tests.selection.conftest import address, text
from tests.selection.draw.story import type_in


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


def test_yes_to_a_ball_that_was_taken_back_meanwhile_is_answered_on_the_page(
    committed, desk, phone
):
    jury = committed.draw.jury
    ball = {"place": "0", "digit": "4"}
    desk.post(address(jury, "draw/balls/enter"), ball)
    desk.post(address(jury, "draw/balls/confirm"), {"place": "0", "answer": "no"})

    confirm = address(jury, "draw/balls/confirm")
    found = text(phone.post(confirm, {**ball, "answer": "yes"}, follow=True))

    assert "This ball has been changed or confirmed meanwhile." in found
    assert not Ball.objects.exists()


def test_a_second_yes_to_the_last_ball_is_answered_on_the_page(committed, desk, phone, organiser):
    jury = committed.draw.jury
    type_in(committed, organiser, "41")
    ball = {"place": "2", "digit": "7"}
    desk.post(address(jury, "draw/balls/enter"), ball)

    confirm = address(jury, "draw/balls/confirm")
    for _press in range(2):
        found = text(phone.post(confirm, {**ball, "answer": "yes"}, follow=True))

    assert "The draw has gone on since this page was opened." in found
    assert "All three balls are confirmed." in found


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


def test_too_late_is_said_on_the_page_of_the_balls(committed, desk, time_machine):
    time_machine.move_to(committed.balls_deadline)

    assert "balls is over" in text(desk.get(address(committed.draw.jury, "draw/balls")))
    assert "Break this off" in text(desk.get(address(committed.draw.jury, "draw")))
