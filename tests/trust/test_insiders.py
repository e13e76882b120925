"""I1–I13 as far as they concern the draw, beside the cheats that are sealed anew."""

import json

import numpy as np
import pytest
from django.db import IntegrityError, transaction

from juries.errors import JuryError
from juries.models import Registrant
from juries.registration.withdrawing import erase_people, withdraw
from selection.draw.balls import confirm_ball, enter_ball
from selection.draw.ending import break_off
from selection.models import Ball, Draw, Round
from selection.record.files import public_record, record_of
from tests.trust.draws import (
    MORNING,
    at,
    balls,
    by_both,
    committed,
    house,
    later,
    ready,
    with_replacements,
)
from tests.trust.resealing import opened, resealed
from tests.trust.verifying import HONEST, answer, checked


@pytest.fixture
def held(db):
    """A draw that has been held, and who held it."""
    chance = np.random.default_rng(11)
    with at(MORNING):
        jury, organiser, observer = house(11, chance)
        lottery = ready(jury, organiser)
        by_both(lottery, organiser, observer, chance)
    return Draw.objects.get(pk=lottery.draw_id), organiser, observer


def test_i2_how_many_codes_were_sent_and_used_is_published_before_the_draw(held):
    draw, *_people = held
    first = json.loads(opened(public_record(draw))["events.ndjson"].splitlines()[0])

    assert first["payload"]["codes"] == {
        "issued": draw.jury.invitations.count(),
        "used": draw.jury.invitations.filter(registrant__isnull=False).count(),
    }


def test_i3_how_many_were_taken_out_before_the_draw_is_published_with_the_reason(db):
    with at(MORNING):
        jury, organiser, _observer = house(12, np.random.default_rng(12))
        for registrant in jury.registrants.all()[:2]:
            withdraw(registrant=registrant, by="registrant")
        lottery = ready(jury, organiser)
    files = opened(public_record(Draw.objects.get(pk=lottery.draw_id)))

    removed = json.loads(files["events.ndjson"].splitlines()[0])["payload"]["removed"]

    assert {"reason": "withdrawn", "n": 2} in removed


def test_r3_nobody_is_added_or_changed_once_the_pool_is_frozen(held):
    draw, organiser, _observer = held

    assert draw.jury.registrants.in_pool().count() == draw.entries.count()
    with pytest.raises(JuryError):
        draw.jury.require_stage("registration", "lottery")


def test_i6_balls_are_drawn_once_and_by_two_people(held, db):
    draw, organiser, observer = held
    with pytest.raises(JuryError, match="does not wait for balls"):
        enter_ball(round_=draw.rounds.get(), digit=1, by=organiser)
    with at(MORNING):
        jury, organiser, observer = house(13, np.random.default_rng(13))
        round_ = committed(ready(jury, organiser), organiser)
        ball = enter_ball(round_=round_, digit=4, by=organiser)
        with pytest.raises(JuryError, match="Somebody else"):
            confirm_ball(ball=ball, digit=4, by=organiser)
        with pytest.raises(JuryError, match="changed or confirmed"):
            confirm_ball(ball=ball, digit=5, by=observer)
        with pytest.raises(IntegrityError), transaction.atomic():
            Ball.objects.filter(pk=ball.pk).update(confirmed_by=organiser)


def test_i6_who_breaks_off_until_pleased_is_seen_in_every_later_record(held, tmp_path):
    draw, organiser, observer = held
    with later():
        break_off(draw=draw, code="other", reason="Ei miellyttänyt", by=organiser)
        first = public_record(Draw.objects.get(pk=draw.pk))
        again = ready(draw.jury, organiser, seed=2)
    second = public_record(again.draw)

    assert answer(tmp_path, "diff", first, second)[0] == 0
    assert "Ei miellyttänyt" in opened(first)["events.ndjson"].decode()
    files = opened(second)
    rows = [json.loads(row) for row in files["events.ndjson"].splitlines()]
    rows[0]["payload"]["previous_aborted"] = None
    hidden = "".join(json.dumps(row) + "\n" for row in rows).encode()
    hidden = resealed({**files, "events.ndjson": hidden})
    assert answer(tmp_path, "diff", first, hidden)[0] in {31, 32}


def test_i10_a_record_from_which_the_end_was_cut_differs_from_the_one_kept(db, tmp_path):
    chance = np.random.default_rng(14)
    with at(MORNING):
        jury, organiser, observer = house(14, chance)
        lottery = ready(jury, organiser)
        with_replacements(lottery, organiser, observer, chance)
    kept = public_record(Draw.objects.get(pk=lottery.draw_id))
    files = opened(kept)
    shorter = files["events.ndjson"].splitlines(keepends=True)[:-1]
    cut = resealed({**files, "events.ndjson": b"".join(shorter)})

    assert checked(tmp_path, cut) in HONEST  # by itself it is a record like any other
    assert answer(tmp_path, "diff", kept, cut)[0] == 32
    assert answer(tmp_path, "diff", cut, kept)[0] == 0


def test_i13_erasing_people_changes_no_record_and_opens_nothing(held, tmp_path):
    draw, *_people = held
    before = public_record(draw)

    erase_people(Registrant.objects.filter(jury=draw.jury))

    assert public_record(draw) == before
    whole = record_of(draw, "L2")
    assert checked(tmp_path, whole) in HONEST
    assert not any(b'"a":' in row for row in opened(whole)["pool.ndjson"].splitlines())


def test_x9_a_beacon_can_be_had_from_anywhere_and_only_the_named_one_counts(db):
    with at(MORNING):
        jury, organiser, observer = house(15, np.random.default_rng(15))
        round_ = committed(ready(jury, organiser), organiser)
        balls(round_, "417", organiser, observer)
    round_ = Round.objects.get(pk=round_.pk)

    assert round_.state == Round.State.COMMITTED
    assert json.loads(round_.commitment)["chance"]["drand"]["round"] == round_.beacon_round
