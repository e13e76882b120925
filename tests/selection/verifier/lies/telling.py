"""How a lie is told: the steps of a draw with one of them untrue. What follows, follows from it."""

from collections.abc import Callable
from typing import Any

from tests.selection.verifier.making import House
from tests.selection.verifier.stories import drawn, second

DRAWN = ("freeze", "commit", "balls", "beacon", "result")
HASH = "ab" * 32

type Edit = Callable[[Any], Any]
type Lies = dict[str, Callable[[], House]]


def put(value: Any, *where: Any) -> Edit:
    """Puts a value at a place in a piece of JSON, or what a function makes of the one there."""

    def change(found: Any) -> None:
        *way, last = where
        for key in way:
            found = found[key]
        found[last] = value(found[last]) if callable(value) else value

    return change


def more(value: int) -> int:
    return value + 1


def less(value: int) -> int:
    return value - 1


def zeros(values: list[int]) -> list[int]:
    return [0] * len(values)


def at(time: str) -> Edit:
    return put(f"2027-02-01T{time}Z", "at")


def commitment(value: Any, *where: Any, rule: str = "leximin") -> Callable[[], House]:
    return lambda: House(1, rule=rule).freeze().commit(put(value, *where)).balls().beacon().result()


def certificate(change: Edit) -> Callable[[], House]:
    return lambda: House(1).freeze().commit(change_certificate=change)


def tickets(change: Callable[[House, Any], Any], **options: Any) -> Callable[[], House]:
    def make() -> House:
        house = House(1, rule="simple", **options).freeze()
        return house.commit(change_tickets=lambda found: change(house, found))

    return make


def pool(change: Callable[[list[Any]], Any], in_order: bool = True) -> Callable[[], House]:
    def make() -> House:
        house = House(1, rule="simple", households=False)
        change(house.rows)
        if in_order:
            house.rows.sort(key=house.leaf)
        return house.freeze()

    return make


def balls(change: Edit) -> Callable[[], House]:
    return lambda: House(1).freeze().commit().balls(change).beacon().result()


def beacon(change: Edit) -> Callable[[], House]:
    return lambda: House(1).freeze().commit().balls().beacon(change).result()


def result(value: Any, *where: Any) -> Callable[[], House]:
    return lambda: House(1).freeze().commit().balls().beacon().result(put(value, *where))


def replacement(value: Any, *where: Any) -> Callable[[], House]:
    return lambda: drawn(House(1)).reserves().replace(change=put(value, "payload", *where))


def opening(value: Any, *where: Any) -> Callable[[], House]:
    change = put(value, "payload", *where)
    return lambda: second(drawn(House(1)).replace().reopen(change=change))


def steps(*names: str, **first: Any) -> Callable[[], House]:
    def make() -> House:
        house = House(1)
        for name in names:
            getattr(house, name)(**first.get(name, {}))
        return house

    return make


def reverse(values: list[Any]) -> list[Any]:
    return values[::-1]


def not_on_the_panel(index: int) -> int:
    house = drawn(House(1)).replace()
    return next(i for i in range(40) if i not in house.panel and i not in house.gone)
