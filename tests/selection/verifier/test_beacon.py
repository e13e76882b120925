"""D3: the signature of the beacon, of a round that anybody can look up and by a key of our own."""

import hashlib

import pytest
from py_ecc import optimized_bls12_381 as curve
from py_ecc.bls import hash_to_curve as hashing
from py_ecc.bls import point_compression as compression

from tests.selection.verifier.conftest import Ask
from tests.selection.verifier.lies.telling import put
from tests.selection.verifier.loading import load
from tests.selection.verifier.making import House
from tests.selection.verifier.stories import drawn

verify = load()  # without the agreement of conftest.py about signatures

TAG = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
SECRET = 20270201
# Round 1000 of quicknet, and what drand calls its randomness: the SHA-256 of the signature.
ROUND_1000 = (
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125"
    "e342b73a8dd2bacbe47e4b6b63ed5e39"
)
RANDOMNESS = "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd"


def sign(drand_round: int) -> bytes:
    message = hashlib.sha256(drand_round.to_bytes(8, "big")).digest()
    point = curve.multiply(hashing.hash_to_G1(message, TAG, hashlib.sha256), SECRET)
    return int(compression.compress_G1(point)).to_bytes(48, "big")


def public_key() -> str:
    halves = compression.compress_G2(curve.multiply(curve.G2, SECRET))
    return "".join(int(half).to_bytes(48, "big").hex() for half in halves)


def outside_the_group() -> str:
    """A point of the curve that is not in the group of signatures."""
    for x in range(1, 100):
        data = (1 << 383) + x
        try:
            point = compression.decompress_G1(data)
        except ValueError:
            continue
        if not curve.is_inf(curve.multiply(point, curve.curve_order)):
            return data.to_bytes(48, "big").hex()
    raise AssertionError("nearly every point of the curve is outside the group")


def test_a_round_of_quicknet_holds() -> None:
    assert hashlib.sha256(bytes.fromhex(ROUND_1000)).hexdigest() == RANDOMNESS
    assert verify.bls_holds(verify.DRAND_KEY, 1000, ROUND_1000)


@pytest.mark.parametrize(
    ("drand_round", "signature"),
    {
        "another round": (1001, ROUND_1000),
        "another signature": (1000, ROUND_1000[:-1] + "8"),
        "the negative of it": (1000, f"{int(ROUND_1000, 16) ^ 1 << 381:096x}"),
        "nothing": (1000, "00" * 48),
        "infinity": (1000, "c0" + "00" * 47),
        "infinity, written badly": (1000, "e0" + "00" * 47),
        "no point": (1000, "80" + "00" * 46 + "01"),
        "beyond the field": (1000, "9f" + "ff" * 47),
        "outside the group": (1000, outside_the_group()),
        "of another key": (1000, sign(1000).hex()),
    }.values(),
)
def test_what_drand_did_not_sign_is_refused(drand_round: int, signature: str) -> None:
    assert not verify.bls_holds(verify.DRAND_KEY, drand_round, signature)


def test_a_record_with_a_true_beacon_holds(
    ask_about_beacons: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = drawn(House(1, sign_beacon=sign))
    assert ask_about_beacons("check", house.record()) == 27
    monkeypatch.setattr(verify, "DRAND_KEY", public_key())
    assert ask_about_beacons("check", house.record()) == 0
    other = House(1, sign_beacon=sign).freeze().commit().balls()
    other.beacon(put(sign(1000).hex(), "payload", "signature")).result()
    assert ask_about_beacons("check", other.record()) == 27


@pytest.fixture
def ask_about_beacons(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """The verifier as it is, with its own mathematics."""
    monkeypatch.setattr("tests.selection.verifier.conftest.verify", verify)
    return ask


def test_py_ecc_does_not_lift_the_limit_of_nesting(ask_about_beacons: Ask) -> None:
    """With its limit a deep nest in a file would exhaust the stack of older Pythons."""
    assert ask_about_beacons("receipt", House(1).freeze().record(), b"[" * 200_000) == 2
