"""The trees of a draw, made from its rows: pool, tickets, counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from selection.draw.freezing import attributes_of
from selection.models import Draw, Lottery, PoolEntry
from selection.protocol import leaves
from selection.protocol.trees import Tree

type Panel = list[int]


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket as the committed list has it."""

    number: int
    members: Panel
    salt: bytes

    @property
    def leaf(self) -> bytes:
        return leaves.panel_leaf(self.salt, ticket=self.number, members=self.members)


def pool_tree(draw: Draw) -> Tree:
    """The tree over everybody in the frozen pool, erased people's leaves included."""
    stored = draw.entries.order_by("index").values_list("leaf", flat=True)
    return Tree([bytes.fromhex(leaf) for leaf in stored])


def tickets_of(draw: Draw, lottery: Lottery, round_number: int) -> Iterator[Ticket]:
    """Every ticket of the lottery, in order."""
    panels, tickets = cast(list[Any], lottery.panels), cast(list[int], lottery.tickets)
    for number, panel in enumerate(tickets):
        salt = leaves.panel_salt(bytes(draw.secret), round_number=round_number, ticket=number)
        yield Ticket(number, panels[panel][0], salt)


def counts_of(lottery: Lottery, people: int) -> list[int]:
    """(people,) on how many tickets each person of the pool is."""
    panels, tickets = cast(list[Any], lottery.panels), cast(list[int], lottery.tickets)
    times = np.bincount(tickets, minlength=len(panels))
    counts = np.zeros(people, dtype=np.int64)
    for (members, _probability), often in zip(panels, times.tolist(), strict=True):
        counts[members] += often
    return counts.tolist()


def new_count_leaf(entry: PoolEntry, count: int, round_number: int) -> str:
    """The leaf of somebody's count. Of somebody erased nobody can open it any more."""
    salt = bytes(entry.salt) if entry.salt is not None else leaves.new_salt()
    salted = leaves.count_salt(salt, round_number=round_number)
    return leaves.count_leaf(salted, pseudonym=entry.pseudonym, count=count).hex()


def counts_tree(entries: Sequence[PoolEntry], round_number: int) -> Tree:
    """The tree over everybody's count in a round that is committed, by index."""
    return Tree([bytes.fromhex(entry.count_leaves[round_number]) for entry in entries])


def row_of(entry: PoolEntry, draw: Draw) -> dict[str, Any]:
    """The person's line of the open pool; of somebody erased only the leaves."""
    if entry.salt is None or entry.values is None:
        return {"leaf": entry.leaf, "counts": entry.count_leaves}
    return {
        "p": entry.pseudonym,
        "a": attributes_of(draw.quotas, entry.values),
        "h": entry.household,
        "s": bytes(entry.salt).hex(),
    }
