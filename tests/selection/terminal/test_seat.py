"""`seat`: a panel at tables over rounds."""

import csv
import json
import random
from types import SimpleNamespace

import pytest

PEOPLE = 20
HEADER = "id,name,gender,area,speaks,note"


@pytest.fixture(autouse=True)
def quick(monkeypatch) -> None:
    """These panels are tiny: the command's hundreds of looks would only take time."""
    monkeypatch.setattr("selection.engine.seating.tables._EFFORT", 2_000_000)


@pytest.fixture(autouse=True)
def panel(desk) -> list[str]:
    """panel.csv: p01 to p03 speak Swedish only, p04 to p08 both languages."""
    dice = random.Random(5)
    rows = [HEADER]
    for number in range(1, PEOPLE + 1):
        speaks = "sv" if number <= 3 else "fi sv" if number <= 8 else "fi"
        gender, area = dice.choice(["woman", "man"]), dice.choice(["Itä", "Länsi"])
        rows.append(f"p{number:02d},Nimi {number},{gender},{area},{speaks},{'x' * (number == 4)}")
    (desk.folder / "panel.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return rows


def seat(desk: SimpleNamespace, more: str = "", out: str = "seating.csv") -> dict[str, list[str]]:
    """Everybody's tables, as they were written."""
    code, _, complaint = desk.run(
        f"seat --people panel.csv --tables 4 --rounds 3 --out {out} --quiet {more}"
    )
    assert (code, complaint) == (0, "")
    with (desk.folder / out).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header[0] == "id"
    assert header[1:] == [f"round_{number}" for number in range(1, len(header))]
    return {row[0]: row[1:] for row in rows}


def refused(desk: SimpleNamespace, more: str) -> tuple[int, str]:
    code, said, complaint = desk.run(
        f"seat --people panel.csv --tables 4 --rounds 3 --out seating.csv {more}"
    )
    assert said == ""
    assert not (desk.folder / "seating.csv").exists()
    return code, complaint


def test_everybody_has_a_table_in_every_round(desk) -> None:
    seats = seat(desk)

    assert list(seats) == [f"p{number:02d}" for number in range(1, PEOPLE + 1)]
    for turn in range(3):
        tables = [row[turn] for row in seats.values()]
        assert sorted(map(tables.count, "1234")) == [5, 5, 5, 5]


def test_what_was_done_is_said_and_how_good_it_is(desk) -> None:
    code, said, _ = desk.run("seat --people panel.csv --tables 4 --rounds 3 --out seating.csv")

    assert code == 0
    assert "20 people at 4 tables of 5 in 3 rounds" in said
    assert "tables are mixed by gender, area, speaks" in said
    assert "not by name: most people have a value of their own" in said
    assert "not by note: somebody has no value" in said
    assert "repeats; at least 12 cannot be avoided" in said


def test_the_figures_come_as_json(desk) -> None:
    code, said, _ = desk.run(
        "seat --people panel.csv --tables 4 --rounds 3 --out seating.csv --json --criteria gender"
    )

    figures = json.loads(said)
    assert code == 0
    assert figures["criteria"] == ["gender"]
    assert figures["repeats"] >= figures["repeats_bound"] == 12
    assert figures["distinct_pairs"] <= figures["most_pairs"] == 120


def test_the_worst_tables_are_named_with_their_values(desk, panel) -> None:
    women = [row.split(",")[0] for row in panel[1:] if ",woman," in row][:5]
    fixed = " ".join(f"{name},1" for name in women)

    code, said, _ = desk.run(
        f"seat --people panel.csv --tables 4 --rounds 2 --out s.csv --fixed {fixed}"
    )

    assert code == 0
    assert "round 1, table 1: " in said
    assert "gender “woman” 5 instead of " in said


def test_the_order_of_rows_changes_nothing(desk, panel) -> None:
    seat(desk, "--seed 7 --apart p01,p02")
    (desk.folder / "panel.csv").write_text("\n".join([HEADER, *panel[:0:-1]]), encoding="utf-8")

    seat(desk, "--seed 7 --apart p02,p01", out="again.csv")

    one, other = ((desk.folder / name).read_bytes() for name in ("seating.csv", "again.csv"))
    assert one == other


def test_another_seed_seats_people_elsewhere(desk) -> None:
    assert seat(desk, "--seed 1") != seat(desk, "--seed 2")


def test_people_are_kept_apart_and_sit_where_they_must(desk) -> None:
    seats = seat(desk, "--apart p01,p02 p02,p03 --fixed p09,4 p10,2,3")

    assert all(one != other for one, other in zip(seats["p01"], seats["p02"], strict=True))
    assert all(one != other for one, other in zip(seats["p02"], seats["p03"], strict=True))
    assert seats["p09"] == ["4", "4", "4"]
    assert seats["p10"][2] == "2"


def test_a_table_has_no_more_people_than_seats(desk) -> None:
    seats = seat(desk, "--seats 2=3")

    for turn in range(3):
        assert [row[turn] for row in seats.values()].count("2") == 3


def test_people_sit_where_their_language_is_spoken(desk) -> None:
    seats = seat(
        desk, "--languages speaks --table-language 3=sv --facilitators Aino=fi Bo=sv Kai=fi Oona=fi"
    )

    for name in ("p01", "p02", "p03", "Bo"):
        assert seats[name] == ["3", "3", "3"]
    for number in range(9, PEOPLE + 1):
        assert "3" not in seats[f"p{number:02d}"]
    assert list(seats)[-4:] == ["Aino", "Bo", "Kai", "Oona"]


def test_a_language_table_is_said_to_be_one(desk) -> None:
    _, said, _ = desk.run(
        "seat --people panel.csv --tables 4 --rounds 2 --out s.csv --languages speaks "
        "--table-language 3=sv"
    )

    assert "fi at tables 1, 2 and 4" in said
    assert "sv at table 3" in said
    assert "mixed by gender, area\n" in said


def test_after_held_rounds_those_who_are_there_are_seated_anew(desk) -> None:
    before = seat(desk, "--facilitators Aino Bo Kai Oona")

    after = seat(
        desk,
        "--rounds 2 --history seating.csv --held 2 --absent p04,p05 p06 "
        "--facilitators Aino Bo Kai Oona",
        out="after.csv",
    )

    assert {name: row[:2] for name, row in after.items()} == {
        name: row[:2] for name, row in before.items()
    }
    for name in ("p04", "p05", "p06"):
        assert after[name][2:] == ["", ""]
    for turn in (2, 3):
        tables = [row[turn] for name, row in after.items() if name.startswith("p")]
        assert sorted(map(tables.count, "1234")) == [4, 4, 4, 5]


def test_a_history_can_be_the_history_of_the_next_time(desk) -> None:
    seat(desk)
    seat(desk, "--rounds 1 --history seating.csv --absent p01", out="second.csv")

    third = seat(desk, "--rounds 1 --history second.csv --absent p02", out="third.csv")

    assert third["p01"][3] == ""
    assert third["p01"][4] != ""
    assert third["p02"][4] == ""


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ("--apart p01,nobody", "“nobody” is not among the people"),
        ("--apart p01", "name two people"),
        ("--absent p99", "“p99” is not among the people"),
        ("--fixed p01", "write p01,3"),
        ("--fixed p01,5", "“5” is not a table from 1 to 4"),
        ("--fixed p01,1,4", "“4” is not a round from 1 to 3"),
        ("--fixed p01,1 p01,2", "p01 is fixed at table 1 already"),
        ("--seats 2", "write the table, = and its value"),
        ("--seats 2=many", "“many” is not a number"),
        ("--table-language 3=sv", "name the column with --languages"),
        ("--languages tongue", "column tongue: this column is missing"),
        ("--criteria shoe", "column shoe: this column is missing"),
        ("--criteria note", "panel.csv, row 2, column note: the value is missing"),
        ("--facilitators p01", "“p01” is named twice, or is somebody at the tables"),
        ("--held 2", "--held needs --history"),
        ("--history panel.csv", "no column is a round"),
    ],
)
def test_an_argument_that_makes_no_sense_is_refused(desk, more, complaint) -> None:
    code, said = refused(desk, more)

    assert code == 2
    assert complaint in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ("--tables 30", "There are more tables than people."),
        ("--seats 1=4 2=4 3=4 4=4", "The tables have only 16 seats, for 20 people."),
        (
            "--fixed " + " ".join(f"p{number:02d},1" for number in range(1, 7)),
            "6 people may sit only at table 1, with 5 seats: p01, p02, p03, p04, p05 and p06.",
        ),
        ("--fixed p01,1 p02,1 --apart p01,p02", "p01 and p02 are to be kept apart, but both"),
        ("--languages speaks", "No table is open to p01, p02 and p03"),
        (
            "--fixed p01,1,2 p02,1,2 --apart p01,p02",
            "Round 2: p01 and p02 are to be kept apart",
        ),
        (
            "--languages speaks --table-language 1=sv --facilitators A=fi B=fi C=fi D=fi",
            "4 facilitators may lead only tables 2, 3 and 4, with room for 3: A, B, C and D.",
        ),
    ],
)
def test_what_is_impossible_is_said_with_the_people_it_fails_at(desk, more, complaint) -> None:
    code, said = refused(desk, more)

    assert code == 3
    assert complaint in said


def test_a_history_with_a_table_that_is_no_number_is_refused(desk) -> None:
    (desk.folder / "old.csv").write_text("id,round_1\np01,2\np02,window\n", encoding="utf-8")

    code, said = refused(desk, "--history old.csv")

    assert code == 2
    assert "old.csv, row 3, column round_1: “window” is not a whole number" in said
