"""`check`: what is wrong with the files, and whether a panel is possible."""

import json

from tests.selection.terminal.desk import FILES, POOL, QUOTAS, write


def test_check_says_that_all_is_well(desk) -> None:
    code, said, complaint = desk.run(f"check {FILES}")

    assert code == 0
    assert "7 people" in said
    assert complaint == ""


def test_check_is_silent_when_asked_to_be(desk) -> None:
    assert desk.run(f"check {FILES} --quiet") == (0, "", "")


def test_check_prints_one_line_for_each_problem(desk) -> None:
    write(desk.folder, pool=POOL.replace("p02,man", "p02,").replace("p05,woman", "p01,Woman"))

    code, said, _ = desk.run(f"check {FILES}")

    assert code == 1
    assert said.splitlines() == [
        "pool.csv, row 3, column gender: the value is missing.",
        "pool.csv, row 6, column id: “p01” is already on row 2.",
        "pool.csv, row 6, column gender: “Woman” differs only in case or spaces from “woman” of"
        " the quota file (1 person, this one first).",
    ]


def test_check_names_wrong_quotas_by_row(desk) -> None:
    write(desk.folder, quotas=QUOTAS.replace("man,2,2", "man,2,x").replace("Itä,1,3", "Itä,3,1"))

    code, said, _ = desk.run(f"check {FILES}")

    assert code == 1
    assert "quotas.csv, row 3, column max: “x” is not a whole number." in said
    assert "quotas.csv, row 4: area “Itä” has the minimum 3 above the maximum 1." in said


def test_check_tells_the_conflict_and_what_would_help(desk) -> None:
    write(desk.folder, quotas=QUOTAS.replace("Länsi,1,3", "Länsi,4,4"))

    code, said, _ = desk.run(f"check {FILES}")

    assert code == 3
    assert "area “Länsi” (row 5): at least 4, the pool has 3" in said
    assert "lower the minimum of area “Länsi” (row 5) from 4 to 3" in said


def test_a_change_beyond_a_flexible_bound_says_so(desk) -> None:
    flexible = "feature,value,min,max,min_flex,max_flex\ngender,woman,2,2,1,4\n"
    write(
        desk.folder, quotas=f"{flexible}gender,man,2,2,1,4\narea,Itä,0,4,0,4\narea,Länsi,4,4,4,4\n"
    )

    code, said, _ = desk.run(f"check {FILES}")

    assert code == 3
    assert "from 4 to 3, beyond its flexible bound 4" in said


def test_check_lists_several_changes_and_who_else_would_help(desk) -> None:
    write(
        desk.folder, quotas=QUOTAS.replace("Itä,1,3", "Itä,3,3").replace("Länsi,1,3", "Länsi,3,3")
    )

    code, said, _ = desk.run(f"check {FILES}")

    assert code == 3
    assert "Each of these changes makes one possible, the cheapest first:" in said
    assert "  1. lower the minimum of area “Itä” (row 4) from 3 to 1" in said
    assert "No additional people would make a panel possible." in said


def test_changes_stay_within_the_flexible_bounds(desk) -> None:
    write(
        desk.folder,
        quotas="feature,value,min,max,min_flex,max_flex\ngender,woman,2,2,1,4\n"
        "gender,man,2,2,1,4\narea,Itä,3,3,2,4\narea,Länsi,3,3,2,\n",
    )

    code, said, _ = desk.run(f"check {FILES} --json")

    found = json.loads(said)["conflict"]
    assert code == 3
    (changes,) = found["alternatives"]
    assert sorted((change["value"], change["to"]) for change in changes) == [
        ("Itä", 2),
        ("Länsi", 2),
    ]
    assert found["beyond_flex"] == []


def test_check_says_how_many_more_people_of_which_values_would_help(desk) -> None:
    write(desk.folder, quotas=QUOTAS.replace("Länsi,1,3", "Länsi,4,4").replace("Itä,1", "Itä,0"))

    code, said, _ = desk.run(f"check {FILES}")
    _, data, _ = desk.run(f"check {FILES} --json")

    assert code == 3
    assert "It is also possible with 1 more person, whatever else they are:\n" in said
    assert "  1 with area “Länsi” (row 5)" in said
    assert json.loads(data)["recruits"]["people"] == 1


def test_check_names_those_who_can_never_be_drawn_and_why(desk) -> None:
    write(desk.folder, quotas=QUOTAS.replace("Itä,1,3", "Itä,1,1"))

    code, said, _ = desk.run(f"check {FILES}")
    _, data, _ = desk.run(f"check {FILES} --json")

    assert code == 0
    assert "1 person can never be drawn, because of " in said
    assert "area “Itä” (row 4): at most 1, the pool has 4" in said
    assert said.rstrip().endswith(": p02")
    (group,) = json.loads(data)["shut_out"]
    assert (group["code"], group["people"]) == ("quotas", ["p02"])


def test_check_says_when_the_pool_is_too_small(desk) -> None:
    code, said, _ = desk.run(f"check {FILES} --size 8".replace("--size 4 ", ""))

    assert code == 3
    assert "8 seats" in said
    assert "only 7" in said


def test_check_gives_its_findings_as_json(desk) -> None:
    write(desk.folder, pool=POOL.replace("p02,man", "p02,"))

    code, said, _ = desk.run(f"check {FILES} --json")

    assert code == 1
    assert json.loads(said)["problems"] == [
        {"code": "missing_value", "file": "pool.csv", "row": 3, "column": "gender"}
    ]
