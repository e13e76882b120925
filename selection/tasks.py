"""Work outside the web process: one line each, since the row knows what is to be done."""

from functools import partial

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from selection.draw import beacon
from selection.lottery import probabilities
from selection.panel import reminding


@shared_task
def carry_out_lottery(lottery_id: int) -> None:
    probabilities.carry_out(lottery_id)


@shared_task
def take_up_stalled() -> None:
    for lottery_id in probabilities.take_up_stalled():
        carry_out_lottery.delay(lottery_id)


@shared_task
def remind_who_has_not_answered() -> None:
    reminding.remind_everywhere(on=timezone.localdate())


@shared_task(time_limit=20)
def fetch_beacons() -> None:
    beacon.fetch_awaited()


def nudge(lottery_id: int) -> None:
    """A worker hears of the lottery; where the queue does not answer, the sweep will find it."""
    transaction.on_commit(partial(carry_out_lottery.delay, lottery_id), robust=True)
