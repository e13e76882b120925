import zipfile

import pytest

from tests.selection.terminal.desk import desk, stored_lottery

__all__ = ["desk"]


@pytest.fixture
def record(desk) -> dict[str, bytes]:
    """The files of a record that has been drawn at the desk."""
    stored_lottery(desk, "--tickets 100 --household street postcode")
    code, _, _ = desk.run("draw lottery.json --ticket 7 --out panel.csv --record record.zip")
    assert code == 0
    with zipfile.ZipFile(desk.folder / "record.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}
