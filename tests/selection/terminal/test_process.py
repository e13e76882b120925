"""The process: exit codes, light imports, odd terminals."""

import io
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from juries.files.errors import Code, Kind
from selection.engine.errors import SolverFailure
from selection.engine.version import VERSION
from selection.terminal.commands.lottery import RULES
from selection.terminal.exits import Unusable
from selection.terminal.options import COMMANDS, EXIT_CODES, PROGRAM, parser
from selection.terminal.paths import write_text
from selection.terminal.wording.bar import PHASES, Bar
from selection.terminal.wording.sentences import KINDS, SENTENCES
from tests.selection.terminal.desk import FILES, POOL, write

ROOT = Path(__file__).parents[3]


def terminal(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "selection", *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "", **environment},
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


# As if the processor were a simpler one: sums of floating-point numbers would round otherwise.
SIMPLER = {"OPENBLAS_CORETYPE": "Prescott", "NPY_DISABLE_CPU_FEATURES": "X86_V3,X86_V4"}


def test_another_hash_seed_and_processor_write_the_same_lottery(desk) -> None:
    files = [str(ROOT / "docs/example" / name) for name in ("quotas.csv", "pool.csv")]
    task = ["--quotas", files[0], "--pool", files[1], "--size", "30", "--tickets", "1000"]

    lotteries = []
    for seed, processor in (("1", {}), ("2", SIMPLER)):
        out = desk.folder / f"{seed}.json"
        terminal(desk.folder, "lottery", *task, "--out", str(out), PYTHONHASHSEED=seed, **processor)
        lotteries.append(json.loads(out.read_text(encoding="utf-8")) | {"seconds": 0})

    assert lotteries[0] == lotteries[1]
    assert lotteries[0]["certificate"]["optimal"]


def test_another_order_of_the_rows_writes_the_same_lottery(desk) -> None:
    head, *rows = (ROOT / "docs/example/pool.csv").read_text(encoding="utf-8").splitlines()
    task = ["--quotas", str(ROOT / "docs/example/quotas.csv"), "--size", "30", "--tickets", "1000"]

    lotteries = []
    for name, order in (("up", rows), ("down", rows[::-1]), ("mixed", rows[::2] + rows[1::2])):
        pool, out = desk.folder / f"{name}.csv", desk.folder / f"{name}.json"
        pool.write_text("\n".join([head, *order]) + "\n", encoding="utf-8")
        terminal(desk.folder, "lottery", *task, "--pool", str(pool), "--out", str(out))
        lotteries.append(json.loads(out.read_text(encoding="utf-8")) | {"seconds": 0})

    assert lotteries[0] == lotteries[1] == lotteries[2]


def test_importing_the_engine_loads_no_solver() -> None:
    script = (
        "import sys\n"
        "import selection.engine\n"
        "assert not {'pulp', 'highspy', 'scipy'} & set(sys.modules)\n"
        "from selection.terminal.options import COMMANDS, command_module\n"
        "for name in COMMANDS:\n    command_module(name)\n"
        "assert not {'pulp', 'highspy', 'scipy', 'openpyxl', 'django'} & set(sys.modules)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


def test_a_lottery_loads_no_library_that_it_does_not_need(desk) -> None:
    script = (
        "import sys\n"
        "from selection.terminal.command import main\n"
        f"assert main('lottery {FILES} --tickets 10 --out lottery.json --quiet'.split()) == 0\n"
        "assert not {'pulp', 'scipy', 'openpyxl', 'django'} & set(sys.modules)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=desk.folder,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


def test_every_phase_of_the_engine_has_its_words() -> None:
    sources = (ROOT / "selection" / "engine").rglob("*.py")
    told = [re.findall(r'progress\("(\w+)"', source.read_text("utf-8")) for source in sources]

    assert {phase for phases in told for phase in phases} <= set(PHASES)


@pytest.mark.parametrize(
    ("word", "hint"),
    [("chek", "did you mean “check”?"), ("shuffle", "there are: check, ")],
)
def test_an_unknown_command_is_answered_with_those_there_are(desk, capsys, word, hint) -> None:
    with pytest.raises(SystemExit):
        desk.run(f"{word} --size 4")

    assert hint in capsys.readouterr().err


def test_the_version_is_said(desk, capsys) -> None:
    with pytest.raises(SystemExit) as caught:
        desk.run("--version")

    assert caught.value.code == 0
    assert capsys.readouterr().out == f"raatihuone {VERSION}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_has_an_example_and_the_exit_codes_in_eighty_columns(name, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    top = parser(name)
    commands = next(action for action in top._actions if action.dest == "command")

    said = commands.choices[name].format_help()

    assert f"{PROGRAM} {name} " in said.split("example")[1]
    assert EXIT_CODES.strip() in said
    assert max(map(len, said.splitlines())) <= 80
    assert "--quiet" in said
    assert "--json" in said


def test_who_stops_reading_is_no_error(desk) -> None:
    command = f"{sys.executable} -m selection check {FILES} | true"

    done = subprocess.run(
        ["sh", "-c", f"set -e; {command}"],
        cwd=desk.folder,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")


def test_a_file_is_replaced_whole_or_not_at_all(desk, monkeypatch) -> None:
    path = desk.folder / "lottery.json"
    path.write_text("before")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(Unusable, match="No space left"):
        write_text(path, "after")

    assert path.read_text() == "before"
    assert [file.name for file in desk.folder.glob(".*")] == []


def test_help_does_not_load_the_engine_and_nothing_loads_django() -> None:
    script = (
        "import sys\n"
        "from selection.terminal.command import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "assert 'numpy' not in sys.modules and 'openpyxl' not in sys.modules\n"
        "from selection.terminal.options import COMMANDS, command_module\n"
        "for name in COMMANDS:\n    command_module(name)\n"
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


def test_the_bar_does_not_go_back_within_a_phase(monkeypatch) -> None:
    stream = io.StringIO()
    bar = Bar(stream)
    monkeypatch.setattr("selection.terminal.wording.bar._PAUSE", 0.0)

    for phase, share in (("decomposition", 0.5), ("decomposition", 0.2), ("exact", 0.1)):
        bar(phase, share)

    assert re.findall(r"(\d+)%", stream.getvalue()) == ["50", "50", "10"]
