"""The ticket: typed in, checked, set aside."""

import pytest

from selection.draw import enter_draw
from selection.models import Draw
from tests.selection.conftest import address, draw_from, run_lottery, text

TYPED = {"lottery_number": "1", "ticket": "417", "source": "three dice"}


def test_a_ticket_is_typed_in_and_its_panel_is_shown_blind(ready, desk):
    response = desk.post(
        address(ready.jury, "draw/enter"), TYPED | {"ticket": "4 1 7"}, follow=True
    )

    found = text(response)
    assert "Check draw 1" in found
    assert ">417<" in found
    assert "Malli" not in found
    assert Draw.objects.get().ticket == 417


@pytest.mark.parametrize("ticket", ["7", "1000", "-17", "abc", "", "٤١٧", "4.7"])
def test_a_ticket_without_all_its_digits_is_refused_and_nothing_typed_is_lost(ready, desk, ticket):
    found = text(desk.post(address(ready.jury, "draw/enter"), TYPED | {"ticket": ticket}))

    assert "error-summary" in found
    assert "three dice" in found
    assert not Draw.objects.exists()


def test_a_confirmed_draw_leads_to_the_panel_with_names(ready, desk, organiser):
    enter_draw(lottery=ready, ticket=3, source="dice", by=organiser)

    response = desk.post(address(ready.jury, "draw/1/confirm"), follow=True)

    found = text(response)
    assert response.redirect_chain[-1][0] == address(ready.jury, "panel")
    assert found.count("Malli ") == 4


def test_a_draw_is_set_aside_only_with_a_reason(drawn, desk):
    without = text(desk.post(address(drawn.jury, "draw/1/set-aside"), {"reason": " "}))
    assert "error-summary" in without

    desk.post(address(drawn.jury, "draw/1/set-aside"), {"reason": "A die fell."})
    found = text(desk.get(address(drawn.jury, "draw")))

    assert "A die fell." in found
    assert "Type in the ticket" in found


def test_a_second_round_shows_the_first(drawn, desk, organiser):
    seat = drawn.jury.seats.first()
    desk.post(address(drawn.jury, f"panel/{seat.pk}"), {"answer": "decline"})
    draw_from(run_lottery(drawn.jury, organiser), organiser, 5)

    found = text(desk.get(address(drawn.jury, "draw")))

    assert "Draw 1 from lottery 1" in found
    assert "Draw 2 from lottery 2" in found


@pytest.mark.parametrize("number", ["1", "9", "", "x"])
def test_a_ticket_is_never_taken_for_one_of_another_lottery(ready, desk, organiser, number):
    run_lottery(ready.jury, organiser)

    found = text(desk.post(address(ready.jury, "draw/enter"), TYPED | {"lottery_number": number}))

    assert "error-summary" in found
    assert not Draw.objects.exists()
