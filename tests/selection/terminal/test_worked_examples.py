"""The pages' worked examples print what the pages say."""

import pytest

from selection.terminal.options import COMMANDS
from tests.selection.terminal.worked import BLOCK, ROOT, Desk, examples, same

PAGE = ROOT / "docs" / "command-line.md"


@pytest.mark.parametrize("page", ["README.md", "docs/command-line.md"])
def test_every_worked_example_prints_what_the_page_says(page, tmp_path) -> None:
    desk = Desk(tmp_path)
    blocks = BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))
    assert blocks

    for block in blocks:
        for example in examples(block):
            found = desk.run(example.command)
            assert same(found, example.output), f"$ {example.command}\n{found}"


def test_the_page_has_an_example_of_every_command() -> None:
    page = PAGE.read_text(encoding="utf-8")

    typed = [example.command for block in BLOCK.findall(page) for example in examples(block)]

    for command in COMMANDS:
        assert any(f"-m selection {command} " in line for line in typed), command
        assert f"## `{command}`" in page
