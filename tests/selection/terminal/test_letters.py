"""`letters`: how many invitations each stratum gets."""

import csv
import json

import pytest

from tests.selection.terminal.desk import write

STRATA = """\
Area;people;low;likely;high
Itä;4 000;3;4;5
Länsi;4000;1,5 %;2;2.5
"""
SHARES = """\
feature,value,population
gender,woman,5200
gender,man,4800
"""
LINE = "letters --strata strata.csv --quotas quotas.csv --size 4 --seed 1"


@pytest.fixture
def office(desk):
    write(desk.folder, strata=STRATA, shares=SHARES)
    return desk


def test_the_quiet_area_gets_more_letters_and_the_file_goes_on_to_sample(office) -> None:
    code, said, _ = office.run(f"{LINE} --shares shares.csv --out letters.csv")

    rows = list(csv.DictReader((office.folder / "letters.csv").open(encoding="utf-8")))
    assert code == 0
    assert list(rows[0]) == ["Area", "people", "low", "likely", "high", "letters", "expected"]
    first, second = (int(row["letters"]) for row in rows)
    assert 0 < first < second
    assert f"{first + second} letters" in said
    assert "a panel of 4 is possible with 9" in said
    assert said.count("of 100 answer everywhere") == 3


def test_the_forecasts_are_data_for_programs(office) -> None:
    facts = json.loads(office.run(f"{LINE} --shares shares.csv --json")[1])

    assert facts["columns"] == ["area"]
    assert [each["stratum"] for each in facts["strata"]] == [["Itä"], ["Länsi"]]
    assert facts["letters"] == sum(each["letters"] for each in facts["strata"])
    assert facts["probability"] >= 0.95
    assert facts["registrants"] == sorted(facts["registrants"])
    chances = [facts["flat"][percent]["probability"] for percent in ("2", "4", "8")]
    assert chances == sorted(chances)


def test_a_town_too_small_is_told_what_it_can_reach(office) -> None:
    write(office.folder, strata=STRATA.replace("4 000", "60").replace("4000", "60"))

    code, said, _ = office.run(f"{LINE} --shares shares.csv")

    assert code == 0
    assert "more letters are not enough" in said


def test_quotas_that_no_registrants_could_meet_end_with_three(office) -> None:
    write(office.folder, strata="area,people,low,likely,high\nItä,4000,3,4,5\n")

    code, said, complaint = office.run(f"{LINE} --shares shares.csv")

    assert (code, said) == (3, "")
    assert "Länsi" in complaint


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("Länsi;4000", "Pohjoinen;4000"), "row 3, column Area: “Pohjoinen”"),
        (("1,5 %;2", "3;2"), "row 3: low, likely and high must rise"),
        (("4000", "many"), "“many” is not a whole number"),
        (("2.5", "250"), "“250” is not a number from 0 to 100"),
        (("2.5", ""), "row 3, column high: the value is missing"),
        (("likely", "maybe"), "column likely: this column is missing"),
    ],
)
def test_what_is_wrong_with_the_strata_is_said_with_its_row(office, change, sentence) -> None:
    write(office.folder, strata=STRATA.replace(*change))

    code, _, complaint = office.run(f"{LINE} --shares shares.csv")

    assert code == 2
    assert sentence in complaint


def test_a_criterion_that_no_file_knows_is_named(office) -> None:
    code, _, complaint = office.run(LINE)

    assert code == 2
    assert "gender" in complaint
    assert "--shares" in complaint


def test_shares_of_a_value_without_quota_are_refused(office) -> None:
    write(office.folder, shares=SHARES + "gender,other,3\n")

    code, _, complaint = office.run(f"{LINE} --shares shares.csv")

    assert code == 2
    assert "row 4: gender “other”" in complaint
