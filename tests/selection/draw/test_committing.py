"""A lottery is committed to: its tickets are fixed and the sources of chance are named."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from juries.audit import JUROR
from juries.errors import JuryError
from juries.models import Registrant
from juries.registration.withdrawing import erase_people
from selection.draw import committing
from selection.draw.committing import Chance, commit
from selection.draw.leaves import tickets_of
from selection.lottery import probabilities
from selection.models import Draw, Lottery, Round
from selection.panel.seats import decline_seat
from selection.protocol import drand
from selection.protocol.encoding import digest, moment
from selection.protocol.trees import root_of
from tests.selection.conftest import commit_to, draw_from, freeze, run_lottery
from tests.selection.draw.story import kinds, payloads


def chance(**ahead):
    return Chance(Round.Sources.BALLS, timezone.now() + timedelta(**(ahead or {"hours": 1})))


def test_the_commitment_is_published_by_its_digest(committed):
    content = committed.commitment.encode()

    assert committed.commitment_digest == digest(content)
    assert kinds(committed.draw) == ["FREEZE", "COMMIT"]
    assert payloads(committed.draw, "COMMIT") == [
        {"round": 0, "commitment": committed.commitment_digest}
    ]
    committed.draw.refresh_from_db()
    assert committed.draw.state == Draw.State.COMMITTED


def test_the_commitment_names_pool_tickets_quotas_and_what_was_tried_before(committed):
    said = json.loads(committed.commitment)

    assert said["pool"] == {"count": 12, "root": committed.draw.pool_root}
    assert said["chain_head"] == committed.draw.events.get(kind="FREEZE").digest
    assert said["targets"][0] == {"c": "gender", "v": "woman", "min": 2, "max": 2}
    tickets = tickets_of(committed.draw, committed.lottery, 0)
    assert said["lottery"]["root"] == root_of([ticket.leaf for ticket in tickets])
    assert sum(people for _count, people in said["lottery"]["histogram"]) == 12
    assert (said["algorithm"]["runs"], said["algorithm"]["rehearsals"]) == (1, 0)
    assert (said["kept"], said["gone"]) == ([], [])


def test_balls_alone_name_no_beacon(committed):
    said = json.loads(committed.commitment)["chance"]

    assert said["sources"] == ["balls"]
    assert said["drand"] is said["fallback_after"] is None


def test_the_beacon_comes_at_least_a_minute_after_the_last_moment_for_the_balls(beaconed):
    said = json.loads(beaconed.commitment)["chance"]

    wait = (beaconed.beacon_time - beaconed.balls_deadline).total_seconds()
    assert 60 <= wait < 60 + drand.PERIOD
    assert drand.time_of(beaconed.beacon_round) == beaconed.beacon_time
    assert said["sources"] == ["balls", "drand-quicknet"]
    assert said["drand"]["time"] == moment(beaconed.beacon_time)
    assert beaconed.fallback_after - beaconed.beacon_time == timedelta(minutes=60)


def test_the_same_lottery_of_the_same_pool_gives_the_same_commitment(
    ready, organiser, time_machine
):
    time_machine.move_to(timezone.now() + timedelta(seconds=1), tick=False)
    contents = []
    for _turn in range(2):
        with transaction.atomic():
            lottery = Lottery.objects.get(pk=ready.pk)
            contents.append(commit_to(lottery, organiser).commitment)
            transaction.set_rollback(True)

    assert contents[0] == contents[1]
    Draw.objects.update(secret=bytes(32))
    assert commit_to(Lottery.objects.get(pk=ready.pk), organiser).commitment != contents[0]


def test_the_chance_of_nobody_in_the_commitment_is_told_by_more_than_a_count(committed):
    registrants = committed.draw.jury.registrants.values_list("reference", "name")

    assert not [one for pair in registrants for one in pair if one in committed.commitment]


def test_objections_come_before_the_commitment(closed, organiser, time_machine):
    freeze(closed, organiser, objection_hours=1)
    lottery = run_lottery(closed, organiser)

    with pytest.raises(JuryError, match="time for objections is not over"):
        commit(lottery=lottery, chance=chance(hours=2), by=organiser)
    time_machine.move_to(timezone.now() + timedelta(hours=1, seconds=1))
    assert commit(lottery=lottery, chance=chance(hours=2), by=organiser).number == 0


@pytest.mark.parametrize("ahead", [{"seconds": -1}, {"days": 7, "minutes": 1}])
def test_the_last_moment_for_the_balls_is_to_come_within_a_week(ready, organiser, ahead):
    with pytest.raises(JuryError, match="still to come, within a week"):
        commit(lottery=ready, chance=chance(**ahead), by=organiser)

    assert kinds(ready.draw) == ["FREEZE"]


@pytest.mark.parametrize("state", [Lottery.State.CANCELLED, Lottery.State.FAILED])
def test_a_lottery_that_is_not_ready_is_not_committed_to(ready, organiser, state):
    Lottery.objects.update(state=state)
    ready.refresh_from_db()

    with pytest.raises(JuryError, match="no ready lottery"):
        commit(lottery=ready, chance=chance(), by=organiser)


def test_a_rehearsal_is_not_committed_to(ready, organiser):
    Lottery.objects.update(draw=None, rehearsal=True)
    ready.refresh_from_db()

    with pytest.raises(JuryError, match="no ready lottery"):
        commit(lottery=ready, chance=chance(), by=organiser)


def test_nobody_commits_twice(committed, organiser):
    with pytest.raises(JuryError, match="committed and waits"):
        commit(lottery=committed.lottery, chance=chance(), by=organiser)


def test_a_second_lottery_of_a_drawn_pool_is_no_second_try(ready, organiser):
    other = run_lottery(ready.jury, organiser)
    draw_from(ready, organiser)

    with pytest.raises(JuryError, match="seats have changed"):
        commit(lottery=other, chance=chance(), by=organiser)


def test_a_replacement_round_says_who_is_gone_and_who_stays(drawn, organiser):
    jury = drawn.draw.jury
    decline_seat(seat=jury.seats.first(), by=JUROR)
    lottery = probabilities.request_lottery(jury=jury, by=organiser, seed=2)
    probabilities.carry_out(lottery.pk)
    lottery.refresh_from_db()

    round_ = commit_to(lottery, organiser)

    said = json.loads(round_.commitment)
    assert (round_.number, said["round"]) == (1, 1)
    assert (len(said["kept"]), len(said["gone"])) == (3, 1)
    assert kinds(round_.draw)[-2:] == ["REPLACE", "COMMIT"]
    assert payloads(round_.draw, "REPLACE")[0]["kept"] == said["kept"]


def test_a_replacement_that_could_draw_somebody_erased_is_not_committed_to(drawn, organiser):
    jury = drawn.draw.jury
    decline_seat(seat=jury.seats.first(), by=JUROR)
    lottery = run_lottery(jury, organiser, seed=2)
    outside = drawn.draw.entries.exclude(registrant__seat__isnull=False).first().registrant
    erase_people(Registrant.objects.filter(pk=outside.pk))

    with pytest.raises(JuryError, match="since this lottery"):
        commit(lottery=lottery, chance=chance(), by=organiser)

    again = run_lottery(jury, organiser, seed=3)
    assert commit_to(again, organiser).number == 1


def test_the_database_keeps_one_open_round_and_commits_to_a_lottery_once(ready, organiser):
    other = run_lottery(ready.jury, organiser)
    committed, now = commit_to(ready, organiser), timezone.now()
    again = {
        "draw": committed.draw,
        "number": 1,
        "committed_by": organiser,
        "committed_at": now,
        "balls_deadline": now,
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(lottery=other, **again)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(lottery=ready, state="drawn", ticket=1, drawn_at=now, **again)


def test_the_commitment_names_the_verifier_that_is_served(committed):
    said = json.loads(committed.commitment)

    assert said["verifier_sha256"] == digest(committing.VERIFIER.read_bytes())
