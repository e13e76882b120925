"""The events of a draw as anybody reads them: when, what, and what it means."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from selection.models import Draw
from selection.protocol import chain
from selection.protocol.encoding import moment
from selection.protocol.words import spoken_words
from selection.record.published import File, Published, PublishedEvent
from selection.record.sums import sum_of

REMOVED: Mapping[str, Promise] = MappingProxyType(
    {
        "double": gettext_lazy("registered twice"),
        "withdrawn": gettext_lazy("withdrawn"),
        "unconfirmed": gettext_lazy("not confirmed"),
        "excluded": gettext_lazy("left out by the rules of the jury"),
    }
)

LEFT: Mapping[str, Promise] = MappingProxyType(
    {
        "declined": gettext_lazy("declined the seat"),
        "no_answer": gettext_lazy("did not answer in time"),
        "withdrawn": gettext_lazy("withdrew"),
        "dropped_out": gettext_lazy("dropped out"),
        "on_the_day": gettext_lazy("did not come on the day"),
    }
)


@dataclass(frozen=True, slots=True)
class Happening:
    """One event in words."""

    at: datetime
    title: str
    sentences: tuple[str, ...]


def happenings(published: Published) -> list[Happening]:
    """What happened in the draw, in its order."""
    return [_told(event, published) for event in published.events]


def moment_in_words(written: str) -> str:
    """A time of the record, which is in UTC there, on the clock of the reader's country."""
    at = parse_datetime(written)
    return date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else written


def numbers(indexes: Sequence[int]) -> str:
    """People by their numbers in the pool, as they stand in the files."""
    return ", ".join(map(str, indexes))


def _told(event: PublishedEvent, published: Published) -> Happening:
    title, sentences = _WORDS[event.kind](event.payload, published)
    return Happening(event.at, title, tuple(sentence for sentence in sentences if sentence))


type Words = tuple[str, list[str]]


def _freeze(payload: File, published: Published) -> Words:
    people = payload["pool"]["count"]
    return _("The pool was frozen"), [
        ngettext(
            "%(people)s person is in the pool. Nobody comes or goes any more.",
            "%(people)s people are in the pool. Nobody comes or goes any more.",
            people,
        )
        % {"people": number_format(people)},
        _removed(payload["removed"]),
        _codes(payload["codes"]),
        _("Everybody in the pool has a receipt."),
        _objections(payload["objections_until"], published.events[0].at),
    ]


def _objections(until: str, frozen_at: datetime) -> str:
    if until <= moment(frozen_at):
        return ""
    return _("Objections can be made until %(moment)s.") % {"moment": moment_in_words(until)}


def _removed(removed: Sequence[File]) -> str:
    if not removed:
        return ""
    reasons = ", ".join(
        f"{REMOVED.get(one['reason'], one['reason'])}: {number_format(one['n'])}" for one in removed
    )
    return _("Registrations that are not in the pool: %(reasons)s.") % {"reasons": reasons}


def _codes(codes: File) -> str:
    if not codes["issued"]:
        return ""
    return _("%(issued)s invitations with a code were made; %(used)s of the codes were used.") % {
        "issued": number_format(codes["issued"]),
        "used": number_format(codes["used"]),
    }


def _commit(payload: File, published: Published) -> Words:
    committed = published.rounds[payload["round"]]
    title = _("The lottery was committed")
    if committed.number:
        title = _("A lottery for the free seats was committed")
    chance = committed.commitment["chance"]
    sentences = [
        _("%(tickets)s numbered panels are fixed. The fingerprint is read aloud as: %(words)s.")
        % {
            "tickets": number_format(committed.tickets),
            "words": " ".join(spoken_words(committed.digest)),
        },
        _("The balls are to be drawn before %(moment)s.")
        % {"moment": moment_in_words(chance["balls_deadline"])},
    ]
    if chance["drand"]:
        sentences.append(
            _("The beacon is round %(number)s of drand, published on %(moment)s.")
            % {
                "number": chance["drand"]["round"],
                "moment": moment_in_words(chance["drand"]["time"]),
            }
        )
    return title, sentences


def _balls(payload: File, published: Published) -> Words:
    return _("The balls were drawn"), [
        _("They showed %(digits)s. One official typed them in, another one confirmed them.")
        % {"digits": ", ".join(payload["balls"])},
    ]


def _beacon(payload: File, published: Published) -> Words:
    checked = _(
        "Its signature was not checked here. The page on checking the sum by hand says how"
        " anybody can."
    )
    if payload["checked"]:
        checked = _("Its signature was checked and is genuine.")
    by_two = _("One official typed it in, another one compared it with a relay and confirmed it.")
    return _("The beacon was published"), [
        _("It is round %(number)s of drand.") % {"number": payload["drand_round"]},
        by_two if published.rounds[payload["round"]].beacon_by_two else "",
        checked,
    ]


def _result(payload: File, published: Published) -> Words:
    drawn = published.rounds[payload["round"]]
    added = sum_of(drawn)
    if added is None or drawn.result is None:
        return _("The panel was drawn"), []
    size = len(drawn.result["members"])
    return _("The panel was drawn"), [
        f"{added.line}.",
        ngettext(
            "Ticket %(ticket)s names a panel of %(size)s person.",
            "Ticket %(ticket)s names a panel of %(size)s people.",
            size,
        )
        % {"ticket": added.ticket, "size": size},
    ]


def _reserves(payload: File, published: Published) -> Words:
    people = [index for index, _pseudonym in payload["p"]]
    return _("A reserve list was drawn up"), [
        ngettext(
            "%(count)s person stands by: number %(numbers)s.",
            "%(count)s people stand by, in this order: numbers %(numbers)s.",
            len(people),
        )
        % {"count": len(people), "numbers": numbers(people)}
    ]


def _replace(payload: File, published: Published) -> Words:
    if payload["method"] == "lottery":
        return _("Free seats were to be drawn"), [_left_together(payload), _kept(payload)]
    left = _("Number %(number)s %(reason)s.") % {
        "number": payload["gone"]["index"],
        "reason": LEFT.get(payload["reason"], payload["reason"]),
    }
    if payload["taken_by"] is None:
        return _("A seat fell vacant"), [left, _("Nobody could take the seat."), _missed(payload)]
    return _("A seat changed hands"), [
        left,
        _("By the rule that was fixed beforehand number %(number)s is next and takes the seat.")
        % {"number": payload["taken_by"]["index"]},
        _missed(payload),
    ]


def _missed(payload: File) -> str:
    if not payload["misses"]:
        return ""
    return ngettext(
        "The panel then misses %(count)s of its quotas.",
        "The panel then misses %(count)s of its quotas.",
        payload["misses"],
    ) % {"count": payload["misses"]}


def _left_together(payload: File) -> str:
    people = [person["index"] for person in payload["gone"]]
    if not people:
        return ""
    return ngettext(
        "%(count)s member has left: number %(numbers)s.",
        "%(count)s members have left: numbers %(numbers)s.",
        len(people),
    ) % {"count": len(people), "numbers": numbers(people)}


def _kept(payload: File) -> str:
    return ngettext(
        "%(count)s member stays and is on every ticket.",
        "%(count)s members stay and are on every ticket.",
        len(payload["kept"]),
    ) % {"count": len(payload["kept"])}


def _abort(payload: File, published: Published) -> Words:
    title = _("The draw was broken off")
    if "round" in payload:
        title = _("The draw of the free seats was broken off")
    code = dict(Draw.AbortCode.choices).get(payload["code"], payload["code"])
    return title, [capfirst(f"{code}: {payload['reason']}")]


def _close(payload: File, published: Published) -> Words:
    size, vacant = len(payload["panel"]), payload["vacant"]
    sentences = [
        ngettext("The panel has %(size)s member.", "The panel has %(size)s members.", size)
        % {"size": size}
    ]
    if vacant:
        sentences.append(
            ngettext("%(count)s seat is free.", "%(count)s seats are free.", vacant)
            % {"count": vacant}
        )
    return _("The draw was closed"), [*sentences, _("Nothing is added to the record any more.")]


_WORDS: Mapping[str, Callable[[File, Published], Words]] = MappingProxyType(
    {
        chain.FREEZE: _freeze,
        chain.COMMIT: _commit,
        chain.BALLS: _balls,
        chain.BEACON: _beacon,
        chain.RESULT: _result,
        chain.RESERVES: _reserves,
        chain.REPLACE: _replace,
        chain.ABORT: _abort,
        chain.CLOSE: _close,
    }
)
