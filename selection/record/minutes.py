"""The minutes of a draw on paper, set by Typst: what the record says, for signatures.

Before the draw is over they are a form: what is not known yet is a line to write on, so that the
draw can be held where the power fails. People's words go in as data, never as markup.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Max, Min
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from juries.figures.writing import per_cent
from juries.models.translated import language_of
from juries.typesetting import typeset
from selection.draw.adding import sum_of
from selection.draw.committing import DIGITS
from selection.lottery.explanation import spoken
from selection.lottery.outcome import NO_CHANCE
from selection.lottery.report import proof_sentences, rule_sentences
from selection.models import Ball, Draw, DrawEvent, Round
from selection.protocol import chain
from selection.protocol.words import hex_groups, spoken_words
from selection.record.events import REMOVED

TEMPLATE = Path(__file__).parent / "typst" / "minutes.typ"

type Row = dict[str, str]
type Part = dict[str, Any]


def minutes_of(round_: Round) -> bytes:
    """The PDF in the reader's language, the same to the byte for the same round."""
    return typeset(TEMPLATE, json.dumps(contents_of(round_), sort_keys=True))


def contents_of(round_: Round) -> dict[str, Any]:
    """Everything the minutes say, part by part; blank is what is not known yet."""
    draw, jury = round_.draw, round_.draw.jury
    committed = json.loads(round_.commitment)
    return {
        "language": (get_language() or "fi")[:2],
        "text_language": language_of(jury),
        "organisation": jury.organisation.name,
        "kind": _("Minutes of the draw"),
        "title": jury.name,
        "subtitle": _subtitle(round_),
        "footer": f"{jury.name} · {_subtitle(round_)} · {hex_groups(round_.commitment_digest)}",
        "parts": [
            {"title": _("The pool"), "rows": list(_pool(draw))},
            {"title": _("The lottery"), "rows": list(_lottery(round_, committed))},
            {"title": _("The commitment"), "rows": list(_commitment(round_, committed))},
            _balls(round_),
            {"title": _("The beacon and the sum"), "rows": list(_chance(round_))},
            _panel(round_),
            {"title": _("The record"), "rows": list(_record(round_, committed))},
        ],
        "signing_title": _("Signatures"),
        "signing_sentence": _("We saw that the draw was held as these minutes say."),
        "signing": [
            [_("Place and date"), ""],
            [_("Organiser, signature and name"), _("Witness, signature and name")],
            [_("Chair, signature and name"), ""],
        ],
    }


def _subtitle(round_: Round) -> str:
    facts = {"number": round_.draw.number, "round": round_.number}
    if round_.number:
        return _("Draw %(number)s, replacement round %(round)s") % facts
    return _("Draw %(number)s") % facts


def _row(label: str, value: object, kind: str = "") -> Row:
    return {"label": label, "value": str(value), "kind": kind}


def _moment(at: datetime | None) -> str:
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT") if at else ""


def _by(at: datetime | None, who: object) -> str:
    return _("%(moment)s, %(name)s") % {"moment": _moment(at), "name": who}


def _pool(draw: Draw) -> Iterator[Row]:
    payload = _payload(draw, chain.FREEZE)
    yield _row(_("Frozen"), _by(draw.frozen_at, draw.frozen_by))
    yield _row(_("People in the pool"), number_format(draw.entries.count()))
    removed = [
        f"{REMOVED.get(one['reason'], one['reason'])} {one['n']}"
        for one in payload.get("removed", [])
    ]
    yield _row(_("Registrations not in the pool"), ", ".join(removed) or _("none"))
    yield _row(_("Root of the pool (SHA-256)"), draw.pool_root, "code")
    if draw.objections_until <= draw.frozen_at:
        yield _row(_("Objections"), _("No time was given for objections."))
    else:
        yield _row(_("Objections until"), _moment(draw.objections_until))
    for earlier in draw.jury.draws.filter(number__lt=draw.number).order_by("number"):
        yield _row(_("Draw %(number)s") % {"number": earlier.number}, _broken_off(earlier))


def _broken_off(draw: Draw) -> str:
    return _("Broken off %(moment)s, %(name)s: %(code)s. %(reason)s") % {
        "moment": _moment(draw.ended_at),
        "name": draw.ended_by,
        "code": draw.get_abort_code_display(),
        "reason": draw.abort_reason,
    }


def _lottery(round_: Round, committed: Mapping[str, Any]) -> Iterator[Row]:
    lottery, algorithm = round_.lottery, committed["algorithm"]
    yield _row(_("Rule"), " ".join(rule_sentences(lottery.rule)))
    yield _row(_("What is proven"), " ".join(proof_sentences(lottery)))
    drawable = lottery.chances.filter(fixed=False, gone=False, probability__gt=NO_CHANCE)
    found = drawable.aggregate(smallest=Min("probability"), largest=Max("probability"))
    chances = _("from %(smallest)s to %(largest)s") % {
        name: per_cent(share or 0.0) for name, share in found.items()
    }
    yield _row(_("Chances of those who can be drawn"), chances)
    first, last = lottery.ticket_name(0), lottery.ticket_name(lottery.ticket_count - 1)
    yield _row(_("Tickets"), f"{first}–{last}")
    counts = _("Rehearsals: %(rehearsals)s. Lotteries of this pool: %(runs)s.") % algorithm
    yield _row(_("Tried before"), counts)
    solvers = ", ".join(algorithm["solvers"])
    yield _row(_("Program"), f"{algorithm['name']} {algorithm['version']}, {solvers}")
    if round_.number:
        counts = _("Members who stay: %(kept)s. People who can no longer be drawn: %(gone)s.")
        facts = {name: len(committed[name]) for name in ("kept", "gone")}
        yield _row(_("Replacement round"), counts % facts)


def _commitment(round_: Round, committed: Mapping[str, Any]) -> Iterator[Row]:
    yield _row(_("Committed"), _by(round_.committed_at, round_.committed_by))
    words = " ".join(spoken_words(round_.commitment_digest))
    yield _row(_("Fingerprint in words"), words, "words")
    yield _row(_("Fingerprint"), hex_groups(round_.commitment_digest), "words")
    yield _row(_("SHA-256 of commitment.json"), round_.commitment_digest, "code")
    yield _row(_("What decides"), capfirst(round_.get_sources_display()))
    yield _row(_("Last moment for the balls"), _moment(round_.balls_deadline))
    if round_.beacon_round:
        facts = {"number": round_.beacon_round, "moment": _moment(round_.beacon_time)}
        yield _row(_("Beacon"), _("drand quicknet, round %(number)s, %(moment)s") % facts)
        facts = {"moment": _moment(round_.fallback_after)}
        sentence = _("From %(moment)s the balls may decide alone if the beacon cannot be had.")
        yield _row(_("Otherwise"), sentence % facts)
    yield _row(_("How much is published"), capfirst(round_.draw.get_disclosure_display()))
    yield _row(_("SHA-256 of the verifier"), committed["verifier_sha256"], "code")


def _balls(round_: Round) -> Part:
    balls = {ball.place: ball for ball in round_.balls.select_related("entered_by", "confirmed_by")}
    return {
        "title": _("The balls"),
        "columns": [1, 1, 3, 3],
        "headings": [_("Ball"), _("Digit"), _("Typed in"), _("Confirmed")],
        "rows": [[str(place + 1), *_cells(balls.get(place))] for place in range(DIGITS)],
    }


def _cells(ball: Ball | None) -> Sequence[str]:
    if ball is None or ball.confirmed_at is None:
        return "", "", ""
    return (
        str(ball.digit),
        _by(ball.entered_at, ball.entered_by),
        _by(ball.confirmed_at, ball.confirmed_by),
    )


def _chance(round_: Round) -> Iterator[Row]:
    added, drawn = sum_of(round_), round_.state == Round.State.DRAWN
    if round_.beacon_round and not (drawn and not added.beacon):
        yield _row(_("Signature of the beacon"), round_.beacon_signature, "code")
        if round_.beacon_signature:
            yield _row(_("Checked by the house"), _("yes") if round_.beacon_checked else _("no"))
        if round_.beacon_confirmed_by:
            yield _row(_("Beacon typed in by"), round_.beacon_entered_by)
            yield _row(_("Beacon confirmed by"), round_.beacon_confirmed_by)
        yield _row(_("Number of the beacon"), added.beacon)
    if round_.beacon_round and drawn and not added.beacon:
        yield _row(_("Beacon"), _("Not had in time: the balls decided alone."))
    yield _row(_("Balls"), added.balls if added.balls or not drawn else _("none in time"))
    if round_.beacon_round:
        line = f"{added.balls} + {added.beacon} = {added.total}" if added.adds else ""
        label = _("Balls and beacon added")
        if added.adds or not drawn:
            yield _row(label, line)
    yield _row(
        _("Ticket: the last three digits of the sum"), added.ticket, "words" * bool(added.ticket)
    )
    yield _row(_("Drawn"), _moment(round_.drawn_at))


def _panel(round_: Round) -> Part:
    result = json.loads(round_.result) if round_.result else {"quota_counts": []}
    counts = {(row["c"], row["v"]): str(row["n"]) for row in result["quota_counts"]}
    return {
        "title": _("The panel against the quotas"),
        "columns": [3, 3, 1, 1],
        "headings": [_("Criterion"), _("Group"), _("Quota"), _("Drawn")],
        "rows": [
            [
                spoken(table["names"]),
                spoken(row["names"]),
                _span(row["minimum"], row["maximum"]),
                counts.get((table["key"], row["key"]), ""),
            ]
            for table in round_.draw.quotas
            for row in table["values"]
        ],
    }


def _span(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}–{most}"


def _record(round_: Round, committed: Mapping[str, Any]) -> Iterator[Row]:
    named = committed["named_seats"]
    facts = _("%(voting)s with a vote, %(not_voting)s without") % named
    yield _row(_("Seats filled by name"), facts if any(named.values()) else _("none"))
    if round_.state == Round.State.ABORTED:
        yield _row(_("Broken off"), _why_broken_off(round_))
    head = _last_event(round_)
    if head is not None:
        facts = _("%(n)s %(kind)s") % {"n": head.n, "kind": head.kind}
        yield _row(_("Event of the chain"), facts)
        yield _row(_("Hash of the event"), head.digest, "code")


def _why_broken_off(round_: Round) -> str:
    draw = round_.draw
    if not draw.is_standing:
        return _broken_off(draw)
    payload = _payload(draw, chain.ABORT, round_.number)
    label = Draw.AbortCode(payload["code"]).label if payload else ""
    return f"{capfirst(label)}. {payload.get('reason', '')}"


def _payload(draw: Draw, kind: str, number: int | None = None) -> dict[str, Any]:
    """The payload of the first event of this kind, of the round if one is named."""
    payloads = (_payload_of(event) for event in draw.events.filter(kind=kind))
    return next((one for one in payloads if number is None or one.get("round") == number), {})


def _last_event(round_: Round) -> DrawEvent | None:
    """The last event that belongs to the round itself, whatever came after it."""
    kinds = [chain.COMMIT, chain.BALLS, chain.BEACON, chain.RESULT]
    events = round_.draw.events.filter(kind__in=kinds).order_by("-n")
    return next((one for one in events if _payload_of(one)["round"] == round_.number), None)


def _payload_of(event: DrawEvent) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(event.line)["payload"]
    return payload
