"""The panel is drawn: the ticket, the opened panel, the seats."""

import json

import pytest
from django.utils import timezone

from juries.enums import Stage
from juries.errors import JuryError
from juries.models import Registrant
from juries.registration.withdrawing import erase_people
from selection.draw.adding import sum_of
from selection.draw.drawing import draw_by_balls_alone, members_of, registrants_on
from selection.draw.leaves import tickets_of
from selection.models import Draw, PanelSeat, Round
from selection.protocol import leaves
from selection.protocol.trees import climbed
from tests import factories
from tests.selection.conftest import close, commit_to, draw_balls, draw_from, run_lottery
from tests.selection.draw.story import SECOND, kinds, payloads, type_in


def test_three_balls_name_the_ticket_and_its_people_are_offered_seats(drawn, organiser):
    draw, jury = drawn.draw, drawn.draw.jury

    draw.refresh_from_db()
    jury.refresh_from_db()
    assert (drawn.ticket, drawn.ticket_name, drawn.mode) == (417, "417", Round.Mode.BALLS)
    assert (draw.state, jury.stage) == (Draw.State.DRAWN, Stage.PANEL)
    assert {seat.registrant_id for seat in jury.seats.all()} == set(
        draw.entries.filter(index__in=members_of(drawn)).values_list("registrant", flat=True)
    )
    assert {seat.state for seat in jury.seats.all()} == {PanelSeat.State.OFFERED}
    assert kinds(draw) == ["FREEZE", "COMMIT", "BALLS", "RESULT"]


@pytest.mark.parametrize("ticket", [0, 7, 999])
def test_a_ticket_keeps_its_noughts(ready, organiser, ticket):
    drawn = draw_from(ready, organiser, ticket)

    assert (drawn.ticket, drawn.ticket_name) == (ticket, f"{ticket:03}")
    assert len(registrants_on(drawn)) == 4


def test_the_drawn_panel_meets_the_quotas(drawn):
    values = [
        set(registrant.traits.values_list("value__key", flat=True))
        for registrant in registrants_on(drawn)
    ]

    assert sum("woman" in person for person in values) == 2
    assert 1 <= sum("young" in person for person in values) <= 3


def test_the_result_opens_the_ticket_that_was_committed(drawn):
    said, committed = json.loads(drawn.result), json.loads(drawn.commitment)

    leaf = leaves.panel_leaf(
        bytes.fromhex(said["panel"]["s"]), ticket=417, members=said["panel"]["m"]
    )
    root = climbed(leaf, 417, committed["lottery"]["m"], said["path"])
    assert root == committed["lottery"]["root"]
    assert [one["index"] for one in said["members"]] == said["panel"]["m"] == members_of(drawn)
    assert (said["balls"], said["drand"], said["b"], said["index"]) == ("417", None, None, 417)


def test_the_result_counts_every_group_and_names_nobody(drawn):
    said = json.loads(drawn.result)

    counts = {(row["c"], row["v"]): row["n"] for row in said["quota_counts"]}
    assert counts["gender", "woman"] == counts["gender", "man"] == 2
    assert counts["age", "young"] + counts["age", "old"] == 4
    assert "Malli" not in drawn.result
    assert "p00" not in drawn.result.replace('"p":"p00', '"p":"')


def test_another_ticket_does_not_open_the_committed_root(drawn):
    said, committed = json.loads(drawn.result), json.loads(drawn.commitment)
    other = list(tickets_of(drawn.draw, drawn.lottery, 0))[418]

    root = climbed(other.leaf, 417, committed["lottery"]["m"], said["path"])
    assert root != committed["lottery"]["root"]


def test_who_withdrew_after_the_commitment_and_is_drawn_has_declined(committed, organiser):
    gone = committed.draw.entries.get(index=committed.lottery.panel_on(417)[0]).registrant
    Registrant.objects.filter(pk=gone.pk).update(withdrawn_at=timezone.now())

    draw_balls(committed, organiser)

    assert gone.seat.state == PanelSeat.State.DECLINED
    assert committed.draw.jury.seats.held().count() == 3


def test_who_was_erased_after_the_commitment_and_is_drawn_has_declined(committed, organiser):
    gone = committed.draw.entries.get(index=committed.lottery.panel_on(417)[0]).registrant
    erase_people(Registrant.objects.filter(pk=gone.pk))

    draw_balls(committed, organiser)

    assert gone.seat.state == PanelSeat.State.DECLINED
    assert gone.seat.answered_at == committed.drawn_at
    assert committed.draw.jury.seats.held().count() == 3


def test_a_household_is_drawn_from_at_most_once(jury, organiser_of):
    jury.one_per_household = True
    jury.save()
    for number, registrant in enumerate(factories.make_mixed_pool(jury, 12)):
        registrant.street_address, registrant.postal_code = f"Salakatu {number // 2}", "00100"
        registrant.save()

    lottery = run_lottery(close(jury), organiser_of(jury))

    homes = dict(lottery.draw.entries.values_list("index", "household"))
    assert len(set(homes.values())) == 6
    for ticket in range(0, 1000, 37):
        panel = [homes[index] for index in lottery.panel_on(ticket)]
        assert len(set(panel)) == 4
    assert json.loads(commit_to(lottery, organiser_of(jury)).commitment)["household_limit"] is True


def test_without_the_limit_the_pool_knows_of_no_households(jury, organiser_of):
    for number, registrant in enumerate(factories.make_mixed_pool(jury, 12)):
        registrant.street_address, registrant.postal_code = f"Salakatu {number // 2}", "00100"
        registrant.save()

    lottery = run_lottery(close(jury), organiser_of(jury))

    assert set(lottery.draw.entries.values_list("household", flat=True)) == {None}
    assert set(lottery.chances.values_list("household", flat=True)) == {None}


def test_balls_alone_decide_once_the_beacon_was_not_had_in_time(beaconed, organiser, time_machine):
    type_in(beaconed, organiser, "417")
    time_machine.move_to(beaconed.fallback_after - SECOND)
    with pytest.raises(JuryError, match="not had by the time"):
        draw_by_balls_alone(round_=beaconed, by=organiser)

    time_machine.move_to(beaconed.fallback_after)
    draw_by_balls_alone(round_=beaconed, by=organiser)

    beaconed.refresh_from_db()
    assert (beaconed.ticket, beaconed.mode) == (417, Round.Mode.BALLS)
    assert kinds(beaconed.draw) == ["FREEZE", "COMMIT", "BALLS", "RESULT"]


def test_without_balls_nothing_falls_back_on_them(beaconed, organiser, time_machine):
    type_in(beaconed, organiser, "41")
    time_machine.move_to(beaconed.fallback_after)

    with pytest.raises(JuryError, match="not had by the time"):
        draw_by_balls_alone(round_=beaconed, by=organiser)


def test_a_round_by_balls_only_has_no_fall_back(committed, organiser):
    with pytest.raises(JuryError, match="not had by the time"):
        draw_by_balls_alone(round_=committed, by=organiser)


def test_a_round_is_drawn_once(drawn):
    assert len(payloads(drawn.draw, "RESULT")) == 1
    assert drawn.draw.jury.audit_entries.filter(verb="draw.drawn").count() == 1


@pytest.mark.parametrize(
    ("signature", "balls", "mode", "written"),
    [
        ("", "417", Round.Mode.BALLS, ("417", "", "417", "417")),
        ("ab" * 48, "", Round.Mode.BEACON, ("", "{b}", "{b}", "{b}")),
        ("ab" * 48, "999", Round.Mode.BOTH, ("999", "{b}", "{sum}", "{ticket}")),
    ],
)
def test_the_sum_is_written_as_on_paper(beaconed, organiser, signature, balls, mode, written):
    type_in(beaconed, organiser, balls)
    beaconed.beacon_signature, beaconed.mode = signature, mode
    b = int(sum_of(beaconed).beacon or 0)
    beaconed.ticket = (int(balls or 0) + b) % 1000

    added = sum_of(beaconed)

    facts = {"b": f"{b:03}", "sum": str(999 + b), "ticket": f"{(999 + b) % 1000:03}"}
    expected = tuple(one.format(**facts) for one in written)
    assert (added.balls, added.beacon, added.total, added.ticket) == expected
    assert added.adds == (mode == Round.Mode.BOTH)
    assert added.drops == (mode == Round.Mode.BOTH)


@pytest.fixture
def organiser_of():
    return lambda jury: factories.make_member(jury, "organiser")
