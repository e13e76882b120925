"""A desk with a tiny pool on it, where the command line is tried."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from selection.terminal.command import main

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


def wrong_lines(said: str) -> list[str]:
    return [line.removeprefix("WRONG").strip() for line in said.splitlines() if "WRONG  " in line]


def verified(desk, change) -> tuple[int, str]:
    """Exit code and output for a lottery file after a change."""
    lottery = stored_lottery(desk, "--tickets 100 --household street postcode")
    change(lottery)
    (desk.folder / "changed.json").write_text(json.dumps(lottery), encoding="utf-8")
    code, said, complaint = desk.run("verify changed.json")
    return code, said + complaint
