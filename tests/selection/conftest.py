"""A jury whose registration is closed, and somebody to run its lottery."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.translation import override

from juries.enums import Role, Stage
from juries.models import Jury, User
from selection import probabilities, tasks
from selection.draw import confirm_draw, enter_draw
from selection.models import Draw, Lottery
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
def ready(closed: Jury, organiser: User) -> Lottery:
    """A lottery that is ready to be drawn from."""
    return run_lottery(closed, organiser)


@pytest.fixture
def drawn(ready: Lottery, organiser: User) -> Draw:
    """A confirmed draw: four seats are offered."""
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


def run_lottery(jury: Jury, by: User, **facts: object) -> Lottery:
    """A lottery asked for and carried out, as a worker would."""
    lottery = probabilities.request_lottery(jury=jury, by=by, **{"seed": 1, **facts})
    probabilities.carry_out(lottery.pk)
    lottery.refresh_from_db()
    return lottery


def draw_from(lottery: Lottery, by: User, ticket: int = 417) -> Draw:
    """A ticket entered and confirmed."""
    draw = enter_draw(lottery=lottery, ticket=ticket, source="three dice", by=by)
    confirm_draw(draw=draw, by=by)
    draw.refresh_from_db()
    return draw
