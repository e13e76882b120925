"""What somebody who runs a draw could want to change afterwards, and how the verifier must answer.

Each cheat changes the opened files of an honest record, which is then sealed anew with the key of
the house: nothing is wrong with any digest or signature. ``CODES`` are the answers that are right.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.trust.resealing import Files, rewritten

type Rows = list[Any]
type Change = Callable[[Rows, np.random.Generator], None]


@dataclass(frozen=True, slots=True)
class Cheat:
    name: str
    file: str
    change: Change
    codes: frozenset[int]
    level: str = "L1"
    needs: str = ""
    """The kind of event without which the cheat means nothing."""

    def apply(self, files: Files, chance: np.random.Generator) -> Files:
        return rewritten(files, self.file, lambda rows: self.change(rows, chance))


def flipped(digits: str) -> str:
    """The hex digits with the last one changed."""
    return digits[:-1] + ("0" if digits[-1] != "0" else "1")


def some(rows: Rows, chance: np.random.Generator) -> Any:
    return rows[int(chance.integers(len(rows)))]


def event(rows: Rows, kind: str) -> Any:
    return next(row for row in rows if row["t"] == kind)


def payload(kind: str, change: Callable[[Any], None]) -> Change:
    return lambda rows, _chance: change(event(rows, kind)["payload"])


def only(change: Callable[[Any], None]) -> Change:
    """Changes the one object of a ``.json`` file."""
    return lambda rows, _chance: change(rows[0])


def put(*path: Any, to: Callable[[Any], Any]) -> Callable[[Any], None]:
    """Replaces what lies at the path."""

    def change(thing: Any) -> None:
        *way, last = path
        for step in way:
            thing = thing[step]
        thing[last] = to(thing[last])

    return change


def more(number: int) -> int:
    return number + 1


def less(number: int) -> int:
    return number - 1


def _another_value(rows: Rows, chance: np.random.Generator) -> None:
    row = some([one for one in rows if "a" in one], chance)
    row["a"]["gender"] = "man" if row["a"]["gender"] == "woman" else "woman"


def _a_friend(rows: Rows, chance: np.random.Generator) -> None:
    rows.append({**some([one for one in rows if "a" in one], chance), "p": "friend2222222222"})


def _nobody_any_more(rows: Rows, chance: np.random.Generator) -> None:
    rows.pop(int(chance.integers(len(rows))))


def _another_order(rows: Rows, chance: np.random.Generator) -> None:
    place = int(chance.integers(len(rows) - 1))
    rows[place], rows[place + 1] = rows[place + 1], rows[place]


def _another_salt(rows: Rows, chance: np.random.Generator) -> None:
    row = some([one for one in rows if "s" in one], chance)
    row["s"] = flipped(row["s"])


def _panels_changed_places(rows: Rows, chance: np.random.Generator) -> None:
    different = [row for row in rows if row["m"] != rows[0]["m"]]
    other = some(different, chance)
    rows[0]["m"], other["m"] = other["m"], rows[0]["m"]


def _somebody_else_on_a_ticket(rows: Rows, chance: np.random.Generator) -> None:
    row = some(rows, chance)
    people = {index for one in rows for index in one["m"]}
    row["m"] = sorted([*row["m"][1:], min(people - set(row["m"]))])


def _same_official(payload: Any) -> None:
    payload["confirmed_by"] = payload["entered_by"]


def _dropped(kind: str) -> Change:
    def change(rows: Rows, _chance: np.random.Generator) -> None:
        rows.remove(event(rows, kind))
        for n, row in enumerate(rows):
            row["n"] = n

    return change


def _somebody_else_came(payload: Any) -> None:
    payload["taken_by"] = payload["gone"]


def _of_some(codes: str) -> frozenset[int]:
    return frozenset(map(int, codes.split()))


def _cheat(
    name: str, file: str, change: Change, codes: str, level: str = "L1", needs: str = ""
) -> Cheat:
    return Cheat(name, file, change, _of_some(codes), level, needs)


EVENTS, COMMITMENT, RESULT = "events.ndjson", "commitment.json", "result.json"
POOL, LOTTERY, CERTIFICATE = "pool.ndjson", "lottery.ndjson", "certificate.json"
IS_L2 = "L2"

CHEATS = (
    _cheat("I1 a friend is added to the pool", POOL, _a_friend, "21 31", IS_L2),
    _cheat("I3 somebody is left out of the pool", POOL, _nobody_any_more, "21 31", IS_L2),
    _cheat("somebody gets another gender", POOL, _another_value, "21", IS_L2),
    _cheat("the pool is put in another order", POOL, _another_order, "21", IS_L2),
    _cheat("a salt of the pool", POOL, _another_salt, "21", IS_L2),
    _cheat(
        "another root was frozen",
        EVENTS,
        payload("FREEZE", put("pool", "root", to=flipped)),
        "21",
    ),
    _cheat("another root is committed", COMMITMENT, only(put("pool", "root", to=flipped)), "21"),
    _cheat("the pool is larger than frozen", COMMITMENT, only(put("pool", "count", to=more)), "21"),
    _cheat("I5 two panels change places", LOTTERY, _panels_changed_places, "22", IS_L2),
    _cheat("I4 a friend sits on a ticket", LOTTERY, _somebody_else_on_a_ticket, "22", IS_L2),
    _cheat("a salt of a ticket", LOTTERY, _another_salt, "22 29", IS_L2),
    _cheat(
        "another list of tickets is committed",
        COMMITMENT,
        only(put("lottery", "root", to=flipped)),
        "22 28 29",
        needs="RESULT",
    ),
    _cheat(
        "I4 counts that do not add up",
        COMMITMENT,
        only(put("lottery", "histogram", 0, 1, to=more)),
        "24",
    ),
    _cheat(
        "a smallest count that is prettier",
        COMMITMENT,
        only(put("lottery", "min_count", to=more)),
        "24",
    ),
    _cheat(
        "a largest count that is prettier",
        COMMITMENT,
        only(put("lottery", "max_count", to=less)),
        "24",
    ),
    _cheat(
        "counts of another lottery",
        COMMITMENT,
        only(put("lottery", "counts_root", to=flipped)),
        "24",
        IS_L2,
    ),
    _cheat(
        "a proof that promises too much",
        CERTIFICATE,
        only(put("claims", 0, "heaviest", to=less)),
        "25",
        IS_L2,
        needs="leximin",
    ),
    _cheat(
        "a beacon before the balls",
        COMMITMENT,
        only(put("chance", "drand", "round", to=lambda number: number - 1000)),
        "26 27",
        needs="BEACON",
    ),
    _cheat(
        "I6 a deadline that was past",
        COMMITMENT,
        only(put("chance", "balls_deadline", to=lambda _at: "2023-08-24T00:00:00Z")),
        "26",
        needs="BALLS",
    ),
    _cheat(
        "I6 no beacon was ever named",
        COMMITMENT,
        only(put("chance", "sources", to=lambda _sources: ["balls"])),
        "26",
        needs="BEACON",
    ),
    _cheat(
        "R13 committed while people could still object",
        EVENTS,
        payload("FREEZE", put("objections_until", to=lambda _at: "2123-08-24T00:00:00Z")),
        "26",
        needs="RESULT",
    ),
    _cheat("I7 one person did both", EVENTS, payload("BALLS", _same_official), "26 31"),
    _cheat(
        "I7 other balls than in the room",
        EVENTS,
        payload("BALLS", put("balls", to=lambda digits: f"{(int(digits) + 1) % 1000:03}")),
        "26 28",
        needs="RESULT",
    ),
    _cheat(
        "I8 a beacon that is not drand's",
        EVENTS,
        payload("BEACON", put("signature", to=flipped)),
        "26 27 28",
        needs="RESULT",
    ),
    _cheat("I6 the balls are forgotten", EVENTS, _dropped("BALLS"), "26 31", needs="RESULT"),
    _cheat("I6 the beacon is forgotten", EVENTS, _dropped("BEACON"), "26 31", needs="RESULT"),
    _cheat("another sum", RESULT, only(put("index", to=more)), "28 29", needs="RESULT"),
    _cheat(
        "another number of the beacon",
        RESULT,
        only(put("b", to=lambda number: (number + 1) % 1000)),
        "28",
        needs="BEACON RESULT",
    ),
    _cheat("a panel of another ticket", RESULT, only(put("panel", "s", to=flipped)), "29"),
    _cheat("a path to another root", RESULT, only(put("path", 0, to=flipped)), "29"),
    _cheat(
        "quotas that were met",
        RESULT,
        only(put("quota_counts", 0, "n", to=lambda number: number + 9)),
        "23",
    ),
    _cheat(
        "whoever left comes back",
        EVENTS,
        payload("REPLACE", _somebody_else_came),
        "30",
        needs="taken",
    ),
    _cheat("another lot", EVENTS, payload("REPLACE", put("rank", to=flipped)), "30", needs="taken"),
    _cheat(
        "a loss that is not told",
        EVENTS,
        payload("REPLACE", put("misses", to=more)),
        "30",
        IS_L2,
        needs="taken",
    ),
    _cheat(
        "whoever left had not sat",
        EVENTS,
        payload("REPLACE", put("gone", "index", to=lambda _index: 9999)),
        "30 31",
        needs="taken",
    ),
)
