"""The published chain: each event names the one before and carries the signature of the house."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from selection.protocol.encoding import NOTHING, canonical, moment, tagged
from selection.protocol.signing import Signer

FREEZE, COMMIT, BALLS, BEACON, RESULT = "FREEZE", "COMMIT", "BALLS", "BEACON", "RESULT"
RESERVES, REPLACE, ABORT, CLOSE = "RESERVES", "REPLACE", "ABORT", "CLOSE"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of ``events.ndjson`` and its hash."""

    n: int
    kind: str
    text: str
    digest: str

    @property
    def payload(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.text)["payload"]
        return found


def next_event(
    kind: str,
    payload: Mapping[str, Any],
    *,
    at: datetime,
    after: Event | None,
    signer: Signer,
) -> Event:
    """The event that follows ``after``, or the first one."""
    n = after.n + 1 if after else 0
    unsigned = {
        "at": moment(at),
        "n": n,
        "payload": dict(payload),
        "prev": after.digest if after else NOTHING,
        "t": kind,
    }
    hashed = tagged("kr/event/1", canonical(unsigned))
    text = canonical({**unsigned, "sig": signer.sign(hashed)}).decode()
    return Event(n, kind, text, hashed.hex())
