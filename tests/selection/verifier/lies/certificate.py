"""Lies about how even the chances are."""

from collections.abc import Callable
from typing import Any

from tests.selection.verifier.lies.telling import (
    Edit,
    Lies,
    certificate,
    commitment,
    less,
    more,
    put,
    zeros,
)
from tests.selection.verifier.making import House
from tests.selection.verifier.stories import drawn


def simple_certificate(change: Edit) -> Callable[[], House]:
    return lambda: House(1, rule="simple").freeze().commit(change_certificate=change)


def unfair() -> House:
    """Somebody is on fewer tickets than the certificate promises."""
    house = House(1, rule="maximin", digits=2)
    return house.freeze().commit(put(0, "certificate", "shift"))


def heavy_tickets(certificate: Any) -> None:
    certificate["claims"][0].update(heaviest=7, points=[])


def one_shut_out(certificate: Any) -> None:
    certificate["shut_out"] = [drawn(House(1, rule="simple")).panel[0]]


def bounded_without_a_rule() -> House:
    change = put([1, 2], "claims", 0, "bound")
    return House(1, rule="simple").freeze().commit(change_certificate=change)


LIES: dict[int, Lies] = {
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
}
