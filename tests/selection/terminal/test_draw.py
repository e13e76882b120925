"""`draw`: from a ticket to its panel."""

import csv
import json
from collections import Counter

import pytest

from tests.selection.terminal.desk import stored_lottery


def test_a_ticket_names_its_panel_with_its_values(desk) -> None:
    lottery = stored_lottery(desk, "--tickets 100")

    code, said, _ = desk.run("draw lottery.json --ticket 42 --out panel.csv")

    rows = list(csv.reader((desk.folder / "panel.csv").open(encoding="utf-8")))
    assert code == 0
    assert rows[0] == ["id", "gender", "area"]
    assert [row[0] for row in rows[1:]] == lottery["panels"][lottery["tickets"][42]]["members"]
    assert Counter(row[1] for row in rows[1:]) == {"woman": 2, "man": 2}
    assert "ticket 42" in said


def test_a_drawn_panel_can_be_read_back_as_a_pool(desk) -> None:
    stored_lottery(desk, "--tickets 10")
    desk.run("draw lottery.json --ticket 0 --out panel.csv --quiet")

    code, _, _ = desk.run("check --quotas quotas.csv --pool panel.csv --size 4")

    assert code == 0


@pytest.mark.parametrize("ticket", [100, 999, 10**9])
def test_a_ticket_that_does_not_exist_is_refused(desk, ticket) -> None:
    stored_lottery(desk, "--tickets 100")

    code, _, complaint = desk.run(f"draw lottery.json --ticket {ticket} --out panel.csv")

    assert code == 2
    assert "numbered from 0 to 99" in complaint
    assert not (desk.folder / "panel.csv").exists()


def test_a_lottery_without_tickets_says_how_to_get_them(desk) -> None:
    stored_lottery(desk)

    code, _, complaint = desk.run("draw lottery.json --ticket 0 --out panel.csv")

    assert code == 2
    assert "--tickets 1000" in complaint


def test_a_lottery_that_was_tampered_with_is_refused(desk) -> None:
    lottery = stored_lottery(desk, "--tickets 10")
    women = [person["id"] for person in lottery["people"] if "woman" in person["values"]]
    for panel in lottery["panels"]:
        panel["members"] = women
    (desk.folder / "lottery.json").write_text(json.dumps(lottery))

    code, _, complaint = desk.run("draw lottery.json --ticket 0 --out panel.csv")

    assert code == 2
    assert "changed or cut" in complaint


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "{}",
        "null",
        "not json",
        '{"format": "raatihuone-lottery/1", "tickets": [0]}',
        '{"format": "raatihuone-lottery/1", "tickets": 7}',
        '{"format": "raatihuone-lottery/1", "tickets": ["x"], "people": [], "panels": []}',
    ],
)
def test_a_file_that_is_no_lottery_is_refused(desk, content) -> None:
    (desk.folder / "lottery.json").write_text(content)

    code, _, complaint = desk.run("draw lottery.json --ticket 0 --out panel.csv")

    assert code == 2
    assert complaint.startswith("lottery.json: ")


# --- around it -----------------------------------------------------------------------------------
