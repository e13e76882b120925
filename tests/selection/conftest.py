"""A jury whose registration is closed, and somebody to run its lottery."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from juries.audit import JUROR
from juries.enums import Role, Stage
from juries.models import Jury, User
from selection import tasks
from selection.draw.balls import confirm_ball, enter_ball
from selection.draw.committing import Chance, commit
from selection.draw.freezing import freeze_pool
from selection.lottery import probabilities
from selection.models import Draw, Lottery, PanelSeat, Round
from selection.panel.seats import decline_seat
from tests import factories


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Sentences are asserted as they stand in the source."""
    with override("en"):
        yield


@pytest.fixture
def closed(jury: Jury) -> Jury:
    """The jury of four seats with a pool of twelve, registration closed."""
    factories.make_mixed_pool(jury, 12)
    return close(jury)


@pytest.fixture
def organiser(closed: Jury) -> User:
    return factories.make_member(closed, Role.ORGANISER)


@pytest.fixture
def frozen(closed: Jury, organiser: User) -> Draw:
    """The pool is frozen, and nobody may object any more."""
    return freeze(closed, organiser)


@pytest.fixture
def ready(frozen: Draw, organiser: User) -> Lottery:
    """A lottery that is ready to be drawn from."""
    return run_lottery(frozen.jury, organiser)


@pytest.fixture
def committed(ready: Lottery, organiser: User) -> Round:
    """A commitment that waits for three balls alone."""
    return commit_to(ready, organiser)


@pytest.fixture
def drawn(ready: Lottery, organiser: User) -> Round:
    """A panel that is drawn: four seats are offered."""
    return draw_from(ready, organiser)


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What the views told the workers."""
    sent: list[int] = []
    monkeypatch.setattr(tasks.carry_out_lottery, "delay", sent.append)
    return sent


@pytest.fixture
def desk(organiser: User, queue: list[int]) -> Client:
    """A browser in which the organiser is signed in."""
    client = Client()
    client.force_login(organiser)
    return client


def address(jury: Jury, page: str) -> str:
    """The address of a page of the desk."""
    return f"/en/desk/{jury.slug}/{page}/"


def text(response: HttpResponse) -> str:
    """The page, which opened."""
    assert response.status_code == 200
    return response.content.decode()


def close(jury: Jury) -> Jury:
    """The jury with its registration closed."""
    jury.stage = Stage.LOTTERY
    jury.save()
    return jury


def freeze(jury: Jury, by: User, **facts: int) -> Draw:
    """The pool frozen, with no time for objections unless some is given."""
    return freeze_pool(jury=jury, by=by, **{"objection_hours": 0, **facts})


def ask_for_lottery(jury: Jury, by: User, **facts: object) -> Lottery:
    """A lottery that waits for a worker; the pool is frozen if it was not."""
    if not jury.draws.standing().exists():
        freeze(jury, by)
    return probabilities.request_lottery(jury=jury, by=by, **facts)


def run_lottery(jury: Jury, by: User, **facts: object) -> Lottery:
    """A lottery asked for and carried out, as a worker would; the pool is frozen if it was not."""
    lottery = ask_for_lottery(jury, by, **{"seed": 1, **facts})
    probabilities.carry_out(lottery.pk)
    lottery.refresh_from_db()
    return lottery


def commit_to(lottery: Lottery, by: User, sources: str = Round.Sources.BALLS) -> Round:
    """The lottery committed, with an hour for the balls."""
    chance = Chance(Round.Sources(sources), timezone.now() + timedelta(hours=1))
    return commit(lottery=lottery, chance=chance, by=by)


def witness(jury: Jury) -> User:
    """Somebody who confirms what the organiser types in."""
    return factories.make_member(jury, Role.OBSERVER)


def draw_balls(round_: Round, by: User, digits: str = "417") -> Round:
    """Three balls typed in by one person and confirmed by another."""
    other = witness(round_.draw.jury)
    for digit in digits:
        ball = enter_ball(round_=round_, digit=int(digit), by=by)
        confirm_ball(ball=ball, digit=int(digit), by=other)
    round_.refresh_from_db()
    return round_


def draw_from(lottery: Lottery, by: User, ticket: int = 417) -> Round:
    """The ticket drawn by three balls alone, and its panel offered the seats."""
    return draw_balls(commit_to(lottery, by), by, f"{ticket:03}")


def decline(seat: PanelSeat) -> None:
    """The seat is declined by whoever was offered it."""
    decline_seat(seat=seat, by=JUROR)
