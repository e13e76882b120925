"""Tickets: each a feasible panel, all together nearly the lottery, whatever their number."""

from itertools import pairwise

import numpy as np
import pytest

from selection.engine import NoFeasiblePanel, Pool, Quotas, leximin, maximin, number_tickets
from selection.engine.lotteries.colouring import coloured
from selection.engine.lotteries.exchanges import Exchanges
from selection.engine.lotteries.listing import list_panels
from selection.engine.types.grouping import group
from tests.engine import brute
from tests.engine.pools import random_task
from tests.engine.stored import council, village


def seeded(seed: int = 3) -> np.random.Generator:
    return np.random.default_rng(seed)


def shares_of(tickets, people: int) -> np.ndarray:
    return np.bincount(tickets.panels.ravel(), minlength=people) / len(tickets.panels)


@pytest.fixture(scope="module", params=[council, village])
def stored(request):
    pool, quotas = request.param()
    return pool, quotas, leximin(pool, quotas, rng=seeded())


@pytest.mark.parametrize("count", [1, 10, 100, 1000, 10_000])
def test_every_ticket_is_a_panel_and_the_shift_is_the_one_reported(stored, count):
    pool, quotas, lottery = stored

    tickets = number_tickets(lottery, count=count, rng=seeded())

    assert tickets.panels.shape == (count, quotas.size)
    for panel in np.unique(tickets.panels, axis=0):
        assert brute.is_panel(pool, quotas, tuple(panel.tolist()))
        assert all(one < next_ for one, next_ in pairwise(panel.tolist()))
    shares = shares_of(tickets, len(pool))
    assert tickets.largest_shift == pytest.approx(np.abs(shares - lottery.chances).max())
    assert tickets.least == round(count * shares[lottery.chances > 0].min())


@pytest.mark.parametrize("count", [100, 1000, 10_000])
def test_everybody_is_on_as_many_tickets_as_is_due_rounded_down_or_up(stored, count):
    pool, _, lottery = stored

    tickets = number_tickets(lottery, count=count, rng=seeded())

    due, shares = lottery.chances * count, shares_of(tickets, len(pool)) * count
    assert (np.floor(due + 1e-6) <= shares + 1e-6).all()
    assert (shares - 1e-6 <= np.ceil(due - 1e-6)).all()
    assert tickets.largest_shift < 1 / count
    assert tickets.least >= 1


def test_the_same_seed_gives_the_same_tickets_and_another_seed_others(stored):
    _, _, lottery = stored

    one, same, other = (
        number_tickets(lottery, count=50, rng=seeded(seed)).panels for seed in (1, 1, 2)
    )

    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


@pytest.mark.parametrize("block", range(4))
def test_tickets_of_small_pools_of_every_kind_are_panels(block):
    for seed in range(block * 20, block * 20 + 20):
        pool, quotas = random_task(seed)
        try:
            lottery = maximin(pool, quotas, rng=seeded())
        except NoFeasiblePanel:
            continue

        tickets = number_tickets(lottery, count=60, rng=seeded())

        for panel in np.unique(tickets.panels, axis=0):
            assert brute.is_panel(pool, quotas, tuple(panel.tolist())), seed
        shares = shares_of(tickets, len(pool))
        assert not shares[lottery.chances == 0].any()
        assert np.abs(shares - lottery.chances).max() <= 1.5 / 60, seed


def test_a_panel_that_is_certain_is_on_every_ticket():
    pool = Pool.of([[0], [1], [1]], fixed=[True, True, False])
    lottery = leximin(pool, Quotas.of(2, [[0, 0]], [[2, 2]]), rng=seeded())

    tickets = number_tickets(lottery, count=3, rng=seeded())

    assert tickets.panels.tolist() == [[0, 1]] * 3
    assert (tickets.largest_shift, tickets.least) == (0, 3)


def test_a_lottery_without_criteria_has_tickets_too():
    pool = Pool.of(np.zeros((7, 0)))
    lottery = leximin(pool, Quotas.of(3, [], []), rng=seeded())

    tickets = number_tickets(lottery, count=100, rng=seeded())

    assert np.bincount(tickets.panels.ravel()).tolist().count(43) == 300 - 7 * 42


def test_no_ticket_is_no_lottery(stored):
    with pytest.raises(ValueError, match="at least one ticket"):
        number_tickets(stored[2], count=0, rng=seeded())


def test_a_list_of_panels_holds_each_once_and_every_ticket_has_its_place(stored):
    _, _, lottery = stored
    tickets = number_tickets(lottery, count=200, rng=seeded())

    listing = list_panels(lottery, tickets)

    assert np.array_equal(listing.panels[listing.tickets], tickets.panels)
    assert len(np.unique(listing.panels, axis=0)) == len(listing.panels)
    assert np.array_equal(listing.panels[: len(lottery.panels)], lottery.panels)
    assert not listing.probabilities[len(lottery.panels) :].any()
    assert len(list_panels(lottery).tickets) == 0


def test_exchanges_keep_the_seats_of_every_value():
    types = group(council()[0])
    exchanges = Exchanges(types)
    traits = types.traits.astype(int)

    squares = exchanges.around(5, np.arange(len(types)))

    assert len(squares) > 50
    looks = np.unique(traits, axis=0)
    for partner, one, two in squares.tolist():
        before = np.sort([traits[5], traits[partner]], axis=0)
        assert np.array_equal(before, np.sort([looks[one], looks[two]], axis=0))


@pytest.mark.parametrize("seed", range(10))
def test_colours_never_meet_on_a_ticket_and_are_even_over_kinds(seed):
    rng = seeded(seed)
    colours = int(rng.integers(1, 6))
    seats = [
        (ticket, int(rng.integers(3)))
        for ticket in range(40)
        for _ in range(int(rng.integers(colours + 1)))
    ]

    found = coloured(seats, colours)

    assert len({(ticket, colour) for (ticket, _), colour in zip(seats, found, strict=True)}) == len(
        seats
    )
    for kind in range(3):
        times = np.bincount(
            [colour for (_, each), colour in zip(seats, found, strict=True) if each == kind],
            minlength=colours,
        )
        assert np.ptp(times) <= 1
