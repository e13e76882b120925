"""`verify`: the record of a draw, and zips that are none."""

import hashlib
import io
import json
import zipfile

import pytest

from selection.terminal.records.archive import NAMES, pack
from tests.selection.terminal.desk import wrong_lines


def test_the_same_draw_gives_the_same_record(desk, record) -> None:
    first = (desk.folder / "record.zip").read_bytes()

    desk.run("draw lottery.json --ticket 7 --out other.csv --record again.zip --quiet")

    assert (desk.folder / "again.zip").read_bytes() == first
    assert sorted(record) == list(NAMES)


def test_the_sums_are_those_of_any_other_program(record) -> None:
    for line in record["SHA256SUMS"].decode().splitlines():
        found, name = line.split("  ")
        assert hashlib.sha256(record[name]).hexdigest() == found


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("panel.csv", b"woman", b"man", "panel.csv is not panel"),
        ("draw.json", b'"ticket": 7', b'"ticket": 90', "draw.json does not say"),
        ("draw.json", b'"ticket": 7', b'"ticket": 700', "there is no ticket 700"),
    ],
)
def test_a_record_of_another_draw_is_found_out_whatever_its_sums(
    desk, record, name, old, new, sentence
) -> None:
    files = {each: content for each, content in record.items() if each != "SHA256SUMS"}
    files[name] = files[name].replace(old, new)
    (desk.folder / "record.zip").write_bytes(pack(files))

    code, said, _ = desk.run("verify record.zip")

    assert code == 1
    assert any(sentence in line for line in wrong_lines(said))


def test_a_file_that_was_changed_afterwards_does_not_have_its_sum(desk, record) -> None:
    record["panel.csv"] += b"\n"
    zipped(desk, list(record.items()))

    code, said, _ = desk.run("verify record.zip")

    assert code == 1
    assert "a file in the record is not the one whose SHA-256 sum it says" in said


def zipped(desk, entries: list[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> None:
    with zipfile.ZipFile(desk.folder / "record.zip", "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)


def test_a_record_that_was_packed_anew_is_still_read(desk, record) -> None:
    zipped(desk, list(record.items()), zipfile.ZIP_DEFLATED)

    assert desk.run("verify record.zip")[0] == 0


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "spoil",
    [
        lambda entries: entries[:-1],
        lambda entries: [*entries, ("../../evil.sh", b"rm")],
        lambda entries: [*entries, entries[0]],
        lambda entries: [("/etc/passwd", entries[0][1]), *entries[1:]],
        lambda entries: [],
    ],
)
def test_a_zip_with_other_files_is_no_record(desk, record, spoil) -> None:
    zipped(desk, spoil(list(record.items())))

    code, said, complaint = desk.run("verify record.zip")

    assert (code, said) == (2, "")
    assert complaint.startswith("record.zip: this is not a record of a draw")
    assert complaint.count("\n") == 1


def test_a_zip_that_unpacks_to_very_much_is_not_unpacked(desk, record, monkeypatch) -> None:
    monkeypatch.setattr("selection.terminal.records.archive.MAXIMUM_BYTES", 10_000_000)
    record["panel.csv"] = bytes(20_000_000)
    zipped(desk, list(record.items()), zipfile.ZIP_DEFLATED)

    code, _, complaint = desk.run("verify record.zip")

    assert code == 2
    assert "unpacks to more than" in complaint


@pytest.mark.parametrize("cut", [3, 50, -30])
def test_a_damaged_zip_is_told_in_one_sentence(desk, record, cut) -> None:
    whole = (desk.folder / "record.zip").read_bytes()
    (desk.folder / "record.zip").write_bytes(whole[:cut])

    code, said, complaint = desk.run("verify record.zip")

    assert (code, said) == (2, "")
    assert complaint == "record.zip: the zip is damaged.\n"


def test_claims_are_given_as_json(desk, record) -> None:
    code, said, _ = desk.run("verify record.zip --json")

    found = json.loads(said)
    assert code == 0
    assert found["fine"] is True
    assert {claim["verdict"] for claim in found["claims"]} == {"fine"}


def test_verify_is_silent_when_asked_to_be(desk, record) -> None:
    assert desk.run("verify record.zip --quiet") == (0, "", "")


def test_a_zip_bomb_that_lies_about_its_size_is_damaged(desk, record) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in record.items():
            archive.writestr(name, content)
    whole = bytearray(packed.getvalue())
    at = whole.rfind(b"PK\x01\x02")
    whole[at + 24 : at + 28] = (5).to_bytes(4, "little")
    (desk.folder / "record.zip").write_bytes(bytes(whole))

    code, _, complaint = desk.run("verify record.zip")

    assert code == 2
    assert complaint == "record.zip: the zip is damaged.\n"
