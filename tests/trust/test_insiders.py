"""I1–I13 as far as they concern the draw, beside the cheats that are sealed anew."""

import json

import numpy as np
import pytest
from django.db import IntegrityError, transaction

from juries.commission.members import give_role
from juries.enums import Role
from juries.errors import JuryError
from juries.models import AuditEntry, Invitation, Registrant, Wave
from juries.registration.withdrawing import erase_people, withdraw
from selection.draw.balls import confirm_ball, enter_ball
from selection.draw.ending import break_off
from selection.draw.freezing import freeze_pool
from selection.models import Ball, Draw, Round
from selection.protocol.trees import Tree
from selection.record.files import public_record, record_of
from selection.record.receipts import receipt_file
from tests import factories
from tests.trust.draws import (
    KINDS,
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
from tests.trust.resealing import opened, resealed, rewritten
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


def first_payload(record):
    """What FREEZE says."""
    return json.loads(opened(record)["events.ndjson"].splitlines()[0])["payload"]


def test_i1_a_pool_that_is_frozen_anew_with_a_friend_fails_everybodys_receipt(db, tmp_path):
    """The control: whoever has neither a receipt nor an older copy is shown a record that holds."""
    with at(MORNING):
        jury, organiser, _observer = house(10, np.random.default_rng(10))
        draw = freeze_pool(jury=jury, by=organiser, objection_hours=0)
    kept, entries = public_record(draw), draw.entries.select_related("draw__jury")
    slips = [receipt_file(entry) for entry in entries]

    def with_a_friend(events):
        pool = Tree([bytes.fromhex(entry.leaf) for entry in entries] + [b"a friend".ljust(32)])
        events[0]["payload"]["pool"] = {"count": len(slips) + 1, "root": pool.root}

    record = resealed(rewritten(opened(kept), "events.ndjson", with_a_friend))

    assert {answer(tmp_path, "receipt", kept, slip)[0] for slip in slips} == {0}
    assert {answer(tmp_path, "receipt", record, slip)[0] for slip in slips} == {20}
    assert answer(tmp_path, "diff", kept, record)[0] == 32
    assert checked(tmp_path, record) in HONEST


def test_i2_somebody_invented_shows_in_the_numbers_of_codes_published_before_the_draw(db):
    with at(MORNING):
        jury, organiser, _observer = house(9, np.random.default_rng(9))
        people = list(jury.registrants.all())
        hand_out_codes(jury, people, letters=60)
        factories.make_registrants(jury, [KINDS[0]])
        draw = freeze_pool(jury=jury, by=organiser, objection_hours=0)

    said = first_payload(public_record(draw))

    assert said["codes"] == {"issued": 60, "used": len(people)}
    assert said["pool"]["count"] == len(people) + 1


def test_i2_a_code_brings_in_one_person(db):
    jury, *_staff = house(9, np.random.default_rng(9))
    one, other, *_people = jury.registrants.all()
    hand_out_codes(jury, [one], letters=1)
    other.invitation = one.invitation

    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


def hand_out_codes(jury, people, letters):
    """So many letters went out, and each of these people used the code in one of them."""
    wave = Wave.objects.create(jury=jury, number=1, size=letters, sent_on=MORNING.date())
    for number in range(letters):
        code = Invitation.objects.create(
            jury=jury, wave=wave, number=number, code_digest=f"{number:064}"
        )
        if number < len(people):
            people[number].invitation = code
            people[number].save()


def test_i3_how_many_were_taken_out_before_the_draw_is_published_with_the_reason(db):
    with at(MORNING):
        jury, organiser, _observer = house(12, np.random.default_rng(12))
        for registrant in jury.registrants.all()[:2]:
            withdraw(registrant=registrant, by="registrant")
        lottery = ready(jury, organiser)

    removed = first_payload(public_record(Draw.objects.get(pk=lottery.draw_id)))["removed"]

    assert {"reason": "withdrawn", "n": 2} in removed


@pytest.mark.parametrize("favoured", [False, True])
def test_i4_a_lottery_that_favours_a_friend_does_not_keep_what_its_proof_says(
    db, tmp_path, favoured
):
    """The control: the same lottery as the engine found it is accepted."""
    chance = np.random.default_rng(16)
    with at(MORNING):
        jury, organiser, observer = house(16, chance)
        lottery = ready(jury, organiser)
        if favoured:
            favour_a_friend(lottery)
        by_both(lottery, organiser, observer, chance)
    draw = Draw.objects.get(pk=lottery.draw_id)

    codes = [checked(tmp_path, record_of(draw, "L2")), checked(tmp_path, public_record(draw))]

    assert codes == [25, 25] if favoured else set(codes) <= set(HONEST)


def favour_a_friend(lottery):
    """Of the panels that the engine found, those with a friend are on 600 tickets or more.

    Everything that the house publishes is made of these tickets, in the order they must have.
    """
    rarest = min(lottery.chances.all(), key=lambda row: row.tickets).place
    having = [n for n in lottery.tickets if rarest in lottery.panels[n][0]]
    places = {panel: place for place, panel in enumerate(dict.fromkeys(lottery.tickets))}
    assert 0 < len(having) < 600
    more = (having * 600)[: 600 - len(having)]
    lottery.tickets = sorted([*lottery.tickets[: 1000 - len(more)], *more], key=places.__getitem__)
    lottery.save(update_fields=["tickets"])


def test_r3_nobody_is_added_or_changed_once_the_pool_is_frozen(held):
    draw, organiser, _observer = held

    assert draw.jury.registrants.in_pool().count() == draw.entries.count()
    with pytest.raises(JuryError):
        draw.jury.require_stage("registration", "lottery")


def test_i6_i12_balls_are_drawn_once_and_by_two_people(held, db):
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


def test_i12_whoever_gives_themselves_a_second_role_confirms_nothing_and_is_in_the_log(db):
    with at(MORNING):
        jury, organiser, _observer = house(17, np.random.default_rng(17))
        round_ = committed(ready(jury, organiser), organiser)
        give_role(organisation=jury.organisation, user=organiser, role=Role.OBSERVER, by=organiser)
        ball = enter_ball(round_=round_, digit=4, by=organiser)
        with pytest.raises(JuryError, match="Somebody else"):
            confirm_ball(ball=ball, digit=4, by=organiser)

    given = AuditEntry.objects.get(verb="member.role_given")
    assert (given.by, given.facts["user"]) == (organiser, organiser.pk)


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
