"""The mathematics of the verifier, against what others published or what is plain to see."""

import ast
import hashlib
import random
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.selection.verifier import writing
from tests.selection.verifier.loading import FILE, verify

# RFC 8032, section 7.1: public key, message, signature.
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), RFC_8032)
def test_signatures_of_the_standard_hold(key: str, message: str, signature: str) -> None:
    parts = [bytes.fromhex(part) for part in (key, message, signature)]
    assert verify.ed25519_holds(*parts)
    for which in range(3):
        for bit in (0, 7, 100, 250, 511):
            other = [*parts]
            if bit < 8 * len(other[which]):
                number = int.from_bytes(other[which], "little") ^ (1 << bit)
                other[which] = number.to_bytes(len(other[which]), "little")
                assert not verify.ed25519_holds(*other)


def test_signatures_agree_with_another_implementation() -> None:
    dice = random.Random(1)
    for _ in range(20):
        key, message = Ed25519PrivateKey.from_private_bytes(dice.randbytes(32)), dice.randbytes(32)
        public = key.public_key().public_bytes_raw()
        assert verify.ed25519_holds(public, message, key.sign(message))
        assert not verify.ed25519_holds(public, dice.randbytes(32), key.sign(message))


def test_a_signature_has_one_form() -> None:
    """The same signature with a larger S would hold by the equation alone."""
    key, message, signature = (bytes.fromhex(part) for part in RFC_8032[1])
    s = int.from_bytes(signature[32:], "little") + verify.ORDER
    assert not verify.ed25519_holds(key, message, signature[:32] + s.to_bytes(32, "little"))


def test_a_key_of_small_order_signs_nothing() -> None:
    """With such a key anybody can make a signature for any message."""
    neutral = (1).to_bytes(32, "little")
    assert verify.decoded(neutral) == verify.NEUTRAL
    assert not verify.ed25519_holds(neutral, b"anything", neutral + bytes(32))
    assert verify.equal(verify.times(0, (1, 1, 1, 1)), verify.NEUTRAL)


@pytest.mark.parametrize(
    "data",
    [
        (2**255 - 19).to_bytes(32, "little"),  # y is not below the prime
        (2**255 - 18).to_bytes(32, "little"),
        (1 + 2**255).to_bytes(32, "little"),  # x is nought and negative
        (2).to_bytes(32, "little"),  # no point of the curve
    ],
)
def test_what_encodes_no_point_is_refused(data: bytes) -> None:
    assert verify.decoded(data) is None


def test_words_are_two_thousand_and_forty_eight_and_pleasant() -> None:
    assert verify.fingerprint(bytes(32)) == "0000 0000 0000 0000 haha haha haha haha haha haha"
    assert verify.fingerprint(b"\xff" * 32).split()[:4] == ["ffff"] * 4
    words = set()
    for n in range(0, 2048, 6):
        bits = sum(min(n + i, 2047) << 245 - 11 * i for i in range(6))
        words |= set(verify.fingerprint(bits.to_bytes(32, "big")).split()[4:])
    assert len(words) == 2048
    assert not words & set(verify.UNPLEASANT)
    assert all(word[0] in "hjklmnprstv" and word[1] in "aeiou" for word in words)
    assert len(verify.UNPLEASANT) == 29


def test_words_follow_the_bits_of_the_digest() -> None:
    digest = hashlib.sha256(b"words").digest()
    bits = "".join(f"{byte:08b}" for byte in digest)
    halves = [c + v for c in "hjklmnprstv" for v in "aeiou"]
    words = [a + b for a in halves for b in halves]
    words = [word for word in words if word not in verify.UNPLEASANT]
    expected = [words[int(bits[i : i + 11], 2)] for i in range(0, 66, 11)]
    assert verify.fingerprint(digest).split()[4:] == expected


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 8, 9, 100])
def test_every_leaf_has_one_way_to_the_root(size: int) -> None:
    leaves = [hashlib.sha256(b"%d" % n).digest() for n in range(size)]
    root = writing.root(leaves)
    assert verify.tree_root(leaves) == root
    for i, leaf in enumerate(leaves):
        way = writing.path(leaves, i)
        assert verify.root_by_path(leaf, i, size, way) == root
        assert verify.root_by_path(leaf, i, size, [*way, root]) != root
        assert not way or verify.root_by_path(leaf, i, size, way[:-1]) != root
        assert size == 1 or verify.root_by_path(leaf, (i + 1) % size, size, way) != root
        assert verify.root_by_path(leaf, i + size, size, way) != root


def test_a_node_cannot_pose_as_a_leaf() -> None:
    leaves = [hashlib.sha256(b"%d" % n).digest() for n in range(4)]
    upper = writing.levels(leaves)[1]
    assert verify.tree_root([b"".join(leaves[:2]), b"".join(leaves[2:])]) != writing.root(leaves)
    assert verify.tree_root(upper) != writing.root(leaves)


def test_d2_the_file_needs_nothing_but_the_standard_library() -> None:
    """And for the beacon py_ecc; nor any newer Python than it says."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(FILE.read_text(), feature_version=(3, 10))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    outside = {name for name in names if name.partition(".")[0] not in sys.stdlib_module_names}
    assert outside
    assert all(name.startswith("py_ecc.") for name in outside)


def test_the_time_of_a_beacon_is_known() -> None:
    assert verify.seconds("2023-08-23T15:09:27Z") == verify.DRAND_START


def test_the_file_is_as_long_as_the_page_of_the_record_says():
    lines = FILE.read_text().splitlines()
    full_record = next(n for n, line in enumerate(lines) if line.startswith("# The full record"))

    assert round(len(lines), -1) == 1390
    assert round(full_record, -1) == 640
