import pytest
from django.test import Client
from django.urls import reverse

from juries.audit import JUROR
from juries.enums import Role
from juries.models import Registrant
from juries.web import OWN_REGISTRANT
from selection.draw.ending import break_off
from selection.lottery.own import Reasons, own_chance, reasons_of, tickets_with
from selection.models import PanelSeat
from selection.panel.seats import decline_seat
from selection.room import own_cards
from tests import factories
from tests.selection.conftest import close, commit_to, draw_balls, run_lottery


def client_of(registrant):
    client = Client()
    session = client.session
    session[OWN_REGISTRANT] = registrant.pk
    session.save()
    return client


def drawn_one(drawn):
    return drawn.draw.jury.seats.first().registrant


def left_out(drawn):
    return Registrant.objects.filter(jury=drawn.draw.jury, seat=None).first()


def test_there_is_no_card_before_the_lottery(closed):
    assert own_cards(closed.registrants.first()) == []


def test_from_the_freeze_on_there_is_a_receipt(frozen):
    person = frozen.jury.registrants.first()
    index = frozen.entries.get(registrant=person).index

    (card,) = own_cards(person)

    assert f"Your number is {index}." in card.sentence
    assert card.url == reverse("selection:own_receipt")


def test_everybody_can_read_their_own_chance(committed):
    card, receipt = own_cards(committed.draw.jury.registrants.first())

    assert "33.3\xa0%" in card.sentence
    assert card.url == reverse("selection:own_chance")
    assert receipt.url == reverse("selection:own_receipt")


def test_r13_whoever_registered_finds_the_identifier_of_the_receipt_in_the_lottery(ready):
    """The control: somebody who did not is not there, and has no chance to look at."""
    people = list(ready.jury.registrants.all())
    [stranger] = factories.make_registrants(ready.jury, [("woman", "old")])

    listed = set(ready.chances.values_list("registrant__reference", flat=True))

    assert listed == {person.reference for person in people}
    assert all(own_cards(person) for person in people)
    assert stranger.reference not in listed
    assert own_cards(stranger) == []


def test_the_chance_is_that_of_the_lottery_that_was_committed(ready, organiser):
    """A run that nobody committed to says nothing about anybody's chance."""
    person = ready.jury.registrants.first()
    run_lottery(ready.jury, organiser, seed=2)
    assert own_chance(person) is None

    commit_to(ready, organiser)

    assert own_chance(person).chance.lottery == ready


def test_a_draw_that_was_broken_off_leaves_no_chance(committed, organiser):
    person = committed.draw.jury.registrants.first()
    assert own_chance(person)

    break_off(draw=committed.draw, code="mistake", reason="Why.", by=organiser)

    assert own_chance(person) is None


def test_whoever_can_no_longer_be_drawn_has_no_chance_in_a_later_round(drawn, organiser):
    person = drawn_one(drawn)
    decline_seat(seat=person.seat, by=JUROR)
    drawn.draw.jury.refresh_from_db()

    later = run_lottery(drawn.draw.jury, organiser)

    assert later.chances.get(registrant=person).gone
    assert own_chance(person).chance.lottery == drawn.lottery


def test_the_page_of_the_chance_leads_to_the_receipt(committed):
    page = (
        client_of(committed.draw.jury.registrants.first()).get("/en/own/chance/").content.decode()
    )

    assert 'href="/en/own/receipt/"' in page


def test_the_page_of_the_chance_says_on_how_many_tickets_one_is(committed):
    registrant = committed.draw.jury.registrants.first()

    page = client_of(registrant).get("/en/own/chance/").content.decode()

    count = tickets_with(registrant.chances.get())
    assert 330 <= count <= 337
    assert f"on {count} of the 1\xa0000 tickets" in page


@pytest.fixture
def uneven(jury):
    """Eight women and four men for two seats each; three of the twelve are young."""
    people = [("woman", "old")] * 7 + [("woman", "young")] + [("man", "old")] * 2
    factories.make_registrants(jury, [*people, *[("man", "young")] * 2])
    close(jury)
    organiser = factories.make_member(jury, Role.ORGANISER)
    commit_to(run_lottery(jury, organiser), organiser)
    return list(jury.registrants.order_by("reference"))


def test_the_quotas_of_ones_own_groups_say_why_the_chance_is_what_it_is(uneven):
    woman, man = (reasons_of(own_chance(uneven[place]).chance) for place in (0, 8))

    assert woman.down == ("gender, woman: at most 2 on the panel.",)
    assert not woman.up
    assert not any("woman" in reason for reason in (*man.down, *man.up))


def test_the_page_of_the_chance_gives_the_reasons(uneven):
    page = client_of(uneven[0]).get("/en/own/chance/").content.decode()

    assert "which lowers your chance" in page
    assert "gender, woman: at most 2 on the panel." in page


def test_a_lottery_without_points_gives_no_reasons(uneven):
    chance = own_chance(uneven[0]).chance
    for claim in chance.lottery.proof["claims"]:
        claim["points"] = []
    chance.lottery.save()
    assert reasons_of(chance) == Reasons()

    chance.lottery.proof = None
    chance.lottery.save()
    assert reasons_of(chance) == Reasons()


def test_who_was_not_drawn_is_told_so(drawn):
    card, _receipt = own_cards(left_out(drawn))

    assert "not drawn" in card.sentence


def test_who_was_drawn_is_asked_for_an_answer(drawn):
    card, _receipt = own_cards(drawn_one(drawn))

    assert card.url == reverse("selection:own_seat")
    assert card.title == "A seat for you"


def test_looking_at_the_seat_answers_nothing(drawn):
    registrant = drawn_one(drawn)
    client = client_of(registrant)

    page = client.get("/en/own/seat/")
    client.get("/en/own/seat/?answer=decline")

    assert page.status_code == 200
    assert registrant.seat.state == PanelSeat.State.OFFERED


@pytest.mark.parametrize(
    ("answer", "state"),
    [("accept", PanelSeat.State.CONFIRMED), ("decline", PanelSeat.State.DECLINED)],
)
def test_the_seat_is_answered_by_a_post(drawn, answer, state):
    registrant = drawn_one(drawn)

    response = client_of(registrant).post("/en/own/seat/", {"answer": answer}, follow=True)

    assert response.status_code == 200
    assert PanelSeat.objects.get(registrant=registrant).state == state


def test_a_post_without_an_answer_changes_nothing(drawn):
    registrant = drawn_one(drawn)

    client_of(registrant).post("/en/own/seat/", {"answer": "perhaps"})

    assert PanelSeat.objects.get(registrant=registrant).state == PanelSeat.State.OFFERED


def test_there_is_no_seat_page_for_somebody_without_one(drawn):
    assert client_of(left_out(drawn)).get("/en/own/seat/").status_code == 404


def test_there_is_no_chance_page_before_the_lottery(closed):
    assert client_of(closed.registrants.first()).get("/en/own/chance/").status_code == 404


def test_the_chance_stays_that_of_the_panel_when_free_seats_are_drawn_anew(drawn, organiser):
    person, jury = left_out(drawn), drawn.draw.jury
    told = own_chance(person).percent
    decline_seat(seat=jury.seats.first(), by=JUROR)
    round_ = commit_to(run_lottery(jury, organiser), organiser)
    assert own_chance(person).later is False

    draw_balls(round_, organiser, "003")
    page = client_of(person).get("/en/own/chance/").content.decode()

    assert (own_chance(person).percent, own_chance(person).later) == (told, True)
    assert f"Your chance was {told}." in page
    assert "Seats that fell free were drawn later by a lottery of their own." in page


def test_whose_chance_was_smaller_than_a_ticket_is_not_told_of_one(committed):
    person = committed.draw.jury.registrants.first()
    person.chances.update(tickets=0, probability=0.0004)

    page = client_of(person).get("/en/own/chance/").content.decode()

    assert "none of the tickets has you on it. So you cannot be drawn this time." in page
    assert "Your chance of being drawn is" not in page
    assert "no ticket has you on it" in own_cards(person)[0].sentence
