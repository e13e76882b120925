"""The public beacon of a draw: drand's chain quicknet, by the League of Entropy.

Every three seconds the league signs the number of the round. Nobody knows a signature before its
time, a round has only one, and anybody can check it afterwards with the key that stands here: the
relays that hand it out need not be trusted.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from http.client import HTTPException
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    UnknownHandler,
)

_depth = sys.getrecursionlimit()
try:
    from py_ecc.bls.g2_primitives import subgroup_check
    from py_ecc.bls.hash_to_curve import hash_to_G1
    from py_ecc.bls.point_compression import decompress_G1, decompress_G2
    from py_ecc.bls.typing import G1Compressed, G1Uncompressed, G2Compressed, G2Uncompressed
    from py_ecc.fields import optimized_bls12_381_FQ12 as FQ12
    from py_ecc.optimized_bls12_381.optimized_curve import G2, is_inf, neg
    from py_ecc.optimized_bls12_381.optimized_pairing import final_exponentiate, pairing
except ImportError:
    _installed = False
else:
    _installed = True
    sys.setrecursionlimit(_depth)  # py_ecc lifts it for the whole process and needs no lifting

CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
PUBLIC_KEY = (
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c"
    "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb"
    "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
)
GENESIS = 1692803367
"""The time of the first round, in seconds since 1970."""
PERIOD = 3
"""Seconds from a round to the next."""

RELAYS = ("api.drand.sh", "drand.cloudflare.com", "api2.drand.sh", "api3.drand.sh")

SIGNATURE_BYTES = 48
KEY_BYTES = 96
LARGEST_ANSWER = 2000
"""Bytes read of what a relay sends; a genuine answer has about 250."""

_SCHEME = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
_START = datetime.fromtimestamp(GENESIS, UTC)
_STEP = timedelta(seconds=PERIOD)


class CannotCheck(Exception):
    """The package py_ecc is not installed: the signature is left for others to check."""


def round_at(moment: datetime) -> int:
    """The first round whose time is not before the moment."""
    return max(1, 1 - (_START - moment) // _STEP)


def time_of(round: int) -> datetime:
    """When the round is published."""
    return _START + (round - 1) * _STEP


def address_of(round: int) -> list[str]:
    """Where the relays publish the round, the address to try first at the top."""
    return [f"https://{relay}/{CHAIN}/public/{round}" for relay in RELAYS]


def fetch(round: int, *, seconds: float = 10) -> bytes | None:
    """The genuine signature of the round, from the first relay that gives it; none may.

    The relays share the seconds. An answer that is false is passed over, so that no relay stands in
    the way. ``CannotCheck`` is raised where py_ecc is not installed: no relay is believed.
    """
    if not can_check():
        raise CannotCheck
    opener = _opener()
    for address in address_of(round):
        try:
            with opener.open(address, timeout=seconds / len(RELAYS)) as answer:
                said = answer.read(LARGEST_ANSWER + 1)
        except (OSError, HTTPException):
            continue
        signature = _signature_in(said, round)
        if signature is not None and is_genuine(round, signature):
            return signature
    return None


def _opener() -> OpenerDirector:
    """Opens https and nothing else, and follows no redirection."""
    opener = OpenerDirector()
    opener.addheaders = [("User-Agent", "raatihuone"), ("Accept", "application/json")]
    for handler in (
        ProxyHandler(),
        HTTPSHandler(),
        HTTPErrorProcessor(),
        HTTPDefaultErrorHandler(),
        UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _signature_in(said: bytes, round: int) -> bytes | None:
    """The signature in a relay's answer, if that answers what was asked and is as long as one."""
    if len(said) > LARGEST_ANSWER:
        return None
    try:
        answer = json.loads(said)
        signature = bytes.fromhex(answer["signature"])
        asked = answer["round"] == round
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return signature if asked and len(signature) == SIGNATURE_BYTES else None


def can_check() -> bool:
    """Whether signatures can be checked here: the package py_ecc is installed."""
    return _installed


def is_genuine(round: int, signature: bytes, *, public_key: str = PUBLIC_KEY) -> bool:
    """Whether the signature is the round's, by the holder of the key; nobody is asked for it.

    The bytes may be anything. Exactly one signature of a round is genuine, and it has exactly one
    form. ``CannotCheck`` is raised where py_ecc is not installed.
    """
    if not can_check():
        raise CannotCheck
    try:
        message = sha256(round.to_bytes(8)).digest()
        key, point = _key(public_key), _point(signature)
    except (ValueError, OverflowError):
        return False
    # By its types py_ecc wants a hash; it wants what makes one.
    hashed = hash_to_G1(message, _SCHEME, sha256)  # type: ignore[arg-type]
    signed = pairing(G2, point, final_exponentiate=False)
    expected = pairing(key, neg(hashed), final_exponentiate=False)
    return bool(final_exponentiate(signed * expected) == FQ12.one())


@lru_cache(maxsize=8)
def _key(public_key: str) -> "G2Uncompressed":
    """The point that a key in hexadecimal means; a ValueError where it means none."""
    said = bytes.fromhex(public_key)
    if len(said) != KEY_BYTES:
        raise ValueError
    half = KEY_BYTES // 2
    halves = int.from_bytes(said[:half]), int.from_bytes(said[half:])
    point = decompress_G2(G2Compressed(halves))
    if is_inf(point) or not subgroup_check(point):
        raise ValueError
    return point


def _point(signature: bytes) -> "G1Uncompressed":
    """The point that a signature means; a ValueError where it means none.

    Outside the subgroup of prime order there are points that the pairing cannot tell from the
    genuine one, so that a round would have many signatures to choose from.
    """
    if len(signature) != SIGNATURE_BYTES:
        raise ValueError
    point = decompress_G1(G1Compressed(int.from_bytes(signature)))
    if is_inf(point) or not subgroup_check(point):
        raise ValueError
    return point
