"""Commit to a lottery: its tickets are fixed, and the sources of chance are named beforehand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.enums import Stage
from juries.errors import JuryError
from juries.models import Jury, User
from selection.draw import certificate
from selection.draw.chain import append, head_of
from selection.draw.freezing import objections_are_open
from selection.draw.leaves import counts_of, counts_tree, new_count_leaf, tickets_of
from selection.draw.opening import objections_to
from selection.models import Disclosure, Draw, Lottery, PoolEntry, Round
from selection.protocol import chain, drand
from selection.protocol.chance import BEACON_AFTER
from selection.protocol.encoding import FORMAT, digest, line, moment
from selection.protocol.trees import root_of

VERIFIER = Path(__file__).parent.parent / "verifier" / "verify.py"
LONGEST_WAIT = timedelta(days=7)
DIGITS = 3


@dataclass(frozen=True, slots=True)
class Chance:
    """What shall decide: named beforehand, so that nobody can choose afterwards.

    ``balls_by`` is the last moment for the balls. The beacon is that of a minute later, or later;
    ``fallback_minutes`` after it balls alone count where it cannot be had.
    """

    sources: Round.Sources
    balls_by: datetime
    fallback_minutes: int = 60

    @property
    def beacon_round(self) -> int | None:
        if self.sources == Round.Sources.BALLS:
            return None
        return drand.round_at(self.balls_by + timedelta(seconds=BEACON_AFTER))

    @property
    def beacon_time(self) -> datetime | None:
        return drand.time_of(self.beacon_round) if self.beacon_round else None

    @property
    def fallback_after(self) -> datetime | None:
        return (
            self.beacon_time + timedelta(minutes=self.fallback_minutes)
            if self.beacon_time
            else None
        )


@transaction.atomic
def commit(
    *,
    lottery: Lottery,
    chance: Chance,
    by: User,
    disclosure: str = Disclosure.PUBLIC,
) -> Round:
    """The lottery is published as a commitment: nobody can change a ticket any more.

    A first commitment waits until nobody may object any more. A later one is a replacement
    round: it names who stays and who is gone.
    """
    jury = Jury.objects.select_for_update().get(pk=lottery.jury_id)
    jury.require_stage(Stage.FROZEN, Stage.PANEL)
    now, lottery = timezone.now(), jury.lotteries.select_related("draw").get(pk=lottery.pk)
    draw = _require_committable(lottery, chance, now)
    number = draw.rounds.count()
    if number == 0:
        draw.disclosure = disclosure
        for sentence in objections_to(draw):
            raise JuryError(sentence)
        draw.state = Draw.State.COMMITTED
        draw.save(update_fields=["disclosure", "state"])
    else:
        _open_round(draw, lottery, number, now)
    content = _keep_counts_and_write(draw, lottery, number, chance, now)
    committed = Round.objects.create(
        draw=draw,
        number=number,
        lottery=lottery,
        commitment=content.decode(),
        commitment_digest=digest(content),
        committed_by=by,
        committed_at=now,
        sources=chance.sources,
        balls_deadline=chance.balls_by,
        beacon_round=chance.beacon_round,
        beacon_time=chance.beacon_time,
        fallback_after=chance.fallback_after,
    )
    payload = {"round": number, "commitment": committed.commitment_digest}
    append(draw, chain.COMMIT, payload, at=now)
    record(
        "draw.committed",
        jury=jury,
        by=by,
        draw=draw.number,
        round=number,
        lottery=lottery.number,
        sha256=committed.commitment_digest,
    )
    return committed


@cache
def verifier_digest() -> str:
    """The checksum of the verifier that is served beside the records."""
    return sha256(VERIFIER.read_bytes()).hexdigest()


def _require_committable(lottery: Lottery, chance: Chance, now: datetime) -> Draw:
    draw = lottery.draw
    if draw is None or not draw.is_standing or lottery.state != Lottery.State.DONE:
        raise JuryError(_("There is no ready lottery of this pool."))
    if draw.rounds.filter(state=Round.State.COMMITTED).exists():
        raise JuryError(_("A lottery is committed and waits to be drawn from."))
    if lottery.rounds.exists() or draw.state == Draw.State.CLOSED:
        raise JuryError(_("This lottery has been drawn from already."))
    if not keeps_who_sits(draw, lottery):
        raise JuryError(_("The seats have changed since this lottery. Start a new one."))
    if draws_who_withdrew(lottery):
        raise JuryError(_("Somebody has withdrawn since this lottery. Start a new one."))
    if objections_are_open(draw, at=now):
        raise JuryError(_("The time for objections is not over yet."))
    if not now < chance.balls_by <= now + LONGEST_WAIT:
        raise JuryError(_("Choose a time for the balls that is still to come, within a week."))
    return draw


def keeps_who_sits(draw: Draw, lottery: Lottery) -> bool:
    """Whether the lottery keeps those who have a seat now, and draws nobody who gave one up."""
    held = set(draw.jury.seats.drawn().held().values_list("registrant", flat=True))
    kept = set(lottery.chances.filter(fixed=True).values_list("registrant", flat=True))
    left = {index for index, _pseudonym in _entries_of(draw)}
    return held == kept and left <= _out_of(lottery)


def draws_who_withdrew(lottery: Lottery) -> bool:
    """Whether somebody who has withdrawn, or was erased, stands on tickets as one to be drawn.

    A member who holds a seat does not.
    """
    drawable = lottery.chances.filter(gone=False, fixed=False)
    return drawable.exclude(registrant__withdrawn_at=None, registrant__erased_at=None).exists()


def _open_round(draw: Draw, lottery: Lottery, number: int, now: datetime) -> None:
    """The chain says who left and who stays before it says what they are drawn from."""
    empty = _entries_of(draw, replaced=False)
    payload = {
        "method": "lottery",
        "round": number,
        "gone": [{"index": index, "p": pseudonym} for index, pseudonym in empty],
        "kept": _places(lottery, "fixed"),
        "unavailable": sorted(_out_of(lottery) - {index for index, _p in _entries_of(draw)}),
    }
    append(draw, chain.REPLACE, payload, at=now)


def _entries_of(draw: Draw, **which: bool) -> list[tuple[int, str]]:
    """Index and pseudonym of everybody who had a seat and has it no more."""
    seats = draw.jury.seats.drawn()
    empty = seats.exclude(pk__in=draw.jury.seats.held().values("pk")).filter(**which)
    entries = draw.entries.filter(registrant__in=empty.values("registrant"))
    return list(entries.order_by("index").values_list("index", "pseudonym"))


def _out_of(lottery: Lottery) -> set[int]:
    """The indexes of people whom the lottery cannot draw; of erased people it has no row."""
    people = lottery.draw.entries.count() if lottery.draw else 0
    drawable = lottery.chances.filter(gone=False).values_list("place", flat=True)
    return set(range(people)) - set(drawable)


def _places(lottery: Lottery, column: str) -> list[int]:
    chosen = lottery.chances.filter(**{column: True})
    return list(chosen.order_by("place").values_list("place", flat=True))


def _keep_counts_and_write(
    draw: Draw, lottery: Lottery, number: int, chance: Chance, now: datetime
) -> bytes:
    entries = list(draw.entries.order_by("index"))
    counts = counts_of(lottery, len(entries))
    for entry, count in zip(entries, counts, strict=True):
        entry.count_leaves = [*entry.count_leaves[:number], new_count_leaf(entry, count, number)]
    PoolEntry.objects.bulk_update(entries, ["count_leaves"], batch_size=500)
    content = _commitment(draw, lottery, number, chance, now)
    content["lottery"] |= _tallied(counts, {*content["kept"], *content["gone"]})
    content["lottery"]["counts_root"] = counts_tree(entries, number).root
    return line(content)


def _commitment(
    draw: Draw, lottery: Lottery, number: int, chance: Chance, now: datetime
) -> dict[str, Any]:
    named = draw.jury.seats.named().confirmed()
    return {
        "format": FORMAT,
        "process": draw.jury.slug,
        "draw": draw.number,
        "round": number,
        "created": moment(now),
        "disclosure": draw.disclosure,
        "chain_head": head_of(draw),
        "pool": {"count": draw.entries.count(), "root": draw.pool_root},
        "panel_size": draw.panel_size,
        "household_limit": draw.jury.one_per_household,
        "named_seats": {
            "voting": named.voting().count(),
            "not_voting": named.filter(votes=False).count(),
        },
        "kept": _places(lottery, "fixed"),
        "gone": sorted(_out_of(lottery)),
        "targets": targets_of(draw),
        "lottery": {
            "m": lottery.ticket_count,
            "root": root_of([ticket.leaf for ticket in tickets_of(draw, lottery, number)]),
        },
        "certificate": certificate.summary(lottery)
        | {"sha256": digest(certificate.certificate_file(lottery))},
        "algorithm": certificate.algorithm(draw),
        "chance": _sources(chance),
        "replacement": "kr-replace/1",
        "verifier_sha256": verifier_digest(),
    }


def targets_of(draw: Draw) -> list[dict[str, Any]]:
    """The quotas of the draw, as they are published."""
    return [
        {"c": table["key"], "v": row["key"], "min": row["minimum"], "max": row["maximum"]}
        for table in draw.quotas
        for row in table["values"]
    ]


def _sources(chance: Chance) -> dict[str, Any]:
    named: dict[str, Any] = {
        "sources": ["balls"],
        "rule": "add-mod-m",
        "digits": DIGITS,
        "balls_deadline": moment(chance.balls_by),
        "drand": None,
        "fallback_after": None,
    }
    if chance.beacon_round and chance.beacon_time and chance.fallback_after:
        named |= {
            "sources": ["balls", "drand-quicknet"],
            "drand": {
                "chain": drand.CHAIN,
                "round": chance.beacon_round,
                "time": moment(chance.beacon_time),
            },
            "fallback_after": moment(chance.fallback_after),
        }
    return named


def _tallied(counts: Sequence[int], settled: set[int]) -> dict[str, Any]:
    """How many people are on how many tickets, but for those who are on all or on none by rule."""
    open_ = [count for index, count in enumerate(counts) if index not in settled]
    some = [count for count in open_ if count]
    return {
        "min_count": min(some, default=0),
        "max_count": max(open_, default=0),
        "histogram": [list(pair) for pair in sorted(Counter(open_).items())],
    }
