"""The draws of a jury as anybody may know them, in words and numbers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q

from juries.figures.writing import per_cent
from juries.models import Jury
from selection.lottery.outcome import NO_CHANCE
from selection.lottery.report import rule_sentences
from selection.models import Chance, Draw, Round

HEAVY = ("panels", "tickets", "quotas", "proof", "shuffled")


@dataclass(frozen=True, slots=True)
class Told:
    """One round of a draw, or a draw that came to none, as anybody may know it."""

    number: int
    round: int
    state: str
    day: datetime | None
    ticket: str
    balls: str
    people: int
    seats: int
    tickets: int
    sentences: tuple[str, ...]
    smallest: str
    largest: str
    broken_off: str
    digest: str

    @property
    def drawn(self) -> bool:
        return bool(self.ticket)


def told_draws(jury: Jury) -> list[Told]:
    """Every draw, the latest first, each with its rounds in order; in three queries."""
    draws = jury.draws.prefetch_related("rounds__lottery", "rounds__balls").order_by("-number")
    rounds = [round_ for draw in draws for round_ in draw.rounds.all()]
    facts = _facts([round_.lottery_id for round_ in rounds])
    return [
        one
        for draw in draws
        for one in (
            [_told(draw, round_, facts) for round_ in draw.rounds.all()] or [_frozen_only(draw)]
        )
    ]


def _facts(lotteries: list[int]) -> dict[int, dict[str, Any]]:
    drawable = Q(fixed=False, gone=False, probability__gt=NO_CHANCE)
    rows = (
        Chance.objects.filter(lottery__in=lotteries)
        .order_by()
        .values("lottery")
        .annotate(
            people=Count("pk", filter=Q(fixed=False, gone=False)),
            smallest=Min("probability", filter=drawable),
            largest=Max("probability", filter=drawable),
        )
    )
    return {row["lottery"]: {**row} for row in rows}


def _told(draw: Draw, round_: Round, facts: dict[int, dict[str, Any]]) -> Told:
    lottery = round_.lottery
    found = facts.get(lottery.pk, {})
    balls = [str(ball.digit) for ball in round_.balls.all() if ball.confirmed_at]
    return Told(
        number=draw.number,
        round=round_.number,
        state=str(round_.get_state_display()),
        day=round_.drawn_at or round_.committed_at,
        ticket=round_.ticket_name,
        balls="".join(balls),
        people=found.get("people", 0),
        seats=lottery.seats_to_draw,
        tickets=lottery.ticket_count,
        sentences=rule_sentences(lottery.rule),
        smallest=per_cent(found.get("smallest") or 0.0),
        largest=per_cent(found.get("largest") or 0.0),
        broken_off=draw.abort_reason,
        digest=round_.commitment_digest,
    )


def _frozen_only(draw: Draw) -> Told:
    return Told(
        number=draw.number,
        round=0,
        state=str(draw.get_state_display()),
        day=draw.frozen_at,
        ticket="",
        balls="",
        people=draw.entries.count(),
        seats=draw.panel_size,
        tickets=0,
        sentences=(),
        smallest="",
        largest="",
        broken_off=draw.abort_reason,
        digest=draw.pool_root,
    )
