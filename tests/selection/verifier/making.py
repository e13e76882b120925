"""A maker of small records of draws, for the tests of the verifier, from docs/protocol.md alone.

Every verb adds an event and takes a `change`, which may alter what is published just before it is
digested and signed: so the house itself cheats, with its own key and everything after it in order.
"""

import hashlib
import io
import json
import random
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
GENESIS, PERIOD = 1692803367, 3
CRITERIA = {
    "gender": ["female", "male"],
    "age": ["18-34", "35-64", "65+"],
    "alue": ["itä", "länsi", "pohjoinen"],
}
Change = Callable[[Any], Any]


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(tag: str, *parts: bytes) -> bytes:
    return hashlib.sha256(tag.encode() + b"\0" + b"".join(parts)).digest()


def file_digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def levels(leaves: list[bytes]) -> list[list[bytes]]:
    rows = [[digest("kr/leaf0/1", leaf) for leaf in leaves]]
    while len(rows[-1]) > 1:
        row = rows[-1]
        above = [
            digest("kr/node/1", row[i], row[i + 1]) if i + 1 < len(row) else row[i]
            for i in range(0, len(row), 2)
        ]
        rows.append(above)
    return rows


def root(leaves: list[bytes]) -> str:
    return levels(leaves)[-1][0].hex()


def path(leaves: list[bytes], index: int) -> list[str]:
    found = []
    for row in levels(leaves)[:-1]:
        sibling = index ^ 1
        if sibling < len(row):
            found.append(row[sibling].hex())
        index //= 2
    return found


def zipped(files: dict[str, bytes], **options: Any) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[name], **options)
    return buffer.getvalue()


def unzipped(record: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(record)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def made_up_signature(drand_round: int) -> bytes:
    """Stands for a signature of drand wherever the tests do not come to its mathematics."""
    return hashlib.sha384(b"beacon %d" % drand_round).digest()


class House:
    """A house that draws by the protocol."""

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

    # The steps of the draw

    def freeze(self, change: Change | None = None) -> "House":
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

    def tickets(self, kept: list[int], gone: Iterable[int]) -> list[dict[str, Any]]:
        panels = []
        for _ in range(self.m):
            panel, homes = list(kept), {self.rows[i]["h"] for i in kept} - {None}
            others = [i for i in range(len(self.rows)) if i not in set(kept) | set(gone)]
            self.dice.shuffle(others)
            for i in others:
                home, woman = self.rows[i]["h"], self.rows[i]["a"]["gender"] == "female"
                women = self.tally(panel)["gender", "female"]
                full = woman and self.rule == "leximin" and women >= self.size // 4
                if len(panel) < self.size and not full and not (self.households and home in homes):
                    panel.append(i)
                    homes |= {home} - {None}
            panels.append(sorted(panel))
        return self.in_order(panels)

    def in_order(self, panels: list[list[int]]) -> list[dict[str, Any]]:
        pool_root = bytes.fromhex(self.pool["root"])
        panels.sort(key=lambda panel: digest("kr/order/1", pool_root, canonical(panel)))
        return [
            {"i": i, "m": panel, "s": self.dice.randbytes(32).hex()}
            for i, panel in enumerate(panels)
        ]

    def tally(self, people: Iterable[int]) -> Counter[tuple[str, str]]:
        return Counter(value for i in people for value in self.rows[i]["a"].items())

    def targets(self, tickets: list[dict[str, Any]]) -> list[dict[str, Any]]:
        tallies = [self.tally(ticket["m"]) for ticket in tickets]
        found = []
        for c, values in self.criteria.items():
            for v in values:
                counts = [tally[c, v] for tally in tallies]
                found.append({"c": c, "v": v, "min": min(counts), "max": max(counts)})
        return found

    def certificate(self, drawn: dict[str, Any]) -> dict[str, Any]:
        """What holds of every panel within the targets, and what follows from it."""
        out, targets = set(drawn["kept"]) | set(drawn["gone"]), drawn["targets"]
        free = [i for i in range(len(self.rows)) if i not in out]
        women = [i for i in free if self.rows[i]["a"]["gender"] == "female"]
        men = [i for i in free if i not in women]
        seats, none = self.size - len(drawn["kept"]), [0] * len(targets)
        everybody = [int(i in free) for i in range(len(self.rows))]
        if self.rule != "leximin" or not women:
            bound = [seats, len(free)] if self.rule in ("leximin", "maximin") else None
            people = free if bound else []
            claims = [self.claim(people, everybody, seats, [*none, 1], bound)]
        else:
            # Few women may be on a panel, by their own target or by what men need: women have
            # those seats, and men the rest.
            kept, weights = (
                self.tally(drawn["kept"]),
                [int(i in women) for i in range(len(self.rows))],
            )
            most, points = targets[0]["max"] - kept["gender", "female"], [1, *none[1:], 0]
            if self.dice.random() < 0.5:
                most = seats - max(0, targets[1]["min"] - kept["gender", "male"])
                points = [0, -1, *none[2:], 1]
            claims = [
                self.claim(women, weights, most, points, [most, len(women)]),
                self.claim(men, everybody, seats, [*none, 1], [seats - most, len(men)]),
            ]
            if most * len(men) > (seats - most) * len(women):
                bound = [seats, len(free)]
                claims = [self.claim(free, everybody, seats, [*none, 1], bound)]
        return {"rule": self.rule, "claims": claims, "shut_out": []}

    @staticmethod
    def claim(people: Any, weights: Any, heaviest: int, points: Any, bound: Any) -> dict[str, Any]:
        return {
            "people": people,
            "weights": weights,
            "heaviest": heaviest,
            "points": points,
            "bound": bound,
        }

    def commit(
        self,
        change: Change | None = None,
        *,
        change_event: Change | None = None,
        change_tickets: Change | None = None,
        change_certificate: Change | None = None,
    ) -> "House":
        number, kept, gone = self.number, self.pending["kept"], self.pending["gone"]
        tickets = self.tickets(kept, gone)
        drawn: dict[str, Any] = {"number": number, "kept": kept, "gone": gone, "tickets": tickets}
        drawn["targets"] = self.targets(tickets)
        if change_tickets:
            change_tickets(tickets)
        counter = Counter(i for ticket in tickets for i in ticket["m"])
        drawn["counts"] = [counter[i] for i in range(len(self.rows))]
        others = [c for i, c in enumerate(drawn["counts"]) if i not in {*kept, *gone}]
        certificate = self.certificate(drawn)
        shift = self.shift(drawn, certificate)
        if change_certificate:
            change_certificate(certificate)
        bounds = [claim["bound"] for claim in certificate["claims"] if claim["bound"]]
        unbounded = [None, None] if self.rule == "simple" else [1, 1]
        bound = min(bounds, key=lambda b: b[0] / b[1], default=unbounded)
        drawn["certificate"] = canonical(certificate) + b"\n"
        self.time += timedelta(hours=1)
        deadline = self.time + timedelta(hours=2)
        drand_round = int((deadline.timestamp() + 65 - GENESIS) // PERIOD) + 1
        drand_time = datetime.fromtimestamp(GENESIS + PERIOD * (drand_round - 1), UTC)
        drawn |= {"deadline": deadline, "drand_round": drand_round, "drand_time": drand_time}
        written = "%Y-%m-%dT%H:%M:%SZ"
        commitment = {
            "format": "kr-arvonta/1",
            "process": self.process,
            "draw": self.draw,
            "round": number,
            "created": self.stamp(),
            "disclosure": self.disclosure,
            "chain_head": self.hashes[-1].hex(),
            "pool": dict(self.pool),
            "panel_size": self.size,
            "household_limit": self.households,
            "named_seats": {"voting": 0, "not_voting": 2},
            "kept": [*kept],
            "gone": [*gone],
            "targets": drawn["targets"],
            "lottery": {
                "m": self.m,
                "root": root([self.ticket_leaf(ticket) for ticket in tickets]),
                "counts_root": root(self.count_leaves(drawn)),
                "min_count": min(filter(None, others)),
                "max_count": max(others),
                "histogram": [list(row) for row in sorted(Counter(others).items())],
            },
            "certificate": {
                "rule": self.rule,
                "bound_num": bound[0],
                "bound_den": bound[1],
                "shift": shift,
                "sha256": file_digest(drawn["certificate"]),
            },
            "algorithm": {
                "name": "raatihuone",
                "version": "0.1.0",
                "source_sha256": "ab" * 32,
                "solvers": ["highs 1.15.1"],
                "rehearsals": 3,
                "runs": 2,
            },
            "chance": {
                "sources": ["balls", "drand-quicknet"] if self.beacon_named else ["balls"],
                "rule": "add-mod-m",
                "digits": self.digits,
                "balls_deadline": deadline.strftime(written),
                "drand": {
                    "chain": CHAIN,
                    "round": drand_round,
                    "time": drand_time.strftime(written),
                },
                "fallback_after": (drand_time + timedelta(hours=1)).strftime(written),
            },
            "replacement": "kr-replace/1",
            "verifier_sha256": "cd" * 32,
        }
        if not self.beacon_named:
            commitment["chance"] |= {"drand": None, "fallback_after": None}
        if change:
            change(commitment)
        drawn["commitment"] = commitment
        self.write(drawn, "commitment.json", commitment)
        drawn["digest"] = file_digest(self.files[self.file(number, "commitment.json")])
        self.rounds.append(drawn)
        payload = {"round": number, "commitment": drawn["digest"]}
        self.add("COMMIT", payload, change_event)
        return self

    def shift(self, drawn: dict[str, Any], certificate: dict[str, Any]) -> int:
        shift = 0
        for claim in certificate["claims"]:
            for i in claim["people"]:
                num, den = claim["bound"]
                shift = max(shift, num * self.m // den - drawn["counts"][i])
        return shift

    def count_leaves(self, drawn: dict[str, Any]) -> list[bytes]:
        return [
            self.count_leaf(row, drawn["number"], count)
            for row, count in zip(self.rows, drawn["counts"], strict=True)
        ]

    @staticmethod
    def file(number: int, name: str) -> str:
        return f"round-{number}/{name}" if number else name

    def write(self, drawn: dict[str, Any], name: str, value: Any) -> None:
        self.files[self.file(drawn["number"], name)] = canonical(value) + b"\n"

    def balls(self, change: Change | None = None) -> "House":
        drawn = self.rounds[-1]
        drawn["balls"] = "".join(self.dice.choice("0123456789") for _ in range(self.digits))
        payload = {
            "round": drawn["number"],
            "balls": drawn["balls"],
            "entered_by": "official 1",
            "confirmed_by": "official 2",
        }
        self.add("BALLS", payload, change)
        drawn["balls"] = self.events[-1]["payload"]["balls"]
        return self

    def beacon(self, change: Change | None = None) -> "House":
        drawn = self.rounds[-1]
        self.time = drawn["drand_time"]
        payload = {
            "round": drawn["number"],
            "drand_round": drawn["drand_round"],
            "signature": self.sign_beacon(drawn["drand_round"]).hex(),
            "checked": True,
        }
        self.add("BEACON", payload, change)
        drawn["signature"] = self.events[-1]["payload"]["signature"]
        return self

    def result(
        self, change: Change | None = None, *, change_event: Change | None = None
    ) -> "House":
        drawn = self.rounds[-1]
        balls, signature = drawn.get("balls"), drawn.get("signature")
        index, b, drand = int(balls or 0), None, None
        if signature:
            hashed = hashlib.sha256(bytes.fromhex(signature)).digest()
            seed = digest("kr/seed/1", bytes.fromhex(drawn["digest"]), hashed)
            b = int.from_bytes(seed, "big") % self.m
            index += b
            drand = {"round": drawn["drand_round"], "signature": signature}
        elif self.beacon_named:
            self.time = drawn["drand_time"] + timedelta(hours=1)
        mode = "+".join(["balls"] * bool(balls) + ["beacon"] * bool(signature)) or "balls"
        result = {
            "format": "kr-arvonta/1",
            "process": self.process,
            "draw": self.draw,
            "round": drawn["number"],
            "commitment": drawn["digest"],
            "mode": mode,
            "balls": balls,
            "drand": drand,
            "b": b,
            "index": index % self.m,
            **self.opened(drawn, index % self.m),
        }
        if change:
            change(result)
        self.write(drawn, "result.json", result)
        name = self.file(drawn["number"], "result.json")
        payload = {"round": drawn["number"], "result": file_digest(self.files[name])}
        self.add("RESULT", payload, change_event)
        self.panel = list(result["panel"]["m"])
        self.gone |= set(self.pending.get("leaving", []))
        self.in_force = drawn
        return self

    def opened(self, drawn: dict[str, Any], index: int) -> dict[str, Any]:
        """What a result says of the ticket that was opened."""
        ticket = drawn["tickets"][index]
        tally = self.tally(ticket["m"])
        return {
            "panel": deepcopy(ticket),
            "path": path([self.ticket_leaf(t) for t in drawn["tickets"]], index),
            "members": [self.person(i) for i in ticket["m"]],
            "quota_counts": [
                {"c": t["c"], "v": t["v"], "n": tally[t["c"], t["v"]]} for t in drawn["targets"]
            ],
        }

    # Replacement

    def reserves(self, how_many: int = 5, change: Change | None = None) -> "House":
        free = [i for i in range(len(self.rows)) if i not in self.gone | set(self.panel)]
        self.reserved = self.dice.sample(free, how_many)
        payload = {
            "p": [[i, self.rows[i]["p"]] for i in self.reserved],
            "dropout": "0.15",
            "loss": {"without": "1.25", "with": "0.31"},
        }
        self.add("RESERVES", payload, change)
        return self

    def rank(self, pseudonym: str) -> str:
        first = self.rounds[0]
        seed = bytes(32)
        if first.get("signature"):
            seed = hashlib.sha256(bytes.fromhex(first["signature"])).digest()
        balls = first.get("balls") or "---"
        return digest("kr/replace/1", seed, balls.encode(), pseudonym.encode()).hex()

    def replace(
        self,
        gone: int | None = None,
        *,
        among: str = "pool",
        unavailable: Iterable[int] = (),
        change: Change | None = None,
        taking: Callable[[list[int]], int] | None = None,
    ) -> "House":
        """A seat by rank; `taking` picks another than whose turn it is, from all in their order."""
        gone = self.dice.choice(self.panel) if gone is None else gone
        staying = [i for i in self.panel if i != gone]
        homes = {self.rows[i]["h"] for i in staying} - {None}
        from_whom = self.reserved if among == "reserves" else range(len(self.rows))
        free = [
            i
            for i in from_whom or []
            if i not in self.gone | set(self.panel) | set(unavailable)
            and not (self.households and self.rows[i]["h"] in homes)
        ]
        targets = self.in_force["targets"]

        def misses(people: list[int]) -> int:
            tally = self.tally(people)
            return sum(not t["min"] <= tally[t["c"], t["v"]] <= t["max"] for t in targets)

        def place(i: int) -> tuple[int, int, str]:
            mine, theirs = self.rows[i]["a"], self.rows[gone]["a"]
            equal = sum(mine[c] == theirs[c] for c in mine)
            return misses([*staying, i]), -equal, self.rank(self.rows[i]["p"])

        free.sort(key=place)
        taken = None if not free else taking(free) if taking else free[0]
        payload = {
            "method": "rank",
            "gone": self.person(gone),
            "reason": "declined",
            "unavailable": sorted(unavailable),
            "among": among,
            "taken_by": None if taken is None else self.person(taken),
            "misses": misses(staying if taken is None else [*staying, taken]),
            "rank": None if taken is None else self.rank(self.rows[taken]["p"]),
        }
        self.add("REPLACE", payload, change)
        self.gone.add(gone)
        self.panel = sorted(staying + ([] if taken is None else [taken]))
        return self

    def reopen(
        self, how_many: int = 2, unavailable: Iterable[int] = (), change: Change | None = None
    ) -> "House":
        """A REPLACE by a new round."""
        leaving = sorted(self.dice.sample(self.panel, how_many))
        kept = [i for i in self.panel if i not in leaving]
        payload = {
            "method": "lottery",
            "round": self.number + 1,
            "gone": [self.person(i) for i in leaving],
            "kept": kept,
            "unavailable": sorted(unavailable),
        }
        self.add("REPLACE", payload, change)
        self.number += 1
        self.pending = {
            "kept": kept,
            "gone": sorted(self.gone | set(leaving) | set(unavailable)),
            "leaving": leaving,
        }
        return self

    def abort(self, number: int | None = None, change: Change | None = None) -> "House":
        payload: dict[str, Any] = {"code": "technical", "reason": "Sähkökatko"}
        if number is not None:
            payload["round"] = number
            self.pending = {"kept": [], "gone": []}
        self.add("ABORT", payload, change)
        return self

    def close(self, change: Change | None = None) -> "House":
        payload = {"gone": [], "panel": self.panel, "vacant": self.size - len(self.panel)}
        self.add("CLOSE", payload, change)
        return self

    # What is published

    def row(self, index: int) -> dict[str, Any]:
        row = self.rows[index]
        if index not in self.erased:
            return row
        counts = [self.count_leaves(drawn)[index].hex() for drawn in self.rounds]
        return {"counts": counts, "leaf": self.leaf(row).hex()}

    def contents(self, level: str = "L2") -> dict[str, bytes]:
        files = {"events.ndjson": b"".join(canonical(e) + b"\n" for e in self.events), **self.files}
        if level == "L1":
            return files
        rows = [self.row(i) for i in range(len(self.rows))]
        files["pool.ndjson"] = b"".join(canonical(row) + b"\n" for row in rows)
        for drawn in self.rounds:
            lines = b"".join(canonical(ticket) + b"\n" for ticket in drawn["tickets"])
            files[self.file(drawn["number"], "lottery.ndjson")] = lines
            files[self.file(drawn["number"], "certificate.json")] = drawn["certificate"]
        return files

    def record(self, level: str = "L2") -> bytes:
        return zipped(self.contents(level))

    def receipt(self, index: int, number: int | None = None, change: Change | None = None) -> bytes:
        """Somebody's receipt, with the count of a round or from before any was committed."""
        row = self.rows[index]
        slip = {
            "format": "kr-receipt/1",
            "process": self.process,
            "draw": self.draw,
            "freeze": self.hashes[0].hex(),
            "key": self.public,
            **deepcopy(row),
            "index": index,
            "path": path(self.leaves(), index),
        }
        if number is not None:
            drawn = next(drawn for drawn in self.rounds if drawn["number"] == number)
            slip["commitment"] = drawn["digest"]
            slip["count"] = drawn["counts"][index]
            slip["count_path"] = path(self.count_leaves(drawn), index)
        if change:
            change(slip)
        slip["sig"] = self.key.sign(digest("kr/receipt/1", canonical(slip))).hex()
        return canonical(slip)
