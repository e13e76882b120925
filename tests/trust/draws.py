"""Draws of all kinds, held with the house's own verbs; each ends as if it had not been."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

import numpy as np
import time_machine
from django.db import transaction
from django.utils import timezone

from juries.audit import JUROR
from juries.enums import Role
from juries.models import Jury, Registrant, User
from juries.registration.withdrawing import withdraw
from selection.draw.balls import confirm_ball, enter_ball
from selection.draw.beacon import take_beacon
from selection.draw.committing import Chance, commit
from selection.draw.drawing import draw_by_balls_alone
from selection.draw.ending import break_off, close_draw
from selection.draw.freezing import freeze_pool
from selection.lottery import probabilities
from selection.models import Draw, Lottery, PanelSeat, Round
from selection.panel.replacing import POOL, RESERVES, replace_by_rank
from selection.panel.reserves import draw_up_reserves
from selection.panel.seats import accept_seat, decline_seat
from selection.protocol import drand
from tests import factories
from tests.selection.protocol.rounds import GENUINE

ROUND = 10_000_000
"""A genuine round of drand; the draws are held around its time."""

MORNING = drand.time_of(ROUND) - timedelta(hours=2)
DEADLINE = drand.time_of(ROUND) - timedelta(seconds=60)

KINDS = [
    ("woman", "young"),
    ("man", "old"),
    ("woman", "old"),
    ("man", "young"),
]


class _Undo(Exception):
    """What was done inside is not to stand."""


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside has not happened afterwards."""
    with suppress(_Undo), transaction.atomic():
        yield
        raise _Undo


def house(number: int, chance: np.random.Generator, **facts: object) -> tuple[Jury, User, User]:
    """A jury with a pool of some size, somebody who draws and somebody who confirms."""
    size = int(chance.integers(2, 6))
    quotas = {
        "gender": {"woman": (0, size), "man": (0, size)},
        "age": {"young": (0, size), "old": (1, size)},
    }
    jury = factories.make_jury(f"raati-{number}", quotas=quotas, panel_size=size, **facts)
    people = int(chance.integers(size + 8, 40))
    rows = [KINDS[int(place)] for place in chance.integers(0, 4, people - 4)] + KINDS
    factories.make_registrants(jury, rows)
    Jury.objects.filter(pk=jury.pk).update(stage="lottery")
    jury.refresh_from_db()
    organiser = factories.make_member(jury, Role.ORGANISER)
    return jury, organiser, factories.make_member(jury, Role.OBSERVER)


def ready(jury: Jury, by: User, rule: str = "leximin", seed: int = 1) -> Lottery:
    """A lottery of the frozen pool that can be committed to."""
    if not jury.draws.standing().exists():
        freeze_pool(jury=jury, by=by, objection_hours=0)
    lottery = probabilities.request_lottery(jury=jury, by=by, rule=rule, seed=seed)
    probabilities.carry_out(lottery.pk)
    lottery.refresh_from_db()
    return lottery


def committed(lottery: Lottery, by: User, sources: str = Round.Sources.BOTH) -> Round:
    chance = Chance(Round.Sources(sources), DEADLINE, fallback_minutes=10)
    return commit(lottery=lottery, chance=chance, by=by)


def balls(round_: Round, digits: str, by: User, other: User) -> None:
    for digit in map(int, digits):
        ball = enter_ball(round_=round_, digit=digit, by=by)
        confirm_ball(ball=ball, digit=digit, by=other)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    with time_machine.travel(moment, tick=False):
        yield


def beacon(round_: Round) -> None:
    """The genuine signature, a few seconds after its time."""
    with at(drand.time_of(ROUND) + timedelta(seconds=5)):
        take_beacon(round_=round_, signature=GENUINE[ROUND].hex(), by="system")


type Way = Callable[[Lottery, User, User, np.random.Generator], None]


def only_frozen(lottery: Lottery, by: User, other: User, chance: np.random.Generator) -> None:
    """Nothing more."""


def only_committed(lottery: Lottery, by: User, other: User, chance: np.random.Generator) -> None:
    committed(lottery, by)


def by_both(lottery: Lottery, by: User, other: User, chance: np.random.Generator) -> None:
    round_ = committed(lottery, by)
    balls(round_, f"{chance.integers(1000):03}", by, other)
    beacon(round_)


def by_balls(lottery: Lottery, by: User, other: User, chance: np.random.Generator) -> None:
    balls(committed(lottery, by, Round.Sources.BALLS), f"{chance.integers(1000):03}", by, other)


def by_beacon(lottery: Lottery, by: User, other: User, chance: np.random.Generator) -> None:
    beacon(committed(lottery, by))


def by_fall_back(lottery: Lottery, by: User, other: User, chance: np.random.Generator) -> None:
    round_ = committed(lottery, by)
    balls(round_, f"{chance.integers(1000):03}", by, other)
    with at(drand.time_of(ROUND) + timedelta(minutes=11)):
        draw_by_balls_alone(round_=round_, by=by)


def broken_off(lottery: Lottery, by: User, other: User, chance: np.random.Generator) -> None:
    before = (only_frozen, only_committed, by_both)[int(chance.integers(3))]
    before(lottery, by, other, chance)
    with later():
        break_off(draw=lottery.draw, code="mistake", reason="Väärä pallo", by=by)


def with_replacements(lottery: Lottery, by: User, other: User, chance: np.random.Generator) -> None:
    (by_both, by_beacon, by_balls)[int(chance.integers(3))](lottery, by, other, chance)
    jury = lottery.jury
    with later():
        if chance.integers(2):
            draw_up_reserves(jury=jury, count=3, dropout_percent=20, by=by)
        for _turn in range(int(chance.integers(1, 4))):
            somebody_leaves(jury, chance)
            somebody_withdraws(jury, chance)
            replace_by_rank(jury=jury, by=by, among=_among(jury))
        for seat in jury.seats.filter(state=PanelSeat.State.OFFERED):
            accept_seat(seat=seat, by=JUROR)
        if chance.integers(2):
            close_draw(draw=Draw.objects.get(pk=lottery.draw_id), by=by)


def with_a_round(lottery: Lottery, by: User, other: User, chance: np.random.Generator) -> None:
    by_balls(lottery, by, other, chance)
    jury = lottery.jury
    somebody_leaves(jury, chance)
    again = ready(jury, by, seed=2)
    balls(committed(again, by, Round.Sources.BALLS), f"{chance.integers(1000):03}", by, other)
    somebody_leaves(jury, chance)
    replace_by_rank(jury=jury, by=by)


WAYS: tuple[Way, ...] = (
    only_frozen,
    only_committed,
    by_both,
    by_balls,
    by_beacon,
    by_fall_back,
    broken_off,
    with_replacements,
    with_replacements,
    with_replacements,
)


def somebody_leaves(jury: Jury, chance: np.random.Generator) -> None:
    seats = list(jury.seats.held())
    seat = seats[int(chance.integers(len(seats)))]
    decline_seat(seat=seat, by=JUROR)


def somebody_withdraws(jury: Jury, chance: np.random.Generator) -> None:
    """Now and then somebody who was not drawn is erased: their leaf stays."""
    if chance.integers(3):
        return
    others = Registrant.objects.filter(jury=jury, seat=None, withdrawn_at=None).order_by("pk")
    if len(others) > 3:
        withdraw(registrant=others[int(chance.integers(len(others)))], by="registrant")


@contextmanager
def later() -> Iterator[None]:
    """Some time after the beacon."""
    with at(max(timezone.now(), drand.time_of(ROUND)) + timedelta(hours=1)):
        yield


def _among(jury: Jury) -> str:
    draw = jury.draws.standing().get()
    free = draw.reserves.filter(registrant__seat=None, registrant__withdrawn_at=None)
    return RESERVES if free.count() > len(jury.seats.all()) else POOL
