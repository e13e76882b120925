"""`replace`: the confirmed stay, the seats of those who leave are drawn again."""

import csv
import json
from collections import Counter

import pytest

from tests.selection.terminal.desk import POOL, stored_lottery, write


@pytest.fixture
def drawn(desk):
    """A desk with a lottery and the panel of one ticket; ``desk.members`` are on it."""
    lottery = stored_lottery(desk, "--tickets 100 --household street postcode")
    desk.run("draw lottery.json --ticket 42 --out panel.csv --quiet")
    desk.members = lottery["panels"][lottery["tickets"][42]]["members"]
    desk.everybody = {person["id"]: person["values"] for person in lottery["people"]}
    return desk


def rows(desk, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((desk.folder / name).open(encoding="utf-8")))


def test_the_confirmed_stay_and_the_quotas_are_met(drawn) -> None:
    gone = drawn.members[0]

    code, said, _ = drawn.run(
        f"replace lottery.json --panel panel.csv --gone {gone} --seed 3 --out panel2.csv"
    )

    panel = rows(drawn, "panel2.csv")
    names = {row["id"] for row in panel}
    assert code == 0
    assert set(drawn.members[1:]) < names
    assert gone not in names
    assert Counter(row["gender"] for row in panel) == {"woman": 2, "man": 2}
    assert not {"p01", "p02"} <= names
    assert not {"p05", "p06"} <= names
    assert "drawn by the seed 3" in said
    assert f"leave: {gone}" in said


def test_the_same_seed_draws_the_same_panel_and_the_summary_is_data(drawn) -> None:
    line = f"replace lottery.json --panel panel.csv --gone {drawn.members[1]} --seed 8 --json"

    first, second = (drawn.run(f"{line} --out {name}") for name in ("a.csv", "b.csv"))

    facts = json.loads(first[1])
    assert first == second
    assert (drawn.folder / "a.csv").read_bytes() == (drawn.folder / "b.csv").read_bytes()
    assert facts["gone"] == [drawn.members[1]]
    assert facts["kept"] == 3
    assert len(facts["came"]) == 1


def test_the_new_lottery_can_be_drawn_from_in_public_and_verified(drawn) -> None:
    gone = drawn.members[0]
    drawn.run(
        f"replace lottery.json --panel panel.csv --gone {gone} --tickets 10 "
        "--lottery-out lottery2.json --quiet"
    )

    code, _, complaint = drawn.run("draw lottery2.json --ticket 7 --out panel2.csv --quiet")
    verified, said, _ = drawn.run("verify lottery2.json")

    lottery = json.loads((drawn.folder / "lottery2.json").read_text(encoding="utf-8"))
    chances = {person["id"]: person["chance"] for person in lottery["people"]}
    assert (code, complaint, verified) == (0, "", 0), said
    assert [chances[name] for name in drawn.members if name != gone] == [1, 1, 1]
    assert chances[gone] == 0


def test_a_ticket_can_be_given_from_outside(drawn) -> None:
    line = f"replace lottery.json --panel panel.csv --gone {drawn.members[0]} --tickets 10"

    code, said, _ = drawn.run(f"{line} --ticket 4 --out panel2.csv")
    missing, _, complaint = drawn.run(f"{line} --ticket 10 --out panel2.csv")

    assert code == 0
    assert "ticket 4 of 10, as given" in said
    assert missing == 2
    assert "no ticket 10" in complaint


def test_quotas_that_cannot_be_met_are_a_conflict_or_like_for_like(drawn) -> None:
    men = [name for name, values in drawn.everybody.items() if "man" in values]
    line = f"replace lottery.json --panel panel.csv --gone {','.join(men[:2])} --out panel2.csv"

    code, said, complaint = drawn.run(line)
    assert (code, said) == (3, "")
    assert "man" in complaint
    assert not (drawn.folder / "panel2.csv").exists()

    code, said, _ = drawn.run(f"{line} --like-for-like --seed 2")
    assert code == 0
    assert "missed: gender “man”" in said
    assert "criteria the same" in said
    assert len(rows(drawn, "panel2.csv")) == 4

    facts = json.loads(drawn.run(f"{line} --like-for-like --seed 2 --json")[1])
    assert {each["value"] for each in facts["missed"]} >= {"man"}
    assert facts["loss"] == sum(each["by"] for each in facts["missed"])


def test_people_who_left_earlier_do_not_come_back(drawn) -> None:
    outside = [name for name in drawn.everybody if name not in drawn.members]

    for seed in range(5):
        drawn.run(
            f"replace lottery.json --panel panel.csv --gone {drawn.members[0]},{outside[0]} "
            f"--seed {seed} --out panel2.csv --like-for-like --quiet"
        )
        assert outside[0] not in {row["id"] for row in rows(drawn, "panel2.csv")}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("--gone nobody --out x.csv", "nobody in the lottery has the id “nobody”"),
        ("--gone p01", "Say where to write"),
        ("--gone p01 --out nowhere/x.csv", "cannot be written there"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(drawn, line, sentence) -> None:
    code, _, complaint = drawn.run(f"replace lottery.json --panel panel.csv {line}")

    assert code == 2
    assert sentence in complaint


def test_a_panel_of_somebody_else_is_refused(drawn) -> None:
    write(drawn.folder, panel="id\np01\np99\n", twice="id\np01\np01\n", many=POOL)

    for name, sentence in (
        ("panel", "“p99”"),
        ("twice", "“p01” is on the panel twice"),
        ("many", "7 people are on the panel"),
    ):
        code, _, complaint = drawn.run(
            f"replace lottery.json --panel {name}.csv --gone p01 --out x.csv"
        )
        assert code == 2
        assert sentence in complaint
