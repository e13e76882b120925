"""The process: exit codes, light imports, odd terminals."""

import io
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from juries.files.errors import Code, Kind
from selection.engine.errors import SolverFailure
from selection.engine.version import VERSION
from selection.terminal.bar import Bar
from selection.terminal.commands.lottery import RULES
from selection.terminal.sentences import KINDS, SENTENCES
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


def test_another_process_with_another_hash_seed_writes_the_same_lottery(desk) -> None:
    files = [str(ROOT / "docs/example" / name) for name in ("quotas.csv", "pool.csv")]
    task = ["--quotas", files[0], "--pool", files[1], "--size", "30", "--tickets", "1000"]

    lotteries = []
    for seed in ("1", "2"):
        out = desk.folder / f"{seed}.json"
        terminal(desk.folder, "lottery", *task, "--out", str(out), PYTHONHASHSEED=seed)
        lotteries.append(json.loads(out.read_text(encoding="utf-8")) | {"seconds": 0})

    assert lotteries[0] == lotteries[1]
    assert lotteries[0]["certificate"]["optimal"]


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
