"""The draws of a jury in short, for its public page."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juries.models import Jury
from selection.models import Draw, DrawEvent, Round
from selection.protocol import chain
from selection.protocol.words import spoken_words
from selection.record.events import moment_in_words
from selection.record.published import File, Published, PublishedRound, published_of
from selection.record.sums import sum_of


@dataclass(frozen=True, slots=True)
class ToldDraw:
    """A draw in a few words, and where all of it is told if it has a record."""

    number: int
    day: datetime
    sentences: tuple[str, ...]
    people: str
    words: str
    ticket: str
    sum: str
    has_record: bool


def told_draws(jury: Jury) -> list[ToldDraw]:
    """Every draw, the latest first; in three queries."""
    told = [chain.FREEZE, chain.BALLS]
    events: dict[int, list[DrawEvent]] = defaultdict(list)
    for event in DrawEvent.objects.filter(draw__jury=jury, kind__in=told).order_by("n"):
        events[event.draw_id].append(event)
    draws = jury.draws.prefetch_related("rounds").order_by("-number")
    return [_told(draw, events[draw.pk]) for draw in draws]


def standing_sentences(published: Published) -> tuple[str, ...]:
    """How the draw stands, and what comes next."""
    draw, main = published.draw, published.main
    if draw.state == Draw.State.ABORTED:
        return (
            _("This draw was broken off and does not count. The reason: %(reason)s")
            % {"reason": draw.abort_reason},
        )
    if main is None:
        return _frozen(published)
    if main.result is None:
        return _committed(published, main)
    return _drawn(draw, main, main.result)


def _frozen(published: Published) -> tuple[str, ...]:
    return (
        ngettext(
            "The pool is frozen: %(people)s person is in it.",
            "The pool is frozen: %(people)s people are in it.",
            published.people,
        )
        % {"people": number_format(published.people)},
        _("Objections to the pool are made until %(moment)s.")
        % {"moment": moment_in_words(published.first(chain.FREEZE)["objections_until"])},
        _("Next the lottery is committed, and then the panel is drawn in public."),
    )


def _committed(published: Published, main: PublishedRound) -> tuple[str, ...]:
    """True however late it is read: nobody is told that something will be which has been."""
    fixed = _("The lottery is committed: nobody can change a ticket any more.")
    chance, balls = main.commitment["chance"], published.first(chain.BALLS, main.number)
    if balls and chance["drand"]:
        facts = {"balls": balls["balls"], "moment": moment_in_words(chance["drand"]["time"])}
        waits = (
            _("The balls show %(balls)s. The beacon added to them is that of %(moment)s.") % facts
        )
        return fixed, waits
    facts = {"moment": moment_in_words(chance["balls_deadline"])}
    return fixed, _("The time for drawing the balls ends on %(moment)s.") % facts


def _drawn(draw: Draw, main: PublishedRound, result: File) -> tuple[str, ...]:
    added, size = sum_of(main), len(result["members"])
    named = ngettext(
        "Ticket %(ticket)s names a panel of %(size)s person.",
        "Ticket %(ticket)s names a panel of %(size)s people.",
        size,
    ) % {"ticket": added.ticket if added else "", "size": size}
    if draw.state == Draw.State.CLOSED:
        return named, _("The draw is closed: the panel is settled.")
    return (named,)


def _told(draw: Draw, events: list[DrawEvent]) -> ToldDraw:
    rounds = list(draw.rounds.all())
    if not events:
        return _without_record(draw, rounds)
    known = published_of(draw, events, rounds)
    main = known.main
    added = sum_of(main) if main else None
    return ToldDraw(
        number=draw.number,
        day=_day(draw, rounds),
        sentences=standing_sentences(known),
        people=number_format(known.people),
        words=" ".join(spoken_words(main.digest)) if main else "",
        ticket=added.ticket if added else "",
        sum=added.line if added and added.balls and added.beacon else "",
        has_record=True,
    )


def _without_record(draw: Draw, rounds: list[Round]) -> ToldDraw:
    """A draw from before there were records: what little is known of it."""
    ticket = rounds[0].ticket if rounds else None
    sentence = _("This draw was held before draws had a public record.")
    if draw.abort_reason:
        sentence = _("This draw was broken off and does not count. The reason: %(reason)s") % {
            "reason": draw.abort_reason
        }
    return ToldDraw(
        number=draw.number,
        day=_day(draw, rounds),
        sentences=(sentence,),
        people="",
        words="",
        ticket="" if ticket is None else f"{ticket:03}",
        sum="",
        has_record=False,
    )


def _day(draw: Draw, rounds: list[Round]) -> datetime:
    return (rounds[0].drawn_at if rounds else None) or draw.frozen_at
