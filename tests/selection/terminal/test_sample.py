"""`sample`: who gets a letter."""

import csv
import json
from collections import Counter

import pytest

from tests.selection.terminal.desk import write

LETTERS = """\
Area,people,letters,expected
Itä,30,6,1.0
Länsi,10,4,0.5
"""
HEADER = "id,name,area,street"
PEOPLE = [
    f"{number:03},N {number},{'Itä' if number % 4 else 'Länsi'},Tie {number // 2}"
    for number in range(40)
]
LINE = "sample --addresses people.csv --letters letters.csv --out sample.csv"


@pytest.fixture
def office(desk):
    write(desk.folder, letters=LETTERS, people="\n".join([HEADER, *PEOPLE]))
    return desk


def rows(office, name: str = "sample.csv") -> list[dict[str, str]]:
    return list(csv.DictReader((office.folder / name).open(encoding="utf-8")))


def test_each_stratum_gets_its_letters_with_all_columns(office) -> None:
    code, said, _ = office.run(f"{LINE} --seed 4")

    drawn = rows(office)
    assert code == 0
    assert Counter(row["area"] for row in drawn) == {"Itä": 6, "Länsi": 4}
    assert [",".join(row.values()) for row in drawn] == [
        line for line in PEOPLE if line[:3] in {row["id"] for row in drawn}
    ]
    assert "10 letters to 2 strata by Area" in said


def test_the_order_of_rows_does_not_matter_and_the_seed_does(office) -> None:
    office.run(f"{LINE} --seed 4 --quiet")
    plain = rows(office)
    write(office.folder, people="\n".join([HEADER, *reversed(PEOPLE)]))

    office.run(f"{LINE} --seed 4 --quiet")
    assert rows(office) == plain
    office.run(f"{LINE} --seed 5 --quiet")
    assert rows(office) != plain


def test_an_address_gets_one_letter(office) -> None:
    for seed in range(5):
        office.run(f"{LINE} --household street --seed {seed} --quiet")

        streets = [row["street"] for row in rows(office)]
        assert len(set(streets)) == len(streets) == 10


def test_people_outside_the_strata_are_counted(office) -> None:
    write(office.folder, letters="area,letters\nItä,3\n")

    facts = json.loads(office.run(f"{LINE} --json")[1])

    assert facts["outside"] == 10
    assert facts["strata"] == [{"stratum": ["Itä"], "people": 30, "letters": 3}]


@pytest.mark.parametrize(
    ("letters", "sentence"),
    [
        ("area,letters\nItä,31\n", "row 2: 31 letters, and only 30 can be sent to “Itä”"),
        ("area,letters\nItä,some\n", "“some” is not a whole number"),
        ("area,letters\nItä,1\nItä,2\n", "“Itä” is there twice"),
        ("area,count\nItä,1\n", "column letters: this column is missing"),
        ("town,letters\nItä,1\n", "no column is also in people.csv"),
    ],
)
def test_letters_that_cannot_be_sent_are_told(office, letters, sentence) -> None:
    write(office.folder, letters=letters)

    code, _, complaint = office.run(LINE)

    assert code == 2
    assert sentence in complaint
    assert not (office.folder / "sample.csv").exists()


def test_an_id_that_comes_twice_is_told(office) -> None:
    write(office.folder, people="\n".join([HEADER, *PEOPLE, PEOPLE[3]]))

    code, _, complaint = office.run(LINE)

    assert code == 2
    assert "rows 5 and 42 have the same id “003”" in complaint
