"""Worked examples in pages: console blocks with commands and what they print.

Write the output of a page anew after a change that is meant:
``python -m tests.selection.terminal.worked README.md docs/command-line.md``
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SECONDS = re.compile(r"\b\d+\.\d+ s\b")
DEEDS = ("cd ", "FILES=")


@dataclass(frozen=True, slots=True)
class Example:
    """A command as it is typed, its lines continued by a backslash, and what it prints."""

    command: str
    output: str


def examples(block: str) -> Iterator[Example]:
    """The commands of one block; each starts with a dollar sign."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        lines = part.splitlines(keepends=True)
        last = next(at for at, line in enumerate(lines) if not line.endswith("\\\n"))
        yield Example("".join(lines[: last + 1]).rstrip("\n"), "".join(lines[last + 1 :]))


class Desk:
    """A copy of the example files in which the commands of a page are run one after the other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before = ""
        shutil.copytree(ROOT / "docs" / "example", folder / "docs" / "example")
        (folder / ".venv").symlink_to(sys.prefix)

    def run(self, command: str) -> str:
        """What the command prints on either stream; what it sets holds for the next ones."""
        done = subprocess.run(
            ["sh", "-c", f"{self._before}{command}"],
            cwd=self._folder,
            env={
                "PATH": f"{self._folder / '.venv' / 'bin'}:{os.defpath}",
                "PYTHONPATH": str(ROOT),
                "PYTHONUTF8": "1",
                "COLUMNS": "80",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if command.startswith(DEEDS):
            self._before += f"{command}\n"
        return done.stdout


def same(one: str, other: str) -> bool:
    """Equal but for how long something took."""
    return SECONDS.sub("0.0 s", one) == SECONDS.sub("0.0 s", other)


def anew(page: Path) -> str:
    """The page with every output as it is."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))

        def printed(block: re.Match[str]) -> str:
            text = ""
            for example in examples(block[1]):
                found = desk.run(example.command)
                output = example.output if same(found, example.output) else found
                text += f"$ {example.command}\n{output}"
            return f"```console\n{text}```"

        return BLOCK.sub(printed, page.read_text(encoding="utf-8"))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        Path(name).write_text(anew(Path(name)), encoding="utf-8")
