"""`reserves`: who stands by."""

import csv
import json

import pytest

from tests.selection.terminal.desk import stored_lottery


@pytest.fixture
def drawn(desk):
    lottery = stored_lottery(desk, "--tickets 100")
    desk.run("draw lottery.json --ticket 42 --out panel.csv --quiet")
    desk.members = lottery["panels"][lottery["tickets"][42]]["members"]
    desk.others = [person["id"] for person in lottery["people"] if person["id"] not in desk.members]
    return desk


LINE = "reserves lottery.json --panel panel.csv --scenarios 20 --out reserves.csv"


def test_the_list_is_ranked_and_its_worth_is_said(drawn) -> None:
    code, said, _ = drawn.run(f"{LINE} --count 2 --dropout 30")

    rows = list(csv.DictReader((drawn.folder / "reserves.csv").open(encoding="utf-8")))
    assert code == 0
    assert [row["rank"] for row in rows] == ["1", "2"]
    assert {row["id"] for row in rows} < set(drawn.others)
    assert list(rows[0]) == ["rank", "id", "gender", "area"]
    losses = [float(line.split()[1]) for line in said.splitlines() if "±" in line]
    assert losses == sorted(losses, reverse=True)
    assert losses[0] > losses[-1]


def test_the_panel_file_can_say_who_is_likely_to_drop_out(drawn) -> None:
    """Where only one member may drop out, the first reserve is of the same gender."""
    panel = list(csv.DictReader((drawn.folder / "panel.csv").open(encoding="utf-8")))
    for leaver in panel:
        lines = [f"{row['id']};{'90,5 %' if row is leaver else '0'}" for row in panel]
        text = "\n".join(["id;risk", *lines])
        (drawn.folder / "panel.csv").write_text(text, encoding="utf-8")

        code, _, complaint = drawn.run(f"{LINE} --count 1 --dropout risk")

        (reserve,) = csv.DictReader((drawn.folder / "reserves.csv").open(encoding="utf-8"))
        assert code == 0, complaint
        assert reserve["gender"] == leaver["gender"]


def test_people_who_left_are_no_reserves(drawn) -> None:
    out = ",".join(drawn.others[:2])

    facts = json.loads(drawn.run(f"{LINE} --count 9 --dropout 30 --gone {out} --json")[1])

    assert facts["reserves"] == drawn.others[2:]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("--count 1 --dropout 130", "not a number from 0 to 100"),
        ("--count 1 --dropout nan", "not a number from 0 to 100"),
        ("--count 1 --dropout luck", "this column is missing"),
        ("--count 1 --dropout gender", "is not a number"),
    ],
)
def test_a_dropout_that_is_no_number_is_told(drawn, line, sentence) -> None:
    code, _, complaint = drawn.run(f"{LINE} {line}")

    assert code == 2
    assert sentence in complaint
