"""A house that cheats with its own key is found out: whatever it lies about, it digests, chains and
signs everything after the lie anew, and the code still names what was lied about.
"""

from typing import Any

import pytest

from tests.selection.verifier.conftest import Ask
from tests.selection.verifier.lies import certificate, chance, form, lottery, replacement
from tests.selection.verifier.lies.telling import HASH, put
from tests.selection.verifier.making import House
from tests.selection.verifier.stories import drawn


def beyond_the_pool() -> House:
    house = House(1, rule="simple").freeze()

    def change(tickets: Any) -> None:
        tickets[0]["m"] = [*tickets[0]["m"][1:], 70]

    return house.commit(put(100, "pool", "count"), change_tickets=change)


LIES = lottery.LIES | certificate.LIES | chance.LIES | replacement.LIES | form.LIES
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
