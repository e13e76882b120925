"""Checks the published record of a draw for a citizens' jury (format kr-arvonta/1).

    python3 verify.py check    RECORD.zip                the record by itself
    python3 verify.py receipt  RECORD.zip RECEIPT.json   that my registration is in it
    python3 verify.py diff     OLD.zip NEW.zip           that nothing was taken back in between

Python 3.10 or newer is enough. With `pip install py_ecc` the beacon is checked too; without it
the address is printed at which anybody can compare it. Nothing is fetched, nothing is written.

One line is printed for each claim: it holds, it FAILS, or it cannot be checked from this record
and what would be needed. The exit code is 0 when everything was checked and holds, 10 when some
claims could not be checked, 2 when the file cannot be read, and otherwise names the failure:
20 receipt, 21 pool, 22 lottery, 23 quotas, 24 counts, 25 certificate, 26 chance, 27 beacon,
28 sum, 29 panel, 30 replacement, 31 chain or form, 32 diff.

What it proves. The registrants were fixed, then the numbered panels and the sources of chance,
then the balls were entered, then the beacon; their sum names one panel and that is the panel that
was opened. With the full record (L2, L3) also: every panel meets the quotas, the chances are as
published and as even as the certificate says, and whoever came in as a replacement was next.

What it does not. Times are those the house wrote down: that the commitment was public before the
balls were drawn shows by its fingerprint, printed below, standing in the minutes, in the film or
in a copy you took that day (`diff`). It cannot see who was invited, whether people told the truth
when they registered, nor what happened in the room.

The format is described in docs/protocol.md. This file shares no line with the program that writes
records. It reads from the top: the commands and what a record is; then what a public record shows,
step by step; from "The full record" on what an auditor's copy shows beside that, and the
replacements; at last how files are read, what each piece of them must look like, encoding and
signatures. A check is a function that yields a sentence for each thing that is wrong.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import sys
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

DEPTH = sys.getrecursionlimit()
try:
    from py_ecc.bls.hash_to_curve import hash_to_G1
    from py_ecc.bls.point_compression import decompress_G1, decompress_G2
    from py_ecc.bls.typing import G1Compressed, G2Compressed
    from py_ecc.optimized_bls12_381.optimized_curve import G2, curve_order, is_inf, multiply
    from py_ecc.optimized_bls12_381.optimized_pairing import pairing

    WITH_PY_ECC = True
    sys.setrecursionlimit(DEPTH)  # py_ecc lifts it, and then nested JSON could exhaust the stack
except ImportError:
    WITH_PY_ECC = False

# The beacon: drand quicknet, with its public key. Round 1 was at DRAND_START, one every 3 seconds.
DRAND_CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
DRAND_KEY = (
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064"
    "510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ec"
    "e45a"
)
DRAND_START, DRAND_PERIOD = 1692803367, 3
DRAND_ADDRESS = f"https://api.drand.sh/{DRAND_CHAIN}/public/"

# A record comes from the internet. What is larger than this is not looked at.
LARGEST_RECORD, MOST_FILES, MOST_EVENTS = 32_000_000, 200, 2_000
FAULTS_SHOWN = 5
FEWEST_ALIKE = 5  # so many people share every combination in an open record (L3)
AUDITOR = "the auditor's full copy (L2)"


# Commands and answers


def main(arguments: list[str]) -> int:
    commands: dict[str, Callable[..., None]] = {"check": check, "receipt": receipt, "diff": diff}
    name, *paths = arguments or ["help"]
    if name not in commands or len(paths) != (1 if name == "check" else 2):
        print(__doc__)
        return 2
    report = Report()
    try:
        commands[name](report, *paths)
    except Refused as refusal:
        report.fails(*refusal.args)
    return report.verdict()


class Refused(Exception):
    """The rest cannot be looked at, or would mean nothing; with a code and a sentence."""


Faults = Iterator[str]


def wrong(*cases: tuple[object, str]) -> Faults:
    """The sentences whose condition is true."""
    return (sentence for condition, sentence in cases if condition)


def differs(found: Any, must: dict[str, Any]) -> Faults:
    """Where an object is not what it must be."""
    for key, value in must.items():
        if found[key] != value:
            yield f"{key} is {str(found[key])[:70]}, it must be {str(value)[:70]}"


class Report:
    """Prints a line for each claim and remembers what the exit code must be."""

    def __init__(self) -> None:
        self.codes: set[int] = set()
        self.unchecked = 0

    def say(self, line: str) -> None:
        # Texts of a record must not steer the terminal or pose as lines of this report.
        print("".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in line))

    def claim(self, code: int, sentence: str, faults: Iterable[str]) -> None:
        found = list(islice(faults, FAULTS_SHOWN))
        for fault in found:
            self.fails(code, f"{sentence}: {fault}")
        if not found:
            self.say(f"holds: {sentence}")
        elif code == 31:
            raise Refused(31, "what comes after it means nothing, the check ends here")

    def fails(self, code: int, sentence: str) -> None:
        self.codes.add(code)
        self.say(f"FAILS ({code}): {sentence}")

    def cannot(self, claim: str, needed: str) -> None:
        self.unchecked += 1
        self.say(f"cannot be checked from this record: {claim}; it would need {needed}")

    def verdict(self) -> int:
        code = 31 if 31 in self.codes else min(self.codes, default=10 if self.unchecked else 0)
        summary = {
            0: "everything was checked and holds",
            10: f"all that can be checked holds; left open above: {self.unchecked}",
            2: "this cannot be read",
        }.get(code, "NOT in order, see FAILS above")
        self.say(f"Summary: {summary} (exit code {code}).")
        return code


def check(report: Report, path: str) -> None:
    """The whole record."""
    record = read_record(path, report)
    for event in record.events:
        why = event["payload"].get("reason", "") if event["t"] == "ABORT" else ""
        report.say(f"  {event['at']} {step(event)} {why}")
    if record.rows is not None:
        check_pool(record, report)
    for drawn in record.committed:
        check_commitment(record, drawn, report)
        if record.rows is not None:
            check_lottery(record, drawn, report)
            check_certificate(record, drawn, report)
        if drawn.result:
            check_result(record, drawn, report)
    check_replacements(record, report)
    if record.rows is None:
        report.cannot("the rows of the pool", f"{AUDITOR}, or for your own row your receipt")
        if record.committed:
            report.cannot("the quotas of the tickets not drawn and everybody's count", AUDITOR)
            report.cannot("the certificate: that no lottery could be more even", AUDITOR)


def receipt(report: Report, path: str, receipt_path: str) -> None:
    """That somebody's receipt is of this record; nothing else of the record but its chain."""
    record = read_record(path, report)
    slip = parse(read_bytes(receipt_path), "the receipt", 2)
    counted = type(slip) is dict and "commitment" in slip
    unfit = misfit(slip, "COUNTED_RECEIPT" if counted else "RECEIPT", "it")
    report.claim(20, "The receipt has its form", wrong((unfit, unfit)))
    if unfit:
        return
    report.claim(20, "The house signed the receipt for this draw", slip_faults(record, slip))
    report.claim(20, "The person is in the pool", place_faults(record, slip))
    if counted:
        sentence = f"The person is on {slip['count']} of the tickets"
        report.claim(20, sentence, count_faults(record, slip))
    elif record.committed:
        report.cannot("on how many tickets the person is", "a receipt made after COMMIT")


def diff(report: Report, old_path: str, new_path: str) -> None:
    """That the newer record only adds to the older one."""
    old, new = read_record(old_path, report), read_record(new_path, report)
    if old.freeze["draw"] == new.freeze["draw"]:
        report.claim(32, "Nothing of the older record is gone or changed", lost(old, new))
    else:
        report.claim(32, "The newer draw follows the one that was broken off", unlinked(old, new))


# A record: which files, which events, in which order


@dataclass
class Round:
    """One lottery: round 0, or a later one by which people are replaced."""

    number: int
    events: dict[str, Any] = field(default_factory=dict)
    commitment: Any = None
    digest: bytes = b""  # of commitment.json
    result: Any = None
    tickets: Any = None  # this and what follows only in a full record
    certificate: Any = None
    counts: list[int] = field(default_factory=list)  # on how many tickets each person is

    def file(self, name: str) -> str:
        return f"round-{self.number}/{name}" if self.number else name

    def origin(self, record: Record) -> dict[str, Any]:
        freeze = record.freeze
        return {"process": freeze["process"], "draw": freeze["draw"], "round": self.number}

    def payload(self, kind: str) -> Any:
        return self.events.get(kind, {}).get("payload")

    @property
    def beside(self) -> set[int]:
        """Whose seats, or absence, were settled before this lottery."""
        return set(self.commitment["kept"]) | set(self.commitment["gone"])

    @property
    def outside(self) -> set[int]:
        """Who takes no part in the chances of this lottery."""
        return self.beside | set(self.certificate["shut_out"])


@dataclass
class Record:
    files: dict[str, bytes]
    events: list[Any]
    hashes: list[bytes]
    rounds: list[Round]
    rows: Any = None  # of the pool, only in a full record
    names: dict[int, str] = field(default_factory=dict)  # pseudonyms met so far

    @property
    def freeze(self) -> Any:
        return self.events[0]["payload"]

    @property
    def committed(self) -> list[Round]:
        return [drawn for drawn in self.rounds if drawn.commitment]

    def erased(self, people: Iterable[int]) -> int:
        return sum("leaf" in self.rows[i] for i in people)

    def tally(self, people: Iterable[int]) -> Counter[tuple[str, str]]:
        """How many of them have each value of each criterion."""
        return Counter(value for i in people for value in self.rows[i].get("a", {}).items())


SITTING = {"RESERVES", "REPLACE by rank", "REPLACE by lottery", "CLOSE"}
MAY_FOLLOW = {  # beside these ABORT of the whole draw, after anything but itself and CLOSE
    "": {"FREEZE"},
    "FREEZE": {"COMMIT"},
    "COMMIT": {"BALLS", "BEACON", "ABORT of a round"},
    "BALLS": {"BEACON", "RESULT", "ABORT of a round"},
    "BEACON": {"RESULT", "ABORT of a round"},
    "RESULT": SITTING,
    "RESERVES": SITTING,
    "REPLACE by rank": SITTING,
    "REPLACE by lottery": {"COMMIT", "ABORT of a round"},
    "ABORT of a round": SITTING,
}


def read_record(path: str, report: Report) -> Record:
    """Opens a record and checks everything about its form; a fault there ends the check."""
    files = read_zip(path)
    events = read_lines(files, "events.ndjson", "EVENT")
    if not 0 < len(events) <= MOST_EVENTS:
        raise Refused(31, f"events.ndjson has {len(events)} events")
    for n, event in enumerate(events):
        if unfit := misfit(event["payload"], step(event).replace(" ", "-"), "its payload"):
            raise Refused(31, f"event {n}, {event['t']}: {unfit}")
    record = Record(files, events, [event_hash(e) for e in events], read_story(events))
    freeze = record.freeze
    report.say(f"{freeze['process']}, draw {freeze['draw']}: {freeze['pool']['count']} people")
    report.claim(31, f"{len(events)} events in a chain, each signed", chain_faults(record))
    report.claim(31, "The files are those the chain tells of", file_faults(record))
    read_files(record)
    report.claim(31, "Files and chain agree", agreement_faults(record))
    return record


def step(event: Any) -> str:
    kind, payload = str(event["t"]), event["payload"]
    if kind == "REPLACE":
        return f"REPLACE by {'rank' if payload.get('method') == 'rank' else 'lottery'}"
    return "ABORT of a round" if kind == "ABORT" and "round" in payload else kind


def read_story(events: list[Any]) -> list[Round]:
    """The rounds of the draw, when its events stand in an order that is possible."""
    rounds: list[Round] = []
    before = ""
    for n, event in enumerate(events):
        now, possible = step(event), MAY_FOLLOW.get(before, set())
        if now not in possible and not (now == "ABORT" and n and possible):
            raise Refused(31, f"event {n}: {now} cannot follow {before or 'nothing'}")
        if now in ("FREEZE", "REPLACE by lottery"):
            rounds.append(Round(len(rounds)))
        current = rounds[-1].number
        named = event["payload"].get("round", current)
        if named != current or (now == "ABORT of a round" and current == 0):
            raise Refused(31, f"event {n}: {now} cannot be of round {named}")
        rounds[-1].events[now] = event
        before = now
    return rounds


def chain_faults(record: Record) -> Faults:
    key = bytes.fromhex(record.freeze["key"])
    previous, time = bytes(32), ""
    for n, (event, own) in enumerate(zip(record.events, record.hashes, strict=True)):
        yield from wrong(
            (event["n"] != n or event["prev"] != previous.hex(), f"event {n} does not follow"),
            (event["at"] < time, f"event {n} goes back in time"),
            (not ed25519_holds(key, own, bytes.fromhex(event["sig"])), f"event {n} is not signed"),
        )
        previous, time = own, event["at"]


def file_faults(record: Record) -> Faults:
    """All that the chain tells of; of the files of a full record either every one or none."""
    needed, full = {"events.ndjson"}, {"pool.ndjson"}
    for drawn in record.rounds:
        if "COMMIT" in drawn.events:
            needed.add(drawn.file("commitment.json"))
            full |= {drawn.file("lottery.ndjson"), drawn.file("certificate.json")}
        if "RESULT" in drawn.events:
            needed.add(drawn.file("result.json"))
    needed |= full if full & record.files.keys() else set()
    yield from (f"{name} is missing" for name in sorted(needed - record.files.keys()))
    yield from (f"{name} does not belong there" for name in sorted(record.files.keys() - needed))


def read_files(record: Record) -> None:
    files, full = record.files, "pool.ndjson" in record.files
    for drawn in record.rounds:
        if "COMMIT" in drawn.events:
            drawn.commitment = read_object(files, drawn.file("commitment.json"), "COMMITMENT")
            drawn.digest = hashlib.sha256(files[drawn.file("commitment.json")]).digest()
        if "COMMIT" in drawn.events and full:
            drawn.tickets = read_lines(files, drawn.file("lottery.ndjson"), "TICKET")
            drawn.certificate = read_object(files, drawn.file("certificate.json"), "CERTIFICATE")
        if "RESULT" in drawn.events:
            drawn.result = read_object(files, drawn.file("result.json"), "RESULT_FILE")
    if full:
        record.rows = read_lines(files, "pool.ndjson", "ROW/ERASED")
        record.names = {i: row["p"] for i, row in enumerate(record.rows) if "p" in row}


def agreement_faults(record: Record) -> Faults:
    freeze, people, committed = record.freeze, record.freeze["pool"]["count"], record.committed
    values = [(a["c"], value) for a in freeze["attributes"] for value in a["v"]]
    counts = {len(row["counts"]) for row in record.rows or [] if "counts" in row}
    levels = {drawn.commitment["disclosure"] for drawn in committed}
    first, size = freeze["previous_aborted"] is None, len(record.rows or [])
    named = highest([event["payload"] for event in record.events])
    yield from wrong(
        (first != (freeze["draw"] == 1), "draw 1 and no other comes after none"),
        (len(set(values)) != len(values), "a value is frozen twice"),
        (record.rows is not None and size != people, f"the pool has {size} rows"),
        (counts - {len(committed)}, "an erased row has not one count for each commitment"),
        (len(levels) > 1, "the level of disclosure changed"),
        (levels == {"L3"} and record.rows is None, "open as it is (L3), files of it are missing"),
        (named >= people, f"an event names number {named}, who does not exist"),
    )
    for drawn in committed:
        faults = commitment_form_faults(drawn, record, values)
        yield from (f"round {drawn.number}: {fault}" for fault in faults)
        faults = result_form_faults(drawn, record) if drawn.result else iter(())
        yield from (f"round {drawn.number}: {fault}" for fault in faults)


def commitment_form_faults(drawn: Round, record: Record, values: list[Any]) -> Faults:
    made, commit, shown = drawn.commitment, drawn.events["COMMIT"], drawn.certificate or {}
    yield from differs(made, {**drawn.origin(record), "chain_head": commit["prev"]})
    yield from differs(commit["payload"], {"commitment": drawn.digest.hex()})
    targets = [(target["c"], target["v"]) for target in made["targets"]]
    people = [made["kept"], made["gone"], [ticket["m"] for ticket in drawn.tickets or []]]
    people += [shown.get("shut_out", []), [claim["people"] for claim in shown.get("claims", [])]]
    named = highest({"m": people})
    yield from wrong(
        (made["created"] > commit["at"], "commitment.json was made after COMMIT"),
        (targets != values, "the targets are not of what was frozen"),
        (
            named >= record.freeze["pool"]["count"],
            f"a file names number {named}, who does not exist",
        ),
    )


def result_form_faults(drawn: Round, record: Record) -> Faults:
    result, digest = drawn.result, hashlib.sha256(record.files[drawn.file("result.json")])
    yield from differs(drawn.payload("RESULT"), {"result": digest.hexdigest()})
    yield from differs(result, {**drawn.origin(record), "commitment": drawn.digest.hex()})
    named = highest([result["members"], {"m": result["panel"]["m"]}])
    unknown = named >= record.freeze["pool"]["count"]
    yield from wrong((unknown, f"result.json names number {named}, who does not exist"))


def highest(value: Any, key: str = "") -> int:
    """The highest index of a person that stands anywhere in these pieces of JSON."""
    if isinstance(value, dict):
        return max((highest(part, name) for name, part in value.items()), default=-1)
    if isinstance(value, list):
        return max((highest(part, key) for part in value), default=-1)
    people = key in ("index", "m", "p", "kept", "unavailable", "panel")
    return value if people and isinstance(value, int) else -1


# What was committed, and the chance that followed


def check_commitment(record: Record, drawn: Round, report: Report) -> None:
    made, title = drawn.commitment, f"Round {drawn.number}"
    report.say(f"Fingerprint of round {drawn.number}: {fingerprint(drawn.digest)}")
    own = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    if made["verifier_sha256"] != own:
        report.say(f"  (published with another version of verify.py than this one, {own})")
    same = differs(made, {"pool": record.freeze["pool"]})
    report.claim(21, f"{title}: the pool is the frozen one", same)
    report.claim(23, f"{title}: the targets can be met", target_faults(made))
    report.claim(24, f"{title}: the counts add up to the seats", histogram_faults(made))
    report.claim(25, f"{title}: the smallest count and the bound", bound_faults(made))
    faults = chance_faults(record, drawn)
    report.claim(26, f"{title}: the sources of chance, in their order", faults)
    check_beacon(drawn, report)


def by_criterion(entries: list[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for entry in entries:
        found.setdefault(entry["c"], []).append(entry)
    return found


def target_faults(made: Any) -> Faults:
    for criterion, targets in by_criterion(made["targets"]).items():
        least, most = (sum(target[end] for target in targets) for end in ("min", "max"))
        size = made["panel_size"]
        yield from wrong(
            (any(t["min"] > t["max"] for t in targets), f"{criterion} wants more than it allows"),
            (not least <= size <= most, f"{criterion} does not allow {size} people"),
        )


def histogram_faults(made: Any) -> Faults:
    lottery, rows = made["lottery"], made["lottery"]["histogram"]
    others = made["pool"]["count"] - len(made["kept"]) - len(made["gone"])
    counts = [count for count, n in rows if n]
    least, most = min(filter(None, counts), default=0), max(counts, default=0)
    given, seats = sum(count * n for count, n in rows), made["panel_size"] - len(made["kept"])
    yield from differs(lottery, {"min_count": least, "max_count": most})
    yield from wrong(
        ([count for count, _ in rows] != sorted(set(counts)), "the histogram is not in order"),
        (sum(n for _, n in rows) != others, f"the histogram is not of {others} people"),
        (given != lottery["m"] * seats, f"it gives {given} seats, not {lottery['m']} x {seats}"),
        (most > lottery["m"], "somebody is on more tickets than there are"),
    )


def chance_of(top: int | None, bottom: int | None) -> Fraction | None:
    return Fraction(top, bottom) if top is not None and bottom and top <= bottom else None


def is_bounded(made: Any) -> bool:
    return made["certificate"]["rule"] in ("leximin", "maximin")


def bound_faults(made: Any) -> Faults:
    certificate, lottery = made["certificate"], made["lottery"]
    ends = certificate["bound_num"], certificate["bound_den"]
    bound, everybody = chance_of(*ends), 0 not in dict(lottery["histogram"])
    if not is_bounded(made):
        yield from wrong((ends != (None, None), "this rule has no bound"))
    elif bound is None:
        yield "the bound is no chance"
    else:
        least, most = lottery["min_count"], bound * lottery["m"]
        yield from wrong(
            (least < most // 1 - certificate["shift"], f"{least} is less than was promised"),
            (everybody and least > most, "everybody has more than is said to be possible"),
        )


def chance_faults(record: Record, drawn: Round) -> Faults:
    """What was committed about chance and when, and how the balls and the beacon came."""
    chance, m = drawn.commitment["chance"], drawn.commitment["lottery"]["m"]
    drand, deadline = chance["drand"], chance["balls_deadline"]
    beacon, balls = drawn.events.get("BEACON"), drawn.events.get("BALLS")
    committed_at, objections_until = drawn.events["COMMIT"]["at"], record.freeze["objections_until"]
    yield from differs(chance, {"sources": ["balls", "drand-quicknet"] if drand else ["balls"]})
    yield from wrong(
        (10 ** chance["digits"] != m, f"the balls are not for {m} tickets"),
        (committed_at < objections_until, "it was committed while people could still object"),
        (committed_at >= deadline, "the commitment came after the balls' deadline"),
        (not drand and chance["fallback_after"], "there is nothing to fall back from"),
        (not drand and beacon, "there is a beacon that was not named before"),
    )
    if drand:
        yield from beacon_faults(drand, chance, beacon)
    if balls:
        said = balls["payload"]
        yield from wrong(
            (balls["at"] >= deadline, "the balls came too late"),
            (said["entered_by"] == said["confirmed_by"], "the balls were confirmed by nobody else"),
            (len(said["balls"]) != chance["digits"], "the balls have another number of digits"),
        )


def beacon_faults(drand: Any, chance: Any, beacon: Any) -> Faults:
    due, deadline = seconds(drand["time"]), seconds(chance["balls_deadline"])
    known = DRAND_START + DRAND_PERIOD * (drand["round"] - 1)
    yield from differs(drand, {"chain": DRAND_CHAIN})
    yield from wrong(
        (due != known, "the round of the beacon is at another time"),
        (due < deadline + 60, "the beacon is not a minute after the balls"),
        ((chance["fallback_after"] or "") < drand["time"], "it is given up before its time"),
    )
    if beacon:
        yield from differs(beacon["payload"], {"drand_round": drand["round"]})
        yield from wrong((beacon["at"] < drand["time"], "the beacon came before its time"))


def check_beacon(drawn: Round, report: Report) -> None:
    beacon, drand = drawn.payload("BEACON"), drawn.commitment["chance"]["drand"]
    if beacon:
        address = f"{DRAND_ADDRESS}{beacon['drand_round']}"
        claim = f"Round {drawn.number}: the signature of the beacon is {beacon['signature'][:16]}…"
        if not WITH_PY_ECC:
            report.cannot(claim, f"py_ecc, or a look at {address}")
        else:
            holds = bls_holds(DRAND_KEY, beacon["drand_round"], beacon["signature"])
            report.claim(27, claim, wrong((not holds, "drand did not sign this")))
    elif drand and "RESULT" in drawn.events:
        report.cannot("the beacon was not to be had", f"a look at {DRAND_ADDRESS}{drand['round']}")


# The result: the sum, the panel on the ticket


def check_result(record: Record, drawn: Round, report: Report) -> None:
    title, m = f"Round {drawn.number}", drawn.commitment["lottery"]["m"]
    balls, (b, total) = drawn.payload("BALLS"), chance_number(drawn)
    terms = [str(term) for term in (balls and balls["balls"], b) if term is not None]
    text = " + ".join(terms) + (f" = {total}" if len(terms) > 1 else "")
    text += f", less {m} is {total - m}" if total >= m else ""
    sums = differs(drawn.result, {"b": b, "index": total % m})
    report.claim(26, f"{title}: the result rests on what the chain has", source_faults(drawn))
    report.claim(28, f"{title}: the sum, {text}", sums)
    report.claim(29, f"{title}: the panel is the one on that ticket", panel_faults(record, drawn))
    report.claim(23, f"{title}: the panel meets its quotas", quota_faults(record, drawn))


def chance_number(drawn: Round) -> tuple[int | None, int]:
    """What the beacon adds (nothing without one), and the sum before `m` is taken off."""
    balls, beacon = drawn.payload("BALLS"), drawn.payload("BEACON")
    total = int(balls["balls"]) if balls else 0
    if not beacon:
        return None, total
    seed = H("kr/seed/1", drawn.digest, sha256_of_hex(beacon["signature"]))
    b = int.from_bytes(seed, "big") % drawn.commitment["lottery"]["m"]
    return b, total + b


def source_faults(drawn: Round) -> Faults:
    # That there are balls or a beacon, the order of the events has seen to.
    balls, beacon = drawn.payload("BALLS"), drawn.payload("BEACON")
    mode = "+".join(name for name, had in (("balls", balls), ("beacon", beacon)) if had)
    drand = beacon and {"round": beacon["drand_round"], "signature": beacon["signature"]}
    must = {"mode": mode, "balls": balls and balls["balls"], "drand": drand}
    yield from differs(drawn.result, must)
    waited = drawn.commitment["chance"]["fallback_after"] or ""
    early = mode == "balls" and drawn.events["RESULT"]["at"] < waited
    yield from wrong((early, "the beacon was given up too early"))


def panel_faults(record: Record, drawn: Round) -> Faults:
    result, panel, lottery = drawn.result, drawn.result["panel"], drawn.commitment["lottery"]
    root = root_by_path(ticket_leaf(panel), panel["i"], lottery["m"], result["path"])
    members = [member["index"] for member in result["members"]]
    names = {member["p"] for member in result["members"]}
    yield from differs(panel, {"i": result["index"], "m": members})
    yield from wrong(
        (root != lottery["root"], "the panel is not in the tree that was committed"),
        (len(names) != len(members), "two members have one pseudonym"),
    )
    yield from misnamed(record, result["members"])


def misnamed(record: Record, people: Iterable[Any]) -> Faults:
    for person in people:
        if record.names.setdefault(person["index"], person["p"]) != person["p"]:
            yield f"number {person['index']} has another pseudonym"


def quota_faults(record: Record, drawn: Round) -> Faults:
    made, panel, counts = drawn.commitment, drawn.result["panel"]["m"], drawn.result["quota_counts"]
    yield from seat_faults(made, panel)
    found = {(quota["c"], quota["v"]): quota["n"] for quota in counts}
    asked = [(target["c"], target["v"]) for target in made["targets"]]
    if list(found) != asked or len(counts) != len(asked):
        yield "the counts are not of the targets"
        return
    for target, n in zip(made["targets"], found.values(), strict=True):
        allowed = target["min"] <= n <= target["max"]
        yield from wrong((not allowed, f"it has {n} of {target['c']} {target['v']}"))
    for criterion, quotas in by_criterion(counts).items():
        total = sum(quota["n"] for quota in quotas)
        yield from wrong((total != made["panel_size"], f"{criterion} adds up to {total}"))
    if record.rows is not None and not record.erased(panel):
        yield from wrong((+Counter(found) != record.tally(panel), "the people have other values"))


def seat_faults(made: Any, panel: list[int]) -> Faults:
    return wrong(
        (len(panel) != made["panel_size"], f"it has {len(panel)} people"),
        (not set(made["kept"]) <= set(panel), "somebody who was kept is missing"),
        (set(made["gone"]) & set(panel), "somebody who was gone is on it"),
    )


# The full record: the pool, every ticket, everybody's count


def check_pool(record: Record, report: Report) -> None:
    report.claim(21, "The rows of the pool, their order and root", pool_faults(record))
    if record.committed and record.committed[0].commitment["disclosure"] == "L3":
        report.claim(21, f"{FEWEST_ALIKE} people share every combination", rarity_faults(record))
    if erased := record.erased(range(len(record.rows))):
        report.cannot(f"the rows of {erased} people", "what has been erased")


def pool_faults(record: Record) -> Faults:
    possible = {a["c"]: a["v"] for a in record.freeze["attributes"]}
    leaves = [row_leaf(row) for row in record.rows]
    for i, row in enumerate(record.rows):
        own = row.get("a", possible)
        fits = own.keys() == possible.keys() and all(
            own[c] in possible[c] for c in row.get("a", {})
        )
        yield from wrong(
            (i and leaves[i - 1] >= leaves[i], f"row {i} is not in order"),
            (not fits, f"row {i} has other attributes than were frozen"),
        )
    known = [row["p"] for row in record.rows if "p" in row]
    yield from wrong((len(set(known)) != len(known), "two people have one pseudonym"))
    yield from differs(record.freeze["pool"], {"root": tree_root(leaves)})


def rarity_faults(record: Record) -> Faults:
    rows = [row for row in record.rows if "a" in row]
    sizes = Counter(row["h"] for row in rows if row["h"] is not None)
    alike = Counter(canonical([row["a"], sizes.get(row["h"], 1)]) for row in rows)
    least = min(alike.values(), default=FEWEST_ALIKE)
    # Whoever has been erased since was counted when the record was made; as what, nobody knows.
    few = least + len(record.rows) - len(rows) < FEWEST_ALIKE
    return wrong((few, f"only {least} share one, such a record must not be open"))


def check_lottery(record: Record, drawn: Round, report: Report) -> None:
    title, m = f"Round {drawn.number}", drawn.commitment["lottery"]["m"]
    found = Counter(i for ticket in drawn.tickets[:m] for i in ticket["m"])
    drawn.counts = [found[i] for i in range(len(record.rows))]
    report.claim(22, f"{title}: the tickets, their order and root", lottery_faults(drawn))
    report.claim(23, f"{title}: every ticket meets the quotas", ticket_faults(record, drawn))
    report.claim(24, f"{title}: the counts are those of the tickets", tally_faults(record, drawn))


def lottery_faults(drawn: Round) -> Faults:
    tickets, lottery = drawn.tickets, drawn.commitment["lottery"]
    if [ticket["i"] for ticket in tickets] != list(range(lottery["m"])):
        yield f"they are not numbered from 0 to {lottery['m'] - 1}"
    pool_root = bytes.fromhex(drawn.commitment["pool"]["root"])
    keys = [H("kr/order/1", pool_root, canonical(ticket["m"])) for ticket in tickets]
    yield from (f"ticket {i} is not in order" for i in range(1, len(keys)) if keys[i - 1] > keys[i])
    yield from differs(lottery, {"root": tree_root([ticket_leaf(ticket) for ticket in tickets])})


def ticket_faults(record: Record, drawn: Round) -> Faults:
    made = drawn.commitment
    for ticket in drawn.tickets:
        panel = ticket["m"]
        homes = [record.rows[i]["h"] for i in panel if record.rows[i].get("h") is not None]
        shared = made["household_limit"] and len(set(homes)) != len(homes)
        unknown, found = record.erased(panel), record.tally(panel)
        faults = [*seat_faults(made, panel), *wrong((shared, "it has two of one household"))]
        for target in made["targets"]:
            n = found[target["c"], target["v"]]
            if n > target["max"] or n + unknown < target["min"]:
                faults.append(f"it has {n} of {target['c']} {target['v']}")
        yield from (f"ticket {ticket['i']}: {fault}" for fault in faults)


def tally_faults(record: Record, drawn: Round) -> Faults:
    beside = drawn.beside
    others = (count for i, count in enumerate(drawn.counts) if i not in beside)
    which, leaves = record.committed.index(drawn), []
    for row, count in zip(record.rows, drawn.counts, strict=True):
        erased = "counts" in row
        leaf = row["counts"][which] if erased else count_leaf(row, drawn.number, count).hex()
        leaves.append(bytes.fromhex(leaf))
    histogram = [list(bar) for bar in sorted(Counter(others).items())]
    must = {"histogram": histogram, "counts_root": tree_root(leaves)}
    return differs(drawn.commitment["lottery"], must)


# The certificate: why nobody's chance could be better


def check_certificate(record: Record, drawn: Round, report: Report) -> None:
    title, shown = f"Round {drawn.number}, certificate", drawn.certificate
    report.claim(25, f"{title}: of this lottery", certificate_faults(record, drawn))
    claims = [claim for claim in shown["claims"] if claim_fits(drawn, claim)]
    for n, claim in enumerate(claims):
        name = f"{title}: claim {n}"
        report.claim(25, f"{name} and these tickets", claim_faults(drawn, claim, claims[:n]))
        sentence = f"{name}: no panel weighs more than {claim['heaviest']}"
        if not claim["points"]:
            report.cannot(sentence, "a solver, for the integer program")
        elif record.erased(range(len(record.rows))):
            report.cannot(sentence, "the rows of people who have been erased")
        else:
            most = heaviest(record, drawn, claim)
            heavy = most > claim["heaviest"]
            report.claim(25, sentence, wrong((heavy, f"by its points it could be {most}")))
    if shown["shut_out"]:
        who = f"{len(shown['shut_out'])} people who are on no ticket"
        report.cannot(f"{title}: {who} could be on no panel", "a solver")
    named = {i for claim in claims for i in claim["people"]} | drawn.outside
    if (left := len(record.rows) - len(named)) and shown["rule"] == "leximin":
        report.cannot(f"{title}: {left} people could have no more", "a claim that names them")
    report.claim(25, f"{title}: everybody has what it promises", promise_faults(drawn, claims))


def certificate_faults(record: Record, drawn: Round) -> Faults:
    made, shown = drawn.commitment["certificate"], drawn.certificate
    digest = hashlib.sha256(record.files[drawn.file("certificate.json")]).hexdigest()
    named = [i for claim in shown["claims"] for i in claim["people"]]
    yield from differs(made, {"sha256": digest, "rule": shown["rule"]})
    yield from wrong(
        (not all(claim_fits(drawn, each) for each in shown["claims"]), "a claim has a wrong form"),
        (len(set(named)) != len(named), "somebody is in two claims"),
        (any(drawn.counts[i] for i in shown["shut_out"]), "somebody shut out is on a ticket"),
    )


def claim_fits(drawn: Round, claim: Any) -> bool:
    weighed = len(claim["weights"]) == len(drawn.counts)
    pointed = len(claim["points"]) in (0, len(drawn.commitment["targets"]) + 1)
    if not is_bounded(drawn.commitment):
        return weighed and pointed and claim["bound"] is None
    return weighed and pointed and chance_of(*(claim["bound"] or (None, None))) is not None


def claim_faults(drawn: Round, claim: Any, before: list[Any]) -> Faults:
    """Do the tickets obey the claim, and does its bound follow from its weights?"""
    out, bound = drawn.outside, chance_of(*(claim["bound"] or (None, None)))
    weights = [0 if i in out else weight for i, weight in enumerate(claim["weights"])]
    weight = sum(w * n for w, n in zip(weights, drawn.counts, strict=True))
    heavy = weight > claim["heaviest"] * drawn.commitment["lottery"]["m"]
    yield from wrong((heavy, "the tickets weigh more than it allows"))
    if bound is not None:
        # Who is in a claim before has the bound of that one; the rest is for who is in this one.
        left = Fraction(claim["heaviest"])
        for other in before:
            left -= Fraction(*other["bound"]) * sum(weights[i] for i in other["people"])
        own = [weights[i] for i in claim["people"] if i not in out]
        yield from wrong(
            (bound * sum(own) < left, "its bound does not follow from its weights"),
            (not all(own), "somebody is named who weighs nothing"),
            (any(Fraction(*each["bound"]) > bound for each in before), "a bound before is larger"),
        )


def heaviest(record: Record, drawn: Round, claim: Any) -> int:
    """What the new people of a panel can weigh at most, by the points of values and of a seat."""
    made, (*points, seat) = drawn.commitment, claim["points"]
    worth = {(t["c"], t["v"]): p for t, p in zip(made["targets"], points, strict=True)}
    taken = record.tally(made["kept"])
    most: int = seat * (made["panel_size"] - len(made["kept"]))
    for target, each in zip(made["targets"], points, strict=True):
        k = taken[target["c"], target["v"]]
        most += each * (target["max"] - k if each >= 0 else max(0, target["min"] - k))
    over: dict[Any, int] = {}
    out = drawn.outside
    for i, row in enumerate(record.rows):
        if i not in out:
            rest = claim["weights"][i] - seat - sum(worth.get(v, 0) for v in row["a"].items())
            alone = row["h"] is None or not made["household_limit"]
            home = ("person", i) if alone else ("household", row["h"])
            over[home] = max(over.get(home, 0), rest)
    return most + sum(over.values())


def promise_faults(drawn: Round, claims: list[Any]) -> Faults:
    made = drawn.commitment["certificate"]
    if not is_bounded(drawn.commitment):
        return
    bounds = [Fraction(*claim["bound"]) for claim in claims]
    if not bounds or chance_of(made["bound_num"], made["bound_den"]) != min(bounds):
        yield "the bound that was committed is not the smallest of the claims"
        return
    promised = dict.fromkeys(range(len(drawn.counts)), min(bounds))
    for claim, bound in zip(claims, bounds, strict=True):
        promised.update(dict.fromkeys(claim["people"], bound))
    for i in promised.keys() - drawn.outside:
        least = promised[i] * drawn.commitment["lottery"]["m"] // 1 - made["shift"]
        if drawn.counts[i] < least:
            yield f"number {i} is on {drawn.counts[i]} tickets, not {least}"


# Replacement: who sits on the panel as the chain goes on


@dataclass
class Seats:
    drawn: Round  # the last one that has a result
    panel: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)  # whoever was ever gone
    leaving: set[int] = field(default_factory=set)  # gone when the new round has its result
    opening: Any = None  # the REPLACE by which that round was opened
    reserves: list[int] | None = None

    def follow(self, record: Record, now: str, payload: Any) -> None:
        if now == "RESULT":
            self.drawn = record.rounds[payload["round"]]
            self.panel = set(self.drawn.result["panel"]["m"])
            self.left |= self.leaving
        elif now == "RESERVES":
            self.reserves = [index for index, _ in payload["p"]]
        elif now == "REPLACE by rank":
            self.left.add(payload["gone"]["index"])
            self.panel -= self.left
            self.panel |= {payload["taken_by"]["index"]} if payload["taken_by"] else set()
        elif now == "REPLACE by lottery":
            self.opening, self.leaving = payload, {person["index"] for person in payload["gone"]}


def check_replacements(record: Record, report: Report) -> None:
    checks: dict[str, Callable[[Record, Seats, Any], Faults]] = {
        "COMMIT": kept_faults,
        "RESERVES": reserve_faults,
        "REPLACE by rank": rank_faults,
        "REPLACE by lottery": opening_faults,
        "CLOSE": close_faults,
    }
    seats = Seats(record.rounds[0])
    for n, event in enumerate(record.events):
        now, payload = step(event), event["payload"]
        if now in checks:
            faults = checks[now](record, seats, payload)
            report.claim(30, f"Event {n}, {now}: its people agree with the chain", faults)
        if now == "REPLACE by rank":
            check_choice(record, seats, payload, f"Event {n}: nobody else came first", report)
        seats.follow(record, now, payload)


def kept_faults(record: Record, seats: Seats, payload: Any) -> Faults:
    if not seats.opening:  # round 0: nobody sits yet, and some may have withdrawn since the freeze
        return differs(record.rounds[0].commitment, {"kept": []})
    opening = seats.opening
    gone = sorted(seats.left | seats.leaving | set(opening["unavailable"]))
    made = record.rounds[payload["round"]].commitment
    return differs(made, {"kept": opening["kept"], "gone": gone})


def opening_faults(record: Record, seats: Seats, payload: Any) -> Faults:
    gone = [person["index"] for person in payload["gone"]]
    yield from wrong(
        (sorted(gone + payload["kept"]) != sorted(seats.panel), "they are not together the panel"),
        (gone != sorted(gone), "the people are not in order"),
        (seats.panel & set(payload["unavailable"]), "somebody of the panel is called unavailable"),
    )
    yield from misnamed(record, payload["gone"])


def reserve_faults(record: Record, seats: Seats, payload: Any) -> Faults:
    people = [index for index, _ in payload["p"]]
    taken = seats.panel | seats.left
    yield from wrong(
        (len(set(people)) != len(people), "somebody stands twice"),
        (set(people) & taken, "somebody is on the panel or was gone"),
    )
    yield from misnamed(record, [{"index": index, "p": name} for index, name in payload["p"]])


def close_faults(record: Record, seats: Seats, payload: Any) -> Faults:
    gone = [person["index"] for person in payload["gone"]]
    left = sorted(seats.panel - set(gone))
    yield from misnamed(record, payload["gone"])
    yield from wrong(
        (not set(gone) <= seats.panel, "whoever is gone was not on the panel"),
        (gone != sorted(set(gone)), "the people are not in order"),
    )
    vacant = seats.drawn.commitment["panel_size"] - len(left)
    yield from differs(payload, {"gone": payload["gone"], "panel": left, "vacant": vacant})


def rank_faults(record: Record, seats: Seats, payload: Any) -> Faults:
    gone, taken = payload["gone"], payload["taken_by"]
    free = candidates(record, seats, payload)
    yield from misnamed(record, [gone, taken] if taken else [gone])
    yield from wrong(
        (gone["index"] not in seats.panel, "whoever is gone was not on the panel"),
        (seats.panel & set(payload["unavailable"]), "somebody of the panel is called unavailable"),
        (payload["among"] == "reserves" and seats.reserves is None, "there are no reserves"),
        (taken and taken["index"] not in free, "whoever was taken could not be"),
        (payload["rank"] != (rank(record, taken["p"]) if taken else None), "the rank is another"),
    )


def candidates(record: Record, seats: Seats, payload: Any) -> set[int]:
    everybody: Iterable[int] = range(record.freeze["pool"]["count"])
    people = set((seats.reserves or []) if payload["among"] == "reserves" else everybody)
    people -= seats.panel | seats.left | set(payload["unavailable"])
    if record.rows is None or not seats.drawn.commitment["household_limit"]:
        return people
    staying = seats.panel - {payload["gone"]["index"]}
    homes = {record.rows[i].get("h") for i in staying} - {None}
    return {i for i in people if record.rows[i].get("h") not in homes}


def check_choice(record: Record, seats: Seats, payload: Any, claim: str, report: Report) -> None:
    """First comes who leaves the fewest targets missed, then who is most alike, then by rank."""
    if record.rows is None:
        report.cannot(claim, AUDITOR)
        return
    rows, gone, taken = record.rows, payload["gone"]["index"], payload["taken_by"]
    free = candidates(record, seats, payload)
    if record.erased(free | seats.panel | {gone}):
        report.cannot(claim, "the rows of people who have been erased")
        return
    staying, targets = record.tally(seats.panel - {gone}), seats.drawn.commitment["targets"]

    def missed(own: dict[str, str]) -> int:
        found = ((t, staying[t["c"], t["v"]] + (own.get(t["c"]) == t["v"])) for t in targets)
        return sum(not t["min"] <= n <= t["max"] for t, n in found)

    def place(i: int) -> tuple[int, int, str]:
        alike = len(rows[i]["a"].items() & rows[gone]["a"].items())
        return missed(rows[i]["a"]), -alike, rank(record, rows[i]["p"])

    first = min(free, key=place, default=None)
    skipped = (taken and taken["index"]) != first
    misses = differs(payload, {"misses": missed({} if first is None else rows[first]["a"])})
    report.claim(30, claim, [*wrong((skipped, f"it was the turn of number {first}")), *misses])


def rank(record: Record, pseudonym: str) -> str:
    balls, beacon = record.rounds[0].payload("BALLS"), record.rounds[0].payload("BEACON")
    seed = sha256_of_hex(beacon["signature"]) if beacon else bytes(32)
    digits = balls["balls"] if balls else "---"
    return H("kr/replace/1", seed, digits.encode(), pseudonym.encode()).hex()


# The receipt, and two records side by side


def slip_faults(record: Record, slip: Any) -> Faults:
    freeze, digest = record.freeze, H("kr/receipt/1", canonical(without_signature(slip)))
    must = {key: freeze[key] for key in ("process", "draw", "key")}
    yield from differs(slip, {**must, "freeze": record.hashes[0].hex()})
    signed = ed25519_holds(bytes.fromhex(slip["key"]), digest, bytes.fromhex(slip["sig"]))
    yield from wrong((not signed, "the signature does not hold"))


def place_faults(record: Record, slip: Any) -> Faults:
    pool = record.freeze["pool"]
    root = root_by_path(row_leaf(slip), slip["index"], pool["count"], slip["path"])
    return differs(pool, {"root": root})


def count_faults(record: Record, slip: Any) -> Faults:
    for drawn in record.committed:
        if drawn.digest.hex() == slip["commitment"]:
            size = record.freeze["pool"]["count"]
            leaf = count_leaf(slip, drawn.number, slip["count"])
            root = root_by_path(leaf, slip["index"], size, slip["count_path"])
            return differs(drawn.commitment["lottery"], {"counts_root": root})
    return wrong((True, "its commitment is not in this record"))


def lost(old: Record, new: Record) -> Faults:
    if not new.files["events.ndjson"].startswith(old.files["events.ndjson"]):
        yield "the events of the older record are not the first of the newer one"
    for name in sorted(old.files.keys() - {"events.ndjson"}):
        if name not in new.files:
            yield f"{name} is missing"
        elif name != "pool.ndjson":
            yield from wrong((old.files[name] != new.files[name], f"{name} is another"))
        elif not all(map(same_row, old.rows, new.rows)):
            yield "a row of pool.ndjson is another"


def same_row(old: Any, new: Any) -> bool:
    """The same, or erased since, its leaf in its place."""
    counts = old.get("counts", [])
    erased = "leaf" in new and new["counts"][: len(counts)] == counts
    return bool(old == new or (erased and row_leaf(old) == row_leaf(new)))


def unlinked(old: Record, new: Record) -> Faults:
    process, draw = old.freeze["process"], old.freeze["draw"] + 1
    head = old.hashes[-1].hex()
    yield from differs(new.freeze, {"process": process, "draw": draw, "previous_aborted": head})
    yield from wrong((step(old.events[-1]) != "ABORT", "the older one was not broken off"))


# Reading files for which nobody vouches


def read_bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST_RECORD + 1)
    except (OSError, ValueError) as error:
        raise Refused(2, f"{path} cannot be read: {error}") from error
    if len(data) > LARGEST_RECORD:
        raise Refused(2, f"{path} is too large")
    return data


def read_zip(path: str) -> dict[str, bytes]:
    data = read_bytes(path)
    if data.count(b"PK\x01\x02") > MOST_FILES:  # the mark of each file, counted before any is read
        raise Refused(2, "there are too many files in it")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return unpack(archive)
    except Refused:
        raise
    except Exception as error:  # zipfile knows a dozen kinds, and all mean the same here
        raise Refused(2, f"{path} is no zip that can be read: {error}") from error


def unpack(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries, files = archive.infolist(), {}
    if sum(entry.file_size for entry in entries) > LARGEST_RECORD:
        raise Refused(2, "it is too large when unpacked")
    for entry in entries:
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused(2, "it is packed in an unusual way")
        if entry.filename in files:
            raise Refused(2, f"{entry.filename} is in it twice")
        with archive.open(entry) as file:
            # A size asked for keeps zipfile from unpacking more than the entry claims to be.
            files[entry.filename] = file.read(entry.file_size + 1)
    if "events.ndjson" not in files:
        raise Refused(2, "it has no events.ndjson")
    return files


def read_lines(files: dict[str, bytes], name: str, shape: str) -> list[Any]:
    *lines, rest = files[name].split(b"\n")
    values = []
    for n, line in enumerate(lines):
        value = parse(line, f"{name}, line {n}", 31)
        if canonical(value) != line or not unicodedata.is_normalized("NFC", line.decode()):
            raise Refused(31, f"{name}, line {n}: not written in the canonical way")
        if unfit := misfit(value, shape, "it"):
            raise Refused(31, f"{name}, line {n}: {unfit}")
        values.append(value)
    if rest:
        raise Refused(31, f"{name} does not end with a line feed")
    return values


def read_object(files: dict[str, bytes], name: str, shape: str) -> Any:
    values = read_lines(files, name, shape)
    if len(values) != 1:
        raise Refused(31, f"{name} is not one object")
    return values[0]


def parse(data: bytes, what: str, code: int) -> Any:
    """JSON without fractions, doubled keys, huge numbers and half characters."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            raise ValueError("a key stands twice")
        return dict(pairs)

    def whole(digits: str) -> int:
        if len(digits) > 17 or abs(int(digits)) >= 2**53:
            raise ValueError("a number is too large")
        return int(digits)

    def never(digits: str) -> None:
        raise ValueError(f"{digits[:20]} is no whole number")

    hooks: dict[str, Any] = {"parse_float": never, "parse_constant": never, "parse_int": whole}
    try:
        value = json.loads(data.decode(), object_pairs_hook=once, **hooks)
        canonical(value)
    except (ValueError, RecursionError) as error:
        raise Refused(code, f"{what}: {error}") from error
    return value


# The shape of every piece of JSON: nothing is used before it has been compared with its shape. Each
# entry names a shape and its keys, and for each key a test, another shape, a [list] of either or
# =one|of|these; with a question mark it may be null. A line with a space before goes on.

IN_WORDS = """
EVENT at:moment n:number payload:object prev:hash sig:ed25519
 t:=FREEZE|COMMIT|BALLS|BEACON|RESULT|RESERVES|REPLACE|ABORT|CLOSE
FREEZE format:=kr-arvonta/1 process:text draw:positive previous_aborted:hash? key:hash pool:POOL
 attributes:[ATTRIBUTE] removed:[REMOVED] codes:CODES objections_until:moment
POOL count:positive root:hash
ATTRIBUTE c:text v:[text]
REMOVED reason:text n:number
CODES issued:number used:number
COMMIT round:number commitment:hash
BALLS round:number balls:digits entered_by:text confirmed_by:text
BEACON round:number drand_round:number signature:bls checked:truth
RESULT round:number result:hash
RESERVES p:[reserve] dropout:decimal loss:LOSS
LOSS without:decimal with:decimal
REPLACE-by-rank method:=rank gone:PERSON
 reason:=declined|no_answer|withdrawn|dropped_out|on_the_day unavailable:indexes
 among:=pool|reserves taken_by:PERSON? misses:number rank:hash?
REPLACE-by-lottery method:=lottery round:number gone:[PERSON] kept:indexes unavailable:indexes
PERSON index:number p:pseudonym
ABORT code:=objection|mistake|technical|other reason:text
ABORT-of-a-round code:=objection|mistake|technical|other reason:text round:number
CLOSE gone:[PERSON] panel:indexes vacant:number
COMMITMENT format:=kr-arvonta/1 process:text draw:positive round:number created:moment
 disclosure:=L1|L2|L3 chain_head:hash pool:POOL panel_size:positive household_limit:truth
 named_seats:NAMED kept:indexes gone:indexes targets:[TARGET] lottery:LOTTERY certificate:BOUND
 algorithm:ALGORITHM chance:CHANCE replacement:=kr-replace/1 verifier_sha256:hash
NAMED voting:number not_voting:number
TARGET c:text v:text min:number max:number
LOTTERY m:tickets root:hash counts_root:hash min_count:number max_count:number histogram:[pair]
BOUND rule:text bound_num:number? bound_den:number? shift:number sha256:hash
ALGORITHM name:text version:text source_sha256:hash solvers:[text] rehearsals:number runs:number
CHANCE sources:[text] rule:=add-mod-m digits:few balls_deadline:moment drand:DRAND?
 fallback_after:moment?
DRAND chain:hash round:number time:moment
RESULT_FILE format:=kr-arvonta/1 process:text draw:positive round:number commitment:hash
 mode:=balls+beacon|beacon|balls balls:digits? drand:SIGNED? b:number? index:number panel:TICKET
 path:[hash] members:[PERSON] quota_counts:[QUOTA]
SIGNED round:number signature:bls
TICKET i:number m:indexes s:hash
QUOTA c:text v:text n:number
ROW a:texts h:integer? p:pseudonym s:salt
ERASED counts:[hash] leaf:hash
CERTIFICATE rule:text claims:[CLAIM] shut_out:indexes
CLAIM people:indexes weights:numbers heaviest:number points:[integer] bound:pair?
RECEIPT format:=kr-receipt/1 process:text draw:positive freeze:hash key:hash a:texts h:integer?
 p:pseudonym s:salt index:number path:[hash] sig:ed25519
COUNTS commitment:hash count:count count_path:[hash]
"""
SHAPES: dict[str, dict[str, str]] = {}
for line in IN_WORDS.strip().replace("\n ", " ").split("\n"):
    name, *keys = line.split()
    SHAPES[name] = dict(key.split(":") for key in keys)
SHAPES["COUNTED_RECEIPT"] = {**SHAPES["RECEIPT"], **SHAPES["COUNTS"]}


def like(pattern: str) -> Callable[[Any], bool]:
    return lambda it: type(it) is str and re.fullmatch(pattern, it) is not None


def is_moment(it: Any) -> bool:
    try:
        return like("[0-9]{4}(-[0-9]{2}){2}T([0-9]{2}:){2}[0-9]{2}Z")(it) and seconds(it) < 1e12
    except ValueError:  # such as the 30th of February
        return False


TESTS: dict[str, Callable[[Any], bool]] = {
    "text": lambda it: type(it) is str,
    "moment": is_moment,
    "hash": like("[0-9a-f]{64}"),
    "salt": like("[0-9a-f]{32}"),
    "ed25519": like("[0-9a-f]{128}"),
    "bls": like("[0-9a-f]{96}"),
    "pseudonym": like("[a-z2-7]{16}"),
    "digits": like("[0-9]{1,4}"),
    "decimal": like("[0-9]{1,9}([.][0-9]{1,9})?"),
    "truth": lambda it: type(it) is bool,
    "integer": lambda it: type(it) is int,
    "number": lambda it: type(it) is int and it >= 0,
    "positive": lambda it: type(it) is int and it > 0,
    "count": lambda it: type(it) is int and 0 <= it < 2**16,
    "few": lambda it: type(it) is int and 1 <= it <= 4,
    "tickets": lambda it: type(it) is int and it in (10, 100, 1000, 10000),
    "object": lambda it: type(it) is dict,
    "texts": lambda it: type(it) is dict and all(type(part) is str for part in it.values()),
    "numbers": lambda it: type(it) is list and all(type(n) is int and n >= 0 for n in it),
    "indexes": lambda it: TESTS["numbers"](it) and it == sorted(set(it)),
    "pair": lambda it: TESTS["numbers"](it) and len(it) == 2,
    "reserve": lambda it: (
        type(it) is list and len(it) == 2 and not misfit({"index": it[0], "p": it[1]}, "PERSON", "")
    ),
}


def misfit(value: Any, shape: str, where: str) -> str:
    """What is wrong with the shape of this value; nothing when it fits."""
    if shape.endswith("?"):
        return "" if value is None else misfit(value, shape[:-1], where)
    parts: Iterable[tuple[Any, str, str]] = ()
    if shape.startswith("="):
        fits = value in shape[1:].split("|")
    elif "/" in shape:
        fits = not all(misfit(value, each, where) for each in shape.split("/"))
    elif shape.startswith("["):
        fits = type(value) is list
        parts = ((part, shape[1:-1], where) for part in (value if fits else ()))
    elif shape in SHAPES:
        fits = type(value) is dict and value.keys() == SHAPES[shape].keys()
        parts = ((value[key], part, key) for key, part in SHAPES[shape].items() if fits)
    else:
        fits = TESTS[shape](value)
    if not fits:
        return f"{where} is not of the form {shape}"
    return next(filter(None, (misfit(*part) for part in parts)), "")


# The encoding, the trees and the words of a fingerprint


def seconds(moment: str) -> float:
    return datetime.strptime(moment, "%Y-%m-%dT%H:%M:%S%z").timestamp()


def H(tag: str, *parts: bytes) -> bytes:
    return hashlib.sha256(tag.encode() + b"\0" + b"".join(parts)).digest()


def sha256_of_hex(digits: str) -> bytes:
    return hashlib.sha256(bytes.fromhex(digits)).digest()


def canonical(value: Any) -> bytes:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def without_signature(value: Any) -> dict[str, Any]:
    return {key: part for key, part in value.items() if key != "sig"}


def event_hash(event: Any) -> bytes:
    return H("kr/event/1", canonical(without_signature(event)))


def row_leaf(row: Any) -> bytes:
    if "leaf" in row:
        return bytes.fromhex(row["leaf"])
    return H("kr/leaf/1", bytes.fromhex(row["s"]), canonical({key: row[key] for key in "ahp"}))


def ticket_leaf(ticket: Any) -> bytes:
    return H("kr/panel/1", bytes.fromhex(ticket["s"]), canonical([ticket["i"], *ticket["m"]]))


def count_leaf(row: Any, number: int, count: int) -> bytes:
    salt = H("kr/count-salt/1", bytes.fromhex(row["s"]), number.to_bytes(2, "big"))
    return H("kr/count/1", salt, row["p"].encode(), count.to_bytes(2, "big"))


def tree_root(leaves: list[bytes]) -> str:
    row = [H("kr/leaf0/1", leaf) for leaf in leaves] or [b""]
    while len(row) > 1:
        last = row[len(row) // 2 * 2 :]  # of an odd row, carried up as it is
        row = [H("kr/node/1", *both) for both in zip(row[::2], row[1::2], strict=False)] + last
    return row[0].hex()


def root_by_path(leaf: bytes, index: int, size: int, path: list[str]) -> str:
    """The root to which a path leads from the leaf at this place; nothing when it is no path."""
    node, siblings = H("kr/leaf0/1", leaf), [bytes.fromhex(sibling) for sibling in path]
    fits = index < size
    while size > 1 and fits:
        if index ^ 1 < size:  # there is a sibling; else the node is carried up as it is
            fits = bool(siblings)
            other = siblings.pop(0) if siblings else b""
            node = H("kr/node/1", other, node) if index % 2 else H("kr/node/1", node, other)
        index, size = index // 2, (size + 1) // 2
    return node.hex() if fits and not siblings else ""


UNPLEASANT = """homo hora hore kaka kake kaki kuka kuse kusi kuku lesu mulu mutu nuki pena pera pese
peni pepe pimu pipi piru poro puta puto rape sika tisi vaki""".split()


def fingerprint(digest: bytes) -> str:
    halves = [consonant + vowel for consonant in "hjklmnprstv" for vowel in "aeiou"]
    words = [a + b for a in halves for b in halves if a + b not in UNPLEASANT][:2048]
    bits, digits = int.from_bytes(digest, "big"), digest.hex()
    groups = [digits[i : i + 4] for i in range(0, 16, 4)]
    return " ".join(groups + [words[bits >> (256 - 11 * n) & 2047] for n in range(1, 7)])


# Ed25519 (RFC 8032, section 5.1): the signature of the house. A point is (X, Y, Z, T) with x = X/Z,
# y = Y/Z and xy = T/Z.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
NEUTRAL = (0, 1, 1, 0)
Point = tuple[int, int, int, int]


def add(a: Point, b: Point) -> Point:
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n: int, point: Point) -> Point:
    total = NEUTRAL
    while n:
        total = add(total, point) if n & 1 else total
        point, n = add(point, point), n >> 1
    return total


def equal(a: Point, b: Point) -> bool:
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def decoded(data: bytes) -> Point | None:
    sign, y = divmod(int.from_bytes(data, "little"), 2**255)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = x if x % 2 == sign else P - x
    return x, y, 1, x * y % P


def ed25519_holds(key: bytes, message: bytes, signature: bytes) -> bool:
    base, a, r = decoded(bytes([0x58] + [0x66] * 31)), decoded(key), decoded(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if base is None or a is None or r is None or s >= ORDER:
        return False
    if equal(times(8, a), NEUTRAL):  # a key of small order would let anybody sign anything
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    return equal(times(s, base), add(r, times(h, a)))


# BLS12-381: the signature of the beacon (drand's scheme bls-unchained-g1-rfc9380), with py_ecc


def bls_holds(key: str, drand_round: int, signature: str) -> bool:
    tag = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
    message = hashlib.sha256(drand_round.to_bytes(8, "big")).digest()
    try:
        point = decompress_G1(G1Compressed(int(signature, 16)))
        public = decompress_G2(G2Compressed((int(key[:96], 16), int(key[96:], 16))))
    except ValueError:
        return False  # no point of the curve
    if is_inf(point) or not is_inf(multiply(point, curve_order)):
        return False  # no point of the group
    # By its types py_ecc wants a hash; it wants what makes one.
    hashed = hash_to_G1(message, tag, hashlib.sha256)  # type: ignore[arg-type]
    return bool(pairing(G2, point) == pairing(public, hashed))


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
