"""The pages of empty seats and of the reserve list."""

from juries.audit import JUROR
from selection.models import Lottery
from selection.panel.seats import accept_seat, decline_seat
from tests.selection.conftest import address, text


def emptied(drawn, seats=1):
    for seat in list(drawn.draw.jury.seats.all())[:seats]:
        decline_seat(seat=seat, by=JUROR)
    return drawn.draw.jury


def test_the_page_says_there_is_nothing_to_do_while_every_seat_is_held(desk, drawn):
    jury = drawn.draw.jury
    for seat in jury.seats.all():
        accept_seat(seat=seat, by=JUROR)

    page = text(desk.get(address(jury, "panel/replacements")))

    assert "Every seat is held. There is nothing to do." in page
    assert "replacements/rank/" not in page


def test_whoever_comes_next_is_told_before_it_is_done(desk, drawn):
    jury = emptied(drawn)
    page = text(desk.get(address(jury, "panel/replacements")))
    assert "declined the seat" in page
    assert "Next of all who were not drawn: p0" in page
    assert "in the order that the balls settled." in page

    answer = desk.post(address(jury, "panel/replacements/rank"), {"among": "pool"}, follow=True)

    assert "1 seat is offered to the next in order." in text(answer)
    assert "A seat given by rank: declined the seat. All quotas are met" in text(answer)
    assert jury.seats.held().count() == 4
    assert "people have not been told of the offer yet." in text(answer)
    assert "There is nothing to do" not in text(answer)
    assert address(jury, "panel/tell/drawn") in text(answer)


def test_a_lottery_of_its_own_is_started_from_the_page(desk, drawn, queue):
    jury = emptied(drawn, seats=2)

    answer = desk.post(address(jury, "panel/replacements/lottery"))

    lottery = Lottery.objects.first()
    assert answer.url == address(jury, f"lottery/{lottery.number}")
    assert lottery.seats_held == 2
    assert "A lottery for the free seats is at work." in text(
        desk.get(address(jury, "panel/replacements"))
    )


def test_the_reserve_list_is_drawn_up_and_told(desk, drawn):
    jury = drawn.draw.jury
    answer = desk.post(
        address(jury, "panel/reserves"), {"count": 3, "dropout_percent": 25}, follow=True
    )

    page = text(answer)
    assert "If 25 % of the members drop out" in page
    assert page.count('<td class="numeric" data-label="Order">') == 3
    assert "Malli" in page


def test_a_number_that_makes_no_sense_gets_a_sentence_and_keeps_what_was_typed(desk, drawn):
    page = text(
        desk.post(address(drawn.draw.jury, "panel/reserves"), {"count": 0, "dropout_percent": 25})
    )

    assert "error-summary" in page
    assert 'value="25"' in page


def test_before_a_draw_the_pages_say_what_they_wait_for(desk, closed):
    for page in ("panel/replacements", "panel/reserves"):
        assert "before it is closed" in text(desk.get(address(closed, page)))
