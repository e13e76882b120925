"""Whether the log is as it was written: each chain is walked from its first line to its last.

    check("12")                # the first line of that chain that does not fit, or None
    check("12", kept=[head])   # and the line of a head kept elsewhere is still the same
    check_all()                # the same for every chain; one Misfit for each that does not hold

A line is written anew in the mind and compared: its digest, the digest before it, its place. The
head in the database tells how many lines there are; a head kept elsewhere tells it even if
somebody rewrote everything in the database.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any, NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, TextField
from django.db.models.sql.compiler import SQLCompiler
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from juries.audit import chain_of, digest_of
from juries.models import AuditEntry, AuditHead, Jury
from juries.models.audit import NOTHING_BEFORE

LINES_AT_ONCE = 2000
DIGITS_SHOWN = 16


class Wrong(Enum):
    """What is wrong with a line that does not fit, as a sentence with the line's number."""

    CHANGED = gettext_lazy("Line %(line)s is not as it was written.")
    MISSING = gettext_lazy("Line %(line)s is missing.")
    INSERTED = gettext_lazy("Line %(line)s was put in afterwards.")
    SWAPPED = gettext_lazy("Line %(line)s stands in the place of another.")
    TRUNCATED = gettext_lazy(
        "The log ends too early: line %(line)s and those after it are missing."
    )
    REWRITTEN = gettext_lazy("Line %(line)s is not the one whose fingerprint was kept.")
    TAKEN_OFF = gettext_lazy("Line %(line)s was moved from the log of its jury.")
    HEADLESS = gettext_lazy("It is not written anywhere that line %(line)s is the last.")


@dataclass(frozen=True, slots=True)
class Misfit:
    """The first line of a chain that does not fit, by its number in the chain."""

    chain: str
    seq: int
    wrong: Wrong

    def __str__(self) -> str:
        sentence: Promise = self.wrong.value
        return str(sentence) % {"line": self.seq}


@dataclass(frozen=True, slots=True)
class Standing:
    """How the chain of a jury stands: its last line, and the first one that does not fit."""

    seq: int
    fingerprint: str
    misfit: Misfit | None


class _Line(NamedTuple):
    """A line as it stands. ``told`` is what its digest was made of; None if it cannot be read."""

    seq: int
    previous: str
    digest: str
    told: dict[str, Any] | None

    def fits(self, place: int) -> bool:
        """Whether the line was written for this place of the chain."""
        if self.told is None:
            return False
        try:
            return digest_of(**self.told | {"seq": place}) == self.digest
        except (ValueError, TypeError, OverflowError, RecursionError):
            return False


def standing_of(jury: Jury) -> Standing:
    """The head of the jury's chain as people compare it by eye, and whether the chain holds."""
    chain = chain_of(jury)
    head = AuditHead.objects.filter(pk=chain).first() or AuditHead(chain=chain)
    return Standing(head.seq, head.digest[:DIGITS_SHOWN], check(chain))


def check_all(kept: Iterable[AuditHead] = ()) -> list[Misfit]:
    """For every chain that does not hold, the first line that does not fit."""
    heads = defaultdict(list)
    for head in kept:
        heads[head.chain].append(head)
    chains = set(heads)
    chains.update(AuditHead.objects.values_list("chain", flat=True))
    named = AuditEntry.objects.order_by().values_list(_Raw("chain"), flat=True).distinct()
    chains.update(_text(name) for name in named)
    found = (check(chain, heads[chain]) for chain in sorted(chains))
    return [misfit for misfit in found if misfit]


def check(chain: str, kept: Iterable[AuditHead] = ()) -> Misfit | None:
    """The first line of the chain that does not fit, or None if the chain holds.

    Lines that are being written meanwhile disturb nothing: the head is read before the lines, and
    once more after them.
    """
    digests = defaultdict(set)
    for head in (*kept, *AuditHead.objects.filter(pk=chain)):
        digests[head.seq].add(head.digest)
    last = _Line(0, "", NOTHING_BEFORE, None)
    for line in _lines(chain):
        if (line.seq, line.previous) != (last.seq + 1, last.digest) or not line.fits(line.seq):
            return _named(chain, line, last.seq + 1)
        if digests.get(line.seq, {line.digest}) != {line.digest}:
            pushed = _fits_at(chain, line.seq + 1, line.seq)
            return Misfit(chain, line.seq, Wrong.INSERTED if pushed else Wrong.REWRITTEN)
        last = line
    if max(digests, default=0) > last.seq:
        return Misfit(chain, last.seq + 1, Wrong.TRUNCATED)
    return _beyond_the_head(chain, last) or _taken_off(chain)


def _beyond_the_head(chain: str, last: _Line) -> Misfit | None:
    head = AuditHead.objects.filter(pk=chain).first()
    if head is None and last.seq:
        return Misfit(chain, last.seq, Wrong.HEADLESS)
    if head and last.seq > head.seq:
        return Misfit(chain, head.seq + 1, Wrong.INSERTED)
    return None


def _taken_off(chain: str) -> Misfit | None:
    """A line that leads to another jury than its chain's, or to none while that jury is there."""
    number = int(chain) if chain.isdecimal() else 0
    strays = AuditEntry.objects.filter(chain=chain).exclude(jury=number)
    elsewhere_first = strays.order_by(F("jury").desc(nulls_last=True), "seq")
    stray = elsewhere_first.values_list("seq", "jury").first()
    if stray and (stray[1] or Jury.objects.filter(pk=number).exists()):
        return Misfit(chain, stray[0], Wrong.TAKEN_OFF)
    return None


def _named(chain: str, line: _Line, place: int) -> Misfit:
    """What is wrong at the first place that does not fit, where ``line`` stands instead."""
    own = _own_place(chain, line)
    if line.seq in range(place):
        return Misfit(chain, *((own, Wrong.MISSING) if own else (line.seq, Wrong.INSERTED)))
    if line.seq != place:
        return Misfit(chain, place, Wrong.MISSING)
    if own == place:
        return Misfit(chain, *_of_two(chain, line))
    if own is None:
        pushed = _fits_at(chain, place + 1, place)
        return Misfit(chain, place, Wrong.INSERTED if pushed else Wrong.CHANGED)
    if own < place:
        return Misfit(chain, own, Wrong.INSERTED)
    swapped = _fits_at(chain, own, place)
    return Misfit(chain, place, Wrong.SWAPPED if swapped else Wrong.MISSING)


def _of_two(chain: str, line: _Line) -> tuple[int, Wrong]:
    """A line is whole and does not follow on the one before it: which of the two was changed.

    Where what comes next leads back to the line, it is as it was, and the one before is not.
    """
    following = next(_lines(chain, seq=line.seq + 1), None)
    if following:
        stands = following.previous == line.digest
    else:
        stands = AuditHead.objects.filter(pk=chain, digest=line.digest).exists()
    return (max(line.seq - 1, 1) if stands else line.seq), Wrong.CHANGED


def _own_place(chain: str, line: _Line) -> int | None:
    """The place for which the line was written."""
    head = AuditHead.objects.filter(pk=chain).first()
    count = AuditEntry.objects.filter(chain=chain).count()
    places = range(1, max(count, head.seq if head else 0) + 2)
    return next((place for place in places if line.fits(place)), None)


def _fits_at(chain: str, seq: int, place: int) -> bool:
    """Whether the line that stands at ``seq`` was written for another place."""
    return any(line.fits(place) for line in _lines(chain, seq=seq))


def _lines(chain: str, **which: int) -> Iterator[_Line]:
    """The lines of the chain in their order."""
    rows = AuditEntry.objects.filter(chain=chain, **which).order_by("seq", "pk")
    texts = [_Raw(name) for name in ("previous", "digest", "chain", "actor", "verb", "facts", "at")]
    for seq, by, *raw in rows.values_list("seq", "by", *texts).iterator(LINES_AT_ONCE):
        previous, digest, chain, actor, verb, facts, at = map(_text, raw)
        told = {
            "at": _moment(at),
            "chain": chain,
            "by": by,
            "actor": actor,
            "verb": verb,
            "facts": facts,
            "previous": previous,
        }
        yield _Line(seq, previous, digest, told if told["at"] else None)


class _Raw(Func):
    """A column as it lies there, even where it has become something that cannot be read."""

    output_field = TextField()
    template = "CAST(%(expressions)s AS TEXT)"

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        return self.as_sql(compiler, connection, template="CAST(%(expressions)s AS BLOB)", **extra)


def _text(raw: str | bytes) -> str:
    return raw if isinstance(raw, str) else raw.decode(errors="backslashreplace")


def _moment(text: str) -> datetime | None:
    """PostgreSQL names the zone of the connection; SQLite keeps UTC and names none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
