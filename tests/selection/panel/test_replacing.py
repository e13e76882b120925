"""Seats given by rank: kr-replace/1, worked out once more by hand."""

import json
from hashlib import sha256

import pytest
from django.utils import timezone

from juries.audit import JUROR
from juries.errors import JuryError
from juries.models import Registrant
from juries.registration.withdrawing import withdraw
from selection.draw.ending import close_draw
from selection.lottery import probabilities
from selection.models import PanelSeat, Round
from selection.panel.replacing import (
    RESERVES,
    next_in_order,
    reason_of,
    replace_by_rank,
    vacant_seats,
)
from selection.panel.reserves import draw_up_reserves, standing_list
from selection.panel.seats import accept_seat, decline_seat
from selection.protocol.replacement import Person, Vacancy, candidates, rank_of
from tests.selection.conftest import commit_to, draw_balls


def leave(seat, state=PanelSeat.State.DECLINED):
    decline_seat(seat=seat, by=JUROR)
    if state != PanelSeat.State.DECLINED:
        PanelSeat.objects.filter(pk=seat.pk).update(state=state)
    seat.refresh_from_db()
    return seat


def last_payload(draw):
    return json.loads(draw.events.order_by("-n").first().line)["payload"]


def by_hand(draw, gone):
    """Misses, unlikeness and rank of everybody who was not drawn, from the rows alone."""
    entries = list(draw.entries.order_by("index"))
    seated = set(draw.jury.seats.values_list("registrant", flat=True))
    staying = [
        entry.values
        for entry in entries
        if entry.registrant_id in seated and entry.registrant_id != gone.registrant_id
    ]
    [leaving] = [entry.values for entry in entries if entry.registrant_id == gone.registrant_id]
    found = []
    for entry in entries:
        if entry.registrant_id in seated:
            continue
        panel = [*staying, entry.values]
        misses = sum(
            not row["minimum"] <= sum(one[column] == value for one in panel) <= row["maximum"]
            for column, table in enumerate(draw.quotas)
            for value, row in enumerate(table["values"])
        )
        unlike = sum(a != b for a, b in zip(entry.values, leaving, strict=True))
        rank = sha256(b"kr/replace/1\0" + bytes(32) + b"417" + entry.pseudonym.encode()).hexdigest()
        found.append((misses, unlike, rank, entry.registrant_id))
    return sorted(found)


def test_the_seat_goes_to_whom_the_rule_names_and_the_chain_says_so(drawn, organiser):
    jury = drawn.draw.jury
    gone = leave(jury.seats.first())
    misses, unlike, rank, person = by_hand(drawn.draw, gone)[0]
    expected = next_in_order(jury)

    [found] = replace_by_rank(jury=jury, by=organiser)

    assert found.taken_by.registrant_id == person == expected.taken_by.registrant_id
    assert (found.misses, found.criteria - found.equal) == (misses, unlike) == (0, 0)
    seat = jury.seats.get(registrant=person)
    assert (seat.state, seat.by_rank, seat.round) == (PanelSeat.State.OFFERED, True, drawn)
    payload = last_payload(drawn.draw)
    assert payload["method"] == "rank"
    assert (payload["reason"], payload["among"], payload["misses"]) == ("declined", "pool", 0)
    assert payload["rank"] == rank
    assert payload["taken_by"]["index"] == found.taken_by.index
    assert vacant_seats(jury) == []


def test_several_seats_are_filled_one_after_the_other(drawn, organiser):
    jury = drawn.draw.jury
    for seat in list(jury.seats.all())[:3]:
        leave(seat)

    made = replace_by_rank(jury=jury, by=organiser)

    assert len(made) == 3
    assert [one.gone.pk for one in made] == [one.gone.pk for one in made if one.taken_by]
    assert jury.seats.held().count() == 4
    kinds = [event.kind for event in drawn.draw.events.order_by("n")]
    assert kinds == ["FREEZE", "COMMIT", "BALLS", "RESULT", "REPLACE", "REPLACE", "REPLACE"]


def test_nobody_comes_twice_and_whoever_withdrew_is_not_asked(drawn, organiser):
    jury = drawn.draw.jury
    gone = leave(jury.seats.first())
    first, second = (person for *_order, person in by_hand(drawn.draw, gone)[:2])
    withdrawn = Registrant.objects.get(pk=first)
    withdraw(registrant=withdrawn, by="registrant")

    [found] = replace_by_rank(jury=jury, by=organiser)

    assert found.taken_by.registrant_id == second
    index = drawn.draw.entries.get(registrant=withdrawn).index
    assert last_payload(drawn.draw)["unavailable"] == [index]


def test_the_loss_is_told_where_nobody_alike_is_left(drawn, organiser):
    jury = drawn.draw.jury
    gone = leave(jury.seats.first())
    women = drawn.draw.entries.get(registrant=gone.registrant).values[0]
    for entry in drawn.draw.entries.exclude(registrant__seat__isnull=False):
        if entry.values[0] == women:
            withdraw(registrant=entry.registrant, by="registrant")

    [found] = replace_by_rank(jury=jury, by=organiser)

    assert found.misses == 2  # one gender too few, the other too many
    assert {(column, least, most) for column, _value, _held, least, most in found.missed} == {
        (0, 2, 2)
    }


def test_a_seat_stays_empty_when_nobody_is_left(drawn, organiser):
    jury = drawn.draw.jury
    leave(jury.seats.first())
    for entry in drawn.draw.entries.exclude(registrant__seat__isnull=False):
        withdraw(registrant=entry.registrant, by="registrant")

    [found] = replace_by_rank(jury=jury, by=organiser)

    assert found.taken_by is None
    payload = last_payload(drawn.draw)
    assert (payload["taken_by"], payload["rank"]) == (None, None)
    assert jury.seats.held().count() == 3


@pytest.mark.parametrize(
    ("state", "on_the_day", "reason"),
    [
        (PanelSeat.State.DECLINED, False, "declined"),
        (PanelSeat.State.LAPSED, False, "no_answer"),
        (PanelSeat.State.LEFT, False, "dropped_out"),
        (PanelSeat.State.LEFT, True, "on_the_day"),
        (PanelSeat.State.CONFIRMED, False, "withdrawn"),
    ],
)
def test_the_record_says_why_a_seat_is_empty(state, on_the_day, reason):
    assert reason_of(PanelSeat(state=state, on_the_day=on_the_day)) == reason


def test_a_late_drop_out_is_replaced_for_the_same_day(drawn, organiser):
    jury = drawn.draw.jury
    seat = jury.seats.first()
    accept_seat(seat=seat, by=JUROR)
    leave(seat, PanelSeat.State.LEFT)
    PanelSeat.objects.filter(pk=seat.pk).update(on_the_day=True)

    [found] = replace_by_rank(jury=jury, by=organiser)

    assert last_payload(drawn.draw)["reason"] == "on_the_day"
    new = jury.seats.get(registrant=found.taken_by.registrant)
    assert new.answer_by == timezone.localdate(new.offered_at)


def test_nothing_is_replaced_while_a_round_is_open_or_after_the_close(drawn, organiser):
    jury = drawn.draw.jury
    with pytest.raises(JuryError, match="No seat is empty"):
        replace_by_rank(jury=jury, by=organiser)
    leave(jury.seats.first())
    lottery = probabilities.request_lottery(jury=jury, by=organiser, seed=2)
    with pytest.raises(JuryError, match="already at work"):
        replace_by_rank(jury=jury, by=organiser)
    probabilities.carry_out(lottery.pk)
    lottery.refresh_from_db()
    round_ = commit_to(lottery, organiser)
    with pytest.raises(JuryError, match="committed"):
        replace_by_rank(jury=jury, by=organiser)
    with pytest.raises(JuryError, match="committed"):
        draw_up_reserves(jury=jury, count=3, dropout_percent=25, by=organiser)
    draw_balls(round_, organiser, "003")
    close_draw(draw=drawn.draw, by=organiser)
    leave(jury.seats.held().first())
    with pytest.raises(JuryError, match="before it is closed"):
        replace_by_rank(jury=jury, by=organiser)


def test_a_round_of_its_own_keeps_who_sits_and_names_who_left(drawn, organiser):
    jury = drawn.draw.jury
    gone = leave(jury.seats.first())
    keeping = set(jury.seats.held().values_list("registrant", flat=True))
    lottery = probabilities.request_lottery(jury=jury, by=organiser, seed=2)
    probabilities.carry_out(lottery.pk)
    lottery.refresh_from_db()

    round_ = draw_balls(commit_to(lottery, organiser), organiser, "003")

    assert round_.state == Round.State.DRAWN
    assert keeping < set(jury.seats.held().values_list("registrant", flat=True))
    replaced = json.loads(drawn.draw.events.get(kind="REPLACE").line)["payload"]
    entry = drawn.draw.entries.get(registrant=gone.registrant)
    assert replaced["gone"] == [{"index": entry.index, "p": entry.pseudonym}]
    assert entry.index in json.loads(round_.commitment)["gone"]
    assert len(replaced["kept"]) == 3
    assert vacant_seats(jury) == []


def test_a_seat_that_falls_empty_before_the_commitment_asks_for_a_new_lottery(drawn, organiser):
    jury = drawn.draw.jury
    first, second, *_others = jury.seats.all()
    leave(first)
    lottery = probabilities.request_lottery(jury=jury, by=organiser, seed=2)
    probabilities.carry_out(lottery.pk)
    lottery.refresh_from_db()
    leave(second)

    with pytest.raises(JuryError, match="seats have changed"):
        commit_to(lottery, organiser)


def test_a_member_who_leaves_while_a_round_is_open_is_replaced_after_it(drawn, organiser):
    jury = drawn.draw.jury
    first, second, *_others = jury.seats.all()
    leave(first)
    lottery = probabilities.request_lottery(jury=jury, by=organiser, seed=2)
    probabilities.carry_out(lottery.pk)
    lottery.refresh_from_db()
    round_ = commit_to(lottery, organiser)
    leave(second)

    draw_balls(round_, organiser, "003")

    assert [seat.pk for seat in vacant_seats(jury)] == [second.pk]
    replace_by_rank(jury=jury, by=organiser)
    assert jury.seats.held().count() == 4


def test_reserves_stand_by_and_come_before_others(drawn, organiser):
    jury = drawn.draw.jury

    drawn_up = draw_up_reserves(jury=jury, count=3, dropout_percent=25, by=organiser)

    standing = standing_list(drawn.draw)
    assert drawn_up == len(standing.reserves) == 3
    assert standing.with_all < standing.without
    seated = set(jury.seats.values_list("registrant", flat=True))
    assert not seated & {reserve.registrant_id for reserve in standing.reserves}
    leave(jury.seats.first())
    [found] = replace_by_rank(jury=jury, by=organiser, among=RESERVES)
    assert found.taken_by.registrant_id in {one.registrant_id for one in standing.reserves}
    assert last_payload(drawn.draw)["among"] == "reserves"


def test_the_same_reserve_list_comes_of_the_same_draw(drawn, organiser):
    jury = drawn.draw.jury

    first, second = (
        [one.registrant_id for one in standing_list(drawn.draw).reserves]
        for _turn in range(2)
        if draw_up_reserves(jury=jury, count=3, dropout_percent=25, by=organiser)
    )

    assert first == second


def test_whose_reserves_run_out_can_still_ask_the_others(drawn, organiser):
    jury = drawn.draw.jury
    draw_up_reserves(jury=jury, count=1, dropout_percent=25, by=organiser)
    [reserve] = standing_list(drawn.draw).reserves
    withdraw(registrant=reserve.registrant, by="registrant")
    leave(jury.seats.first())

    with pytest.raises(JuryError, match="reserve list"):
        replace_by_rank(jury=jury, by=organiser, among=RESERVES)

    assert replace_by_rank(jury=jury, by=organiser)[0].taken_by is not None


def test_household_of_a_member_is_left_out_only_where_the_limit_holds():
    people = {
        0: Person("a" * 16, (0,), 1),
        1: Person("b" * 16, (0,), 2),
        2: Person("c" * 16, (0,), 1),
        3: Person("d" * 16, (0,), 2),
    }

    def first(limit):
        vacancy = Vacancy(people, [[(2, 2)]], {0, 1}, 1, {2, 3}, limit)
        return [one.index for one in candidates(vacancy, signature="", balls="417")]

    assert first(limit=True) == [3]
    assert sorted(first(limit=False)) == [2, 3]
    assert rank_of("a" * 16, signature="", balls="") != rank_of("a" * 16, signature="", balls="000")
