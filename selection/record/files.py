"""The files of a draw's record, at a level of disclosure. docs/protocol.md."""

from collections.abc import Iterator
from typing import Any

from selection.draw.certificate import certificate_file
from selection.draw.leaves import row_of, tickets_of
from selection.models import Disclosure, Draw, Round
from selection.protocol.archive import packed
from selection.protocol.encoding import FORMAT, digest, line

EVENTS, COMMITMENT, RESULT = "events.ndjson", "commitment.json", "result.json"
POOL, LOTTERY, CERTIFICATE = "pool.ndjson", "lottery.ndjson", "certificate.json"
ZIP, JSON = "application/zip", "application/json"


def record_name(draw: Draw, *, full: bool = False) -> str:
    """What the zip of the draw is called; the auditor's full one has a name of its own."""
    ending = "-full" if full else ""
    return f"arvonta-{draw.jury.slug}-{draw.number}{ending}.zip"


def record_of(draw: Draw, level: str) -> bytes:
    """The zip of the draw as it has come so far; for the same draw the same bytes."""
    files = dict(_public(draw))
    if level != Disclosure.PUBLIC:
        files |= dict(_open(draw))
    return packed(files)


def public_record(draw: Draw) -> bytes:
    """What everybody gets: everything only where the draw was committed as open."""
    open_to_all = draw.disclosure == Disclosure.OPEN
    return record_of(draw, Disclosure.OPEN if open_to_all else Disclosure.PUBLIC)


def public_tag(draw: Draw) -> str:
    """What changes when the public record does, and only then; in two queries."""
    head = draw.events.order_by("-n").values_list("digest", flat=True)[0]
    erased = 0
    if draw.disclosure == Disclosure.OPEN:
        erased = draw.entries.filter(salt=None).count()
    return digest(f"{FORMAT} {draw.disclosure} {head} {erased}".encode())


def _public(draw: Draw) -> Iterator[tuple[str, bytes]]:
    events = draw.events.order_by("n").values_list("line", flat=True)
    yield EVENTS, "".join(f"{event}\n" for event in events).encode()
    for round_ in draw.rounds.all():
        yield _named(round_, COMMITMENT), round_.commitment.encode()
        if round_.result:
            yield _named(round_, RESULT), round_.result.encode()


def _open(draw: Draw) -> Iterator[tuple[str, bytes]]:
    yield POOL, _lines(row_of(entry, draw) for entry in draw.entries.order_by("index"))
    for round_ in draw.rounds.select_related("lottery"):
        tickets = tickets_of(draw, round_.lottery, round_.number)
        rows = ({"i": one.number, "m": one.members, "s": one.salt.hex()} for one in tickets)
        yield _named(round_, LOTTERY), _lines(rows)
        yield _named(round_, CERTIFICATE), certificate_file(round_.lottery)


def _named(round_: Round, name: str) -> str:
    return f"round-{round_.number}/{name}" if round_.number else name


def _lines(rows: Iterator[dict[str, Any]]) -> bytes:
    return b"".join(line(row) for row in rows)
