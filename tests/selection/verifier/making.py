"""A maker of small records of draws, for the tests of the verifier, from docs/protocol.md alone.

Every verb adds an event and takes a `change`, which may alter what is published just before it is
digested and signed: so the house itself cheats, with its own key and everything after it in order.
"""

import hashlib
from collections.abc import Callable, Iterable
from copy import deepcopy
from datetime import timedelta
from typing import Any, Self

from tests.selection.verifier.committing import Committing
from tests.selection.verifier.freezing import Change
from tests.selection.verifier.writing import canonical, digest, file_digest, path, zipped


class House(Committing):
    """A house that draws by the protocol."""

    def balls(self, change: Change | None = None) -> Self:
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

    def beacon(self, change: Change | None = None) -> Self:
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

    def result(self, change: Change | None = None, *, change_event: Change | None = None) -> Self:
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

    def reserves(self, how_many: int = 5, change: Change | None = None) -> Self:
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
    ) -> Self:
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
    ) -> Self:
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

    def abort(self, number: int | None = None, change: Change | None = None) -> Self:
        payload: dict[str, Any] = {"code": "technical", "reason": "Sähkökatko"}
        if number is not None:
            payload["round"] = number
            self.pending = {"kept": [], "gone": []}
        self.add("ABORT", payload, change)
        return self

    def close(self, change: Change | None = None) -> Self:
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
