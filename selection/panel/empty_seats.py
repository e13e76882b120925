"""Empty seats in words: why each is empty, who comes next, and what the panel then lacks."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juries.figures.writing import decimal
from juries.models import Jury
from selection.lottery.explanation import quota_name
from selection.models import Draw
from selection.panel.replacing import Replacement, next_in_order, reason_of, vacant_seats
from selection.panel.reserves import ReserveList
from selection.protocol import chain


@dataclass(frozen=True, slots=True)
class EmptySeat:
    """One seat that nobody holds."""

    reference: str
    reason: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Next:
    """Who comes next, and what is to be known of it."""

    reference: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A replacement that has been made, as the record has it."""

    at: datetime
    sentence: str


def listed(jury: Jury) -> list[EmptySeat]:
    """The seats to be given to somebody, in the order in which that happens."""
    return [
        EmptySeat(seat.registrant.reference, _reason(reason_of(seat)), seat.answered_at)
        for seat in vacant_seats(jury)
    ]


def next_in_words(jury: Jury, among: str) -> Next | None:
    """Who would take the first empty seat now; None where nobody would, or none is empty."""
    found = next_in_order(jury, among=among)
    if found is None or found.taken_by is None or found.taken_by.registrant is None:
        return None
    return Next(found.taken_by.registrant.reference, tuple(sentences_of(found, jury)))


def sentences_of(found: Replacement, jury: Jury) -> Iterator[str]:
    """How like the two are, and each quota that the panel misses."""
    if found.taken_by is None:
        yield _("Nobody can take the seat of %(who)s; it stays empty.") % {
            "who": found.gone.registrant.reference
        }
    else:
        yield _("%(equal)s of %(criteria)s criteria are the same as of %(who)s, who left.") % {
            "equal": found.equal,
            "criteria": found.criteria,
            "who": found.gone.registrant.reference,
        }
    draw = jury.draws.standing().first()
    quotas = draw.quotas if draw else []
    for column, value, held, least, most in found.missed:
        yield _("%(quota)s: the panel has %(held)s, the quota is %(least)s–%(most)s.") % {
            "quota": quota_name({"criterion": column, "value": value}, quotas),
            "held": held,
            "least": least,
            "most": most,
        }
    if not found.missed:
        yield _("All quotas are met.")


def replaced_so_far(draw: Draw) -> list[Made]:
    """The replacements of the draw, the latest first."""
    events = draw.events.filter(kind=chain.REPLACE).order_by("-n")
    rows = [(row.at, chain.Event(row.n, row.kind, row.line, row.digest).payload) for row in events]
    return [Made(at, _made(payload)) for at, payload in rows]


def rule_in_words(draw: Draw) -> str:
    """Who is asked for an empty seat, and what settled the order of those who are equal."""
    result = json.loads(draw.rounds.get(number=0).result)
    if not result["drand"]:
        return _(
            "The seat goes to the person with whom the panel misses fewest quotas; of those to the"
            " one most like the person who left; of those to the one who comes first in the order"
            " that the balls settled."
        )
    if not result["balls"]:
        return _(
            "The seat goes to the person with whom the panel misses fewest quotas; of those to the"
            " one most like the person who left; of those to the one who comes first in the order"
            " that the beacon settled."
        )
    return _(
        "The seat goes to the person with whom the panel misses fewest quotas; of those to the one"
        " most like the person who left; of those to the one who comes first in the order that the"
        " balls and the beacon settled."
    )


def worth_of(reserves: ReserveList) -> str:
    """What the list is expected to save, in a sentence."""
    return _(
        "If %(percent)s %% of the members drop out, the panel is expected to miss its quotas by"
        " %(without)s people without reserves, and by %(with_all)s with these."
    ) % {
        "percent": round(100 * reserves.dropout),
        "without": decimal(float(reserves.without), 1),
        "with_all": decimal(float(reserves.with_all), 1),
    }


def _made(payload: dict[str, object]) -> str:
    if payload["method"] == "lottery":
        gone = payload["gone"]
        count = len(gone) if isinstance(gone, list) else 0
        sentence = ngettext(
            "Round %(round)s: %(count)s seat drawn anew",
            "Round %(round)s: %(count)s seats drawn anew",
            count,
        )
        return sentence % {"round": payload["round"], "count": count}
    reason = _reason(str(payload["reason"]))
    if payload["taken_by"] is None:
        return _("A seat stays empty: %(reason)s") % {"reason": reason}
    if payload["misses"]:
        return _("A seat given by rank: %(reason)s. Quotas missed: %(misses)s") % {
            "reason": reason,
            "misses": payload["misses"],
        }
    return _("A seat given by rank: %(reason)s. All quotas are met") % {"reason": reason}


def _reason(key: str) -> str:
    return {
        "declined": _("declined the seat"),
        "no_answer": _("did not answer in time"),
        "withdrawn": _("withdrew the registration"),
        "dropped_out": _("dropped out"),
        "on_the_day": _("dropped out on the day itself"),
    }[key]
