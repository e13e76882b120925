"""`lottery`: the file it writes, the rule it keeps, what it says."""

from collections import Counter

import pytest

from selection.engine.version import VERSION
from tests.selection.terminal.desk import FILES, POOL, QUOTAS, stored_lottery, write


def test_a_lottery_file_holds_everything_needed_to_judge_it(desk) -> None:
    lottery = stored_lottery(desk, "--tickets 100 --seed 5")

    assert lottery["rule"] == "leximin"
    assert (lottery["size"], lottery["seed"]) == (4, 5)
    assert lottery["engine"] == {"name": "raatihuone", "version": VERSION}
    assert lottery["certificate"]["optimal"] is True
    assert lottery["certificate"]["gap"] <= 1e-6
    assert lottery["types"] == 4
    assert lottery["seconds"] >= 0
    assert len(lottery["tickets"]) == 100
    assert set(lottery["tickets"]) <= set(range(len(lottery["panels"])))


def test_chances_are_what_the_panels_add_up_to(desk) -> None:
    lottery = stored_lottery(desk)

    chances = Counter()
    for panel in lottery["panels"]:
        for member in panel["members"]:
            chances[member] += panel["probability"]
    assert sum(panel["probability"] for panel in lottery["panels"]) == pytest.approx(1)
    assert {person["id"]: person["chance"] for person in lottery["people"]} == pytest.approx(
        chances
    )


def test_the_fairest_chances_of_the_tiny_pool_are_known(desk) -> None:
    lottery = stored_lottery(desk)

    chances = {person["id"]: round(person["chance"], 6) for person in lottery["people"]}

    assert [chances[f"p0{number}"] for number in (1, 3, 5, 7)] == [0.5] * 4
    assert [chances[f"p0{number}"] for number in (2, 4, 6)] == [0.666667] * 3


def test_the_order_of_rows_does_not_matter(desk) -> None:
    plain = stored_lottery(desk, "--tickets 100")
    header, *rows = POOL.splitlines()
    write(desk.folder, pool="\n".join([header, *reversed(rows)]))

    turned = stored_lottery(desk, "--tickets 100")

    assert without_seconds(turned) == without_seconds(plain)


@pytest.mark.parametrize("rule", ["leximin", "maximin"])
def test_the_same_input_gives_the_same_bytes_but_for_the_seconds(desk, rule) -> None:
    texts = []
    for name in ("one.json", "two.json"):
        stored_lottery(desk, f"--rule {rule} --tickets 50", out=name)
        lines = (desk.folder / name).read_text(encoding="utf-8").splitlines()
        texts.append([line for line in lines if not line.startswith('"seconds"')])

    assert texts[0] == texts[1]


def without_seconds(lottery: dict) -> dict:
    return {name: item for name, item in lottery.items() if name != "seconds"}


def test_the_rule_asked_for_is_the_rule_used(desk) -> None:
    assert stored_lottery(desk, "--rule maximin")["rule"] == "maximin"


def test_nobody_sits_with_somebody_of_the_same_address(desk) -> None:
    lottery = stored_lottery(desk, "--household street postcode")

    for panel in lottery["panels"]:
        assert not {"p01", "p02"} <= set(panel["members"])
        assert not {"p05", "p06"} <= set(panel["members"])
    assert any({"p03", "p04"} <= set(panel["members"]) for panel in lottery["panels"])


def test_an_impossible_lottery_is_told_on_the_error_stream(desk) -> None:
    write(desk.folder, quotas=QUOTAS.replace("woman,2,2", "woman,3,3"))

    code, said, complaint = desk.run(f"lottery {FILES} --out lottery.json")

    assert code == 3
    assert said == ""
    assert "These quotas cannot hold together" in complaint
    assert not (desk.folder / "lottery.json").exists()


def test_the_summary_says_chances_proof_and_tickets(desk) -> None:
    code, said, complaint = desk.run(f"lottery {FILES} --tickets 100 --out lottery.json")

    assert code == 0
    assert "chances from 50.00% to 66.67%; everybody has one" in said
    assert "proven optimal" in said
    assert "100 tickets" in said
    assert complaint == "", "no bar where nobody watches"


# --- draw ----------------------------------------------------------------------------------------
