"""What is committed of a person, of a ticket and of a count, each under a salt."""

import base64
import secrets
from collections.abc import Mapping, Sequence

from selection.protocol.encoding import canonical, tagged, two_bytes

SALT_BYTES = 16


def new_pseudonym() -> str:
    """Sixteen letters and digits that say nothing about anybody."""
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def pool_leaf(
    salt: bytes, *, attributes: Mapping[str, str], household: int | None, pseudonym: str
) -> bytes:
    """The leaf of somebody in the pool."""
    return tagged(
        "kr/leaf/1", salt, canonical({"a": dict(attributes), "h": household, "p": pseudonym})
    )


def order_of(pool_root: str, members: Sequence[int]) -> bytes:
    """By this panels stand in the list: nobody can choose the order."""
    return tagged("kr/order/1", bytes.fromhex(pool_root), canonical(list(members)))


def panel_salt(secret: bytes, *, round_number: int, ticket: int) -> bytes:
    """The salt of a ticket; only the house can make it, and it opens no other."""
    return tagged("kr/panel-salt/1", secret, two_bytes(round_number), two_bytes(ticket))


def panel_leaf(salt: bytes, *, ticket: int, members: Sequence[int]) -> bytes:
    """The leaf of the panel on a ticket."""
    return tagged("kr/panel/1", salt, canonical([ticket, *members]))


def count_salt(salt: bytes, *, round_number: int) -> bytes:
    """The salt of a person's count, made of the person's own: who forgets one forgets both."""
    return tagged("kr/count-salt/1", salt, two_bytes(round_number))


def count_leaf(salt: bytes, *, pseudonym: str, count: int) -> bytes:
    """The leaf of a person's count of tickets."""
    return tagged("kr/count/1", salt, pseudonym.encode(), two_bytes(count))
