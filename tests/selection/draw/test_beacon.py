"""The beacon: taken at its time, checked where the house can, fetched by itself."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.db.transaction import atomic
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from juries.audit import SYSTEM
from juries.errors import JuryError
from juries.models import AuditEntry
from selection import tasks
from selection.draw import beacon
from selection.draw.beacon import fetch_awaited, take_beacon
from selection.draw.ending import break_off
from selection.draw.pasting import confirm_beacon, paste_beacon, take_beacon_back
from selection.models import Round
from selection.protocol import chance, drand
from selection.record.minutes import contents_of
from tests.selection.conftest import address, draw_balls, text
from tests.selection.draw.story import (
    SECOND,
    SIGNATURE,
    believing,
    payloads,
    type_in,
    unable_to_check,
    witness,
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


def test_where_the_house_cannot_check_two_people_vouch_and_the_record_says_so(
    out, organiser, monkeypatch
):
    unable_to_check(monkeypatch)

    assert not paste_beacon(round_=out, signature=FALSE, by=organiser)

    out.refresh_from_db()
    assert (out.beacon_signature, out.beacon_waits, out.state) == ("", True, Round.State.COMMITTED)
    assert not payloads(out.draw, "BEACON")

    confirm_beacon(round_=out, signature=FALSE, by=witness(out.draw.jury))

    out.refresh_from_db()
    assert (out.beacon_signature, out.beacon_checked) == (FALSE, False)
    assert (out.beacon_entered_by, out.beacon_confirmed_by) == (
        organiser,
        witness(out.draw.jury),
    )
    assert payloads(out.draw, "BEACON") == [
        {"round": 0, "drand_round": out.beacon_round, "signature": FALSE, "checked": False}
    ]
    verbs = AuditEntry.objects.filter(verb__startswith="beacon.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "beacon.entered",
        "beacon.confirmed",
        "beacon.taken",
    ]


def test_one_person_alone_is_refused_in_every_way(out, organiser, monkeypatch):
    unable_to_check(monkeypatch)
    for take in (take_beacon, confirm_beacon):
        with pytest.raises(JuryError):
            take(round_=out, signature=FALSE, by=organiser)
    paste_beacon(round_=out, signature=FALSE, by=organiser)

    for take in (take_beacon, confirm_beacon, paste_beacon):
        with pytest.raises(JuryError, match="somebody else has to confirm"):
            take(round_=out, signature=FALSE, by=organiser)

    out.refresh_from_db()
    assert (out.beacon_signature, out.beacon_confirmed_by) == ("", None)
    assert not payloads(out.draw, "BEACON")
    out.beacon_confirmed_by = organiser
    with pytest.raises(IntegrityError, match="somebody_else_confirms_a_beacon"), atomic():
        out.save()


def test_another_signature_neither_confirms_nor_displaces_the_one_typed_in(
    out, organiser, monkeypatch
):
    unable_to_check(monkeypatch)
    paste_beacon(round_=out, signature=FALSE, by=organiser)
    other = witness(out.draw.jury)

    with pytest.raises(JuryError, match="changed or confirmed meanwhile"):
        confirm_beacon(round_=out, signature=SIGNATURE, by=other)
    with pytest.raises(JuryError, match="Another signature has been typed in"):
        paste_beacon(round_=out, signature=SIGNATURE, by=other)
    with pytest.raises(JuryError, match="cannot check the beacon"):
        take_beacon(round_=out, signature=SIGNATURE, by=other)

    out.refresh_from_db()
    assert (out.beacon_pasted, out.beacon_signature) == (FALSE, "")


def test_somebody_else_who_pastes_the_same_confirms_it(out, organiser, monkeypatch):
    unable_to_check(monkeypatch)
    paste_beacon(round_=out, signature=SIGNATURE, by=organiser)

    assert paste_beacon(round_=out, signature=SIGNATURE, by=witness(out.draw.jury))

    out.refresh_from_db()
    assert (out.state, out.beacon_confirmed_by) == (Round.State.DRAWN, witness(out.draw.jury))


def test_a_beacon_typed_wrong_is_taken_back_and_typed_anew(out, organiser, monkeypatch):
    unable_to_check(monkeypatch)
    with pytest.raises(JuryError, match="No beacon waits"):
        take_beacon_back(round_=out, by=organiser)
    paste_beacon(round_=out, signature=FALSE, by=organiser)

    take_beacon_back(round_=out, by=witness(out.draw.jury))
    paste_beacon(round_=out, signature=SIGNATURE, by=organiser)

    out.refresh_from_db()
    assert out.beacon_pasted == SIGNATURE
    assert AuditEntry.objects.filter(verb="beacon.taken_back").count() == 1
    confirm_beacon(round_=out, signature=SIGNATURE, by=witness(out.draw.jury))
    with pytest.raises(JuryError):
        take_beacon_back(round_=out, by=organiser)


def test_where_the_house_checks_one_person_is_enough_and_nothing_waits(out, organiser, monkeypatch):
    believing(monkeypatch, SIGNATURE)
    with pytest.raises(JuryError, match="not the signature of the round"):
        paste_beacon(round_=out, signature=FALSE, by=organiser)

    assert paste_beacon(round_=out, signature=SIGNATURE, by=organiser)

    out.refresh_from_db()
    assert (out.beacon_checked, out.beacon_pasted, out.beacon_confirmed_by) == (True, "", None)


def test_where_the_house_cannot_check_no_relay_is_believed(out, organiser, monkeypatch):
    unable_to_check(monkeypatch)
    paste_beacon(round_=out, signature=SIGNATURE, by=organiser)
    asked = answering(monkeypatch, bytes.fromhex(SIGNATURE))

    assert (fetch_awaited(), asked) == (0, [])
    with pytest.raises(JuryError, match="somebody else has to confirm it"):
        take_beacon(round_=out, signature=SIGNATURE, by=SYSTEM)

    out.refresh_from_db()
    assert (out.beacon_signature, out.beacon_waits) == ("", True)


def test_it_is_typed_in_confirmed_and_told_on_the_pages(out, organiser, monkeypatch):
    unable_to_check(monkeypatch)
    jury, first, second = out.draw.jury, Client(), Client()
    first.force_login(organiser)
    second.force_login(witness(jury))
    first.post(address(jury, "draw/beacon"), {"signature": SIGNATURE})

    own, theirs = (text(one.get(address(jury, "draw"))) for one in (first, second))
    assert "Yes, it is the same" not in own
    assert "Somebody else confirms it on this same page" in own
    assert "Yes, it is the same" in theirs
    assert SIGNATURE in theirs
    assert "Now somebody else confirms it." in text(first.get(address(jury, "draw/ceremony")))

    answer = {"answer": "yes", "signature": SIGNATURE}
    alone = first.post(address(jury, "draw/confirm-beacon"), answer, follow=True)
    assert "somebody else has to confirm it" in text(alone)
    second.post(address(jury, "draw/confirm-beacon"), answer)

    out.refresh_from_db()
    assert out.state == Round.State.DRAWN
    vouched = "This house could not check the beacon: one person typed it in, another compared it"
    assert vouched in text(first.get(address(jury, "draw/ceremony")))
    record = text(Client().get(f"/en/juries/{jury.slug}/record/1/"))
    assert "another one compared it with a relay and confirmed it." in record
    assert "Its signature was not checked here." in record
    [part] = [part for part in contents_of(out)["parts"] if "beacon" in part["title"]]
    paper = {row["label"]: row["value"] for row in part["rows"]}
    assert paper["Checked by the house"] == "no"
    assert paper["Beacon typed in by"] == str(organiser)
    assert paper["Beacon confirmed by"] == str(witness(jury))


def test_the_page_takes_a_beacon_back(out, organiser, monkeypatch):
    unable_to_check(monkeypatch)
    jury, client = out.draw.jury, Client()
    client.force_login(organiser)
    client.post(address(jury, "draw/beacon"), {"signature": FALSE})

    client.post(address(jury, "draw/confirm-beacon"), {"answer": "no"})

    out.refresh_from_db()
    assert out.beacon_pasted == ""


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
    believing(monkeypatch, SIGNATURE)
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
