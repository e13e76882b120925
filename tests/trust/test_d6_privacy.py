"""D6: whoever knows the members learns nothing of the others from a public record.

The attack is linear: every panel meets the quotas, so the people on it add up to nearly the same.
From the panels of a record and the attributes of the panel that was drawn it guesses everybody
else's, and its guesses are held against naming the commonest value for everybody.
"""

import csv
import json
import secrets
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from juries.enums import Role
from juries.models import Jury
from selection.models import Draw
from selection.record.files import public_record, record_of
from tests import factories
from tests.trust.draws import MORNING, at, by_balls, ready
from tests.trust.resealing import opened

EXAMPLE = Path(__file__).parents[2] / "docs" / "example"
RIDGE = 0.01
SEATS = 30


@pytest.fixture(scope="module")
def example():
    """The pool of the example, and quotas that leave no play, which helps the attack most.

    Every panel then adds up to just the same, so each is an equation that holds.
    """
    with (EXAMPLE / "pool.csv").open(encoding="utf-8-sig") as lines:
        people = list(csv.DictReader(lines))
    names = [name for name in people[0] if name != "id"]
    quotas = {name: _in_the_pools_shares([one[name] for one in people]) for name in names}
    return quotas, [[one[name] for name in names] for one in people]


def _in_the_pools_shares(values: list[str]) -> dict[str, tuple[int, int]]:
    """As many seats for each value as its share of the pool: the largest remainders round up."""
    exact = {value: SEATS * count / len(values) for value, count in Counter(values).items()}
    seats = {value: int(share) for value, share in exact.items()}
    by_remainder = sorted(exact, key=lambda value: seats[value] - exact[value])
    for value in by_remainder[: SEATS - sum(seats.values())]:
        seats[value] += 1
    return {value: (number, number) for value, number in seats.items()}


@pytest.fixture
def drawn(db, example, monkeypatch):
    """Salts order the pool, and so choose among equally fair lotteries: here always the same."""
    quotas, rows = example
    monkeypatch.setattr(secrets, "token_bytes", np.random.default_rng(6).bytes)
    jury = factories.make_jury("esimerkki", quotas=quotas, panel_size=SEATS)
    factories.make_registrants(jury, rows)
    Jury.objects.filter(pk=jury.pk).update(stage="lottery")
    organiser = factories.make_member(jury, Role.ORGANISER)
    with at(MORNING):
        lottery = ready(jury, organiser)
        witness = factories.make_member(jury, Role.OBSERVER)
        by_balls(lottery, organiser, witness, np.random.default_rng(6))
    return Draw.objects.get(pk=lottery.draw_id)


def guesses(record: bytes, known: dict[int, str], names: list[str], people: int) -> list[str]:
    """For everybody in the pool the likeliest value, from the record and the members' values."""
    shares = np.array([list(known.values()).count(name) / len(known) for name in names])
    prior = np.tile(shares, (people, 1))
    files = opened(record)
    if "lottery.ndjson" in files:
        panels = [json.loads(row)["m"] for row in files["lottery.ndjson"].splitlines()]
        prior = _weighed(panels, known, names, prior)
    for index, value in known.items():
        prior[index] = [name == value for name in names]
    return [names[place] for place in prior.argmax(axis=1)]


def _weighed(panels, known, names, prior) -> np.ndarray:
    """Ridge regression: what each panel adds up to, without the members who are known."""
    people = len(prior)
    on = np.zeros((len(panels), people))
    for row, members in enumerate(panels):
        on[row, members] = 1.0
    value = np.array([[known.get(index) == name for name in names] for index in range(people)])
    unknown = [index for index in range(people) if index not in known]
    held = on[:, sorted(known)] @ value[sorted(known)]
    totals = np.array([list(known.values()).count(name) for name in names], dtype=float)
    wanted = totals - held - on[:, unknown] @ prior[unknown]
    matrix = on[:, unknown]
    shift = np.linalg.solve(matrix.T @ matrix + RIDGE * np.eye(len(unknown)), matrix.T @ wanted)
    prior = prior.copy()
    prior[unknown] += shift
    return prior


def gains(draw: Draw, record: bytes, members: set[int]) -> list[float]:
    """By criterion: how much better the attack guesses than naming the commonest value, in points.

    The attack knows the values of ``members``, as if it were them who had been drawn.
    """
    entries = list(draw.entries.order_by("index"))
    others = [entry.index for entry in entries if entry.index not in members]
    found = []
    for column, table in enumerate(draw.quotas):
        names = [row["key"] for row in table["values"]]
        truth = [names[entry.values[column]] for entry in entries]
        guessed = guesses(record, {one: truth[one] for one in members}, names, len(entries))
        right = np.mean([guessed[one] == truth[one] for one in others])
        common = max(np.mean([truth[one] == name for one in others]) for name in names)
        found.append(100 * float(right - common))
    return found


def panels_drawn(draw: Draw) -> list[set[int]]:
    """Some panels of the lottery: what the attack gains hangs on whose values it knows."""
    tickets = opened(record_of(draw, "L3"))["lottery.ndjson"].splitlines()
    return [set(json.loads(tickets[place])["m"]) for place in range(0, len(tickets), 50)]


def test_d6_the_public_record_tells_an_attacker_nothing_of_anybody_else(drawn):
    record = public_record(drawn)

    found = [max(gains(drawn, record, members)) for members in panels_drawn(drawn)]

    assert max(found) <= 2, found


def test_d6_control_the_list_of_all_panels_tells_an_attacker_much(drawn):
    record = record_of(drawn, "L3")

    found = [max(gains(drawn, record, members)) for members in panels_drawn(drawn)]

    assert np.mean(found) > 15, found


def test_a7_no_row_salt_or_pseudonym_of_anybody_else_is_in_the_public_record(drawn):
    content = public_record(drawn)
    members = {member["index"] for member in json.loads(drawn.rounds.get().result)["members"]}

    for entry in drawn.entries.select_related("registrant"):
        assert (entry.pseudonym.encode() in content) == (entry.index in members)
        assert bytes(entry.salt).hex().encode() not in content
        assert entry.leaf.encode() not in content
        assert entry.registrant.reference.encode() not in content
        assert entry.registrant.name.encode() not in content
    assert bytes(drawn.secret).hex().encode() not in content
