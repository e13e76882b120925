"""What we took from others is what they published, byte for byte, with its licence beside it."""

import hashlib
from pathlib import Path

import pytest

VENDOR = Path(__file__).resolve().parent.parent / "juries" / "static" / "vendor"
PACKAGES = sorted(folder for folder in VENDOR.iterdir() if folder.is_dir())


@pytest.mark.parametrize("package", PACKAGES, ids=lambda folder: folder.name)
def test_every_vendored_file_has_the_checksum_written_beside_it(package: Path) -> None:
    lines = (package / "SHA256SUMS").read_text().splitlines()
    written = {name: checksum for checksum, name in (line.split(maxsplit=1) for line in lines)}

    found = {
        str(path.relative_to(package)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in package.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }

    assert found == written


@pytest.mark.parametrize("package", PACKAGES, ids=lambda folder: folder.name)
def test_every_vendored_package_brings_its_licence(package: Path) -> None:
    licences = list(package.glob("LICENSE*"))

    assert licences


@pytest.mark.parametrize("sheet", sorted(VENDOR.rglob("*.css")), ids=lambda path: path.name)
def test_no_vendored_style_asks_another_server_for_anything(sheet: Path) -> None:
    text = sheet.read_text()

    assert "@import" not in text
    assert "url(http" not in text.replace('"', "")
    assert "url(//" not in text.replace('"', "")
