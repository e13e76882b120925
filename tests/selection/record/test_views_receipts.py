"""The receipt on one's own page and at the desk."""

import json
from html import unescape

import pytest

from juries.enums import Role
from juries.models import AuditEntry
from juries.registration.withdrawing import withdraw
from selection.draw.ending import break_off
from selection.record.receipts import entry_of, receipt_file
from selection.room import desk_ways, own_cards
from tests import factories
from tests.selection.conftest import draw_from, freeze, run_lottery, text
from tests.selection.lottery.test_own import client_of

OWN, FILE = "/en/own/receipt/", "/en/own/receipt/receipt.json"


def read(response) -> str:
    return " ".join(unescape(text(response)).replace("\xa0", " ").split())


def desk_page(person) -> str:
    return f"/en/desk/{person.jury.slug}/draw/receipt/{person.pk}/"


def test_before_the_pool_is_frozen_there_is_no_receipt(closed):
    client = client_of(closed.registrants.first())

    assert client.get(OWN).status_code == 404
    assert client.get(FILE).status_code == 404


def test_i3_from_the_freeze_on_everybody_reads_their_number_their_groups_and_how_to_object(
    closed, organiser
):
    draw = freeze(closed, organiser, objection_hours=48)
    person = closed.registrants.first()
    index = draw.entries.get(registrant=person).index

    told = read(client_of(person).get(OWN))

    assert (
        "You are one of the 12 people from whom the panel is drawn. This receipt proves it." in told
    )
    assert f"<strong>{index}</strong>" in told
    assert "woman" in told
    assert "The tickets have not been made yet." in told
    assert "Until then nothing is drawn, and what is wrong can be put right." in told
    assert closed.first_contact_email in told


def test_after_the_commitment_it_says_on_how_many_tickets_one_is(committed):
    person = committed.draw.jury.registrants.first()
    slip = json.loads(client_of(person).get(FILE).content)

    told = read(client_of(person).get(OWN))

    assert f"You are on {slip['count']} of the 1 000 tickets." in told
    assert "The time for objections ended" in told


def test_the_file_is_the_receipt_and_kept_by_no_cache(committed):
    person = committed.draw.jury.registrants.first()

    response = client_of(person).get(FILE)

    assert response.content == receipt_file(entry_of(person))
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == 'attachment; filename="receipt.json"'
    assert "no-store" in response["Cache-Control"]


def test_each_round_has_its_own_count(drawn, organiser):
    jury = drawn.draw.jury
    seat = jury.seats.first()
    seat.state, seat.answered_at = "declined", drawn.drawn_at
    seat.save()
    jury.refresh_from_db()
    draw_from(run_lottery(jury, organiser), organiser)
    person = jury.registrants.filter(seat=None).first()
    client = client_of(person)

    later = json.loads(client.get("/en/own/receipt/1/receipt.json").content)

    second = drawn.draw.rounds.get(number=1)
    assert later["commitment"] == second.commitment_digest
    held = client_of(jury.seats.filter(state="offered").first().registrant)
    assert "That is because a seat had been offered to you before." in read(held.get(OWN))
    assert "a seat had been offered" not in read(client.get(OWN))
    assert later["count"] == person.chances.get(lottery=second.lottery).tickets
    assert "/en/own/receipt/1/receipt.json" in read(client.get(OWN))
    assert client.get("/en/own/receipt/2/receipt.json").status_code == 404


def test_after_the_draw_the_receipt_speaks_of_it_as_past(drawn):
    jury = drawn.draw.jury
    seated = read(client_of(jury.seats.first().registrant).get(OWN))
    other = read(client_of(jury.registrants.filter(seat=None).first()).get(OWN))

    assert "from whom the panel was drawn" in seated
    assert "from whom the panel was drawn" in other
    assert "If you are drawn" not in seated + other
    assert "The public record shows your number" in seated
    assert "If an empty seat comes to you" in other


def test_nobody_reads_the_receipt_of_somebody_else(committed):
    first, second = committed.draw.jury.registrants.all()[:2]

    told = read(client_of(first).get(OWN))

    assert entry_of(first).pseudonym in told
    assert entry_of(second).pseudonym not in told


def test_whoever_withdraws_has_no_receipt_any_more(committed):
    person = committed.draw.jury.registrants.first()
    withdraw(registrant=person, by="registrant")
    client = client_of(person)

    assert client.get(OWN).status_code == 404
    assert client.get(FILE).status_code == 404
    person.refresh_from_db()
    assert own_cards(person) == []


def test_a_receipt_of_a_draw_that_was_broken_off_says_so(committed, organiser):
    break_off(draw=committed.draw, code="mistake", reason="A ball fell.", by=organiser)
    person = committed.draw.jury.registrants.first()

    told = read(client_of(person).get(OWN))

    assert "This draw was broken off and does not count. The reason: A ball fell." in told
    assert "When the pool is frozen again, you have a new receipt." in told


def test_whoever_shares_a_household_is_told(jury, organiser_of_household):
    person = jury.registrants.first()

    assert "At most one of you is drawn." in read(client_of(person).get(OWN))
    assert "At most one of you" not in read(client_of(jury.registrants.last()).get(OWN))


@pytest.fixture
def organiser_of_household(jury):
    """The first two of the pool live together."""
    jury.one_per_household = True
    jury.stage = "lottery"
    jury.save()
    people = factories.make_mixed_pool(jury, 12)
    for person in people[:2]:
        person.street_address, person.postal_code = "Kotikatu 1 A 1", "00100"
        person.save()
    return freeze(jury, factories.make_member(jury, Role.ORGANISER))


def test_i11_at_the_desk_opening_the_page_shows_nothing_and_the_button_leaves_a_line(
    committed, desk, organiser
):
    person = committed.draw.jury.registrants.first()
    address = desk_page(person)

    before = read(desk.get(address))
    assert entry_of(person).pseudonym not in before
    assert not AuditEntry.objects.filter(verb="receipt.shown").exists()

    after = read(desk.post(address))
    assert entry_of(person).pseudonym in after
    assert receipt_file(entry_of(person)).decode().strip() in after
    assert AuditEntry.objects.get(verb="receipt.shown").by == organiser


def test_the_card_of_a_registrant_leads_to_the_receipt(frozen, desk):
    person = frozen.jury.registrants.first()
    card = f"/en/desk/{frozen.jury.slug}/registrants/{person.pk}/"

    assert desk_page(person) in read(desk.get(card))

    [stranger] = factories.make_registrants(frozen.jury, [("woman", "old")])
    assert desk_ways(stranger) == []
    assert desk.get(desk_page(stranger)).status_code == 404


def test_who_may_not_read_names_reads_no_receipt(committed, sign_in_as):
    person = committed.draw.jury.registrants.first()

    for role in (Role.OBSERVER, Role.FACILITATOR, Role.PRIVACY_OFFICER, Role.ARRANGER):
        client = sign_in_as(role, committed.draw.jury)
        assert client.get(desk_page(person)).status_code == 403
        assert client.post(desk_page(person)).status_code == 403


def test_after_the_draw_it_says_whether_ones_number_is_on_the_ticket(drawn):
    people = drawn.draw.jury.registrants

    sits = read(client_of(people.exclude(seat=None).first()).get(OWN))
    waits = read(client_of(people.filter(seat=None).first()).get(OWN))

    assert "Ticket 417 was drawn, and your number is on it." in sits
    assert "Ticket 417 was drawn, and your number is not on it." in waits
