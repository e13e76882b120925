"""The chain of a draw: events are written one after the other and never changed."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from juries import codes
from selection.models import Draw, DrawEvent
from selection.protocol import chain
from selection.protocol.chain import Event
from selection.protocol.signing import Signer


def append(draw: Draw, kind: str, payload: Mapping[str, Any], *, at: datetime) -> Event:
    """One more event stands in the chain, at ``at`` or the time of the event before it.

    The later of the two: the clocks of two hosts differ, and the chain never goes back in time.
    Whoever calls holds the jury's row.
    """
    before = draw.events.order_by("-n").first()
    after = None
    if before is not None:
        at = max(at, before.at)
        after = Event(before.n, before.kind, before.line, before.digest)
    event = chain.next_event(kind, payload, at=at, after=after, signer=signer())
    DrawEvent.objects.create(
        draw=draw, n=event.n, kind=kind, at=at, line=event.text, digest=event.digest
    )
    return event


def head_of(draw: Draw) -> str:
    """The hash of the last event."""
    return str(draw.events.order_by("-n").values_list("digest", flat=True)[0])


@cache
def signer() -> Signer:
    """The signature of this house."""
    return Signer(bytes.fromhex(codes.fingerprint("record signing key", "kr-arvonta/1")))
