"""Where the draw of a jury stands, and what comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet
from django.utils import timezone

from juries.enums import Stage
from juries.models import Jury
from selection.draw.committing import draws_who_withdrew, keeps_who_sits
from selection.draw.drawing import confirmed_digits
from selection.draw.freezing import objections_are_open
from selection.models import Draw, Lottery, Round
from selection.models.lottery import LARGE


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

    @property
    def outlived(self) -> bool:
        """Whether lotteries of the pool are ready that can draw somebody who has withdrawn."""
        if self.draw is None or self.lotteries or self.draw.state != Draw.State.FROZEN:
            return False
        return self.draw.lotteries.ready().filter(rounds=None).exists()


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
    done = draw.lotteries.ready().filter(rounds=None).light()
    if draw.state == Draw.State.FROZEN:
        yield from (one for one in done if not draws_who_withdrew(one))
        return
    latest = done.filter(pk__in=lotteries_of_seats(draw).values("pk")).first()
    if latest and keeps_who_sits(draw, latest) and not draws_who_withdrew(latest):
        yield latest


def lotteries_of_seats(draw: Draw) -> QuerySet[Lottery]:
    """Those made since the panel was drawn, the latest first: for free seats, all or some."""
    first = draw.rounds.filter(number=0, state=Round.State.DRAWN).first()
    return (
        draw.lotteries.filter(requested_at__gte=first.drawn_at) if first else Lottery.objects.none()
    )


def _at_work(draw: Draw) -> Lottery | None:
    return draw.lotteries.at_work().light().first()
