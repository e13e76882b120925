"""Whose turn it is with the balls: one person types in, another looks and confirms."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from juries.models import Jury, User
from selection.draw.committing import DIGITS
from selection.models import Ball, Round


class Turn(StrEnum):
    """What somebody sees who opens the page of the balls."""

    NOTHING = "nothing"
    TOO_LATE = "too_late"
    ENTER = "enter"
    CONFIRM = "confirm"
    OWN_WAITS = "own_waits"
    OTHER_WAITS = "other_waits"
    NEXT_WAITS = "next_waits"
    ALL_THERE = "all_there"


@dataclass(frozen=True, slots=True)
class Handling:
    """The turn of one person, and the ball it is about; ``place`` is its place from nought."""

    turn: Turn
    round: Round | None = None
    place: int = 0
    ball: Ball | None = None
    done: tuple[Ball, ...] = ()

    @property
    def number(self) -> int:
        return self.place + 1

    @property
    def waits(self) -> bool:
        """Whether somebody else has to do something first, so that the page looks by itself."""
        return self.turn in {Turn.OWN_WAITS, Turn.OTHER_WAITS, Turn.NEXT_WAITS}


def handling_of(jury: Jury, user: User, *, may_enter: bool) -> Handling:
    """Whose turn it is, as this person sees it."""
    rounds = Round.objects.filter(draw__in=jury.draws.standing())
    round_ = rounds.exclude(state=Round.State.ABORTED).order_by("-number").first()
    if round_ is None:
        return Handling(Turn.NOTHING)
    balls = list(round_.balls.select_related("entered_by", "confirmed_by"))
    done = tuple(ball for ball in balls if ball.confirmed_at)
    waiting = next((ball for ball in balls if not ball.confirmed_at), None)
    if len(done) == DIGITS:
        turn = Turn.ALL_THERE
    elif round_.state == Round.State.DRAWN:
        return Handling(Turn.NOTHING)
    elif timezone.now() >= round_.balls_deadline:
        turn = Turn.TOO_LATE
    elif waiting:
        turn = _with_a_ball(waiting, done, user)
    else:
        turn = Turn.ENTER if may_enter and _types(done, user) else Turn.NEXT_WAITS
    return Handling(turn, round_, len(done), waiting, done)


def _with_a_ball(waiting: Ball, done: tuple[Ball, ...], user: User) -> Turn:
    if waiting.entered_by_id == user.pk:
        return Turn.OWN_WAITS
    others = {ball.confirmed_by_id for ball in done} - {user.pk}
    return Turn.OTHER_WAITS if others else Turn.CONFIRM


def _types(done: tuple[Ball, ...], user: User) -> bool:
    return all(ball.entered_by_id == user.pk for ball in done)
