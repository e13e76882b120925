import pytest

from selection.lottery import report
from selection.models import Chance, Lottery
from tests.selection.conftest import draw_from, run_lottery


def with_chances(lottery, chances):
    for row, chance in zip(lottery.chances.order_by("place"), chances, strict=True):
        Chance.objects.filter(pk=row.pk).update(probability=chance)
    return report.chances_of(lottery)


def test_the_histogram_counts_everybody_once(ready):
    found = with_chances(ready, [0.0] + [0.1] * 3 + [0.25] * 4 + [0.99] * 4)

    people = [int(row.cells[0]) for row in found.bars.groups[0].rows]
    assert sum(people) == found.people == 12
    assert found.bars.groups[0].rows[0].label == "no chance"


def test_smallest_and_largest_are_of_those_who_can_be_drawn_and_the_others_are_named(ready):
    found = with_chances(ready, [0.0] + [0.1] * 3 + [0.25] * 4 + [0.5] * 4)

    assert (found.smallest, found.largest) == ("10.0\xa0%", "50.0\xa0%")
    assert found.none == ("p0001",)


@pytest.mark.parametrize("chance", [0.001, 0.05, 0.1, 0.3, 1.0])
def test_everybody_alike_is_one_bar_that_holds_the_chance(ready, chance):
    found = with_chances(ready, [chance] * 12)

    (row,) = found.bars.groups[0].rows
    start, end = (int(part) for part in row.label.removesuffix("\xa0%").split("–"))
    assert start <= 100 * chance <= end


def test_a_held_seat_is_no_chance(closed, organiser):
    draw_from(run_lottery(closed, organiser), organiser)
    seat = closed.seats.first()
    seat.state, seat.answered_at = "declined", "2027-01-01T00:00Z"
    seat.save()

    found = report.chances_of(run_lottery(closed, organiser))

    assert found.people == 8
    assert found.largest != "100.0\xa0%"


def test_the_proof_says_the_bound_and_the_cost_of_the_tickets(ready):
    proven, bound, rounding = report.proof_sentences(ready)

    assert "proven" in proven
    assert "33.33\xa0%" in bound
    assert "0.07 percentage points" in rounding


def test_a_lottery_that_is_not_proven_says_how_far_it_may_be_off(ready):
    ready.certificate |= {"optimal": False, "gap": 0.0002}

    assert "0.0200 percentage points" in report.proof_sentences(ready)[0]


def test_the_public_record_holds_every_draw_that_counts_or_was_set_aside(drawn, organiser):
    (record,) = report.records(drawn.jury)

    assert (record.ticket, record.people, record.seats) == ("417", 12, 4)
    assert record.source == "three dice"
    assert (record.smallest, record.largest, record.set_aside) == ("33.3\xa0%", "33.3\xa0%", "")


def test_an_unconfirmed_ticket_is_not_public_yet(ready, organiser):
    ready.draws.create(jury=ready.jury, number=1, ticket=3, source="dice", entered_by=organiser)

    assert report.records(ready.jury) == []


@pytest.mark.parametrize("state", [Lottery.State.QUEUED, Lottery.State.RUNNING])
def test_a_lottery_at_work_says_what_it_is_doing_in_words(ready, state):
    ready.state, ready.phase = state, ""
    sentences = {report.phase_sentence(ready)}
    for phase in ("types", "relaxation", "decomposition", "exact", "tickets"):
        ready.phase = phase
        sentences.add(report.phase_sentence(ready))

    assert len(sentences) == (1 if state == Lottery.State.QUEUED else 6)
