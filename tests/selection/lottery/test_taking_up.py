"""What becomes of a lottery whose message or whose worker was lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from juries.leases import MOST_ATTEMPTS
from selection.engine import Cancelled
from selection.lottery import probabilities, working
from selection.models import Lottery
from tests.selection.conftest import ask_for_lottery as ask

State = Lottery.State


def lapse(lottery, **facts):
    """The lottery as a dead worker or a lost message leaves it."""
    past = timezone.now() - timedelta(seconds=1)
    Lottery.objects.filter(pk=lottery.pk).update(lease_until=past, **facts)


def test_a_lottery_the_queue_lost_is_sent_again_and_only_once(closed, organiser):
    lottery = ask(closed, organiser)
    lapse(lottery)

    assert probabilities.take_up_stalled() == [lottery.pk]
    assert probabilities.take_up_stalled() == []


def test_a_lottery_that_waits_or_runs_properly_is_left_alone(closed, organiser):
    lottery = ask(closed, organiser)

    assert probabilities.take_up_stalled() == []

    working.take(lottery.pk)
    assert probabilities.take_up_stalled() == []


def test_a_lottery_whose_worker_is_gone_is_taken_up_and_finished(closed, organiser):
    lottery = ask(closed, organiser)
    working.take(lottery.pk)
    lapse(lottery)

    for pk in probabilities.take_up_stalled():
        probabilities.carry_out(pk)

    lottery.refresh_from_db()
    assert (lottery.state, lottery.attempts) == (State.DONE, 2)


def test_a_lottery_cancelled_under_a_dead_worker_ends_as_cancelled(closed, organiser):
    lottery = ask(closed, organiser)
    working.take(lottery.pk)
    probabilities.cancel_lottery(lottery=lottery, by=organiser)
    lapse(lottery)

    assert probabilities.take_up_stalled() == []
    lottery.refresh_from_db()
    assert lottery.state == State.CANCELLED


def test_a_lottery_that_keeps_losing_its_workers_fails_in_the_end(closed, organiser):
    lottery = ask(closed, organiser)
    lapse(lottery, state=State.RUNNING, attempts=MOST_ATTEMPTS)

    assert probabilities.take_up_stalled() == []
    lottery.refresh_from_db()
    assert (lottery.state, lottery.failure) == (State.FAILED, {"kind": "stalled"})


def test_progress_never_leaves_the_bar_and_reaches_the_row(closed, organiser):
    lottery = ask(closed, organiser)
    teller = working.Teller(working.take(lottery.pk))

    teller("decomposition", 0.5)
    teller("exact", 0.5)  # too soon after the last to be written

    lottery.refresh_from_db()
    assert (lottery.phase, lottery.percent) == ("decomposition", 48)


def test_progress_of_a_lost_lease_stops_the_engine(closed, organiser):
    lottery = ask(closed, organiser)
    teller = working.Teller(working.take(lottery.pk))
    Lottery.objects.update(attempts=2)

    with pytest.raises(Cancelled):
        teller("types", 0.1)
