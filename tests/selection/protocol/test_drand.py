"""D3: genuine rounds are accepted, offline, and nothing else is."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from py_ecc.bls.hash_to_curve import hash_to_field_FQ, hash_to_G1, map_to_curve_G1
from py_ecc.bls.point_compression import compress_G1, compress_G2, decompress_G1, decompress_G2
from py_ecc.optimized_bls12_381 import FQ, G2, Z1, Z2, add, b, b2, is_on_curve, multiply, neg

from selection.protocol import drand
from tests.selection.protocol.rounds import (
    GENUINE,
    OLD_KEY,
    OLD_ROUND,
    OLD_SCHEME,
    OLD_SIGNATURE,
    OTHER_KEY,
    OTHER_ROUND,
    OTHER_SIGNATURE,
    RANDOMNESS,
    ROUND,
    SIGNATURE,
)

GROUP = "f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e"
COMPRESSED = 1 << 383
THE_MODULUS = FQ.field_modulus


@pytest.fixture
def keys_looked_at_anew() -> Iterator[None]:
    """No key is remembered from before, nor afterwards."""
    drand._key.cache_clear()
    yield
    drand._key.cache_clear()


def signature_of(point) -> bytes:
    return compress_G1(point).to_bytes(48)


def point_of(signature: bytes):
    return decompress_G1(int.from_bytes(signature))


def key_of(point) -> str:
    return b"".join(half.to_bytes(48) for half in compress_G2(point)).hex()


def message_of(round: int) -> bytes:
    return sha256(round.to_bytes(8)).digest()


def small_coordinate(*, on_the_curve: bool) -> int:
    """The least x of a point of the curve, or the least x of none."""
    return next(
        x
        for x in range(1, 100)
        if (pow(x**3 + 4, (THE_MODULUS - 1) // 2, THE_MODULUS) == 1) is on_the_curve
    )


def test_the_first_round_falls_on_the_genesis_and_every_later_one_three_seconds_on():
    assert drand.time_of(1) == datetime(2023, 8, 23, 15, 9, 27, tzinfo=UTC)
    assert drand.time_of(1000) == datetime(2023, 8, 23, 15, 59, 24, tzinfo=UTC)
    assert drand.time_of(31_799_517) == datetime.fromtimestamp(1_788_201_915, UTC)


@pytest.mark.parametrize("round", [1, 2, 1000, 38_123_456])
def test_a_moment_belongs_to_the_next_round_that_is_not_before_it(round):
    moment, instant = drand.time_of(round), timedelta(microseconds=1)

    assert drand.round_at(moment) == round
    assert drand.round_at(moment - instant) == round
    assert drand.round_at(moment + instant) == round + 1
    assert drand.round_at(moment + timedelta(seconds=3)) == round + 1


def test_before_the_genesis_the_first_round_is_the_next():
    assert drand.round_at(datetime(2020, 1, 1, tzinfo=UTC)) == 1
    assert drand.round_at(drand.time_of(1) - timedelta(seconds=4)) == 1


def test_a_moment_is_told_in_any_zone_but_in_one():
    moment = datetime(2027, 3, 28, 4, 30, tzinfo=timezone(timedelta(hours=3)))

    assert drand.round_at(moment) == drand.round_at(moment.astimezone(UTC))
    with pytest.raises(TypeError):
        drand.round_at(moment.replace(tzinfo=None))


def test_the_chain_is_named_by_the_hash_of_its_key_its_genesis_and_its_period():
    facts = drand.PERIOD.to_bytes(4) + drand.GENESIS.to_bytes(8)
    facts += bytes.fromhex(drand.PUBLIC_KEY) + bytes.fromhex(GROUP) + b"quicknet"

    assert sha256(facts).hexdigest() == drand.CHAIN


@pytest.mark.parametrize("round", GENUINE)
def test_a_genuine_round_is_accepted(round):
    assert drand.can_check()
    assert drand.is_genuine(round, GENUINE[round])


def test_the_known_round_has_the_known_randomness():
    assert sha256(SIGNATURE).hexdigest() == RANDOMNESS


@pytest.mark.parametrize("round", [0, -1, 1, 999, 1001, 2**64, 2**64 + ROUND, ROUND - 2**64])
def test_the_signature_of_another_round_is_refused(round):
    assert not drand.is_genuine(round, SIGNATURE)


def test_no_bit_of_a_signature_can_be_changed():
    number = int.from_bytes(SIGNATURE)
    changed = [(number ^ (1 << bit)).to_bytes(48) for bit in range(384)]

    assert [one.hex() for one in changed if drand.is_genuine(ROUND, one)] == []


def test_the_signature_upside_down_is_a_proper_point_and_still_refused():
    upside_down = signature_of(neg(point_of(SIGNATURE)))

    assert upside_down[1:] == SIGNATURE[1:]
    assert not drand.is_genuine(ROUND, upside_down)


@pytest.mark.parametrize(
    "signature",
    [
        b"",
        SIGNATURE[:-1],
        SIGNATURE + b"\0",
        b"\0" + SIGNATURE,
        SIGNATURE * 2,
        b"\0" * 48,
        b"\xff" * 48,
    ],
    ids=["none", "short", "long", "led by nought", "twice", "noughts", "ones"],
)
def test_bytes_that_are_no_signature_are_refused(signature):
    assert not drand.is_genuine(ROUND, signature)


def test_a_point_off_the_curve_is_refused():
    off = (COMPRESSED + small_coordinate(on_the_curve=False)).to_bytes(48)

    with pytest.raises(ValueError, match="not on G1"):
        point_of(off)
    assert not drand.is_genuine(ROUND, off)


def test_a_coordinate_is_written_in_one_way_only():
    """A small one fits into the bits with the modulus added, too."""
    x = small_coordinate(on_the_curve=True)
    assert is_on_curve(decompress_G1(COMPRESSED + x), b)

    assert not drand.is_genuine(ROUND, (COMPRESSED + x + THE_MODULUS).to_bytes(48))


def test_a_point_outside_the_subgroup_is_refused():
    first, _second = hash_to_field_FQ(message_of(ROUND), 2, OLD_SCHEME, sha256)
    outside = map_to_curve_G1(first)
    assert is_on_curve(outside, b)

    assert not drand.is_genuine(ROUND, signature_of(outside))


def second_signature() -> bytes:
    """The genuine one and a point of order three, which the pairing does not see."""
    return signature_of(add(point_of(SIGNATURE), (FQ(0), FQ(2), FQ(1))))


def test_a_round_has_no_second_signature():
    assert second_signature() != SIGNATURE
    assert not drand.is_genuine(ROUND, second_signature())


def test_control_without_a_look_at_the_subgroup_it_would_have_one(monkeypatch):
    monkeypatch.setattr(drand, "subgroup_check", lambda _point: True)

    assert drand.is_genuine(ROUND, second_signature())


def test_infinity_is_refused_even_under_the_key_infinity():
    assert not drand.is_genuine(ROUND, signature_of(Z1))
    assert not drand.is_genuine(ROUND, signature_of(Z1), public_key=key_of(Z2))
    assert not drand.is_genuine(ROUND, SIGNATURE, public_key=key_of(Z2))


@pytest.mark.usefixtures("keys_looked_at_anew")
def test_control_the_pairing_alone_would_take_infinity(monkeypatch):
    monkeypatch.setattr(drand, "is_inf", lambda _point: False)

    assert drand.is_genuine(ROUND, signature_of(Z1), public_key=key_of(Z2))


def test_a_genuine_signature_by_another_key_is_refused():
    assert drand.is_genuine(OTHER_ROUND, OTHER_SIGNATURE, public_key=OTHER_KEY)
    assert not drand.is_genuine(OTHER_ROUND, OTHER_SIGNATURE)
    assert not drand.is_genuine(ROUND, SIGNATURE, public_key=OTHER_KEY)


def test_a_key_of_our_own_signs_under_that_key_only():
    secret = 20270210
    own_key = key_of(multiply(G2, secret))
    signature = signature_of(multiply(hash_to_G1(message_of(7), drand._SCHEME, sha256), secret))

    assert drand.is_genuine(7, signature, public_key=own_key)
    assert not drand.is_genuine(8, signature, public_key=own_key)
    assert not drand.is_genuine(7, signature)


def test_a_signature_of_the_older_scheme_is_refused(monkeypatch):
    assert not drand.is_genuine(OLD_ROUND, OLD_SIGNATURE, public_key=OLD_KEY)

    monkeypatch.setattr(drand, "_SCHEME", OLD_SCHEME)
    assert drand.is_genuine(OLD_ROUND, OLD_SIGNATURE, public_key=OLD_KEY), "the control"


@pytest.mark.parametrize(
    "public_key",
    [
        "",
        "quicknet",
        drand.PUBLIC_KEY[:-2],
        drand.PUBLIC_KEY + "00",
        drand.PUBLIC_KEY[:96] + "00" + drand.PUBLIC_KEY[96:],
        drand.PUBLIC_KEY[:-2] + "5b",
        "a" + drand.PUBLIC_KEY[1:],
    ],
    ids=["none", "no hexadecimal", "short", "long", "nought within", "no point", "upside down"],
)
def test_a_key_that_is_not_the_chains_is_refused(public_key):
    assert not drand.is_genuine(ROUND, SIGNATURE, public_key=public_key)


def test_a_key_outside_the_subgroup_is_refused():
    outside = decompress_G2((COMPRESSED, 2))
    assert is_on_curve(outside, b2)

    assert not drand.is_genuine(ROUND, SIGNATURE, public_key=key_of(outside))
    with pytest.raises(ValueError, match="^$"):
        drand._key(key_of(outside))


def alone(script: str, *, installed: bool = True) -> str:
    """What a fresh process prints that has loaded the beacon, with py_ecc or as if without."""
    without = "" if installed else "sys.modules['py_ecc'] = None"
    lines = ["import sys", "before = sys.getrecursionlimit()", without]
    lines += ["from selection.protocol import drand", script]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


CHECK = f"""
print(drand.can_check())
try:
    print(drand.is_genuine({ROUND}, bytes.fromhex({SIGNATURE.hex()!r})))
except drand.CannotCheck:
    print("cannot")
print(drand.address_of({ROUND})[0])
"""


def test_without_the_package_everything_is_there_but_the_check():
    address = f"https://api.drand.sh/{drand.CHAIN}/public/{ROUND}"

    assert alone(CHECK, installed=False).split() == ["False", "cannot", address]
    assert alone(CHECK).split() == ["True", "True", address], "the control"


def test_the_beacon_loads_without_django_and_leaves_the_depth_of_calls_as_it_was():
    script = "print('py_ecc' in sys.modules, 'django' in sys.modules)"
    depth = "print(sys.getrecursionlimit() == before)"

    assert alone(f"{script}\n{depth}").split() == ["True", "False", "True"]
