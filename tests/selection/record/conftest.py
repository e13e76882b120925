"""Draws to be told: with a beacon that drand really published, and at every level."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from juries.enums import Role
from juries.models import Jury, User
from selection.draw.beacon import take_beacon
from selection.draw.committing import Chance, commit
from selection.draw.opening import approve_opening
from selection.models import Disclosure, Draw, Lottery, Round
from selection.protocol import drand
from selection.record.files import record_of
from tests import factories
from tests.selection.conftest import close, draw_balls, freeze, run_lottery
from tests.selection.protocol.rounds import ROUND, SIGNATURE
from tests.selection.verifier.loading import verify as verifier


@pytest.fixture
def beaconed(closed: Jury, organiser: User, time_machine: Any) -> Round:
    """A panel drawn by balls and by a round that drand published in August 2023."""
    at = drand.time_of(ROUND)
    time_machine.move_to(at - timedelta(hours=1), tick=False)
    lottery = run_lottery(closed, organiser)
    chance = Chance(Round.Sources.BOTH, at - timedelta(seconds=60))
    round_ = draw_balls(commit(lottery=lottery, chance=chance, by=organiser), organiser)
    time_machine.move_to(at + timedelta(seconds=5), tick=False)
    take_beacon(round_=round_, signature=SIGNATURE.hex(), by=organiser)
    return Round.objects.get(pk=round_.pk)


@pytest.fixture
def audited(ready: Lottery, organiser: User) -> Round:
    """A draw by balls alone, whose auditor can have everything."""
    return drawn_at(Disclosure.AUDITED, ready, organiser)


@pytest.fixture
def opened(jury: Jury) -> Round:
    """A draw in which everything is open: six people share every combination of groups."""
    factories.make_mixed_pool(jury, 24)
    organiser = factories.make_member(close(jury), Role.ORGANISER)
    draw = freeze(jury, organiser)
    approve_opening(draw=draw, by=factories.make_member(jury, Role.PRIVACY_OFFICER))
    return drawn_at(Disclosure.OPEN, run_lottery(jury, organiser), organiser)


def drawn_at(level: str, lottery: Lottery, by: User) -> Round:
    """The lottery committed at a level of disclosure and drawn from."""
    chance = Chance(Round.Sources.BALLS, timezone.now() + timedelta(hours=1))
    return draw_balls(commit(lottery=lottery, chance=chance, by=by, disclosure=level), by)


@pytest.fixture
def verify(tmp_path: Path) -> Callable[..., int]:
    """Runs the published verifier on files made of these bytes; gives its exit code."""

    def run(command: str, *contents: bytes) -> int:
        paths = []
        for number, content in enumerate(contents):
            path = tmp_path / f"{number}"
            path.write_bytes(content)
            paths.append(str(path))
        code: int = verifier.main([command, *paths])
        return code

    return run


def full_record(draw: Draw) -> bytes:
    return record_of(draw, Disclosure.AUDITED)
