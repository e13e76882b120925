"""A house that commits to a lottery of its frozen pool."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from tests.selection.verifier.freezing import Change, Freezing
from tests.selection.verifier.writing import canonical, digest, file_digest, root

CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
GENESIS, PERIOD = 1692803367, 3


class Committing(Freezing):
    """The lottery, its certificate and its commitment."""

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
    ) -> Self:
        number, kept, gone = self.number, self.pending["kept"], self.pending["gone"]
        tickets = self.tickets(kept, gone)
        drawn: dict[str, Any] = {"number": number, "kept": kept, "gone": gone, "tickets": tickets}
        drawn["targets"] = self.targets(tickets)
        if change_tickets:
            change_tickets(tickets)
        counter = Counter(i for ticket in tickets for i in ticket["m"])
        drawn["counts"] = [counter[i] for i in range(len(self.rows))]
        certificate = self.certificate(drawn)
        shift = self.shift(drawn, certificate)
        if change_certificate:
            change_certificate(certificate)
        drawn["certificate"] = canonical(certificate) + b"\n"
        self.time += timedelta(hours=1)
        drawn |= self.timetable()
        commitment = self.commitment(drawn, self.bound(certificate), shift)
        if change:
            change(commitment)
        drawn["commitment"] = commitment
        self.write(drawn, "commitment.json", commitment)
        drawn["digest"] = file_digest(self.files[self.file(number, "commitment.json")])
        self.rounds.append(drawn)
        payload = {"round": number, "commitment": drawn["digest"]}
        self.add("COMMIT", payload, change_event)
        return self

    def timetable(self) -> dict[str, Any]:
        """Two hours for the balls, and the first beacon a minute after them."""
        deadline = self.time + timedelta(hours=2)
        drand_round = int((deadline.timestamp() + 65 - GENESIS) // PERIOD) + 1
        drand_time = datetime.fromtimestamp(GENESIS + PERIOD * (drand_round - 1), UTC)
        return {"deadline": deadline, "drand_round": drand_round, "drand_time": drand_time}

    def bound(self, certificate: dict[str, Any]) -> list[int | None]:
        """The smallest that is claimed."""
        bounds = [claim["bound"] for claim in certificate["claims"] if claim["bound"]]
        unbounded = [None, None] if self.rule == "simple" else [1, 1]
        return min(bounds, key=lambda b: b[0] / b[1], default=unbounded)

    def commitment(
        self, drawn: dict[str, Any], bound: list[int | None], shift: int
    ) -> dict[str, Any]:
        beside = {*drawn["kept"], *drawn["gone"]}
        others = [c for i, c in enumerate(drawn["counts"]) if i not in beside]
        return {
            "format": "kr-arvonta/1",
            "process": self.process,
            "draw": self.draw,
            "round": drawn["number"],
            "created": self.stamp(),
            "disclosure": self.disclosure,
            "chain_head": self.hashes[-1].hex(),
            "pool": dict(self.pool),
            "panel_size": self.size,
            "household_limit": self.households,
            "named_seats": {"voting": 0, "not_voting": 2},
            "kept": [*drawn["kept"]],
            "gone": [*drawn["gone"]],
            "targets": drawn["targets"],
            "lottery": {
                "m": self.m,
                "root": root([self.ticket_leaf(ticket) for ticket in drawn["tickets"]]),
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
            "chance": self.chance(drawn),
            "replacement": "kr-replace/1",
            "verifier_sha256": "cd" * 32,
        }

    def chance(self, drawn: dict[str, Any]) -> dict[str, Any]:
        written = "%Y-%m-%dT%H:%M:%SZ"
        beacon = {
            "chain": CHAIN,
            "round": drawn["drand_round"],
            "time": drawn["drand_time"].strftime(written),
        }
        fallback_after = (drawn["drand_time"] + timedelta(hours=1)).strftime(written)
        return {
            "sources": ["balls", "drand-quicknet"] if self.beacon_named else ["balls"],
            "rule": "add-mod-m",
            "digits": self.digits,
            "balls_deadline": drawn["deadline"].strftime(written),
            "drand": beacon if self.beacon_named else None,
            "fallback_after": fallback_after if self.beacon_named else None,
        }

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
