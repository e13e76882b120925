"""A house that cheats with its own key is found out: whatever it lies about, it digests, chains and
signs everything after the lie anew, and the code still names what was lied about.
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests.selection.verifier.conftest import Ask
from tests.selection.verifier.making import House, made_up_signature
from tests.selection.verifier.test_honest import drawn, open_house, second

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


# The steps of the draw with a lie in one of them; what follows, follows from the lie.


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


# Lies that take more than one step.

MEMBER = drawn(House(1)).panel[3]


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


def beyond_the_pool() -> House:
    house = House(1, rule="simple").freeze()

    def change(tickets: Any) -> None:
        tickets[0]["m"] = [*tickets[0]["m"][1:], 70]

    return house.commit(put(100, "pool", "count"), change_tickets=change)


def unfair() -> House:
    """Somebody is on fewer tickets than the certificate promises."""
    house = House(1, rule="maximin", digits=2)
    return house.freeze().commit(put(0, "certificate", "shift"))


def twice_female(event: Any) -> None:
    event["payload"]["attributes"][0] = {"c": "gender", "v": ["female", "male", "female"]}


def last_digit(signature: str) -> str:
    return signature[:-1] + ("1" if signature[-1] == "0" else "0")


def more_than_most(target: Any) -> Any:
    return {**target, "min": target["max"] + 1}


def later_beacon() -> House:
    house = House(1).freeze().commit().balls()
    house.rounds[0]["drand_round"] += 1
    return house.beacon().result()


def unnamed_beacon() -> House:
    house = House(1, beacon=False).freeze().commit().balls()
    return house.beacon().result()


def simple_certificate(change: Edit) -> Callable[[], House]:
    return lambda: House(1, rule="simple").freeze().commit(change_certificate=change)


def heavy_tickets(certificate: Any) -> None:
    certificate["claims"][0].update(heaviest=7, points=[])


def one_shut_out(certificate: Any) -> None:
    certificate["shut_out"] = [drawn(House(1, rule="simple")).panel[0]]


def beyond_all(lottery: Any) -> Any:
    return {**lottery, "histogram": [[1, 9], [2, 30], [11, 1]], "min_count": 1, "max_count": 11}


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


def reverse(values: list[Any]) -> list[Any]:
    return values[::-1]


def bounded_without_a_rule() -> House:
    change = put([1, 2], "claims", 0, "bound")
    return House(1, rule="simple").freeze().commit(change_certificate=change)


def not_on_the_panel(index: int) -> int:
    house = drawn(House(1)).replace()
    return next(i for i in range(40) if i not in house.panel and i not in house.gone)


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


def previous(draw: int, head: str | None) -> House:
    house = House(1)
    house.draw, house.previous = draw, head
    return house.freeze()


def by_another_key() -> House:
    house = drawn(House(1))
    house.key = House(2).key
    return house.replace()


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
    25: {
        "panels that weigh more": certificate(put(less, "claims", 0, "heaviest")),
        "points that prove too little": certificate(put(zeros, "claims", 0, "points")),
        "a bound too low": certificate(put(lambda b: [b[0], b[1] + 1], "claims", 0, "bound")),
        "a later bound too low": certificate(put(lambda b: [b[0], b[1] + 1], "claims", 1, "bound")),
        "bounds that fall": certificate(put(lambda claims: claims[::-1], "claims")),
        "another bound than was proved": commitment(more, "certificate", "bound_den"),
        "no bound": commitment(None, "certificate", "bound_num"),
        "a bound of a rule without": commitment(1, "certificate", "bound_num", rule="simple"),
        "a bound in a claim of such a rule": bounded_without_a_rule,
        "no claims": certificate(put([], "claims")),
        "a weight too few": certificate(put(lambda weights: weights[1:], "claims", 0, "weights")),
        "a point too few": certificate(put(lambda points: points[1:], "claims", 0, "points")),
        "somebody who weighs nothing": certificate(put(zeros, "claims", 1, "weights")),
        "somebody in two claims": certificate(put(list(range(40)), "claims", 1, "people")),
        "tickets that weigh more": simple_certificate(heavy_tickets),
        "somebody shut out and on a ticket": simple_certificate(one_shut_out),
        "another rule": certificate(put("maximin", "rule")),
        "less than was promised": unfair,
    },
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

EVERY = [(code, lie) for code, lies in LIES.items() for lie in lies]
# What only the full record shows.
HIDDEN = {
    "people in another order",
    "a value that was not frozen",
    "an attribute more",
    "an attribute less",
    "a pseudonym twice",
    "a row twice",
    "another root",
    "open though somebody is rare",
    "a panel beside the targets",
    "a panel too small",
    "two of a household",
    "a histogram that only adds up",
    "a member by another name",
}


@pytest.mark.parametrize(("code", "lie"), EVERY)
def test_a_house_that_cheats_is_found_out(ask: Ask, code: int, lie: str) -> None:
    assert ask("check", LIES[code][lie]().record("L2")) == code


@pytest.mark.parametrize(
    ("code", "lie"),
    [each for each in EVERY if each[0] not in (22, 25, 30) and each[1] not in HIDDEN],
)
def test_most_lies_show_in_the_public_record_too(ask: Ask, code: int, lie: str) -> None:
    assert ask("check", LIES[code][lie]().record("L1")) == code


def test_a_ticket_for_somebody_of_a_larger_pool_is_refused(ask: Ask) -> None:
    """Such a ticket names a row that does not exist."""
    house = beyond_the_pool()
    assert ask("check", house.record("L2")) == 31
    assert ask("check", house.record("L1")) == 21


def test_every_failure_is_listed(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    house = drawn(House(1)).replace(change=put(HASH, "payload", "rank"))
    house = house.close(put(1, "payload", "vacant"))
    assert ask("check", house.record()) == 30
    assert capsys.readouterr().out.count("FAILS (30)") == 2
