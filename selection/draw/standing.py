"""Where the draw of a jury stands, and what comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet
from django.utils import timezone

from juries.enums import Stage
from juries.models import Jury
from selection.draw.committing import keeps_who_sits
from selection.draw.drawing import confirmed_digits
from selection.draw.freezing import objections_are_open
from selection.models import Draw, Lottery, Round

LARGE = ("panels", "tickets", "quotas", "proof", "shuffled")
"""Columns of a lottery that hold the whole of it."""


class Now(StrEnum):
    """What is to be done, or waited for, at this moment."""

    TOO_EARLY = "too_early"
    FREEZE = "freeze"
    LOTTERY = "lottery"
    OBJECTIONS = "objections"
    COMMIT = "commit"
    BALLS = "balls"
    MISSED = "missed"
    BEACON = "beacon"
    PANEL = "panel"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Standing:
    """The standing draw of a jury, if there is one, and what it waits for.

    ``round`` is the latest round that was not broken off, ``lotteries`` are those that can be
    committed to, the latest first, and ``at_work`` is one that is being computed.
    """

    now: Now
    draw: Draw | None = None
    round: Round | None = None
    lotteries: tuple[Lottery, ...] = ()
    at_work: Lottery | None = None

    @property
    def begins_anew(self) -> bool:
        """Whether a replacement round is being prepared beside a panel that was drawn."""
        return self.round is not None and self.now in {Now.LOTTERY, Now.COMMIT}


def standing_of(jury: Jury) -> Standing:
    """Where the draw of the jury stands now."""
    draw = jury.draws.standing().first()
    if draw is None:
        early = jury.stage not in {Stage.REGISTRATION, Stage.LOTTERY}
        return Standing(Now.TOO_EARLY if early else Now.FREEZE)
    draw.jury = jury
    last = light_rounds(draw).exclude(state=Round.State.ABORTED).order_by("-number").first()
    if last is not None:
        last.draw = draw
        if last.state == Round.State.COMMITTED:
            return Standing(_awaited(last), draw, last)
    if draw.state == Draw.State.CLOSED:
        return Standing(Now.CLOSED, draw, last)
    ready, at_work = tuple(_ready(draw)), _at_work(draw)
    return Standing(_next(draw, ready, at_work), draw, last, ready, at_work)


def light_rounds(draw: Draw) -> QuerySet[Round]:
    """The rounds of the draw without what only a check of the whole lottery needs."""
    large = [f"lottery__{column}" for column in LARGE]
    return draw.rounds.select_related("lottery").defer("commitment", *large)


def _awaited(round_: Round) -> Now:
    if confirmed_digits(round_):
        return Now.BEACON
    if timezone.now() < round_.balls_deadline:
        return Now.BALLS
    return Now.MISSED if round_.sources == Round.Sources.BALLS else Now.BEACON


def _next(draw: Draw, ready: tuple[Lottery, ...], at_work: Lottery | None) -> Now:
    if draw.state == Draw.State.DRAWN:
        if ready:
            return Now.COMMIT
        return Now.LOTTERY if at_work else Now.PANEL
    if not ready:
        return Now.LOTTERY
    return Now.OBJECTIONS if objections_are_open(draw) else Now.COMMIT


def _ready(draw: Draw) -> Iterator[Lottery]:
    """Lotteries that can be committed to; of replacements only the latest, as long as it holds."""
    done = draw.lotteries.filter(state=Lottery.State.DONE, rounds=None).defer(*LARGE)
    if draw.state == Draw.State.FROZEN:
        yield from done.filter(seats_held=0)
        return
    latest = done.first()
    if latest is not None and latest.seats_held and keeps_who_sits(draw, latest):
        yield latest


def _at_work(draw: Draw) -> Lottery | None:
    states = [Lottery.State.QUEUED, Lottery.State.RUNNING]
    return draw.lotteries.filter(state__in=states).defer(*LARGE).first()
