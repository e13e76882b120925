"""Personal codes: short, read aloud without mistakes, and kept only as a digest.

Eleven random symbols of Crockford's base 32 (55 bits) and one check symbol, in three groups:
``K7RM-4PXQ-9ABD``.
"""

import hashlib
import hmac
import secrets
from uuid import UUID

from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
RANDOM_SYMBOLS = 11
PROOF_SYMBOLS = 26


def new_code() -> str:
    """A fresh code that nobody has."""
    return _spell([secrets.randbelow(len(ALPHABET)) for _ in range(RANDOM_SYMBOLS)])


def code_of(submission: UUID) -> str:
    """The code of the registration sent as ``submission``: sent twice, it is the same code."""
    digits = _keyed("registration code", submission.bytes)
    return _spell([byte % len(ALPHABET) for byte in digits[:RANDOM_SYMBOLS]])


def code_beside(purpose: str, text: str) -> str:
    """A code to be typed, which only this house can write beside ``text``: always the same."""
    digits = _keyed(purpose, text.encode())
    return _spell([byte % len(ALPHABET) for byte in digits[:RANDOM_SYMBOLS]])


def digest_of(code: str) -> str:
    """What is stored of a code. The spelling (case, hyphens, look-alikes) makes no difference."""
    return _keyed("code digest", plain(code).encode()).hex()


def fingerprint(purpose: str, text: str) -> str:
    """What can be stored of a text that nobody shall read: equal for equal texts only."""
    return _keyed(purpose, text.encode()).hex()


def proof_of(purpose: str, text: str) -> str:
    """What only this house can write beside ``text``: a link that carries it was made here."""
    digits = _keyed(purpose, text.encode())
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digits[:PROOF_SYMBOLS])


def is_well_formed(code: str) -> bool:
    """Whether the code has the right length and its check symbol fits."""
    symbols = plain(code)
    if len(symbols) != RANDOM_SYMBOLS + 1 or any(symbol not in ALPHABET for symbol in symbols):
        return False
    values = [ALPHABET.index(symbol) for symbol in symbols]
    return _check(values[:-1]) == values[-1]


def plain(code: str) -> str:
    """The code's symbols alone, with letters that look like digits read as those digits."""
    kept = "".join(symbol for symbol in code.upper() if symbol.isalnum())
    return kept.translate(LOOK_ALIKES)


def _spell(values: list[int]) -> str:
    symbols = "".join(ALPHABET[value] for value in [*values, _check(values)])
    return "-".join(symbols[start : start + 4] for start in range(0, len(symbols), 4))


def _check(values: list[int]) -> int:
    """Odd weights are units modulo 32, and neighbours differ: one wrong symbol always shows."""
    return sum((2 * place + 1) * value for place, value in enumerate(values)) % len(ALPHABET)


def _keyed(purpose: str, message: bytes) -> bytes:
    key = f"{purpose}:{settings.CODE_KEY}".encode()
    return hmac.new(key, message, hashlib.sha256).digest()
