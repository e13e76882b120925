import pytest

from selection.lottery import report
from selection.models import Chance, Lottery, Rule
from tests.selection.conftest import decline, draw_from, run_lottery


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
    without = ready.chances.get(place=0).registrant
    assert (found.without, found.none) == (1, (without.reference,))


@pytest.mark.parametrize("chance", [0.001, 0.05, 0.1, 0.3, 1.0])
def test_everybody_alike_is_one_bar_that_holds_the_chance(ready, chance):
    found = with_chances(ready, [chance] * 12)

    (row,) = found.bars.groups[0].rows
    start, end = (int(part) for part in row.label.removesuffix("\xa0%").split("–"))
    assert start <= 100 * chance <= end


def test_a_held_seat_is_no_chance(closed, organiser):
    draw_from(run_lottery(closed, organiser), organiser)
    decline(closed.seats.first())

    found = report.chances_of(run_lottery(closed, organiser))

    drawn = set(closed.seats.values_list("registrant__reference", flat=True))
    assert (found.people, found.without) == (8, len(found.none))
    assert drawn.isdisjoint(found.none)


def test_the_proof_says_the_bound_and_the_cost_of_the_tickets(ready):
    proven, bound, rounding = report.proof_sentences(ready)

    assert "proven" in proven
    assert "33.33\xa0%" in bound
    assert "0.07 percentage points" in rounding


def test_a_lottery_that_is_not_proven_says_how_far_it_may_be_off(ready):
    ready.certificate |= {"optimal": False, "gap": 0.0002}

    assert "0.0200 percentage points" in report.proof_sentences(ready)[0]


@pytest.mark.parametrize("rule", [Rule.NASH, Rule.GOLDILOCKS])
def test_the_proof_of_a_rule_with_a_measure_of_its_own_bounds_nobodys_chance(ready, rule):
    ready.rule = rule
    proven = report.proof_sentences(ready)
    ready.certificate |= {"optimal": False, "gap": 0.0002}
    unproven = report.proof_sentences(ready)

    assert [len(proven), len(unproven)] == [2, 2]
    assert "0.0200\xa0%" in unproven[0]
    assert not any("Nobody's chance" in sentence for sentence in unproven[:1])


def test_every_rule_is_told_in_two_sentences_of_its_own():
    told = [sentence for rule in Rule for sentence in report.rule_sentences(rule)]

    assert len(set(told)) == 8
    assert not any(rule in sentence for rule in Rule.values for sentence in told)


@pytest.mark.parametrize("state", [Lottery.State.QUEUED, Lottery.State.RUNNING])
def test_a_lottery_at_work_says_what_it_is_doing_in_words(ready, state):
    ready.state, ready.phase = state, ""
    sentences = {report.phase_sentence(ready)}
    for phase in ("types", "relaxation", "decomposition", "exact", "tickets"):
        ready.phase = phase
        sentences.add(report.phase_sentence(ready))

    assert len(sentences) == (1 if state == Lottery.State.QUEUED else 6)
