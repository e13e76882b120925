"""A draw by balls and beacon, moved through its moments."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from juries.models import User
from selection.draw.balls import confirm_ball, enter_ball
from selection.models import Draw, Round
from selection.protocol import drand
from tests.selection.conftest import witness

SIGNATURE = "ab" * 48
SECOND = timedelta(seconds=1)


def payloads(draw: Draw, kind: str) -> list[dict[str, Any]]:
    """What the chain says in all its events of this kind."""
    lines = draw.events.filter(kind=kind).order_by("n").values_list("line", flat=True)
    return [json.loads(line)["payload"] for line in lines]


def kinds(draw: Draw) -> list[str]:
    return list(draw.events.order_by("n").values_list("kind", flat=True))


def type_in(round_: Round, by: User, digits: str, *, confirm: bool = True) -> None:
    """Balls typed in and, unless only the typing is wanted, confirmed by the witness."""
    for digit in map(int, digits):
        ball = enter_ball(round_=round_, digit=digit, by=by)
        if confirm:
            confirm_ball(ball=ball, digit=digit, by=witness(round_.draw.jury))


def unable_to_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """The house takes any signature of the right form, as without the optional package."""
    monkeypatch.setattr(drand, "can_check", lambda: False)


def believing(monkeypatch: pytest.MonkeyPatch, *genuine: str) -> None:
    """The house can check, and finds these signatures genuine and no others."""
    monkeypatch.setattr(drand, "can_check", lambda: True)
    monkeypatch.setattr(drand, "is_genuine", lambda _round, found: found.hex() in genuine)


def evening(hours: int = 2) -> str:
    """A moment soon, as a form sends it."""
    return timezone.localtime(timezone.now() + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


def commitment(**facts: str) -> dict[str, str]:
    """What the form of the commitment sends."""
    return {
        "lottery": "1",
        "sources": "both",
        "balls_by": evening(),
        "fallback_minutes": "60",
        "disclosure": "L1",
        **facts,
    }
