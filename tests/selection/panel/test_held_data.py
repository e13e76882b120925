"""What the panel's desk holds of somebody, they can read and take away: all of it."""

import json

from juries.models import Registrant
from juries.pool.calls import log_call
from juries.registration.own_data import as_document, held_about
from selection.models import How, Notice
from selection.panel.reserves import draw_up_reserves
from selection.panel.telling import mark_one_posted, mark_phoned, mark_told


def read(person: Registrant) -> dict[str, list[tuple[str, str]]]:
    """What they read, by heading; as a file it can be written too."""
    held = held_about(Registrant.objects.get(pk=person.pk))
    json.dumps(as_document(held))
    return {part.title: part.read() for part in held}


def test_a_place_on_the_reserve_list_is_among_the_own_data(drawn, organiser):
    jury = drawn.draw.jury
    draw_up_reserves(jury=jury, count=2, dropout_percent=20, by=organiser)
    second = jury.draws.get().reserves.get(place=2).registrant
    mark_told(jury, "mail_reserve", {second.pk}, How.LETTER)

    told = read(second)

    assert told["After draw 1"][0] == ("Place on the reserve list", "2")
    assert told["After draw 1"][1][0] == "Told: on the reserve list"
    assert told["After draw 1"][1][1].startswith("by letter, ")


def test_whoever_was_not_drawn_reads_when_they_were_told(drawn, organiser):
    jury = drawn.draw.jury
    person = jury.registrants.filter(seat=None).first()
    mark_told(jury, "mail_not_drawn", {person.pk}, How.EMAIL)

    assert [label for label, _text in read(person)["After draw 1"]] == ["Told: not drawn"]
    assert Notice.objects.get().registrant == person


def test_whoever_was_told_by_phone_reads_so(drawn, organiser):
    jury = drawn.draw.jury
    person = jury.registrants.filter(seat=None).first()
    Registrant.objects.filter(pk=person.pk).update(email="", street_address="", phone="040 1234")
    mark_phoned(jury=jury, circle="not-drawn", person=person, by=organiser)

    [(label, text)] = read(person)["After draw 1"]

    assert label == "Told: not drawn"
    assert text.startswith("by phone, ")


def test_of_a_seat_the_offer_and_how_it_was_told_are_there(drawn, organiser):
    seat = drawn.draw.jury.seats.first()
    mark_one_posted(seat=seat, by=organiser)

    told = dict(read(seat.registrant)["Seat on the panel"])

    assert told["Told"].startswith("by letter, ")
    assert "Offered" in told


def test_calls_and_what_was_noted_of_them_are_there(drawn, organiser):
    person = drawn.draw.jury.seats.first().registrant
    log_call(
        jury=drawn.draw.jury,
        outcome="no_answer",
        by=organiser,
        registrant=person,
        note="Kanarialintu lauloi",
    )

    [(outcome, text)] = read(person)["Calls"]

    assert outcome == "no answer"
    assert text.endswith("Kanarialintu lauloi")


def test_nobody_reads_of_others(drawn, organiser):
    jury = drawn.draw.jury
    draw_up_reserves(jury=jury, count=2, dropout_percent=20, by=organiser)
    outside = jury.registrants.filter(seat=None, reserve_places=None).first()
    log_call(jury=jury, outcome="no_answer", by=organiser, note="Kanarialintu")

    told = read(outside)

    assert "Kanarialintu" not in str(told)
    assert "After draw 1" not in told
