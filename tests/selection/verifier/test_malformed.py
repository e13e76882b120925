"""Whatever a file from the internet is, the answer is a code and never a traceback."""

import io
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.selection.verifier.conftest import Ask
from tests.selection.verifier.loading import FILE, verify
from tests.selection.verifier.making import House
from tests.selection.verifier.stories import drawn
from tests.selection.verifier.writing import canonical, unzipped, zipped

RECORD = drawn(House(1)).record()
FILES = unzipped(RECORD)


def written(*entries: tuple[str, bytes], **options: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", **options) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return buffer.getvalue()


def test_a_record_that_was_packed_again_is_the_same(ask: Ask) -> None:
    packed = written(*reversed(FILES.items()), compression=zipfile.ZIP_DEFLATED)
    assert ask("check", packed) == 0


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_zips_that_are_no_records_cannot_be_read(ask: Ask) -> None:
    pairs = [*FILES.items()]
    bad = {
        "empty": b"",
        "no zip": b"PK\x03\x04 and nothing more",
        "text": canonical({"format": "kr-arvonta/1"}),
        "an empty zip": written(),
        "no events": written(*pairs[:2]),
        "a file twice": written(*pairs, pairs[0]),
        "packed unusually": written(*pairs, compression=zipfile.ZIP_LZMA),
        "very many files": written(*((f"{n}.json", b"{}\n") for n in range(300)), *pairs),
        "cut": RECORD[: len(RECORD) // 2],
        "without its end": RECORD[:-30],
        "without its beginning": RECORD[3000:],
    }
    for what, data in bad.items():
        assert ask("check", data) == 2, what
        assert ask("receipt", data, b"{}") == 2, what
        assert ask("diff", RECORD, data) == 2, what


def test_an_encrypted_zip_cannot_be_read(ask: Ask) -> None:
    data = bytearray(RECORD)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    assert ask("check", bytes(data)) == 2


def test_a_bomb_is_not_unpacked(ask: Ask) -> None:
    bomb = written(*FILES.items(), ("bomb", bytes(40_000_000)), compression=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 200_000
    assert ask("check", bomb) == 2


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(tmp_path: Path) -> None:
    entries = {**FILES, "pool.ndjson": bytes(300_000_000)}
    bomb = written(*entries.items(), compression=zipfile.ZIP_DEFLATED)
    true, lie = struct.pack("<L", 300_000_000), struct.pack("<L", 100)
    assert bomb.count(true) == 2
    (tmp_path / "bomb.zip").write_bytes(bomb.replace(true, lie))
    program = f"""import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_AS, (250_000_000, 250_000_000))
sys.argv = ["verify.py", "check", "bomb.zip"]
runpy.run_path({str(FILE)!r}, run_name="__main__")"""
    command = [sys.executable, "-I", "-S", "-c", program]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 2, done.stderr
    assert b"MemoryError" not in done.stdout + done.stderr


def test_a_file_that_is_too_large_is_not_read(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "LARGEST_RECORD", len(RECORD) - 1)
    assert ask("check", RECORD) == 2


def test_a_chain_without_end_is_not_followed(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "MOST_EVENTS", 4)
    assert ask("check", RECORD) == 31


def test_files_that_do_not_exist_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.zip", "\0", ""):
        assert verify.main(["check", str(path)]) == 2


@pytest.mark.parametrize(
    "arguments", [[], ["check"], ["check", "a", "b"], ["receipt", "a"], ["diff"], ["--help"], ["x"]]
)
def test_whoever_asks_wrongly_is_told_how(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify.main(arguments) == 2
    assert "python3 verify.py check" in capsys.readouterr().out


QUICK = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**52), 2**52) | st.text(max_size=20),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.text(max_size=8), parts),
    max_leaves=12,
)


@QUICK
@given(name=st.sampled_from(sorted(FILES)), at=st.floats(0, 1), byte=st.integers(0, 255))
def test_a_byte_that_changed_is_noticed(ask: Ask, name: str, at: float, byte: int) -> None:
    data = bytearray(FILES[name])
    place = int(at * (len(data) - 1))
    changed = data[place] != byte
    data[place] = byte
    assert (ask("check", zipped({**FILES, name: bytes(data)})) == 0) is not changed


@QUICK
@given(name=st.sampled_from(sorted(FILES)), value=JSON)
def test_any_json_has_an_answer(ask: Ask, name: str, value: object) -> None:
    data = canonical(value) + b"\n"
    assert ask("check", zipped({**FILES, name: data})) == 31
    assert ask("receipt", RECORD, data) == 20


@QUICK
@given(start=st.floats(0, 1), noise=st.binary(min_size=1, max_size=40))
def test_a_zip_with_noise_in_it_has_an_answer(ask: Ask, start: float, noise: bytes) -> None:
    place = int(start * len(RECORD))
    code = ask("check", RECORD[:place] + noise + RECORD[place + len(noise) :])
    assert code in (0, 2, 21, 22, 25, 31)


def test_it_runs_by_itself_in_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(RECORD)
    (tmp_path / "slip.json").write_bytes(drawn(House(1)).receipt(3, 0))
    for arguments, code in (
        (["check", "x.zip"], (10, 27)),  # the beacon of the tests is not drand's
        (["receipt", "x.zip", "slip.json"], (0,)),
        (["diff", "x.zip", "x.zip"], (0,)),
        (["check", "slip.json"], (2,)),
    ):
        done = subprocess.run(
            [sys.executable, "-I", FILE, *arguments],
            cwd=tmp_path,
            env={"LC_ALL": "C", "PYTHONUTF8": "0"},
            capture_output=True,
            check=False,
        )
        assert done.returncode in code, done
        assert b"Summary:" in done.stdout
        assert done.stderr == b""
