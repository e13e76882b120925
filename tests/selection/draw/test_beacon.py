"""The beacon: taken at its time, checked where the house can, fetched by itself."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from juries.errors import JuryError
from juries.models import AuditEntry
from selection import tasks
from selection.draw import beacon
from selection.draw.beacon import fetch_awaited, take_beacon
from selection.draw.ending import break_off
from selection.models import Round
from selection.protocol import chance, drand
from tests.selection.conftest import draw_balls
from tests.selection.draw.story import (
    SECOND,
    SIGNATURE,
    believing,
    payloads,
    type_in,
    unable_to_check,
)

FALSE = "cd" * 48


@pytest.fixture
def out(beaconed, organiser, time_machine):
    """The balls are drawn and the beacon has been published."""
    type_in(beaconed, organiser, "417")
    time_machine.move_to(beaconed.beacon_time)
    return beaconed


def answering(monkeypatch, answer):
    """Relays that say this; the rounds they were asked for."""
    asked = []

    def fetch(number, *, seconds):
        assert seconds <= 5
        asked.append(number)
        return answer

    monkeypatch.setattr(drand, "fetch", fetch)
    return asked


def test_the_beacon_and_the_balls_make_the_ticket(out, organiser, monkeypatch):
    believing(monkeypatch, SIGNATURE)

    take_beacon(round_=out, signature=SIGNATURE, by=organiser)

    out.refresh_from_db()
    b = chance.beacon_number(out.commitment_digest, SIGNATURE, tickets=1000)
    assert out.state == Round.State.DRAWN
    assert (out.ticket, out.mode) == ((417 + b) % 1000, Round.Mode.BOTH)
    assert out.beacon_checked
    [said] = payloads(out.draw, "BEACON")
    assert said == {
        "round": 0,
        "drand_round": out.beacon_round,
        "signature": SIGNATURE,
        "checked": True,
    }


def test_i8_a_false_signature_is_refused_and_leaves_no_trace(out, organiser, monkeypatch):
    believing(monkeypatch, SIGNATURE)

    with pytest.raises(JuryError, match="not the signature of the round"):
        take_beacon(round_=out, signature=FALSE, by=organiser)

    out.refresh_from_db()
    assert out.beacon_signature == ""
    assert not out.draw.events.filter(kind="BEACON").exists()


def test_where_the_house_cannot_check_the_record_says_so(out, organiser, monkeypatch):
    unable_to_check(monkeypatch)

    take_beacon(round_=out, signature=FALSE, by=organiser)

    out.refresh_from_db()
    assert not out.beacon_checked
    assert payloads(out.draw, "BEACON")[0]["checked"] is False


@pytest.mark.parametrize("signature", ["", "ab" * 47, "ab" * 49, "AB" * 48, "xy" * 48])
def test_a_signature_has_the_form_of_one(out, organiser, monkeypatch, signature):
    unable_to_check(monkeypatch)
    if not signature:
        Round.objects.update(beacon_signature="")

    with pytest.raises(JuryError, match="96 characters|does not wait"):
        take_beacon(round_=out, signature=signature or "-", by=organiser)


def test_the_beacon_is_not_taken_before_its_time(beaconed, organiser, monkeypatch, time_machine):
    believing(monkeypatch, SIGNATURE)
    time_machine.move_to(beaconed.beacon_time - SECOND)

    with pytest.raises(JuryError, match="not been published yet"):
        take_beacon(round_=beaconed, signature=SIGNATURE, by=organiser)


def test_the_same_beacon_twice_is_taken_once_and_another_never(out, organiser, monkeypatch):
    believing(monkeypatch, SIGNATURE, FALSE)
    take_beacon(round_=out, signature=SIGNATURE, by=organiser)

    take_beacon(round_=out, signature=SIGNATURE, by=organiser)

    assert AuditEntry.objects.filter(verb="beacon.taken").count() == 1
    with pytest.raises(JuryError, match="does not wait for a beacon"):
        take_beacon(round_=out, signature=FALSE, by=organiser)


def test_no_beacon_counts_where_none_was_named_or_the_draw_is_broken_off(
    committed, organiser, monkeypatch
):
    believing(monkeypatch, SIGNATURE)
    with pytest.raises(JuryError, match="does not wait for a beacon"):
        take_beacon(round_=committed, signature=SIGNATURE, by=organiser)

    break_off(draw=committed.draw, code="other", reason="A ball fell.", by=organiser)
    with pytest.raises(JuryError, match="does not wait for a beacon"):
        take_beacon(round_=committed, signature=SIGNATURE, by=organiser)


def test_without_balls_in_time_the_beacon_alone_decides(
    beaconed, organiser, monkeypatch, time_machine
):
    believing(monkeypatch, SIGNATURE)
    type_in(beaconed, organiser, "41")
    time_machine.move_to(beaconed.beacon_time)

    take_beacon(round_=beaconed, signature=SIGNATURE, by=organiser)

    beaconed.refresh_from_db()
    b = chance.beacon_number(beaconed.commitment_digest, SIGNATURE, tickets=1000)
    assert (beaconed.ticket, beaconed.mode) == (b, Round.Mode.BEACON)
    assert not beaconed.draw.events.filter(kind="BALLS").exists()


def test_an_awaited_beacon_is_fetched_by_itself(out, monkeypatch):
    believing(monkeypatch, SIGNATURE)
    asked = answering(monkeypatch, bytes.fromhex(SIGNATURE))

    tasks.fetch_beacons()

    out.refresh_from_db()
    assert asked == [out.beacon_round]
    assert out.state == Round.State.DRAWN
    assert AuditEntry.objects.get(verb="beacon.taken").actor == "system"


@pytest.mark.parametrize("answer", [None, bytes.fromhex(FALSE)])
def test_relays_that_are_silent_or_lie_are_asked_again_later(out, monkeypatch, answer):
    believing(monkeypatch, SIGNATURE)
    asked = answering(monkeypatch, answer)

    assert fetch_awaited() == fetch_awaited() == 0
    assert len(asked) == 2
    out.refresh_from_db()
    assert out.state == Round.State.COMMITTED


def test_nobody_is_asked_while_no_beacon_is_awaited(beaconed, monkeypatch, time_machine):
    asked = answering(monkeypatch, bytes.fromhex(SIGNATURE))
    time_machine.move_to(beaconed.beacon_time - SECOND)

    with CaptureQueriesContext(connection) as queries:
        fetch_awaited()
    assert len(queries) == 1

    time_machine.move_to(beaconed.beacon_time + beacon.ASKED_FOR + SECOND)
    fetch_awaited()
    assert asked == []


def test_a_drawn_round_asks_for_nothing(beaconed, organiser, monkeypatch, time_machine):
    asked = answering(monkeypatch, bytes.fromhex(SIGNATURE))
    unable_to_check(monkeypatch)
    draw_balls(beaconed, organiser)
    time_machine.move_to(beaconed.beacon_time)

    assert (fetch_awaited(), fetch_awaited()) == (1, 0)
    assert len(asked) == 1


def test_the_schedule_asks_every_ten_seconds_and_drops_what_is_late(settings):
    entry = settings.CELERY_BEAT_SCHEDULE["fetch beacons"]

    assert entry["task"] == tasks.fetch_beacons.name
    assert entry["options"]["expires"] < entry["schedule"] == 10
    assert timedelta(seconds=beacon.PATIENCE) < timedelta(seconds=entry["schedule"]) / 2
    assert timezone.now().tzinfo
