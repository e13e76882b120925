"""The beacon at the desk: asked for, brought by hand, or given up."""

import pytest

from selection.models import Round
from selection.protocol import drand
from tests.selection.conftest import address, text
from tests.selection.draw.story import SECOND, SIGNATURE, believing, type_in, unable_to_check


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

    page = text(desk.get(address(out.draw.jury, "draw")))

    assert "This house cannot check the signature." in page
    assert "Ask the relays now" not in page
    assert "The house asks for it by itself" not in page


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [(bytes.fromhex(SIGNATURE), "The beacon has come."), (None, "No relay has given the beacon.")],
)
def test_relays_are_asked_at_the_press_of_a_button(out, desk, monkeypatch, answer, sentence):
    believing(monkeypatch, SIGNATURE)
    monkeypatch.setattr(drand, "fetch", lambda _round, *, seconds: answer)

    found = text(desk.post(address(out.draw.jury, "draw/beacon/ask"), follow=True))

    assert sentence in found


@pytest.mark.parametrize("page", ["draw/beacon", "draw/beacon/ask", "draw/balls-alone"])
def test_whoever_is_slower_than_the_beacon_is_told_on_the_page_of_the_draw(
    out, desk, monkeypatch, page
):
    believing(monkeypatch, SIGNATURE)
    jury = out.draw.jury
    desk.post(address(jury, "draw/beacon"), {"signature": SIGNATURE})
    out.refresh_from_db()

    found = text(desk.post(address(jury, page), {"signature": SIGNATURE}, follow=True))

    assert "The draw has gone on since this page was opened." in found
    assert f"Ticket {out.ticket_name} was drawn." in found


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
