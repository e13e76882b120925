"""`verify`: what a lottery file and a record claim is counted anew."""

import json

import pytest

from tests.selection.terminal.desk import QUOTAS, stored_lottery, verified, write, wrong_lines


def test_every_claim_of_a_lottery_and_of_its_record_is_fine(desk, record) -> None:
    for file in ("lottery.json", "record.zip"):
        code, said, complaint = desk.run(f"verify {file}")

        assert (code, complaint) == (0, "")
        assert wrong_lines(said) == []
        assert "not checkable" not in said


def test_a_lottery_without_tickets_is_checked_as_far_as_it_goes(desk) -> None:
    stored_lottery(desk)

    code, said, _ = desk.run("verify lottery.json")

    assert code == 0
    assert "not checkable  the lottery has no numbered tickets" in said


def move_probability(lottery: dict) -> None:
    lottery["panels"][0]["probability"] += 0.01


def favour_somebody(lottery: dict) -> None:
    lottery["people"][0]["chance"] += 0.01


def add_a_ticket(lottery: dict) -> None:
    lottery["people"][2]["tickets"] += 1


def hide_the_shift(lottery: dict) -> None:
    lottery["ticket_shift"] += 0.001


def repeat_a_panel(lottery: dict) -> None:
    lottery["panels"].append(lottery["panels"][0])


def swap_in_a_neighbour(lottery: dict) -> None:
    panel = next(panel for panel in lottery["panels"] if "p01" in panel["members"])
    panel["members"] = ["p01", "p02", "p03", "p04"]


def seat_somebody_twice(lottery: dict) -> None:
    lottery["panels"][0]["members"][1] = lottery["panels"][0]["members"][0]


def tighten_a_quota(lottery: dict) -> None:
    lottery["criteria"][1]["quotas"][0]["max"] = 1


def understate_the_heaviest(lottery: dict) -> None:
    lottery["proof"][0]["heaviest"] -= 1


def weigh_somebody_more(lottery: dict) -> None:
    claim = lottery["proof"][0]
    claim["weights"][claim["types"][0]] += 5


def weigh_somebody_below_nothing(lottery: dict) -> None:
    lottery["proof"][0]["weights"][lottery["proof"][0]["types"][0]] = -1


def give_away_chances(lottery: dict) -> None:
    """Another lottery, true in every sum and far from the fairest: one panel for certain."""
    del lottery["panels"][1:]
    lottery["panels"][0]["probability"] = 1.0
    lottery["tickets"] = [0] * 100
    lottery["ticket_shift"] = 0.0
    for person in lottery["people"]:
        on = person["id"] in lottery["panels"][0]["members"]
        person["chance"], person["tickets"] = float(on), 100 * on


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (move_probability, "the probabilities add up to 1.01"),
        (favour_somebody, "p01 is said to have"),
        (add_a_ticket, "p03 is said to be on"),
        (hide_the_shift, "tickets move a chance by"),
        (repeat_a_panel, "are the same"),
        (swap_in_a_neighbour, "has two people of one household"),
        (seat_somebody_twice, "has 3 people instead of 4"),
        (tighten_a_quota, "of area “Itä”, and 1 to 1 are asked for"),
        (understate_the_heaviest, "level 1 of the proof"),
        (weigh_somebody_more, "level 1 of the proof"),
        (weigh_somebody_below_nothing, "the proof does not fit"),
        (give_away_chances, "below what is proven to be best, and 0 is said"),
    ],
)
def test_a_wrong_claim_is_named_and_ends_with_one(desk, change, sentence) -> None:
    code, said = verified(desk, change)

    assert code == 1
    assert any(sentence in line for line in wrong_lines(said)), said


def test_people_in_no_panel_do_not_count_in_the_proof(desk) -> None:
    write(
        desk.folder,
        quotas=QUOTAS.replace("Itä,1,3", "Itä,0,0")
        .replace("woman,2,2", "woman,1,2")
        .replace("man,2,2", "man,1,3")
        .replace("Länsi,1,3", "Länsi,2,4"),
    )
    stored_lottery_of_two(desk)

    code, said, _ = desk.run("verify lottery.json")

    assert code == 0, said
    assert "the smallest chance is 50" in said


def stored_lottery_of_two(desk) -> None:
    code, _, complaint = desk.run(
        "lottery --quotas quotas.csv --pool pool.csv --size 2 --tickets 10 --out lottery.json"
    )
    assert (code, complaint) == (0, "")


@pytest.mark.parametrize("rule", ["leximin", "maximin", "nash", "goldilocks"])
def test_the_proof_of_every_rule_is_checked(desk, rule) -> None:
    stored_lottery(desk, f"--rule {rule} --household street postcode")

    code, said, _ = desk.run("verify lottery.json --json")

    claims = {claim["code"]: claim["verdict"] for claim in json.loads(said)["claims"]}
    assert code == 0
    assert claims["heaviest"] == claims["gap"] == "fine"


@pytest.mark.parametrize(
    ("rule", "sentence"), [("nash", "geometric mean"), ("goldilocks", "largest and smallest")]
)
def test_a_lottery_that_is_not_the_best_by_its_rule_is_found_out(desk, rule, sentence) -> None:
    lottery = stored_lottery(desk, f"--rule {rule}")
    rest = len(lottery["panels"]) - 1
    for place, panel in enumerate(lottery["panels"]):
        panel["probability"] = 0.1 / rest if place else 0.9
    for person in lottery["people"]:
        person["chance"] = sum(
            panel["probability"] for panel in lottery["panels"] if person["id"] in panel["members"]
        )
    (desk.folder / "changed.json").write_text(json.dumps(lottery), encoding="utf-8")

    code, said, _ = desk.run("verify changed.json")

    assert code == 1
    assert [sentence in line for line in wrong_lines(said)] == [True]


@pytest.mark.parametrize("rule", ["nash", "goldilocks"])
def test_a_proof_that_says_too_little_weight_is_found_out(desk, rule) -> None:
    lottery = stored_lottery(desk, f"--rule {rule}")
    lottery["proof"][0]["heaviest"] -= 1
    (desk.folder / "changed.json").write_text(json.dumps(lottery), encoding="utf-8")

    code, said, _ = desk.run("verify changed.json")

    assert code == 1
    assert any("a panel weighs" in line for line in wrong_lines(said))


def test_a_solver_that_is_not_there_is_said(desk) -> None:
    stored_lottery(desk)

    code, _, complaint = desk.run("verify lottery.json --solver ABACUS")

    assert code == 2
    assert complaint.startswith("There is no solver “ABACUS” here; there is ")
    assert "HiGHS" in complaint


def test_the_numbers_of_types_are_names_only(desk) -> None:
    lottery = stored_lottery(desk, "--household street postcode")
    last = max(person.get("type", -1) for person in lottery["people"])
    for person in lottery["people"]:
        person["type"] = last - person["type"]
    for claim in lottery["proof"]:
        claim["types"] = [last - kind for kind in claim["types"]]
        claim["weights"].reverse()
    (desk.folder / "changed.json").write_text(json.dumps(lottery), encoding="utf-8")

    assert desk.run("verify changed.json")[0] == 0


def test_people_who_are_not_alike_cannot_be_of_one_type(desk) -> None:
    lottery = stored_lottery(desk)
    for person in lottery["people"]:
        person["type"] = 0
    (desk.folder / "changed.json").write_text(json.dumps(lottery), encoding="utf-8")

    code, said, _ = desk.run("verify changed.json")

    assert code == 1
    assert wrong_lines(said) == ["people who are alike are not of the same type, or others are"]
