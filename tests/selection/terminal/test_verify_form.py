"""`verify`: a file that has not the form of a lottery is refused, and says where."""

import json

import numpy as np
import pytest

from tests.selection.terminal.desk import stored_lottery, verified, wrong_lines


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
