"""Lotteries of one pool side by side."""

import numpy as np
import pytest

from selection.engine import leximin
from selection.engine.rules.comparison import summarise
from selection.lottery import bridge, probabilities
from selection.lottery.comparing import compared, runs_of
from selection.lottery.outcome import outcome_kept
from selection.lottery.rehearsing import rehearse
from selection.models import Rule
from tests.selection.conftest import address, commit_to, decline, draw_from, run_lottery, text


@pytest.fixture
def uneven(closed):
    """A pool in which few young people give chances that differ."""
    closed.registrants.filter(traits__value__key="young", reference__gt="p0002").delete()
    return closed


def run_rehearsal(jury, by):
    rehearsal = rehearse(jury=jury, by=by)
    probabilities.carry_out(rehearsal.pk)


def test_the_numbers_are_those_of_the_engine_without_running_it_again(
    uneven, organiser, monkeypatch
):
    lottery = run_lottery(uneven, organiser)
    pool, quotas = bridge.arrays(bridge.recall(lottery))
    told = summarise(pool, leximin(pool, quotas, rng=np.random.default_rng(1)))
    monkeypatch.setattr(probabilities, "METHODS", {})

    found = outcome_kept(lottery)

    assert (found.people, found.without) == (told.people, told.without)
    assert found.smallest == pytest.approx(told.smallest)
    assert found.largest == pytest.approx(told.largest)
    assert found.gini == pytest.approx(told.gini)
    assert found.gini > 0


def test_every_ready_lottery_of_the_pool_is_compared_and_rehearsals_are_marked(uneven, organiser):
    run_rehearsal(uneven, organiser)
    for rule in Rule:
        run_lottery(uneven, organiser, rule=rule)

    runs = runs_of(uneven)

    assert [(run.number, run.rule, run.rehearsal) for run in runs] == [
        (2, "leximin", False),
        (3, "maximin", False),
        (4, "nash", False),
        (5, "goldilocks", False),
        (1, "leximin", True),
    ]
    assert all(run.outcome.people == runs[-1].outcome.people for run in runs)
    assert runs[-1].outcome.smallest == pytest.approx(runs[0].outcome.smallest)
    assert runs[0].outcome.smallest >= max(run.outcome.smallest for run in runs) - 1e-6


def test_which_one_is_committed_or_drawn_is_said(uneven, organiser):
    first, second = (run_lottery(uneven, organiser) for _run in range(2))
    commit_to(second, organiser)
    assert [run.use for run in runs_of(uneven)] == ["", "committed"]

    assert compared(runs_of(uneven)).groups[0].rows[1].note == "committed"
    assert first.rounds.count() == 0


def test_lotteries_of_another_pool_and_of_free_seats_are_left_out(closed, organiser):
    lottery = run_lottery(closed, organiser)
    draw_from(lottery, organiser)
    decline(closed.seats.first())
    run_lottery(closed, organiser)

    assert [(run.number, run.use) for run in runs_of(closed)] == [(1, "drawn from")]
    closed.draws.update(state="aborted", abort_reason="Vika")
    assert runs_of(closed) == []


def test_the_page_has_every_number_of_every_run(uneven, organiser, desk):
    run_rehearsal(uneven, organiser)
    commit_to(run_lottery(uneven, organiser), organiser)

    page = text(desk.get(address(uneven, "lottery/compare")))

    for words in ("Lottery 2", "Rehearsal 1", "committed", "only tried", "proven", "Gini"):
        assert words in page
    assert address(uneven, "lottery/compare") in text(desk.get(address(uneven, "lottery")))


def test_with_nothing_to_compare_the_page_says_so(closed, desk):
    assert "no ready lottery" in text(desk.get(address(closed, "lottery/compare")))


def test_the_page_takes_no_more_queries_for_more_runs_than_one_each(
    uneven, organiser, desk, django_assert_max_num_queries
):
    for _run in range(3):
        run_lottery(uneven, organiser)

    with django_assert_max_num_queries(12):
        desk.get(address(uneven, "lottery/compare"))


def test_the_page_says_what_comes_next_at_each_step(closed, organiser, desk):
    run_rehearsal(closed, organiser)
    before = text(desk.get(address(closed, "lottery/compare")))
    lottery = run_lottery(closed, organiser)
    frozen = text(desk.get(address(closed, "lottery/compare")))
    draw_from(lottery, organiser)
    after = text(desk.get(address(closed, "lottery/compare")))

    assert "The rehearsals that are ready." in before
    assert "frozen now" not in before
    assert [("Next you commit" in page) for page in (before, frozen, after)] == [False, True, False]
    assert '<th scope="col">Run</th>' in frozen
