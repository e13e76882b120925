"""What the room sees of a draw: numbers and groups, no person and no row of one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from juries.figures.bars import BarGroup, BarRow, BarTable, DrawnRow
from juries.figures.writing import per_cent
from juries.models import Jury
from selection.draw.adding import Sum, sum_of
from selection.draw.committing import DIGITS
from selection.draw.standing import light_rounds
from selection.lottery.bridge import QuotaTable
from selection.lottery.explanation import spoken
from selection.models import Ball, Draw, Round
from selection.protocol.words import hex_groups, spoken_words

UNVEILING = timedelta(seconds=5)
"""From the ticket to the first criterion of the panel, and from each to the next."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one ball goes: empty, typed in and waiting for the other's word, or confirmed."""

    number: int
    digit: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Composition:
    """The panel beside the population, as far as it has been shown.

    ``shown`` are the criteria so far, ``left`` how many are still to come; the bars of all have
    one scale, so that nothing moves when another comes. ``withheld`` says that there are groups
    by answers to sensitive questions, which no screen shows.
    """

    bars: BarTable
    shown: tuple[tuple[str, list[DrawnRow]], ...]
    left: int
    withheld: bool


@dataclass(frozen=True, slots=True)
class Ceremony:
    """One round of a draw as it stands; everything is blank that is not known yet."""

    draw: Draw | None = None
    round: Round | None = None
    people: int = 0
    words: list[str] = field(default_factory=list)
    hex_groups: str = ""
    places: tuple[Place, ...] = ()
    seconds: int = 0
    sum: Sum = field(default_factory=Sum)
    composition: Composition | None = None
    broken_off: str = ""

    @property
    def first_ticket(self) -> str:
        return self.round.lottery.ticket_name(0) if self.round else ""

    @property
    def last_ticket(self) -> str:
        lottery = self.round.lottery if self.round else None
        return lottery.ticket_name(lottery.ticket_count - 1) if lottery else ""

    @property
    def drawn(self) -> bool:
        return bool(self.sum.ticket)

    @property
    def over(self) -> bool:
        """Whether nothing on the screen will change by itself any more."""
        return self.drawn and (self.composition is None or not self.composition.left)

    @property
    def beacon_counts(self) -> bool:
        """Whether a beacon was named beside the balls."""
        return self.round is not None and self.round.beacon_time is not None

    @property
    def sentence(self) -> str:
        """What happens at this moment, in one sentence."""
        if self.round is None:
            return _before_the_commitment(self)
        if self.drawn:
            return _("Ticket %(ticket)s is drawn.") % {"ticket": self.sum.ticket}
        if self.round.beacon_waits:
            return _("The beacon has been typed in. Now somebody else confirms it.")
        if self.sum.balls:
            facts = {"balls": self.sum.balls}
            return _("The balls show %(balls)s. Now we wait for the beacon.") % facts
        if self.too_late and self.beacon_counts:
            return _("No balls were drawn in time, so the beacon alone decides.")
        if self.too_late:
            if self.round.number:
                return _("The time named for the balls is over. This round will be broken off.")
            return _("The time named for the balls is over. This draw will be broken off.")
        return _about_the_ball(next(place for place in self.places if not place.confirmed))

    @property
    def too_late(self) -> bool:
        """Whether the time for the balls ended without three of them."""
        late = self.round is not None and timezone.now() >= self.round.balls_deadline
        return late and not self.sum.balls

    @property
    def balls_missed(self) -> bool:
        """Whether the ticket comes without balls, because none were drawn in time."""
        return not self.sum.balls and (self.too_late or self.drawn)

    @property
    def beacon_missed(self) -> bool:
        """Whether the ticket came without the beacon that was named."""
        return self.beacon_counts and self.drawn and not self.sum.beacon

    @property
    def countdown(self) -> str:
        """The time to the beacon in words that change slowly while it is far away."""
        if self.seconds >= 3600:
            facts = {"hours": self.seconds // 3600, "minutes": self.seconds % 3600 // 60}
            return _("%(hours)s h %(minutes)s min") % facts
        if self.seconds >= 120:
            return _("%(minutes)s min") % {"minutes": self.seconds // 60}
        return _("%(seconds)s s") % {"seconds": self.seconds}


def ceremony_of(jury: Jury) -> Ceremony:
    """The latest round of the draw that stands; a draw without one has only its pool."""
    draw = jury.draws.first()
    if draw is None or not draw.is_standing:
        return Ceremony(broken_off=draw.abort_reason if draw else "")
    draw.jury = jury
    people = draw.entries.count()
    round_ = light_rounds(draw).exclude(state=Round.State.ABORTED).order_by("-number").first()
    if round_ is None:
        return Ceremony(draw=draw, people=people)
    round_.draw = draw
    digest = round_.commitment_digest
    return Ceremony(
        draw=draw,
        round=round_,
        people=people,
        words=spoken_words(digest) if digest else [],
        hex_groups=hex_groups(digest),
        places=_places(round_),
        seconds=_seconds_to(round_.beacon_time),
        sum=sum_of(round_),
        composition=_composition(draw, round_),
    )


def _before_the_commitment(ceremony: Ceremony) -> str:
    if ceremony.draw:
        facts = {"people": number_format(ceremony.people)}
        return _("%(people)s people are in the pool. Next the tickets are fixed.") % facts
    if ceremony.broken_off:
        facts = {"reason": ceremony.broken_off}
        return _("The last draw was broken off: %(reason)s") % facts
    return _("The draw has not been prepared yet.")


def _about_the_ball(place: Place) -> str:
    facts = {"number": place.number, "digit": place.digit}
    if place.digit:
        return _("Ball %(number)s shows %(digit)s. Somebody else confirms it.") % facts
    return _("Now ball %(number)s is drawn.") % facts


def _places(round_: Round) -> tuple[Place, ...]:
    balls: Mapping[int, Ball] = {ball.place: ball for ball in round_.balls.all()}
    return tuple(
        Place(place + 1, str(ball.digit), ball.confirmed_at is not None)
        if (ball := balls.get(place))
        else Place(place + 1)
        for place in range(DIGITS)
    )


def _seconds_to(at: datetime | None) -> int:
    return max(0, round((at - timezone.now()).total_seconds())) if at else 0


def _composition(draw: Draw, round_: Round) -> Composition | None:
    """The criteria appear one after the other, by the clock: the same on every screen."""
    if not round_.result or round_.drawn_at is None:
        return None
    public = dict(draw.jury.criteria.for_everybody().values_list("pk", "position"))
    tables = [table for table in draw.quotas if table["criterion"] in public]
    bars = _bars(draw, round_, tables)
    due = int((timezone.now() - round_.drawn_at) / UNVEILING)
    groups = tuple(bars.drawn())
    return Composition(
        bars=bars,
        shown=groups[:due],
        left=max(0, len(groups) - due),
        withheld=len(tables) < len(draw.quotas),
    )


def _bars(draw: Draw, round_: Round, tables: list[QuotaTable]) -> BarTable:
    counts = {(row["c"], row["v"]): row["n"] for row in json.loads(round_.result)["quota_counts"]}
    population = dict(draw.jury.criteria.order_by().values_list("values__pk", "values__population"))
    return BarTable(
        caption=_("The panel beside the population"),
        headings=(_("Residents"), _("Panel")),
        groups=tuple(_group(table, counts, population, draw.panel_size) for table in tables),
        legend=(_("share of the residents"), _("of the panel")),
    )


def _group(
    table: QuotaTable,
    counts: Mapping[tuple[str, str], int],
    population: Mapping[int, int | None],
    size: int,
) -> BarGroup:
    residents = [population.get(row["value"]) or 0 for row in table["values"]]
    rows = []
    for row, people in zip(table["values"], residents, strict=True):
        share = people / sum(residents) if sum(residents) else None
        count = counts.get((table["key"], row["key"]), 0)
        cells = (
            "–" if share is None else per_cent(share, 0),
            f"{number_format(count)} ({per_cent(count / size, 0)})",
        )
        rows.append(BarRow(spoken(row["names"]), cells, (share or 0.0, count / size)))
    return BarGroup(spoken(table["names"]), tuple(rows))
