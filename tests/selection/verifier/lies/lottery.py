"""Lies about the pool, the tickets, the quotas and the counts."""

from collections.abc import Callable
from typing import Any

from tests.selection.verifier.lies.telling import (
    HASH,
    Edit,
    Lies,
    commitment,
    more,
    pool,
    put,
    result,
    tickets,
)
from tests.selection.verifier.making import House
from tests.selection.verifier.stories import drawn, open_house


def swapped(house: House, found: Any) -> None:
    found[0]["m"], found[1]["m"] = found[1]["m"], found[0]["m"]


def instead(pick: Callable[[House, list[int]], list[int]]) -> Callable[[House, Any], None]:
    def change(house: House, found: Any) -> None:
        panels = [sorted(pick(house, found[0]["m"])), *(ticket["m"] for ticket in found[1:])]
        found[:] = house.in_order(panels)

    return change


def of_one_gender(house: House, panel: list[int]) -> list[int]:
    women = [i for i, row in enumerate(house.rows) if row["a"]["gender"] == "female"]
    return women[: house.size]


def with_a_housemate(house: House, panel: list[int]) -> list[int]:
    """The panel with somebody's housemate in place of a person with the same attributes."""
    for i in panel:
        for j, row in enumerate(house.rows):
            if j not in panel and row["h"] is not None and row["h"] == house.rows[i]["h"]:
                alike = [k for k in panel if k != i and house.rows[k]["a"] == row["a"]]
                if alike:
                    return [k for k in panel if k != alike[0]] + [j]
    raise AssertionError("choose another seed")


def rare() -> House:
    house = open_house()
    house.rule = "simple"
    for i, row in enumerate(house.rows):
        row["a"]["gender"] = "female" if i < 4 else "male"
    house.rows.sort(key=house.leaf)
    return house.freeze().commit()


def evened(lottery: Any) -> Any:
    return {**lottery, "histogram": [[2, 40]], "min_count": 2, "max_count": 2}


def with_a_stranger(who: str) -> Callable[[], House]:
    """A second round with a ticket that lacks somebody kept, or has somebody gone."""

    def make() -> House:
        house = drawn(House(1, rule="simple", households=False)).reopen()
        kept, gone = house.pending["kept"][0], house.pending["gone"][0]

        def change(found: Any) -> None:
            for ticket in found:
                ticket["m"] = sorted(i for i in ticket["m"] if i != kept)
                free = [i for i in range(40) if i not in {*ticket["m"], kept, gone}]
                ticket["m"] = sorted([*ticket["m"], free[0]])
                if who == "gone":
                    ticket["m"] = sorted([kept, gone, *house.pending["kept"][1:], free[0]])
            found[:] = house.in_order([ticket["m"] for ticket in found])

        return second_with_loose_targets(house, change)

    return make


def second_with_loose_targets(house: House, change: Edit) -> House:
    def loosen(made: Any) -> None:
        for target in made["targets"]:
            target.update(min=0, max=8)

    house.commit(loosen, change_tickets=change)
    return house.balls().beacon().result()


def more_than_most(target: Any) -> Any:
    return {**target, "min": target["max"] + 1}


def beyond_all(lottery: Any) -> Any:
    return {**lottery, "histogram": [[1, 9], [2, 30], [11, 1]], "min_count": 1, "max_count": 11}


LIES: dict[int, Lies] = {
    21: {
        "another pool than was frozen": commitment(HASH, "pool", "root"),
        "a smaller pool than was frozen": commitment(41, "pool", "count"),
        "people in another order": pool(list.reverse, in_order=False),
        "another root": lambda: House(1).freeze(put(HASH, "payload", "pool", "root")),
        "a value that was not frozen": pool(lambda rows: rows[0]["a"].update(gender="robot")),
        "an attribute more": pool(lambda rows: rows[0]["a"].update(hair="red")),
        "an attribute less": pool(lambda rows: rows[0]["a"].pop("age")),
        "a pseudonym twice": pool(lambda rows: rows[0].update(p=rows[1]["p"])),
        "a row twice": pool(lambda rows: rows.append(rows[0])),
        "open though somebody is rare": rare,
    },
    22: {
        "tickets in another order": tickets(swapped),
        "a ticket too few": tickets(lambda house, found: found.pop()),
        "a ticket too many": tickets(lambda house, found: found.append({**found[-1], "i": 10})),
        "a number twice": tickets(lambda house, found: found[3].update(i=4)),
        "another root": commitment(HASH, "lottery", "root"),
    },
    23: {
        "a panel beside the targets": tickets(instead(of_one_gender)),
        "a panel too small": tickets(instead(lambda house, panel: panel[1:])),
        "two of a household": tickets(instead(with_a_housemate), digits=2, people=100),
        "a target that is not met": commitment(0, "targets", 0, "max", rule="simple"),
        "targets that contradict each other": commitment(9, "targets", 0, "min", rule="simple"),
        "a target that contradicts itself": commitment(more_than_most, "targets", 0),
        "targets for more people": commitment(8, "targets", 1, "min", rule="simple"),
        "somebody kept who is on no ticket": with_a_stranger("kept"),
        "somebody gone who is on tickets": with_a_stranger("gone"),
        "quotas counted in its favour": result(more, "quota_counts", 0, "n"),
        "a quota left out": result(lambda counts: counts[:-1], "quota_counts"),
        "quotas of nobody": result([], "quota_counts"),
    },
    24: {
        "another histogram": commitment(more, "lottery", "histogram", 0, 1),
        "a histogram that only adds up": commitment(evened, "lottery"),
        "more tickets for somebody than there are": commitment(beyond_all, "lottery"),
        "an empty row": commitment(lambda rows: [*rows, [9, 0]], "lottery", "histogram"),
        "another smallest count": commitment(more, "lottery", "min_count"),
        "another largest count": commitment(more, "lottery", "max_count"),
        "another root": commitment(HASH, "lottery", "counts_root"),
    },
}
