"""The command line: tolerant reading, exit codes for scripts, one clear sentence for people."""

import csv
import io
import json
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from juries.files.errors import Code, Kind
from selection.engine.errors import SolverFailure
from selection.terminal.bar import Bar
from selection.terminal.command import main
from selection.terminal.lottery import RULES
from selection.terminal.record import VERSION
from selection.terminal.sentences import KINDS, SENTENCES
from tests.juries.files.corpus import workbook

ROOT = Path(__file__).parents[2]

QUOTAS = """\
feature,value,min,max
gender,woman,2,2
gender,man,2,2
area,Itä,1,3
area,Länsi,1,3
"""
POOL = """\
id,gender,area,street,postcode
p01,woman,Itä,Katu 1 A,00100
p02,man,Itä,katu 1a,00100
p03,woman,Länsi,,00100
p04,man,Länsi,,00100
p05,woman,Itä,Tie 2,00200
p06,man,Länsi,Tie 2.,00200
p07,woman,Itä,Tie 3,00200
"""


@pytest.fixture
def desk(tmp_path, monkeypatch, capsys) -> SimpleNamespace:
    """A folder with the files of a tiny draw, and a way to run commands in it."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, quotas=QUOTAS, pool=POOL)

    def run(line: str) -> tuple[int, str, str]:
        code = main(line.split())
        said = capsys.readouterr()
        return code, said.out, said.err

    return SimpleNamespace(folder=tmp_path, run=run)


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")


FILES = "--quotas quotas.csv --pool pool.csv --size 4"


def stored_lottery(desk: SimpleNamespace, extra: str = "", out: str = "lottery.json") -> dict:
    code, _, complaint = desk.run(f"lottery {FILES} --out {out} --quiet {extra}")
    assert (code, complaint) == (0, "")
    return json.loads((desk.folder / out).read_text(encoding="utf-8"))


# --- check ---------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    "line",
    [
        "",
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


def terminal(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "selection", *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("change", "code"), [(("", ""), 0), (("p02,man", "p02,"), 1), (("id", "nobody"), 2)]
)
def test_the_process_ends_with_the_code_and_needs_no_settings(desk, change, code) -> None:
    write(desk.folder, pool=POOL.replace(*change))

    done = terminal(desk.folder, "check", *FILES.split())

    assert done.returncode == code
    assert "Traceback" not in done.stderr


def test_an_impossible_task_ends_the_process_with_three(desk) -> None:
    done = terminal(desk.folder, "check", *FILES.replace("--size 4", "--size 7").split())

    assert done.returncode == 3


def test_help_does_not_load_the_engine_and_nothing_loads_django() -> None:
    script = (
        "import sys\n"
        "from selection.terminal.command import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "assert 'numpy' not in sys.modules and 'openpyxl' not in sys.modules\n"
        "import selection.terminal.lottery, selection.terminal.check, selection.terminal.draw\n"
        "assert 'django' not in sys.modules\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


def test_a_terminal_without_our_letters_is_no_reason_to_stop(desk) -> None:
    write(desk.folder, pool=POOL.replace("p02,man", "p02,mań"))

    done = subprocess.run(
        [sys.executable, "-m", "selection", "check", *FILES.split()],
        cwd=desk.folder,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 1
    assert b"row 3, column gender" in done.stdout


@pytest.mark.parametrize(
    ("trouble", "code", "sentence"),
    [
        (SolverFailure("time limit"), 4, "The solver stopped without an answer (time limit).\n"),
        (KeyboardInterrupt(), 130, "Interrupted.\n"),
    ],
)
def test_a_search_that_ends_early_has_its_own_code(desk, monkeypatch, trouble, code, sentence):
    def stop(*_: object, **__: object) -> None:
        raise trouble

    monkeypatch.setitem(RULES, "leximin", stop)

    assert desk.run(f"lottery {FILES} --out lottery.json") == (code, "", sentence)


def test_every_problem_and_kind_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Code)
    assert set(KINDS) == set(Kind)


def test_the_version_in_the_file_is_the_version_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert project["project"]["version"] == VERSION


def test_the_bar_redraws_one_line_and_leaves_nothing_behind() -> None:
    stream = io.StringIO()
    bar = Bar(stream)

    bar("decomposition", 0.5)
    bar.clear()

    drawn = stream.getvalue()
    assert "finding panels" in drawn
    assert "50%" in drawn
    assert "\n" not in drawn
    assert drawn.endswith(" \r")
