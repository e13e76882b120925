"""Sealing what is sensitive: only the house with its keys reads it, and only in its own place.

    sealed = seal(NEEDS, registrant.pk, text)      # bytes for a BinaryField
    text = unseal(NEEDS, registrant.pk, sealed)    # raises CannotUnseal

What is sealed is bound to its purpose and row, so a value moved to another row or column does not
open. The row is named by what is known before the first save and never changes:

- ``NEEDS``: the registrant's pk;
- ``ANSWER``: ``answer_place(registrant.pk, question.pk)``;
- ``DRAFT``: the draft's ``submission``.

Whoever moves a sealed value to another registrant (a merge) unseals it and seals it anew.
"""

import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from juries.privacy.key_ring import NAME_BYTES, KeyRing, ring_at, ring_made_at

NEEDS = "needs.sealed"
ANSWER = "answer.sealed"
DRAFT = "signupdraft.sealed"

FORMAT = b"\x01"
NONCE_BYTES = 12
KEY_NAME = slice(len(FORMAT), len(FORMAT) + NAME_BYTES)
NONCE = slice(KEY_NAME.stop, KEY_NAME.stop + NONCE_BYTES)


class CannotUnseal(Exception):
    """The key is missing, or the value was changed or belongs elsewhere. Says nothing of it."""


def ring() -> KeyRing:
    """The keys of this house; outside production they are made where there are none."""
    return ring_at(settings.KEYS) if settings.MODE == "production" else ring_made_at(settings.KEYS)


def seal(purpose: str, row: int | str | UUID, text: str) -> bytes:
    """``text`` sealed with the current key for one row of one column."""
    keys = ring()
    head = FORMAT + keys.current
    nonce = secrets.token_bytes(NONCE_BYTES)
    key = AESGCM(keys.keys[keys.current])
    return head + nonce + key.encrypt(nonce, text.encode(), _place(head, purpose, row))


def unseal(purpose: str, row: int | str | UUID, sealed: bytes | memoryview) -> str:
    """The text that was sealed for this row of this column. Raises ``CannotUnseal``."""
    token = bytes(sealed)
    key = ring().keys.get(token[KEY_NAME])
    if token[: len(FORMAT)] != FORMAT or key is None:
        raise CannotUnseal("There is no key for this value.")
    try:
        opened = AESGCM(key).decrypt(
            token[NONCE], token[NONCE.stop :], _place(token[: KEY_NAME.stop], purpose, row)
        )
    except (InvalidTag, ValueError):
        raise CannotUnseal("This value was not sealed for this place.") from None
    return opened.decode()


def answer_place(registrant: int, question: int) -> str:
    """The row of a sealed answer."""
    return f"{registrant}.{question}"


def is_sealed_with_current_key(sealed: bytes | memoryview) -> bool:
    return bytes(sealed)[KEY_NAME] == ring().current


def _place(head: bytes, purpose: str, row: int | str | UUID) -> bytes:
    return head + f"{purpose}\0{row}".encode()
