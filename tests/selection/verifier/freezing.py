"""A house that keeps a chain of events and freezes its pool."""

import hashlib
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.selection.verifier.writing import canonical, digest, root

CRITERIA = {
    "gender": ["female", "male"],
    "age": ["18-34", "35-64", "65+"],
    "alue": ["itä", "länsi", "pohjoinen"],
}

type Change = Callable[[Any], Any]


def made_up_signature(drand_round: int) -> bytes:
    """Stands for a signature of drand wherever the tests do not come to its mathematics."""
    return hashlib.sha384(b"beacon %d" % drand_round).digest()


class Freezing:
    """What a house is: its pool, its key and its chain."""

    def __init__(
        self,
        seed: int = 0,
        *,
        people: int = 40,
        size: int = 8,
        digits: int = 1,
        beacon: bool = True,
        households: bool = True,
        rule: str = "leximin",
        disclosure: str = "L1",
        criteria: dict[str, list[str]] = CRITERIA,
        sign_beacon: Callable[[int], bytes] = made_up_signature,
    ) -> None:
        self.dice = random.Random(seed)
        self.size, self.m, self.digits = size, 10**digits, digits
        self.beacon_named, self.households, self.rule = beacon, households, rule
        self.disclosure, self.criteria, self.sign_beacon = disclosure, criteria, sign_beacon
        self.key = Ed25519PrivateKey.from_private_bytes(self.dice.randbytes(32))
        self.public = self.key.public_key().public_bytes_raw().hex()
        self.time = datetime(2027, 2, 1, 10, tzinfo=UTC)
        self.events: list[Any] = []
        self.hashes: list[bytes] = []
        self.files: dict[str, bytes] = {}
        self.rounds: list[dict[str, Any]] = []
        self.number = 0  # of the round under way; one that was broken off keeps its own
        self.panel: list[int] = []
        self.gone: set[int] = set()
        self.erased: set[int] = set()
        self.pending: dict[str, Any] = {"kept": [], "gone": []}
        self.reserved: list[int] | None = None
        self.process, self.draw, self.previous = "lähipalvelut", 1, None
        self.rows = sorted((self._person(i) for i in range(people)), key=self.leaf)

    def _person(self, i: int) -> dict[str, Any]:
        letters = "abcdefghijklmnopqrstuvwxyz234567"
        return {
            "a": {c: self.dice.choice(values) for c, values in self.criteria.items()},
            "h": i // 2 if self.households and i % 5 < 2 else None,
            "p": "".join(self.dice.choice(letters) for _ in range(16)),
            "s": self.dice.randbytes(16).hex(),
        }

    # Leaves

    @staticmethod
    def leaf(row: dict[str, Any]) -> bytes:
        return digest(
            "kr/leaf/1", bytes.fromhex(row["s"]), canonical({k: row[k] for k in ("a", "h", "p")})
        )

    def leaves(self) -> list[bytes]:
        return [self.leaf(row) for row in self.rows]

    @staticmethod
    def count_leaf(row: dict[str, Any], number: int, count: int) -> bytes:
        salt = digest("kr/count-salt/1", bytes.fromhex(row["s"]), number.to_bytes(2, "big"))
        return digest("kr/count/1", salt, row["p"].encode(), count.to_bytes(2, "big"))

    @staticmethod
    def ticket_leaf(ticket: dict[str, Any]) -> bytes:
        body = canonical([ticket["i"], *ticket["m"]])
        return digest("kr/panel/1", bytes.fromhex(ticket["s"]), body)

    # The chain

    def stamp(self, seconds: int = 0) -> str:
        return (self.time + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def add(self, kind: str, payload: Any, change: Change | None = None) -> None:
        """The next event, a minute after the last."""
        self.time += timedelta(minutes=1)
        event = {
            "at": self.stamp(),
            "n": len(self.events),
            "payload": payload,
            "prev": (self.hashes[-1] if self.hashes else bytes(32)).hex(),
            "t": kind,
        }
        if change:
            change(event)
        own = digest("kr/event/1", canonical(event))
        self.events.append({**event, "sig": self.key.sign(own).hex()})
        self.hashes.append(own)

    def person(self, index: int) -> dict[str, Any]:
        return {"index": index, "p": self.rows[index]["p"]}

    # The first step of the draw

    def freeze(self, change: Change | None = None) -> Self:
        payload = {
            "format": "kr-arvonta/1",
            "process": self.process,
            "draw": self.draw,
            "previous_aborted": self.previous,
            "key": self.public,
            "pool": {"count": len(self.rows), "root": root(self.leaves())},
            "attributes": [{"c": c, "v": values} for c, values in self.criteria.items()],
            "removed": [{"reason": "duplicate", "n": 7}],
            "codes": {"issued": 300, "used": len(self.rows)},
            "objections_until": self.stamp(60),
        }
        self.add("FREEZE", payload, change)
        self.pool = payload["pool"]
        return self
