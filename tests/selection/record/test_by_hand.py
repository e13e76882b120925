"""D8: whoever follows the page of the sum by hand, step by step, comes to the ticket drawn.

The reader here believes nothing: they take the digits off the balls, let a computer answer the one
line, and add as at school. That people can do it is tried with ``docs/by-hand-test.md``.
"""

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from itertools import zip_longest

import pytest
from django.db import transaction
from django.test import Client

from juries.models import User
from selection.draw.beacon import take_beacon
from selection.draw.committing import Chance, commit
from selection.draw.drawing import draw_by_balls_alone
from selection.models import Lottery, Round
from selection.protocol import drand
from selection.protocol.chance import beacon_number
from tests.selection.conftest import draw_balls, run_lottery, text
from tests.selection.protocol.rounds import ROUND, SIGNATURE

PAGE = "/en/juries/lahipalvelut/record/1/by-hand/"
AT = drand.time_of(ROUND)
BALLS_BY = AT - timedelta(seconds=60)


@pytest.fixture
def lottery(closed, organiser, time_machine) -> Lottery:
    """A lottery to commit to, an hour before drand published its thousandth round."""
    time_machine.move_to(AT - timedelta(hours=1), tick=False)
    return run_lottery(closed, organiser)


@pytest.fixture
def by_beacon(time_machine, organiser) -> Callable[[Round], Round]:
    """The beacon that was named is taken when its time has come."""

    def take(round_: Round) -> Round:
        time_machine.move_to(AT + timedelta(seconds=5), tick=False)
        take_beacon(round_=round_, signature=SIGNATURE.hex(), by=organiser)
        return Round.objects.get(pk=round_.pk)

    return take


def committed_to(lottery: Lottery, by: User, wanted: Callable[[int], bool]) -> Round:
    """A commitment to which the beacon gives a wanted number: each moment named is another."""
    for minutes in range(5, 500):
        before = transaction.savepoint_create()
        chance = Chance(Round.Sources.BOTH, BALLS_BY, fallback_minutes=minutes)
        round_ = commit(lottery=lottery, chance=chance, by=by)
        if wanted(beacon_number(round_.commitment_digest, SIGNATURE.hex(), tickets=1000)):
            return round_
        transaction.savepoint_rollback(before)
    raise AssertionError("no moment gives such a number")


def shown() -> str:
    """The words of the page as somebody reads them, each line to type on a line of its own."""
    html = re.sub(r"<[^>]*>", " ", text(Client().get(PAGE)))
    return " ".join(unescape(html).split())


def line_to_type() -> str | None:
    found = re.search(r"<pre[^>]*>(python3.*?)</pre>", text(Client().get(PAGE)), re.DOTALL)
    return unescape(found[1]) if found else None


def typed(line: str) -> str:
    """What a computer answers to the line."""
    here = line.replace("python3", sys.executable, 1)
    run = subprocess.run(["bash", "-c", here], capture_output=True, text=True, check=True)
    return run.stdout.strip()


def added(one: str, other: str) -> str:
    """The sum of two numbers on paper: from the right, column by column, with what is carried."""
    written, carried = "", 0
    for upper, lower in zip_longest(reversed(one), reversed(other), fillvalue="0"):
        carried, digit = divmod(int(upper) + int(lower) + carried, 10)
        written = f"{digit}{written}"
    return f"{carried or ''}{written}"


def followed() -> tuple[str, str]:
    """The ticket that a reader of the page comes to, and the one that it says was drawn."""
    page, line = shown(), line_to_type()
    seen = re.search(r"They showed ((?:\d, )*\d)\.", page)
    zeros = re.search(r"Write down (0+)\.", page)
    balls = seen[1].replace(", ", "") if seen else zeros[1]
    whole = added(balls, typed(line)) if line else balls
    [said] = re.findall(r"So ticket (\d+) was drawn", page)
    return (whole[1:] if len(whole) > len(balls) else whole), said


@pytest.mark.parametrize("balls", ["000", "417", "999"])
@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(lambda b: b < 100, id="zeros"),
        pytest.param(lambda b: b > 900, id="no zeros"),
    ],
)
def test_d8_balls_and_beacon_added_on_paper_name_the_ticket(
    lottery, organiser, by_beacon, balls, wanted
):
    drawn = by_beacon(draw_balls(committed_to(lottery, organiser, wanted), organiser, balls))

    found, said = followed()

    assert found == said == f"{drawn.ticket:03}"


def test_d8_a_beacon_without_balls_names_the_ticket(lottery, organiser, by_beacon):
    drawn = by_beacon(committed_to(lottery, organiser, lambda b: b < 100))

    found, said = followed()

    assert found == said == f"{drawn.ticket:03}"


@pytest.mark.usefixtures("drawn")
def test_d8_balls_that_were_to_decide_alone_name_the_ticket():
    assert followed() == ("417", "417")


def test_d8_balls_without_the_beacon_that_was_named_name_the_ticket(
    lottery, organiser, time_machine
):
    round_ = draw_balls(committed_to(lottery, organiser, lambda _b: True), organiser, "030")
    time_machine.move_to(AT + timedelta(days=1), tick=False)
    draw_by_balls_alone(round_=round_, by=organiser)

    assert followed() == ("030", "030")


def test_d8_control_one_sign_of_the_fingerprint_or_the_beacon_gives_another_ticket(beaconed):
    line = line_to_type()
    b = typed(line)

    for sign in (beaconed.commitment_digest, beaconed.beacon_signature):
        others = [sign[:-1] + last for last in "012345" if last != sign[-1]]
        assert {typed(line.replace(sign, other)) for other in others} != {b}


def test_d8_the_line_shows_that_it_is_the_fingerprint_of_the_minutes(beaconed):
    [start] = re.findall(r"begins as in the minutes \(([0-9a-f ]+)\)", shown())

    assert len(start.replace(" ", "")) == 16
    assert f"fromhex('{start.replace(' ', '')}" in line_to_type()


def test_d8_a_small_number_is_written_with_as_many_digits_as_there_are_balls(
    lottery, organiser, by_beacon
):
    by_beacon(draw_balls(committed_to(lottery, organiser, lambda b: b < 100), organiser))

    [(number, padded)] = re.findall(r"It answers: (\d+)\. Write .* before it: (\d+)\.", shown())

    assert len(padded) == 3
    assert padded.lstrip("0") == number.lstrip("0")
    assert f"417 + {padded} =" in shown()


def test_d8_the_record_leads_here_right_below_the_ticket(beaconed):
    record = text(Client().get(PAGE.removesuffix("by-hand/")))

    assert f'href="{PAGE}"' in record.split("What happened")[0].split("<h1>")[1]
