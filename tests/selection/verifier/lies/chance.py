"""Lies about the balls, the beacon, their sum and the ticket."""

from typing import Any

from tests.selection.verifier.freezing import made_up_signature
from tests.selection.verifier.lies.telling import (
    HASH,
    Lies,
    at,
    balls,
    beacon,
    commitment,
    less,
    more,
    put,
    result,
)
from tests.selection.verifier.making import House
from tests.selection.verifier.stories import drawn


def last_digit(signature: str) -> str:
    return signature[:-1] + ("1" if signature[-1] == "0" else "0")


def later_beacon() -> House:
    house = House(1).freeze().commit().balls()
    house.rounds[0]["drand_round"] += 1
    return house.beacon().result()


def unnamed_beacon() -> House:
    house = House(1, beacon=False).freeze().commit().balls()
    return house.beacon().result()


def twins(members: Any) -> Any:
    return [members[0], {**members[1], "p": members[0]["p"]}, *members[2:]]


def another_ticket() -> House:
    house = House(1).freeze().commit().balls().beacon()
    found: list[Any] = []
    drawn(House(1)).result(lambda result: found.append(result["index"]))
    index = (found[0] + 1) % 10

    def change(result: Any) -> None:
        result.update(house.opened(house.rounds[0], index))

    return house.result(change)


LIES: dict[int, Lies] = {
    26: {
        "another source": commitment(["dice", "drand-quicknet"], "chance", "sources"),
        "a source less": commitment(["balls"], "chance", "sources"),
        "digits for other tickets": commitment(2, "chance", "digits"),
        "digits for other tickets yet to come": lambda: (
            House(1).freeze().commit(put(2, "chance", "digits"))
        ),
        "a fallback from nothing": lambda: (
            House(1, beacon=False)
            .freeze()
            .commit(put("2027-02-01T14:00:00Z", "chance", "fallback_after"))
        ),
        "another chain of beacons": commitment(HASH, "chance", "drand", "chain"),
        "an earlier beacon": commitment(less, "chance", "drand", "round"),
        "another time of the beacon": commitment("2027-02-01T13:02:01Z", "chance", "drand", "time"),
        "balls until the beacon": commitment("2027-02-01T13:02:30Z", "chance", "balls_deadline"),
        "a beacon given up at once": commitment("2027-02-01T13:00:00Z", "chance", "fallback_after"),
        "nothing to fall back on": commitment(None, "chance", "fallback_after"),
        "a commitment after the balls were due": lambda: (
            House(1).freeze().commit(change_event=at("13:01:00")).beacon().result()
        ),
        "balls after they were due": balls(at("13:01:00")),
        "balls confirmed by oneself": balls(put("official 1", "payload", "confirmed_by")),
        "a ball too many": balls(put("42", "payload", "balls")),
        "a beacon before its time": beacon(at("13:02:00")),
        "the beacon of another round": beacon(put(more, "payload", "drand_round")),
        "a later beacon, rightly signed": later_beacon,
        "a beacon nobody named": unnamed_beacon,
        "a beacon given up too early": lambda: (
            House(1).freeze().commit().balls().result(change_event=at("14:01:00"))
        ),
        "another mode": result("beacon", "mode"),
        "other balls than were drawn": result(lambda ball: str(9 - int(ball)), "balls"),
        "another beacon than was had": result("ab" * 48, "drand", "signature"),
        "no beacon though there was": result(None, "drand"),
    },
    27: {
        "a beacon of its own": beacon(put("ab" * 48, "payload", "signature")),
        "the beacon of another round": beacon(
            put(made_up_signature(1000).hex(), "payload", "signature")
        ),
        "a digit of the beacon": beacon(put(last_digit, "payload", "signature")),
    },
    28: {
        "another number of the beacon": result(lambda b: (b + 1) % 10, "b"),
        "no number of the beacon": result(None, "b"),
        "another sum": result(lambda index: (index + 1) % 10, "index"),
        "a sum from which nothing is taken": result(lambda index: index + 10, "index"),
    },
    29: {
        "another ticket": result(lambda i: (i + 1) % 10, "panel", "i"),
        "another ticket, truly opened": another_ticket,
        "another salt": result(HASH, "panel", "s"),
        "another way to the root": result(HASH, "path", 0),
        "a longer way to the root": result(lambda path: [*path, HASH], "path"),
        "no way to the root": result([], "path"),
        "other members": result(lambda members: members[1:], "members"),
        "two members by one name": result(twins, "members"),
        "a member by another name": result("a" * 16, "members", 0, "p"),
    },
}
