import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from selection.models import Lottery, PanelSeat


@pytest.mark.parametrize(("count", "name"), [(100, "07"), (1000, "007"), (10_000, "0007")])
def test_a_ticket_is_named_with_every_digit_of_the_dice(count, name):
    assert Lottery(ticket_count=count).ticket_name(7) == name


@pytest.mark.parametrize(
    "facts",
    [
        {"tickets": None},
        {"ticket_count": 0},
        {"ticket_count": 10_001},
        {"state": "running", "lease_until": None},
        {"shuffled": [[[0, 1], None]]},
        {"rehearsal": True},
    ],
    ids=[
        "ready without tickets",
        "no tickets",
        "too many tickets",
        "at work without a lease",
        "ended and still with rows",
        "a rehearsal that could be drawn from",
    ],
)
def test_the_database_refuses_a_lottery_that_makes_no_sense(ready, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Lottery.objects.filter(pk=ready.pk).update(**facts)


def test_the_database_keeps_one_lottery_at_work(ready, organiser):
    def at_work(number):
        return Lottery.objects.create(
            jury=ready.jury,
            number=number,
            seed=1,
            panel_size=4,
            quotas=[],
            requested_by=organiser,
            lease_until=timezone.now(),
        )

    at_work(8)

    with pytest.raises(IntegrityError), transaction.atomic():
        at_work(9)


def test_an_answered_seat_says_when(drawn):
    with pytest.raises(IntegrityError), transaction.atomic():
        drawn.seats.update(state=PanelSeat.State.CONFIRMED)
