"""D5: a hundred thousand draws give everybody the seats that the published counts promise."""

import numpy as np
import pytest
from scipy import stats

from selection.protocol.chance import beacon_number, ticket_of
from tests.trust.draws import MORNING, at, house, ready

DRAWS, TICKETS = 100_000, 1000
COMMITMENT = "7f" * 32


def tickets_drawn(chance: np.random.Generator, balls: str) -> np.ndarray:
    """What comes out when the balls are always the same and the beacon is even."""
    return np.array(
        [
            ticket_of(
                balls=balls,
                beacon=beacon_number(COMMITMENT, chance.bytes(48).hex(), tickets=TICKETS),
                tickets=TICKETS,
            )
            for _turn in range(DRAWS)
        ]
    )


@pytest.mark.django_db
def test_d5_i7_weighted_balls_give_nobody_an_advantage(tmp_path):
    chance = np.random.default_rng(5)
    with at(MORNING):
        jury, organiser, _observer = house(5, chance)
        lottery = ready(jury, organiser)
    drawn = tickets_drawn(chance, balls="777")

    assert stats.chisquare(np.bincount(drawn, minlength=TICKETS)).pvalue > 1e-4
    for row in lottery.chances.all():
        on = np.array([row.place in lottery.panel_on(ticket) for ticket in range(TICKETS)])
        promised = row.tickets / TICKETS
        assert on.sum() == row.tickets
        spread = np.sqrt(promised * (1 - promised) / DRAWS)
        assert abs(on[drawn].mean() - promised) <= 4 * spread


def test_d5_control_balls_alone_give_whoever_weights_them_all():
    drawn = {ticket_of(balls="777", beacon=None, tickets=TICKETS) for _turn in range(100)}

    assert drawn == {777}
