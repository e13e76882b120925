"""Hash trees: one root for many leaves, and a path from each leaf to it. RFC 6962, section 2.1.

Leaves and nodes are hashed under tags of their own, so that neither passes for the other.
"""

from collections.abc import Sequence

from selection.protocol.encoding import tagged

type Rows = list[list[bytes]]


def root_of(leaves: Sequence[bytes]) -> str:
    """The root, in hex. Raises ``ValueError`` when there is no leaf."""
    return _rows(leaves)[-1][0].hex()


class Tree:
    """The tree over some leaves, kept to take many paths from it."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._rows = _rows(leaves)

    @property
    def root(self) -> str:
        return self._rows[-1][0].hex()

    def path(self, place: int) -> list[str]:
        """The siblings on the way from the leaf up; a node carried up has none."""
        found = []
        for row in self._rows[:-1]:
            sibling = place ^ 1
            if sibling < len(row):
                found.append(row[sibling].hex())
            place //= 2
        return found


def climbed(leaf: bytes, place: int, count: int, path: Sequence[str]) -> str:
    """The root to which the path leads from the leaf at ``place`` of ``count``."""
    node, left = tagged("kr/leaf0/1", leaf), list(path)
    while count > 1:
        if place ^ 1 < count:
            sibling = bytes.fromhex(left.pop(0))
            pair = (sibling, node) if place & 1 else (node, sibling)
            node = tagged("kr/node/1", *pair)
        place, count = place // 2, (count + 1) // 2
    return node.hex()


def _rows(leaves: Sequence[bytes]) -> Rows:
    if not leaves:
        raise ValueError("a tree has a leaf")
    rows = [[tagged("kr/leaf0/1", leaf) for leaf in leaves]]
    while len(rows[-1]) > 1:
        below = rows[-1]
        above = [
            tagged("kr/node/1", below[place], below[place + 1])
            for place in range(0, len(below) - 1, 2)
        ]
        rows.append(above + below[len(below) - len(below) % 2 :])
    return rows
