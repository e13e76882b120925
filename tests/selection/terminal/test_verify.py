"""`verify`: what a lottery file and a record claim is counted anew."""

import hashlib
import io
import json
import zipfile

import numpy as np
import pytest

from selection.terminal.records.archive import NAMES, pack
from tests.selection.terminal.desk import QUOTAS, stored_lottery, write


@pytest.fixture
def record(desk) -> dict[str, bytes]:
    """The files of a record that has been drawn at the desk."""
    stored_lottery(desk, "--tickets 100 --household street postcode")
    code, _, _ = desk.run("draw lottery.json --ticket 7 --out panel.csv --record record.zip")
    assert code == 0
    with zipfile.ZipFile(desk.folder / "record.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def wrong_lines(said: str) -> list[str]:
    return [line.removeprefix("WRONG").strip() for line in said.splitlines() if "WRONG  " in line]


def verified(desk, change) -> tuple[int, str]:
    """Exit code and output for a lottery file after a change."""
    lottery = stored_lottery(desk, "--tickets 100 --household street postcode")
    change(lottery)
    (desk.folder / "changed.json").write_text(json.dumps(lottery), encoding="utf-8")
    code, said, complaint = desk.run("verify changed.json")
    return code, said + complaint


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


def forget_people(lottery: dict) -> None:
    del lottery["people"]


def forget_a_chance(lottery: dict) -> None:
    del lottery["people"][1]["chance"]


def say_a_chance_in_words(lottery: dict) -> None:
    lottery["people"][1]["chance"] = "half"


def invite_a_stranger(lottery: dict) -> None:
    lottery["panels"][1]["members"][0] = "p99"


def seat_a_list(lottery: dict) -> None:
    lottery["panels"][1]["members"][0] = ["p01"]


def name_a_ticket_too_many(lottery: dict) -> None:
    lottery["tickets"][3] = 10**6


def give_two_the_same_id(lottery: dict) -> None:
    lottery["people"][1]["id"] = "p01"


def change_a_value(lottery: dict) -> None:
    lottery["people"][1]["values"] = ["man", "nowhere"]


def say_yes_for_a_number(lottery: dict) -> None:
    lottery["size"] = True


def weigh_in_words(lottery: dict) -> None:
    lottery["proof"][0]["weights"][0] = "heavy"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (forget_people, "“people” is missing or is not a list"),
        (forget_a_chance, "people, entry 1: “chance” is missing or is not a number"),
        (say_a_chance_in_words, "people, entry 1: “chance” is missing or is not a number"),
        (invite_a_stranger, "panels, entry 1: a member is not among the people"),
        (seat_a_list, "panels, entry 1: a member is not among the people"),
        (name_a_ticket_too_many, "“tickets” has an entry that is no panel of this file"),
        (give_two_the_same_id, "an id comes twice among the people"),
        (change_a_value, "people, entry 1: “values” does not fit the criteria"),
        (say_yes_for_a_number, "“size” is missing or is not a whole number"),
        (weigh_in_words, "“weights” has an entry that is no whole number, or too large a one"),
    ],
)
def test_a_file_whose_parts_do_not_fit_is_refused_with_the_place(desk, change, sentence) -> None:
    code, said = verified(desk, change)

    assert code == 2
    assert said == f"changed.json: {sentence}; the file has been changed or cut.\n".replace(
        "“weights”", "proof, entry 0: “weights”"
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"not json",
        b'{"format": "raatihuone-lottery/1", "format": "raatihuone-lottery/1"}',
        b'{"format": "raatihuone-lottery/1", "size": NaN}',
        b'{"format": "raatihuone-lottery/2"}',
        b"[" * 100_000,
        b'{"format": "raatihuone-lottery/1", "size": ' + b"9" * 5000 + b"}",
        b"\xff\xfe\x00",
    ],
)
def test_a_file_that_is_no_lottery_is_refused_in_one_sentence(desk, content) -> None:
    (desk.folder / "lottery.json").write_bytes(content)

    code, said, complaint = desk.run("verify lottery.json")

    assert (code, said) == (2, "")
    assert complaint == "lottery.json: this is not a lottery file.\n"


# --- records -------------------------------------------------------------------------------------


def test_the_same_draw_gives_the_same_record(desk, record) -> None:
    first = (desk.folder / "record.zip").read_bytes()

    desk.run("draw lottery.json --ticket 7 --out other.csv --record again.zip --quiet")

    assert (desk.folder / "again.zip").read_bytes() == first
    assert sorted(record) == list(NAMES)


def test_the_sums_are_those_of_any_other_program(record) -> None:
    for line in record["SHA256SUMS"].decode().splitlines():
        found, name = line.split("  ")
        assert hashlib.sha256(record[name]).hexdigest() == found


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("panel.csv", b"woman", b"man", "panel.csv is not panel"),
        ("draw.json", b'"ticket": 7', b'"ticket": 90', "draw.json does not say"),
        ("draw.json", b'"ticket": 7', b'"ticket": 700', "there is no ticket 700"),
    ],
)
def test_a_record_of_another_draw_is_found_out_whatever_its_sums(
    desk, record, name, old, new, sentence
) -> None:
    files = {each: content for each, content in record.items() if each != "SHA256SUMS"}
    files[name] = files[name].replace(old, new)
    (desk.folder / "record.zip").write_bytes(pack(files))

    code, said, _ = desk.run("verify record.zip")

    assert code == 1
    assert any(sentence in line for line in wrong_lines(said))


def test_a_file_that_was_changed_afterwards_does_not_have_its_sum(desk, record) -> None:
    record["panel.csv"] += b"\n"
    zipped(desk, list(record.items()))

    code, said, _ = desk.run("verify record.zip")

    assert code == 1
    assert "a file in the record is not the one whose SHA-256 sum it says" in said


def zipped(desk, entries: list[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> None:
    with zipfile.ZipFile(desk.folder / "record.zip", "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)


def test_a_record_that_was_packed_anew_is_still_read(desk, record) -> None:
    zipped(desk, list(record.items()), zipfile.ZIP_DEFLATED)

    assert desk.run("verify record.zip")[0] == 0


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "spoil",
    [
        lambda entries: entries[:-1],
        lambda entries: [*entries, ("../../evil.sh", b"rm")],
        lambda entries: [*entries, entries[0]],
        lambda entries: [("/etc/passwd", entries[0][1]), *entries[1:]],
        lambda entries: [],
    ],
)
def test_a_zip_with_other_files_is_no_record(desk, record, spoil) -> None:
    zipped(desk, spoil(list(record.items())))

    code, said, complaint = desk.run("verify record.zip")

    assert (code, said) == (2, "")
    assert complaint.startswith("record.zip: this is not a record of a draw")
    assert complaint.count("\n") == 1


def test_a_zip_that_unpacks_to_very_much_is_not_unpacked(desk, record, monkeypatch) -> None:
    monkeypatch.setattr("selection.terminal.records.archive.MAXIMUM_BYTES", 10_000_000)
    record["panel.csv"] = bytes(20_000_000)
    zipped(desk, list(record.items()), zipfile.ZIP_DEFLATED)

    code, _, complaint = desk.run("verify record.zip")

    assert code == 2
    assert "unpacks to more than" in complaint


@pytest.mark.parametrize("cut", [3, 50, -30])
def test_a_damaged_zip_is_told_in_one_sentence(desk, record, cut) -> None:
    whole = (desk.folder / "record.zip").read_bytes()
    (desk.folder / "record.zip").write_bytes(whole[:cut])

    code, said, complaint = desk.run("verify record.zip")

    assert (code, said) == (2, "")
    assert complaint == "record.zip: the zip is damaged.\n"


def test_claims_are_given_as_json(desk, record) -> None:
    code, said, _ = desk.run("verify record.zip --json")

    found = json.loads(said)
    assert code == 0
    assert found["fine"] is True
    assert {claim["verdict"] for claim in found["claims"]} == {"fine"}


def test_verify_is_silent_when_asked_to_be(desk, record) -> None:
    assert desk.run("verify record.zip --quiet") == (0, "", "")


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


def test_a_zip_bomb_that_lies_about_its_size_is_damaged(desk, record) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in record.items():
            archive.writestr(name, content)
    whole = bytearray(packed.getvalue())
    at = whole.rfind(b"PK\x01\x02")
    whole[at + 24 : at + 28] = (5).to_bytes(4, "little")
    (desk.folder / "record.zip").write_bytes(bytes(whole))

    code, _, complaint = desk.run("verify record.zip")

    assert code == 2
    assert complaint == "record.zip: the zip is damaged.\n"


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


ODD = [None, -1, 0, 1, 2, 3.5, 10**30, -(10**9), 1e300, "", "p01", [], [0], {}, {"id": "p01"}, True]


def leaves(found: object, path: tuple = ()) -> list[tuple]:
    """The ways to every part of a JSON value."""
    parts = found.items() if isinstance(found, dict) else enumerate(found)
    ways = []
    for name, part in parts:
        ways.append((*path, name))
        if isinstance(part, dict | list):
            ways += leaves(part, (*path, name))
    return ways


@pytest.mark.parametrize("rule", ["leximin", "nash", "goldilocks"])
def test_no_odd_value_in_a_file_stops_verify_without_a_word(desk, rule) -> None:
    text = json.dumps(stored_lottery(desk, f"--rule {rule} --tickets 5 --household street"))
    rng = np.random.default_rng(7)
    ways = leaves(json.loads(text))

    for _ in range(80):
        lottery = json.loads(text)
        for _ in range(int(rng.integers(1, 3))):
            *path, last = ways[int(rng.integers(len(ways)))]
            part = lottery
            try:
                for name in path:
                    part = part[name]
                part[last] = ODD[int(rng.integers(len(ODD)))]
            except (KeyError, IndexError, TypeError):
                continue
        (desk.folder / "odd.json").write_text(json.dumps(lottery), encoding="utf-8")

        code, said, complaint = desk.run("verify odd.json")

        assert code in (0, 1, 2)
        assert complaint.count("\n") == (code == 2)
        assert bool(wrong_lines(said)) == (code == 1)
