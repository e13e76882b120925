"""Lies about who left, who came instead, and who sits on the panel at the end."""

from collections.abc import Callable
from typing import Any

from tests.selection.verifier.lies.telling import (
    DRAWN,
    HASH,
    Edit,
    Lies,
    more,
    not_on_the_panel,
    opening,
    put,
    replacement,
    reverse,
    steps,
)
from tests.selection.verifier.making import House
from tests.selection.verifier.stories import drawn, second

MEMBER = drawn(House(1)).panel[3]


def leaving_and_unavailable() -> House:
    def change(event: Any) -> None:
        event["payload"]["unavailable"] = [event["payload"]["gone"][0]["index"]]

    return second(drawn(House(1)).reopen(change=change))


def leavers_in_another_order() -> House:
    return second(drawn(House(1)).reopen(change=put(reverse, "payload", "gone")))


def somebody_forgotten() -> House:
    house = drawn(House(1)).reopen(change=put(lambda kept: kept[1:], "payload", "kept"))
    house.pending["kept"] = house.pending["kept"][1:]
    return second(house)


def taking_the_unavailable() -> House:
    house = drawn(House(1))
    leaver, others = house.panel[0], house.panel
    free: list[int] = []
    drawn(House(1)).replace(leaver, taking=lambda found: free.extend(found) or found[0])
    change = put([free[0]], "payload", "unavailable")
    assert free[0] not in others
    return house.replace(leaver, change=change)


def taking_the_gone() -> House:
    house = drawn(House(1))
    gone = house.panel[0]
    house.replace(gone)
    house.gone.clear()
    return house.replace(house.panel[-1], taking=lambda free: gone)


def among_the_reserves(change: Edit) -> Callable[[], House]:
    return lambda: drawn(House(1)).reserves(change=change)


def a_member_in_reserve(event: Any) -> None:
    member = drawn(House(1)).person(drawn(House(1)).panel[0])
    event["payload"]["p"][0] = [member["index"], member["p"]]


def left_out_in_silence() -> House:
    """The second round leaves out somebody of whom the chain says nothing."""
    house = drawn(House(1)).reopen()
    house.pending["gone"] = sorted({*house.pending["gone"], not_on_the_panel(0)})
    return second(house)


def kept_from_the_first() -> House:
    house = House(1, rule="simple").freeze()
    house.pending = {"kept": [3], "gone": []}
    return second(house)


LIES: dict[int, Lies] = {
    30: {
        "whoever came second": steps(*DRAWN, "replace", replace={"taking": lambda free: free[1]}),
        "whoever came last": steps(*DRAWN, "replace", replace={"taking": lambda free: free[-1]}),
        "nobody, though somebody was next": replacement(None, "taken_by"),
        "another rank": replacement(HASH, "rank"),
        "another number of misses": replacement(more, "misses"),
        "whoever was not on the panel": replacement(not_on_the_panel, "gone", "index"),
        "somebody by another name": replacement("a" * 16, "taken_by", "p"),
        "nobody of reserves that do not exist": steps(
            *DRAWN, "replace", replace={"among": "reserves"}
        ),
        "a member who is called unavailable": replacement([MEMBER], "unavailable"),
        "a leaver who is called unavailable": leaving_and_unavailable,
        "leavers in another order": leavers_in_another_order,
        "somebody forgotten": somebody_forgotten,
        "reserves that do not exist": steps(
            *DRAWN, "replace", replace={"change": put("reserves", "payload", "among")}
        ),
        "somebody who is no reserve": replacement("reserves", "among"),
        "somebody unavailable": taking_the_unavailable,
        "somebody who was gone": taking_the_gone,
        "a member in reserve": among_the_reserves(a_member_in_reserve),
        "a reserve by another name": among_the_reserves(put("a" * 16, "payload", "p", 0, 1)),
        "a reserve twice": among_the_reserves(put(lambda p: [*p, p[0]], "payload", "p")),
        "another panel at the end": steps(
            *DRAWN, "close", close={"change": put([0, 1], "payload", "panel")}
        ),
        "an empty seat at the end": steps(
            *DRAWN, "close", close={"change": put(1, "payload", "vacant")}
        ),
        "somebody neither kept nor gone": opening(lambda kept: kept[1:], "kept"),
        "another one gone": opening(not_on_the_panel, "gone", 0, "index"),
        "somebody left out in silence": left_out_in_silence,
        "somebody kept from the first": kept_from_the_first,
    },
}
