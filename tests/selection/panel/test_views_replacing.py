"""The pages of empty seats and of the reserve list."""

from django.test import Client
from django.urls import reverse

from juries.audit import JUROR, REGISTRANT
from juries.registration.withdrawing import withdraw
from selection.models import Lottery, Rule
from selection.panel.calling import script_for
from selection.panel.messages import offer_facts
from selection.panel.offers import code_of
from selection.panel.replacing import replace_by_rank
from selection.panel.reserves import draw_up_reserves, standing_list
from selection.panel.seats import accept_seat, decline_seat
from selection.room import own_cards
from tests.selection.conftest import address, commit_to, run_lottery, text


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


def test_while_a_round_waits_no_list_is_drawn_up(desk, drawn, organiser):
    jury = emptied(drawn)
    commit_to(run_lottery(jury, organiser), organiser)

    page = text(desk.get(address(jury, "panel/reserves")))

    assert "A lottery is committed and waits to be drawn from." in page
    assert "Draw the list up" not in page


def test_the_list_says_who_stands_by_no_more(desk, drawn, organiser):
    jury = emptied(drawn)
    draw_up_reserves(jury=jury, count=3, dropout_percent=25, by=organiser)
    first, second, _third = standing_list(drawn.draw).reserves
    withdraw(registrant=first.registrant, by=REGISTRANT)
    replace_by_rank(jury=jury, among="reserves", by=organiser)

    page = text(desk.get(address(jury, "panel/reserves")))

    assert jury.seats.held().filter(registrant__reserve_places__draw=drawn.draw).count() == 1
    assert second.place == 2
    assert (page.count("withdrew"), page.count("was given a seat")) == (1, 1)


def test_free_seats_are_drawn_by_the_rule_of_the_panel(desk, drawn, organiser, queue):
    """Another lottery, tried but not committed, says nothing about the rule."""
    jury = emptied(drawn)
    Lottery.objects.filter(pk=drawn.lottery_id).update(rule=Rule.MAXIMIN)
    run_lottery(jury, organiser, rule=Rule.LEXIMIN)

    desk.post(address(jury, "panel/replacements/lottery"))

    assert Lottery.objects.first().rule == Rule.MAXIMIN


def test_whoever_comes_next_is_told_so_and_not_that_the_lot_fell_on_them(drawn, organiser):
    jury = emptied(drawn)
    [made] = replace_by_rank(jury=jury, by=organiser)
    seat = jury.seats.get(registrant=made.taken_by.registrant)

    page = text(Client().get(reverse("selection:offer", args=[code_of(seat)])))
    _language, script = script_for(seat)

    assert "A seat has fallen free, and by the rule fixed before the draw you come next." in page
    assert "You were drawn" not in page
    assert offer_facts(seat, "en")["why_offered"].startswith("A seat has fallen free")
    assert "rpa osui" not in script.body
    assert own_cards(seat.registrant)[0].sentence.startswith("A seat has fallen free")


def test_where_nobody_is_left_no_empty_list_is_drawn_up(desk, drawn):
    jury = drawn.draw.jury
    for person in jury.registrants.filter(seat=None):
        withdraw(registrant=person, by=REGISTRANT)

    page = text(
        desk.post(address(jury, "panel/reserves"), {"count": 3, "dropout_percent": 25}, follow=True)
    )

    assert "There is nobody left who could stand by." in page
    assert not drawn.draw.events.filter(kind="RESERVES").exists()
