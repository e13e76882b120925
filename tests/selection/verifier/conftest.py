"""Records as files, and the verifier asked about them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.selection.verifier.freezing import made_up_signature
from tests.selection.verifier.loading import verify

type Ask = Callable[..., int]


@pytest.fixture(autouse=True)
def beacon_by_agreement(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes the maker's signatures for drand's; test_beacon.py comes to the mathematics."""

    def holds(key: str, drand_round: int, signature: str) -> bool:
        assert key == verify.DRAND_KEY
        return bytes.fromhex(signature) == made_up_signature(drand_round)

    monkeypatch.setattr(verify, "WITH_PY_ECC", True)
    monkeypatch.setattr(verify, "bls_holds", holds)


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """The exit code for a command about these files."""

    def asked(command: str, *contents: bytes) -> int:
        paths = []
        for n, content in enumerate(contents):
            paths.append(tmp_path / f"{n}.file")
            paths[-1].write_bytes(content)
        code = verify.main([command, *map(str, paths)])
        assert isinstance(code, int)
        return code

    return asked
