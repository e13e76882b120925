"""Which files are read, and what is said of those that are not."""

import csv
import io

import pytest

from tests.juries.files.corpus import workbook
from tests.selection.terminal.desk import FILES, POOL, QUOTAS, stored_lottery, write


def test_a_household_gives_at_most_one_member(desk) -> None:
    code, said, _ = desk.run(f"check {FILES} --size 6 --household street".replace("--size 4 ", ""))

    assert code == 3
    assert "only 5" in said


# --- wrong files ---------------------------------------------------------------------------------


@pytest.mark.parametrize("deed", ["check", "lottery --out out.json"])
@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("pool", b"", "pool.csv: the file is empty."),
        ("pool", b"%PDF-1.7", "pool.csv: this is a PDF document; save the table as CSV or .xlsx."),
        ("pool", b"id,gender\np1,man\n", "pool.csv, column area: this column is missing"),
        ("pool", b"name,gender,area\nx,man,y\n", "pool.csv: no column identifies people"),
        ("pool", b'id,gender,area\np1,"man,y\n', "pool.csv, row 2: a quotation mark is opened"),
        ("quotas", b"feature,value,min\na,b,1\n", "quotas.csv, column max: this column is missing"),
    ],
)
def test_a_wrong_file_gives_one_sentence(desk, deed, name, content, sentence) -> None:
    (desk.folder / f"{name}.csv").write_bytes(content)

    code, said, complaint = desk.run(f"{deed} {FILES}")

    assert code == 2
    assert said == ""
    assert complaint.startswith(sentence)
    assert complaint.count("\n") == 1
    assert not (desk.folder / "out.json").exists()


def test_lottery_names_the_first_of_many_problems(desk) -> None:
    write(desk.folder, pool=POOL.replace("man,Itä", ",Itä"))

    code, _, complaint = desk.run(f"lottery {FILES} --out lottery.json")

    assert code == 2
    assert complaint.startswith("pool.csv, row 2, column gender: “wo” is not in the quota file")
    assert complaint.endswith("1 more problem in this file.\n")


@pytest.mark.parametrize(
    "line",
    [
        "check --quotas none.csv --pool pool.csv --size 4",
        "check --quotas . --pool pool.csv --size 4",
        f"lottery {FILES} --out nowhere/lottery.json",
        f"lottery {FILES} --out .",
        f"check {FILES} --id nobody",
        f"check {FILES} --household nowhere",
        "draw none.json --ticket 0 --out panel.csv",
        "draw pool.csv --ticket 0 --out panel.csv",
    ],
)
def test_a_path_that_leads_nowhere_gives_one_sentence(desk, line) -> None:
    code, said, complaint = desk.run(line)

    assert code == 2
    assert said == ""
    assert complaint.endswith(".\n")
    assert complaint.count("\n") == 1


def test_files_the_wrong_way_round_are_told_so(desk) -> None:
    code, _, complaint = desk.run("check --quotas pool.csv --pool quotas.csv --size 4")

    assert code == 2
    assert complaint == (
        "pool.csv: this is not a quota file, and quotas.csv is one: --quotas and --pool are the "
        "wrong way round.\n"
    )


@pytest.mark.parametrize(
    "line",
    [
        f"lottery {FILES} --out pool.csv",
        f"lottery {FILES} --out ./quotas.csv",
        "draw lottery.json --ticket 0 --out lottery.json",
        "draw lottery.json --ticket 0 --out x --record x",
    ],
)
def test_no_command_writes_over_a_file_that_it_reads(desk, line) -> None:
    code, _, complaint = desk.run(line)

    assert code == 2
    assert "would write over a file" in complaint
    assert (desk.folder / "pool.csv").read_text(encoding="utf-8") == POOL


@pytest.mark.parametrize(
    "line",
    [
        "",
        f"check {FILES} --size 1000001",
        "shuffle",
        "check --quotas quotas.csv --pool pool.csv",
        "check --quotas quotas.csv --pool pool.csv --size 0",
        "check --quotas quotas.csv --pool pool.csv --size four",
        f"lottery {FILES}",
        f"lottery {FILES} --out x --rule fair",
        f"lottery {FILES} --out x --tickets 0",
        f"lottery {FILES} --out x --seed -1",
        "draw lottery.json --ticket -1 --out x",
    ],
)
def test_wrong_arguments_end_with_the_same_code_as_wrong_files(desk, line) -> None:
    with pytest.raises(SystemExit) as caught:
        desk.run(line)

    assert caught.value.code == 2


# --- tolerant reading ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "delimiter", "line_end"),
    [("utf-8-sig", ";", "\r\n"), ("cp1252", "\t", "\n"), ("utf-16", ",", "\r\n")],
)
def test_every_dialect_gives_the_same_lottery(desk, encoding, delimiter, line_end) -> None:
    plain = stored_lottery(desk)
    for name, text in {"quotas": QUOTAS, "pool": POOL}.items():
        header, rows = text.split("\n", 1)
        changed = f"{header.upper()}\n{rows}".replace(",", f" {delimiter} ")
        (desk.folder / f"{name}.csv").write_bytes(changed.replace("\n", line_end).encode(encoding))

    other = stored_lottery(desk)

    assert other["people"] == plain["people"]


def test_workbooks_are_read(desk) -> None:
    for name, text in {"quotas": QUOTAS, "pool": POOL}.items():
        (desk.folder / f"{name}.xlsx").write_bytes(workbook(csv.reader(io.StringIO(text))))

    code, said, _ = desk.run("check --quotas quotas.xlsx --pool pool.xlsx --size 4")

    assert code == 0
    assert "7 people" in said


# --- lottery -------------------------------------------------------------------------------------
