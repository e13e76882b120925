from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from juries import leases
from selection.lottery import working
from selection.models import Lottery
from tests.selection.conftest import ask_for_lottery


@pytest.fixture
def waiting(closed, organiser):
    return ask_for_lottery(closed, organiser, seed=1)


def test_only_one_of_two_workers_gets_a_waiting_lottery(waiting):
    first, second = working.take(waiting.pk), working.take(waiting.pk)

    assert first == leases.Lease(Lottery, waiting.pk, 1)
    assert second is None


def test_a_lapsed_lease_can_be_taken_and_the_old_one_is_then_worth_nothing(waiting):
    old = working.take(waiting.pk)
    Lottery.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    new = working.take(waiting.pk)

    assert new.attempt == 2
    assert not leases.held(old).exists()
    assert leases.held(new).exists()


@pytest.mark.parametrize("lost", [OperationalError, InterfaceError])
def test_a_lease_is_renewed_again_after_the_database_was_away(waiting, monkeypatch, lost):
    class ThreeTimes:
        """The heartbeat beats three times: lost, renewed, over."""

        beats = iter([False, False, True])

        def wait(self, _seconds):
            return next(self.beats)

    class Connection:
        def close(self):
            pass

    lease = working.take(waiting.pk)
    Lottery.objects.update(lease_until=timezone.now())
    answers = iter([lost("away"), None])

    def held_when_the_database_is_there(one, held=leases.held):
        trouble = next(answers)
        if trouble:
            raise trouble
        return held(one)

    monkeypatch.setattr(leases, "connection", Connection())
    monkeypatch.setattr(leases, "held", held_when_the_database_is_there)

    leases._renew(lease, ThreeTimes())

    assert Lottery.objects.get().lease_until > timezone.now() + leases.LEASE / 2


def test_a_cancelled_or_finished_lottery_cannot_be_taken(ready):
    assert working.take(ready.pk) is None


def test_every_phase_of_the_engine_has_its_span_and_they_join(db):
    spans = list(working.SPANS.values())

    assert spans[0][0] == 0
    assert spans[-1][1] == 100
    assert all(first[1] == second[0] for first, second in zip(spans, spans[1:], strict=False))
