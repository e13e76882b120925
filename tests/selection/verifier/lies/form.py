"""Lies in the chain itself, and files that do not have their form."""

from typing import Any

from tests.selection.verifier.lies.telling import (
    DRAWN,
    HASH,
    Lies,
    at,
    balls,
    commitment,
    put,
    replacement,
    result,
    steps,
)
from tests.selection.verifier.making import House
from tests.selection.verifier.stories import drawn


def twice_female(event: Any) -> None:
    event["payload"]["attributes"][0] = {"c": "gender", "v": ["female", "male", "female"]}


def previous(draw: int, head: str | None) -> House:
    house = House(1)
    house.draw, house.previous = draw, head
    return house.freeze()


def by_another_key() -> House:
    house = drawn(House(1))
    house.key = House(2).key
    return house.replace()


LIES: dict[int, Lies] = {
    31: {
        "a number left out": balls(put(5, "n")),
        "another event before": balls(put(HASH, "prev")),
        "a time before": balls(at("09:00:00")),
        "another key": by_another_key,
        "a result without chance": steps("freeze", "commit", "result"),
        "two commitments": steps("freeze", "commit", "commit"),
        "two freezes": steps("freeze", "freeze"),
        "balls after the beacon": steps("freeze", "commit", "beacon", "balls"),
        "something after the end": steps(*DRAWN, "close", "replace"),
        "something after it was broken off": steps(*DRAWN, "abort", "replace"),
        "the first round broken off as a later one": steps(
            "freeze", "commit", "abort", abort={"number": 0}
        ),
        "a value frozen twice": lambda: House(1).freeze(twice_female),
        "another level in the second round": lambda: (
            drawn(House(1)).reopen().commit(put("L2", "disclosure"))
        ),
        "balls of another round": balls(put(1, "payload", "round")),
        "another process": commitment("toinen", "process"),
        "another draw": commitment(2, "draw"),
        "another round": commitment(1, "round"),
        "another head": commitment(HASH, "chain_head"),
        "made after it was committed": commitment("2027-02-01T12:00:00Z", "created"),
        "another format": commitment("kr-arvonta/2", "format"),
        "other targets than were frozen": commitment("robot", "targets", 0, "v"),
        "a key more": commitment(1, "more"),
        "a number as a text": commitment("8", "panel_size"),
        "yes for a number": commitment(True, "panel_size"),
        "a 30th of February": commitment("2027-02-30T10:00:00Z", "created"),
        "indexes that do not ascend": result(lambda m: m[::-1], "panel", "m"),
        "a result of another commitment": result(HASH, "commitment"),
        "a result of another draw": result(2, "draw"),
        "a member who does not exist": result(40, "members", 0, "index"),
        "somebody unavailable who does not exist": replacement([40], "unavailable"),
        "first, though after another": lambda: previous(1, HASH),
        "second, though after none": lambda: previous(2, None),
    },
}
